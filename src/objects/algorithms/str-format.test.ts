import { describe, expect, it } from 'vitest';
import { parseTemplate, splitFieldName, TemplateFailure } from './str-format.ts';

describe('templates of str.format', () => {
  it('splits literals and fields', () => {
    expect(parseTemplate('a{{b{x!r:>{w}}c')).toEqual([
      { literal: 'a{', field: undefined },
      { literal: 'b', field: { name: 'x', spec: '>{w}', conversion: 'r', nested: true } },
      { literal: 'c', field: undefined },
    ]);
  });

  it.each([
    ['}', "Single '}' encountered in format string"], ['{', "Single '{' encountered in format string"], ['{a', "expected '}' before end of string"], ['{a!rx}', "expected ':' after conversion specifier"],
    ['{a{}', "unexpected '{' in field name"], ['{a:{}', "unmatched '{' in format spec"],
  ])('fails for %j', (template, message) => {
    expect(parseTemplate(template).at(-1)).toEqual(new TemplateFailure(message));
  });

  it('takes field names apart', () => {
    expect(splitFieldName('0.a[b][1]')).toEqual({
      first: 0, steps: [{ isAttribute: true, key: 'a' }, { isAttribute: false, key: 'b' }, { isAttribute: false, key: 1 }],
    });
    expect(splitFieldName('x[')).toEqual({ first: 'x', steps: [new TemplateFailure("Missing ']' in format string")] });
  });
});
