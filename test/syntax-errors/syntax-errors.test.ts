/** Every wrong program in this folder is rejected with CPython's message, at CPython's place. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compiler.ts';
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

/** What `read` says about a program: type, message and place, or null when it accepts it. */
function verdict(read: (program: string, mode: ParseMode) => unknown, program: string, mode: ParseMode): unknown[] | null {
  try {
    read(program, mode);
    return null;
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    return [error.kind, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset];
  }
}

const parseOnly = (program: string, mode: ParseMode): unknown => parse(program, { filename: '<test>', mode });
const parseAndCompile = (program: string, mode: ParseMode): unknown => compile(parse(program, { filename: '<test>', mode }), { filename: '<test>' });

describe.each(readdirSync(import.meta.dirname).filter((file) => file.endsWith('.txt')))('given the wrong programs of %s', (file) => {
  const records = readRecords(file);

  it('the parser rejects what CPython\'s rejects, and leaves the rest to the compiler', () => {
    const rejected = records.filter(([header, program]) => verdict(parseOnly, program, header[0]) !== null);
    expect(rejected.map(([, program]) => program)).toEqual(records.filter(([header]) => header[1] === 'parse').map(([, program]) => program));
  });

  it('the whole says what CPython says, and points where it points', () => {
    const said = records.map(([header, program]) => ({ program, verdict: verdict(parseAndCompile, program, header[0]) }));
    expect(said).toEqual(records.map(([header, program]) => ({ program, verdict: header.slice(2) })));
  });
});
