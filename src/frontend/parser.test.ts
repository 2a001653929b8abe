/** The parser: trees of programs of every grammar area, options, limits, warnings. */
import { describe, expect, it } from 'vitest';
import { dumpAst } from './ast-dump.ts';
import { PySyntaxError } from './errors.ts';
import { type ParseOptions, parse } from './parser.ts';

function tree(source: string | Uint8Array, options: Partial<ParseOptions> = {}): string {
  const dump = dumpAst(parse(source, { filename: '<test>', mode: 'exec', ...options }));
  return dump.replace(/,? ?lineno=-?\d+, col_offset=-?\d+, end_lineno=-?\d+, end_col_offset=-?\d+/g, '');
}

function statement(source: string): string {
  return tree(source).slice('Module(body=['.length, -2);
}

function expression(source: string): string {
  return tree(source, { mode: 'eval' }).slice('Expression(body='.length, -1);
}

function failure(source: string, options: Partial<ParseOptions> = {}): PySyntaxError {
  try {
    parse(source, { filename: '<test>', mode: 'exec', ...options });
  } catch (error) {
    if (error instanceof PySyntaxError) return error;
    throw error;
  }
  throw new Error('the program was accepted');
}

describe('places', () => {
  it('count lines from 1 and columns in bytes of UTF-8', () => {
    expect(dumpAst(parse('é = "日" + x', { filename: 'f', mode: 'exec' }))).toContain("Name(id='x', ctx=Load(), lineno=1, col_offset=13, end_lineno=1, end_col_offset=14)");
  });

  it('begin at an opening bracket for what it is a part of, but not for what it contains', () => {
    expect(dumpAst(parse('(a) + b', { filename: 'f', mode: 'eval' }))).toMatch(/^Expression\(body=BinOp\(left=Name\(id='a', ctx=Load\(\), lineno=1, col_offset=1.*col_offset=0, end_lineno=1, end_col_offset=7\)\)$/);
  });
});

describe('expressions', () => {
  it('bind as strongly as the grammar says', () => {
    expect(expression('-a ** -b * c')).toBe("BinOp(left=UnaryOp(op=USub(), operand=BinOp(left=Name(id='a', ctx=Load()), op=Pow(), right=UnaryOp(op=USub(), operand=Name(id='b', ctx=Load())))), op=Mult(), right=Name(id='c', ctx=Load()))");
  });

  it('chain comparisons', () => {
    expect(expression('a < b is not c not in d')).toContain('ops=[Lt(), IsNot(), NotIn()]');
  });

  it('keep integers exact beyond 2**53 and floats apart from integers', () => {
    expect(expression('9007199254740993')).toBe('Constant(value=9007199254740993)');
    expect(expression('1.0')).toBe('Constant(value=1.0)');
    expect(expression('0x_ff')).toBe('Constant(value=255)');
  });

  it('allow stars in subscripts and in calls', () => {
    expect(expression('a[*b, 1:2]')).toContain("slice=Tuple(elts=[Starred(value=Name(id='b', ctx=Load()), ctx=Load()), Slice(");
    expect(expression('f(*a, b=1, *c, **d)')).toContain("keywords=[keyword(arg='b', value=Constant(value=1)), keyword(value=Name(id='d', ctx=Load()))]");
  });

  it('join adjacent strings, and f-strings with what surrounds them', () => {
    expect(expression("'a' 'b' f'{c!r:>{d}}' 'e' f'f'")).toBe(
      "JoinedStr(values=[Constant(value='ab'), FormattedValue(value=Name(id='c', ctx=Load()), conversion=114, format_spec=JoinedStr(values=[Constant(value='>'), FormattedValue(value=Name(id='d', ctx=Load()), conversion=-1)])), Constant(value='ef')])",
    );
  });

  it('keep the text of debug fields and of interpolations', () => {
    expect(expression("f'{ a = }'")).toContain("Constant(value=' a = ')");
    expect(expression("t'{ a = }'")).toContain("str=' a '");
  });

  it('resolve named characters by the injected function', () => {
    expect(tree("'\\N{snowman}'", { resolveUnicodeName: (name) => (name === 'snowman' ? '☃' : undefined) })).toContain("value='☃'");
    expect(failure("'\\N{snowman}'").msg).toContain('unknown Unicode character name');
  });
});

describe('soft keywords', () => {
  it('are names wherever they do not read as statements', () => {
    for (const source of ['match = 1', 'match(x)', 'match[x]: int', 'match.case', 'case = type', 'type(x)', 'type = 1', '_ = match, case']) {
      expect(() => tree(source)).not.toThrow();
    }
  });

  it('begin statements where they do', () => {
    expect(statement('match x, *y:\n  case [1, *_] | {"k": C(a, b=2) as d, **r} if z: pass')).toMatch(/^Match\(subject=Tuple/);
    expect(statement('type X[T: int = str, *Ts = *a, **P] = T')).toMatch(/^TypeAlias\(name=Name\(id='X', ctx=Store\(\)\), type_params=\[TypeVar/);
  });
});

describe('statements', () => {
  it('tell bracketed with-items from a bracketed first item', () => {
    expect(statement('with (a, b): pass')).toContain('items=[withitem(context_expr=Name(id=\'a\'');
    expect(statement('with (a, b) as c: pass')).toContain('items=[withitem(context_expr=Tuple(');
    expect(statement('with (a).b as c, d: pass')).toContain('context_expr=Attribute(');
  });

  it('allow several exception types without brackets', () => {
    expect(statement('try: pass\nexcept A, B: pass')).toContain('ExceptHandler(type=Tuple(');
    expect(failure('try: pass\nexcept A, B as c: pass').msg).toBe("multiple exception types must be parenthesized when using 'as'");
  });

  it('mark annotated names as simple only without brackets', () => {
    expect(statement('a: int')).toContain('simple=1');
    expect(statement('(a): int')).toContain('simple=0');
  });

  it('read Barry’s operator only after his future import', () => {
    expect(tree('from __future__ import barry_as_FLUFL\na <> b')).toContain('NotEq()');
    expect(failure('a <> b').msg).toContain("'!='");
    expect(tree('a <> b', { flufl: true })).toContain('NotEq()');
  });
});

describe('modes', () => {
  it('eval takes one expression', () => {
    expect(tree('a, b\n\n', { mode: 'eval' })).toMatch(/^Expression\(body=Tuple/);
  });

  it('single takes one statement and closes its blocks', () => {
    expect(tree('if a:\n  b', { mode: 'single' })).toMatch(/^Interactive\(body=\[If/);
    expect(failure('a\nb', { mode: 'single' }).msg).toBe('multiple statements found while compiling a single statement');
  });

  it('func_type takes a signature', () => {
    expect(tree('(int, *str, **x) -> a', { mode: 'func_type' })).toMatch(/^FunctionType\(argtypes=\[Name\(id='int'/);
  });

  it('type comments are kept on request', () => {
    const dump = tree('x = 1 # type: int\ny = 2 # type: ignore[z]', { typeComments: true });
    expect(dump).toContain("type_comment='int'");
    expect(dump).toContain("type_ignores=[TypeIgnore(lineno=2, tag='[z]')]");
  });

  it('input that ends too early is told apart on request', () => {
    expect(failure('if a:\n', { allowIncompleteInput: true }).kind).toBe('_IncompleteInputError');
    expect(failure('(1,\n', { allowIncompleteInput: true }).kind).toBe('_IncompleteInputError');
    expect(failure('if a b:\n', { allowIncompleteInput: true }).kind).toBe('SyntaxError');
  });
});

describe('limits', () => {
  it('brackets nest 200 deep', () => {
    expect(() => tree(`${'('.repeat(200)}1${')'.repeat(200)}`)).not.toThrow();
    expect(failure(`${'('.repeat(201)}1${')'.repeat(201)}`).msg).toBe('too many nested parentheses');
  });

  it('anything nested deeper than CPython’s stack is a MemoryError, never a JavaScript stack overflow', () => {
    for (const part of ['-', 'not ', 'lambda: ', '1 if 1 else ', '1 ** ']) expect(failure(`${part.repeat(50000)}1`).kind).toBe('MemoryError');
  });

  it('decimal integers have a limit of digits', () => {
    expect(failure('1'.repeat(4301)).msg).toContain('Exceeds the limit (4300 digits)');
    expect(() => tree('1'.repeat(4301), { maxIntegerDigits: 0 })).not.toThrow();
    expect(() => tree(`0x${'1'.repeat(5000)}`)).not.toThrow();
  });
});

describe('warnings', () => {
  function warnings(source: string): [string, number][] {
    const found: [string, number][] = [];
    tree(source, { warn: (_, message, lineno) => void found.push([message, lineno]) });
    return found;
  }

  it('name the first invalid escape of each string and its line', () => {
    expect(warnings("x = '''\n\\d\\e'''\ny = b'\\q'").map(([message, line]) => [message.slice(0, 4), line])).toEqual([['"\\d"', 2], ['"\\q"', 3]]);
  });

  it('are given once when an attempt to parse is abandoned', () => {
    expect(warnings("with ('\\d') as x: pass")).toHaveLength(1);
    expect(warnings("match ('\\d')")).toHaveLength(1);
  });

  it('tell of numbers that run into keywords', () => {
    expect(warnings('1if 2else 3')).toEqual([['invalid decimal literal', 1], ['invalid decimal literal', 1]]);
  });

  it('become errors when the filter says so', () => {
    expect(failure("x = '\\d'", { warn: () => true })).toMatchObject({ kind: 'SyntaxError', lineno: 1, offset: 6, end_offset: 8 });
  });
});

describe('encodings', () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

  it('are UTF-8 unless the first two lines say otherwise', () => {
    expect(tree(bytes("'\xc3\xa9'"))).toContain("value='é'");
    expect(tree(bytes("# coding: latin-1\n'\xe9'"))).toContain("value='é'");
    expect(tree(bytes("#!x\n# vim: set fileencoding=cp1252 :\n'\x80'"))).toContain("value='€'");
    expect(tree(bytes("\xef\xbb\xbf'\xc3\xa9'"))).toContain("value='é'");
  });

  it('may come from the injected codecs', () => {
    expect(tree(bytes("# coding: cp437\n'\x80'"), { decode: (_, name) => (name === 'cp437' ? "'Ç'" : undefined) })).toContain("value='Ç'");
  });

  it('are checked', () => {
    expect(() => tree(bytes("\n'\xe9'"))).toThrow("Non-UTF-8 code starting with '\\xe9' on line 2");
    expect(() => tree(bytes('# coding: nonsense'))).toThrow('unknown encoding: nonsense');
    expect(failure('a\0b').msg).toBe('source code string cannot contain null bytes');
  });
});
