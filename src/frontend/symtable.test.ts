/** Unit tests of the symbol table: scopes, cells, inlined comprehensions, classes, private names. */
import { describe, expect, it } from 'vitest';
import { futureFeatures } from './future.ts';
import { parse } from './parser.ts';
import { buildSymtable } from './symtable.ts';
import { mangle } from '../base/mangle.ts';
import { SCOPE, getScope } from './symtable-entry.ts';
import type { SymtableEntry } from './symtable-entry.ts';

const SCOPE_NAMES = Object.fromEntries(Object.entries(SCOPE).map(([name, number]) => [number, name]));

function topOf(source: string): SymtableEntry {
  const tree = parse(source, { filename: 'f.py', mode: 'exec' });
  return buildSymtable(tree, { filename: 'f.py', flags: 0, future: futureFeatures(tree, 'f.py') }).top;
}

function child(entry: SymtableEntry, name: string): SymtableEntry {
  const found = entry.children.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no block ${name}`);
  return found;
}

function scopes(entry: SymtableEntry): Record<string, string> {
  return Object.fromEntries([...entry.symbols.keys()].map((name) => [name, SCOPE_NAMES[getScope(entry, name)]!]));
}

describe('scopes', () => {
  it('tell locals, cells, free and global names apart', () => {
    const f = child(topOf('def f(a):\n    b = a\n    def g():\n        nonlocal b\n        global c\n        b = c = d\n'), 'f');
    expect(scopes(f)).toEqual({ a: 'LOCAL', b: 'CELL', g: 'LOCAL' });
    expect(scopes(child(f, 'g'))).toEqual({ b: 'FREE', c: 'GLOBAL_EXPLICIT', d: 'GLOBAL_IMPLICIT' });
  });

  it('hide the names of a class from its functions', () => {
    const c = child(topOf('def o():\n    x = 1\n    class C:\n        x = 2\n        def f(self): return x\n').children[1]!, 'C');
    expect(scopes(c)['x']).toBe('LOCAL');
    expect(scopes(child(c, 'f'))['x']).toBe('FREE');
  });

  it('give a class a cell for super', () => {
    expect(child(topOf('class C:\n    def f(self): super()\n'), 'C').needsClassClosure).toBe(true);
  });
});

describe('comprehensions', () => {
  it('are inlined, generator expressions are not', () => {
    const f = child(topOf('def f(y):\n    [i for i in y]\n    return (j for j in y)\n'), 'f');
    expect(f.children.map((entry) => entry.name)).toEqual(['genexpr']);
    expect(scopes(f)['i']).toBe('LOCAL');
  });

  it('turn their variables into cells of the function when a closure needs them', () => {
    const f = child(topOf('def f(y):\n    return [lambda: i for i in y]\n'), 'f');
    expect(scopes(f)['i']).toBe('CELL');
    expect(scopes(child(f, 'lambda'))).toEqual({ i: 'FREE' });
  });
});

describe('private names', () => {
  it('are mangled with the class name', () => {
    expect(mangle('C', '__x')).toBe('_C__x');
    expect(mangle('_C', '__x')).toBe('_C__x');
    expect([mangle('C', '__x__'), mangle('___', '__x'), mangle(null, '__x'), mangle('C', '_x')]).toEqual(['__x__', '__x', '__x', '_x']);
  });
});
