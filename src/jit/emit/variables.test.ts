/** Unit tests of shared variables: what lives at the same time has variables of its own, loops included; literals stay as they are. */
import { describe, expect, it } from 'vitest';
import { MARK, nameVariables } from './variables.ts';

/** Lines in which `%a` is the variable `a`, with enough others behind them that variables are shared. */
function named(texts: readonly string[], loops: { start: number; end: number }[] = []): string[] {
  const others = Array.from({ length: 100 }, (_, i) => `%x${i} = ${i}; use(%x${i});`);
  const lines = [...texts, ...others].map((line) => line.replace(/%(?=[a-z])/g, MARK));
  const names = [...new Set(lines.flatMap((line) => [...line.matchAll(/\u0001(\w+)/g)].map(([, name]) => name!)))];
  return [...nameVariables({ lines, loops }, names).lines.slice(0, texts.length)];
}

describe('shared variables', () => {
  it('has the names of the values where they are few', () => {
    expect(nameVariables({ lines: [`${MARK}i_1 = 0;`, `return ${MARK}i_1;`], loops: [] }, ['i_1'])).toEqual({ lines: ['i_1 = 0;', 'return i_1;'], variables: ['i_1'] });
  });

  it('gives a variable to the next value when the last line that names the one before is over', () => {
    expect(named(['%a = 1;', '%b = %a + 1;', '%c = %b + 1;', '%d = %c + %b;'])).toEqual(['v0 = 1;', 'v1 = v0 + 1;', 'v0 = v1 + 1;', 'v2 = v0 + v1;']);
  });

  it('keeps what is set before a loop and named in it until the loop ends', () => {
    const lines = ['%a = 1;', '%i = 0;', 'loop1: for (;;) {', '  use(%a, %i);', '  %b = next();', '  %i = %b;', '}', '%c = 2;'];
    expect(named(lines, [{ start: 2, end: 6 }])).toEqual(['v0 = 1;', 'v1 = 0;', 'loop1: for (;;) {', '  use(v0, v1);', '  v2 = next();', '  v1 = v2;', '}', 'v0 = 2;']);
  });

  it('keeps it until the end of the outer loop, too', () => {
    const lines = ['%a = 1;', 'loop1: for (;;) {', 'loop2: for (;;) {', 'use(%a);', '}', '%b = 1;', 'use(%b);', '}'];
    expect(named(lines, [{ start: 1, end: 7 }, { start: 2, end: 4 }])[5]).toBe('v1 = 1;');
  });

  it('leaves what looks like a variable in a literal', () => {
    expect(named(['%a = "b";', '%b = "a";', 'use(%a, %b);'])).toEqual(['v0 = "b";', 'v1 = "a";', 'use(v0, v1);']);
  });

  it('has fewer variables than values', () => {
    const lines = Array.from({ length: 400 }, (_, i) => `${MARK}v_${i} = f(${i === 0 ? '' : `${MARK}v_${i - 1}`});`);
    expect(nameVariables({ lines, loops: [] }, lines.map((_, i) => `v_${i}`)).variables).toEqual(['v0', 'v1']);
  });
});
