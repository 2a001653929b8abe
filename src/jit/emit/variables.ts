/**
 * Variables that several values share, one after the other: a value has its variable from the line that sets it to the last line that names it.
 *
 * V8's bytecode has short operands for some 100 variables, behind which each operand takes twice the room; and by the size of its bytecode V8 decides how soon a function is
 * optimised, and whether. A function of 400 variables, half of which is calls that hand values to tier 0, has a quarter less of it (docs/benchmarks.md, "Variables").
 *
 * INV-1: control flows down the lines, and back to the start of a loop only (`structure.ts`): what is set before a loop and named in it is needed until the loop ends.
 */
import type { Lines } from './structure.ts';

/** What stands before the name of a variable until all are known: no text of a program has it, as literals escape it. */
export const MARK = '\u0001';
const MARKED = /\u0001(\w+)/g;

/** So many variables keep the names of their values: with the arguments of its longest call a function still has short operands. */
const MANY = 60;

/** The lines that need a variable. */
interface Span {
  readonly name: string;
  readonly start: number;
  end: number;
}

/** From the line that sets each variable to the last that names it, by their starts. */
function spansOf(lines: readonly string[]): Span[] {
  const spans = new Map<string, Span>();
  lines.forEach((line, i) => {
    for (const [, name] of line.matchAll(MARKED)) {
      const span = spans.get(name!);
      if (span === undefined) spans.set(name!, { name: name!, start: i, end: i });
      else span.end = i;
    }
  });
  return [...spans.values()];
}

/** Which variable each name gets: the first that is free from its span's start. */
function share({ lines, loops }: Lines): { names: ReadonlyMap<string, string>; count: number } {
  const names = new Map<string, string>();
  // The inner ones first: a span that is made longer may reach into the outer.
  const inwardsOut = [...loops].sort((a, b) => b.start - a.start);
  const ends: number[] = [];
  for (const span of spansOf(lines)) {
    for (const { start, end } of inwardsOut) if (span.start < start && span.end >= start && span.end < end) span.end = end;
    const free = ends.findIndex((until) => until < span.start);
    const place = free < 0 ? ends.length : free;
    ends[place] = span.end;
    names.set(span.name, `v${place}`);
  }
  return { names, count: ends.length };
}

/** The lines with the names of variables in them, and the variables. `marked` are those of which each value has its own. */
export function nameVariables(lines: Lines, marked: readonly string[]): { lines: readonly string[]; variables: readonly string[] } {
  if (marked.length <= MANY) return { lines: lines.lines.map((line) => line.replaceAll(MARK, '')), variables: marked };
  const { names, count } = share(lines);
  return { lines: lines.lines.map((line) => line.replace(MARKED, (_, name: string) => names.get(name)!)), variables: Array.from({ length: count }, (_, place) => `v${place}`) };
}
