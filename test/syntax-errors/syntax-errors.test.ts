/** Every wrong program in this folder is rejected with CPython's message, at CPython's place. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PySyntaxError } from '../../src/frontend/errors.ts';
import { type ParseMode, parse } from '../../src/frontend/parser.ts';

/** The first line of a record: mode, stage, type, message, line, offset, end line, end offset. */
type Header = readonly [mode: ParseMode, stage: 'parse' | 'compile', type: string, message: string, ...place: (number | null)[]];

function readRecords(file: string): [Header, string][] {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8').replace(/\n$/, '');
  return text
    .slice(3)
    .split('\n#! ')
    .map((record) => {
      const end = record.indexOf('\n');
      return [JSON.parse(record.slice(0, end)) as Header, record.slice(end + 1)];
    });
}

/** What the parser says about a program: type, message and place, or null when it accepts it. */
function verdict(program: string, mode: ParseMode): unknown[] | null {
  try {
    parse(program, { filename: '<test>', mode });
    return null;
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    return [error.kind, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset];
  }
}

describe.each(readdirSync(import.meta.dirname).filter((file) => file.endsWith('.txt')))('the parser, given the wrong programs of %s', (file) => {
  const records = readRecords(file);

  it('says what CPython says, and points where it points', () => {
    const rejected = records.filter(([header]) => header[1] === 'parse');
    const said = rejected.map(([header, program]) => ({ program, verdict: verdict(program, header[0]) }));
    expect(said).toEqual(rejected.map(([header, program]) => ({ program, verdict: header.slice(2) })));
  });

  const accepted = records.filter(([header]) => header[1] === 'compile');
  it.skipIf(accepted.length === 0)('accepts those that only the compiler rejects', () => {
    expect(accepted.filter(([header, program]) => verdict(program, header[0]) !== null)).toEqual([]);
  });
});
