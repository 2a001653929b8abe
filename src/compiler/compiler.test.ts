/** Unit tests of the compiler: expected code for small programs (as CPython 3.14 compiles them), errors, warnings, limits. */
import { describe, expect, it } from 'vitest';
import { CodeObject, ConstFrozenSet } from '../bytecode/code.ts';
import { disassemble } from '../bytecode/disassembler.ts';
import { decodeCode, encodeCode } from '../bytecode/serialise.ts';
import { plainCode } from '../bytecode/plain-code.ts';
import { verifyCode } from '../bytecode/verifier.ts';
import { makeConstant, makeExpression, makeUnaryOp } from '../frontend/ast-factory.ts';
import type { Expr } from '../frontend/ast.ts';
import { PySyntaxError } from '../frontend/errors.ts';
import { parse } from '../frontend/parser.ts';
import { compile } from './compiler.ts';
import type { CompileOptions } from './compiler.ts';
import { CompilationFailure } from './errors.ts';

function compileText(source: string, options: Partial<CompileOptions> & { mode?: 'exec' | 'eval' | 'single' } = {}): CodeObject {
  return compile(parse(source, { filename: 'f.py', mode: options.mode ?? 'exec' }), { filename: 'f.py', ...options });
}

/** The first function or class in the code, verified on the way. */
function inner(code: CodeObject): CodeObject {
  const found = code.consts.find((constant) => constant instanceof CodeObject);
  if (!(found instanceof CodeObject)) throw new Error('no inner code');
  return found;
}

function listing(code: CodeObject): string[] {
  return disassemble(code).split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
}

function allCode(code: CodeObject): CodeObject[] {
  return [code, ...code.consts.filter((constant) => constant instanceof CodeObject).flatMap(allCode)];
}

function errorOf(source: string, options: Partial<CompileOptions> = {}): string {
  try {
    compileText(source, options);
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    return `${error.msg} @ ${error.lineno}:${error.offset}-${error.end_lineno}:${error.end_offset}`;
  }
  return 'no error';
}

describe('functions', () => {
  it('use borrowed loads and superinstructions', () => {
    expect(listing(inner(compileText('def f(a, b):\n    c = a + b\n    return c\n')))).toEqual([
      'RESUME 0', 'LOAD_FAST_BORROW_LOAD_FAST_BORROW 1 (a, b)', 'BINARY_OP 0 (+)', 'STORE_FAST 2 (c)', 'LOAD_FAST_BORROW 2 (c)', 'RETURN_VALUE',
    ]);
  });

  it('check locals that may be unbound', () => {
    expect(listing(inner(compileText('def f(a):\n    if a: x = 1\n    return x\n')))).toContain('L1: LOAD_FAST_CHECK 1 (x)');
  });

  it('share variables with inner functions through cells', () => {
    const outer = inner(compileText('def f(a):\n    return lambda: a\n'));
    expect(listing(outer)).toEqual([
      'MAKE_CELL 0 (a)', 'RESUME 0', 'LOAD_FAST_BORROW 0 (a)', 'BUILD_TUPLE 1', 'LOAD_CONST 0 (<code f.<locals>.<lambda>>)', 'MAKE_FUNCTION',
      'SET_FUNCTION_ATTRIBUTE 8 (closure)', 'RETURN_VALUE',
    ]);
    expect([outer.cellvars, inner(outer).freevars]).toEqual([['a'], ['a']]);
  });

  it('call super without making a super object', () => {
    const code = inner(inner(compileText('class C:\n    def f(self):\n        return super().g(1)\n')));
    expect(listing(code)).toContain('LOAD_SUPER_ATTR 5 (g + NULL|self)');
  });

  it('keep a cleaned docstring as the first constant', () => {
    expect(inner(compileText('def f():\n    """One.\n\n      Two\n    Three"""\n')).consts[0]).toBe('One.\n\n  Two\nThree');
    expect(inner(compileText('def f():\n    "doc"\n', { optimize: 2 })).consts).toEqual([null]);
  });
});

describe('control flow', () => {
  it('brings conditional jumps into the forward direction', () => {
    expect(listing(compileText('while x:\n    y()\n')).slice(1, 11)).toEqual([
      'L1: LOAD_NAME 0 (x)', 'TO_BOOL', 'POP_JUMP_IF_FALSE 10 (to L2)', 'NOT_TAKEN', 'LOAD_NAME 1 (y)', 'PUSH_NULL', 'CALL 0', 'POP_TOP',
      'JUMP_BACKWARD 17 (to L1)', 'L2: LOAD_CONST 0 (None)',
    ]);
  });

  it('moves handlers to the end and writes the exception table', () => {
    const code = compileText('try:\n    a\nexcept B:\n    c\nd\n');
    const lines = listing(code);
    const indexOf = (text: string): number => lines.findIndex((line) => line.includes(text));
    expect(indexOf('PUSH_EXC_INFO')).toBeGreaterThan(indexOf('RETURN_VALUE'));
    expect(indexOf('(d)')).toBeLessThan(indexOf('PUSH_EXC_INFO'));
    expect(lines.filter((line) => line.startsWith('['))).toHaveLength(3);
  });

  it('decides constant conditions', () => {
    expect(listing(compileText('if 0: a\nelse: b\n')).join()).not.toContain('(a)');
    expect(listing(compileText('assert x', { optimize: 1 })).join()).not.toContain('AssertionError');
    expect(listing(compileText('if __debug__: a', { optimize: 1 })).join()).not.toContain('(a)');
  });
});

