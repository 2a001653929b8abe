/** The tokenizer: exact tokens, with and without those that only `tokenize` wants. */
import { describe, expect, it } from 'vitest';
import { TokenIterator } from './token-iterator.ts';
import { KEYWORD_TEXTS, TOKEN_NAMES, FIRST_KEYWORD } from './token-types.ts';
import { Tokenizer } from './tokenizer.ts';

function types(source: string): string[] {
  const tokenizer = new Tokenizer(source, { filename: '<test>', typeComments: false, extraTokens: false, warn: null });
  tokenizer.readAll();
  return Array.from(tokenizer.tokens.types.subarray(0, tokenizer.tokens.count), (type) => TOKEN_NAMES[type] ?? (KEYWORD_TEXTS[type - FIRST_KEYWORD] as string));
}

function iterated(source: string): string[] {
  const iterator = new TokenIterator(source, '<test>', true);
  const result: string[] = [];
  for (let token = iterator.next(); token !== null; token = iterator.next()) {
    result.push(`${TOKEN_NAMES[token.type]} ${token.lineno},${token.column}-${token.endLineno},${token.endColumn} ${JSON.stringify(token.text)}`);
  }
  return result;
}

describe('the tokenizer', () => {
  it('turns indentation into tokens and skips blank lines', () => {
    expect(types('if a:\n\n  # c\n  b\nc\n')).toEqual(['if', 'NAME', 'COLON', 'NEWLINE', 'INDENT', 'NAME', 'NEWLINE', 'DEDENT', 'NAME', 'NEWLINE', 'ENDMARKER']);
  });

  it('takes newlines inside of brackets for spaces', () => {
    expect(types('(\n1\n)\n')).toEqual(['LPAR', 'NUMBER', 'RPAR', 'NEWLINE', 'ENDMARKER']);
  });

  it('finds the longest operator', () => {
    expect(types('a **= b // c >>= d ... != ->\n')).toEqual([
      'NAME', 'DOUBLESTAREQUAL', 'NAME', 'DOUBLESLASH', 'NAME', 'RIGHTSHIFTEQUAL', 'NAME', 'ELLIPSIS', 'NOTEQUAL', 'RARROW', 'NEWLINE', 'ENDMARKER',
    ]);
  });

  it('splits f-strings into text and ordinary tokens', () => {
    expect(types("f'a{b:{c}}{{d'\n")).toEqual([
      'FSTRING_START', 'FSTRING_MIDDLE', 'LBRACE', 'NAME', 'COLON', 'LBRACE', 'NAME', 'RBRACE', 'FSTRING_MIDDLE', 'RBRACE', 'FSTRING_MIDDLE', 'FSTRING_MIDDLE', 'FSTRING_END', 'NEWLINE', 'ENDMARKER',
    ]);
  });

  it('knows all prefixes of strings', () => {
    expect(types("rb'' BR'' u'' Rf'' tR''\n")).toEqual(['STRING', 'STRING', 'STRING', 'FSTRING_START', 'FSTRING_END', 'TSTRING_START', 'TSTRING_END', 'NEWLINE', 'ENDMARKER']);
  });

  it('normalises identifiers', () => {
    const tokenizer = new Tokenizer('ﬁ = 1\n', { filename: '<test>', typeComments: false, extraTokens: false, warn: null });
    tokenizer.readAll();
    expect(tokenizer.tokens.names[0]).toBe('fi');
  });
});

describe('the token iterator', () => {
  it('reports comments and blank lines, with places in characters', () => {
    expect(iterated('# c\n\né = 1 # d')).toEqual([
      'COMMENT 1,0-1,3 "# c"', 'NL 1,3-1,4 "\\n"', 'NL 2,0-2,1 "\\n"', 'NAME 3,0-3,1 "é"', 'OP 3,2-3,3 "="', 'NUMBER 3,4-3,5 "1"', 'COMMENT 3,6-3,9 "# d"', 'NEWLINE 3,9-3,10 ""', 'ENDMARKER 4,0-4,0 ""',
    ]);
  });

  it('keeps carriage returns', () => {
    expect(iterated('a\r\n')[1]).toBe('NEWLINE 1,1-1,3 "\\r\\n"');
  });

  it('tells of input that ends inside of brackets', () => {
    expect(() => iterated('(1,\n')).toThrow('unexpected EOF in multi-line statement');
  });
});