describe('constant folding', () => {
  const folded = (source: string): string | undefined => listing(compileText(source, { mode: 'eval' })).find((line) => line.startsWith('LOAD'));

  it('computes what is small and cannot raise', () => {
    expect(folded('2 ** 10 - 1')).toContain('(1023)');
    expect(folded('(1, "a") * 2')).toContain('(1, "a", 1, "a")');
    expect(folded('-7 // 2')).toContain('(-4)');
    expect(compileText('x in {1, 2}', { mode: 'eval' }).consts.some((value) => value instanceof ConstFrozenSet)).toBe(true);
    expect(folded('"abc"[1]')).toContain('("b")');
    expect(folded('1 - 2j')).toContain('complex(1, -2)');
  });

  it('leaves what is large or raises to run time', () => {
    expect(listing(compileText('1 // 0', { mode: 'eval' }))).toContain('BINARY_OP 2 (//)');
    expect(listing(compileText('2 ** 1000', { mode: 'eval' }))).toContain('BINARY_OP 8 (**)');
  });

  it('turns simple % formats into f-strings', () => {
    expect(listing(compileText('"%s=%r" % (a, b)', { mode: 'eval' }))).toContain('BUILD_STRING 3');
  });
});

describe('all code', () => {
  const program = [
    'from __future__ import annotations', 'import a.b as c', 'x: int = 1', 'class C[T](B, metaclass=M):', '    y: T', '    def f(self): return __class__',
    'async def g():', '    async with a as b:', '        async for i in b: yield i', 'def h(*args, k=1, **kw):', '    try: return [i for i in args if i]',
    '    finally: kw.clear()', 'match x:', '    case [1, *r] | {"k": r}: pass', '    case C(a=1): pass', 'print(f"{x!r:>{w}}", t"{x}")',
  ].join('\n');

  it('is well-formed', () => {
    for (const code of allCode(compileText(program))) expect(verifyCode(code)).toEqual([]);
  });

  it('survives serialisation', () => {
    const code = compileText(program);
    expect(plainCode(decodeCode(encodeCode(code)))).toEqual(plainCode(code));
  });
});

describe('errors', () => {
  it('have the text and place of CPython', () => {
    expect(errorOf('return 1')).toBe("'return' outside function @ 1:1-1:9");
    expect(errorOf('while 1:\n    def f(): break')).toBe("'break' outside loop @ 2:14-2:19");
    expect(errorOf('def f():\n    await x')).toBe("'await' outside async function @ 2:5-2:12");
    expect(errorOf('def f(x):\n    global x')).toBe("name 'x' is parameter and global @ 2:5-2:13");
    expect(errorOf('def f():\n    nonlocal x')).toBe("no binding for nonlocal 'x' found @ 2:5-2:15");
    expect(errorOf('f(a=1, a=2)')).toBe('keyword argument repeated: a @ 1:8-1:11');
    expect(errorOf('match x:\n    case y: pass\n    case 1: pass')).toBe("name capture 'y' makes remaining patterns unreachable @ 2:10-2:11");
    expect(errorOf('from __future__ import braces')).toBe('not a chance @ 1:24-1:30');
    expect(errorOf('x = 1\nfrom __future__ import division')).toBe('from __future__ imports must occur at the beginning of the file @ 2:1-2:32');
  });

  it('come from warnings that the filters turn into errors', () => {
    const source = 'def f():\n    try: pass\n    finally: return 1\n';
    expect(errorOf(source, { warn: () => true })).toBe("'return' in a 'finally' block @ 3:14-3:22");
    expect(errorOf(source)).toBe('no error');
  });
});

describe('warnings', () => {
  const warningsOf = (source: string): string[] => {
    const found: string[] = [];
    compileText(source, { warn: (_category, message, lineno) => void found.push(`${lineno}: ${message}`) });
    return found;
  };

  it('are those of CPython, once for each place', () => {
    expect(warningsOf('x is 1')).toEqual(['1: "is" with \'int\' literal. Did you mean "=="?']);
    expect(warningsOf('assert (x, "m")')).toEqual(['1: assertion is always true, perhaps remove parentheses?']);
    expect(warningsOf('try: pass\nfinally: x = (1, 2)(3)')).toEqual(["2: 'tuple' object is not callable; perhaps you missed a comma?"]);
    expect(warningsOf('[1]["a"]')).toEqual(['1: list indices must be integers or slices, not str; perhaps you missed a comma?']);
  });
});

describe('depth', () => {
  it('ends in a RecursionError, not in a crash', () => {
    let e: Expr = makeConstant(1, null, 1, 0, 1, 1);
    for (let i = 0; i < 200_000; i++) e = makeUnaryOp('Not', e, 1, 0, 1, 1);
    expect(() => compile(makeExpression(e), { filename: 'f.py' })).toThrow(CompilationFailure);
  });

  it('of long sums does not matter', () => {
    const terms = Array.from({ length: 3000 }, (_, i) => `x${i}`).join(' + ');
    expect(compileText(terms, { mode: 'eval' }).names).toHaveLength(3000);
  });
});
