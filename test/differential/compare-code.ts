/**
 * Compares the code objects of Ladon's compiler with those of CPython, field by field. A tool for developers: it needs a CPython 3.14.
 *
 * usage: `python3.14 dump_code.py [--ast] FILE... | node compare-code.js [--optimize N] [--flags N] [--mode MODE] [--limit N] [--verbose]`
 * (bundle first with esbuild). Trees in the dump are used as they are; otherwise the file is parsed by Ladon.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ConstBytes, ConstComplex, ConstFloat, ELLIPSIS } from '../../src/base/constants.ts';
import type { Literal } from '../../src/base/constants.ts';
import { CodeObject } from '../../src/bytecode/code.ts';
import type { Const } from '../../src/bytecode/code.ts';
import { disassemble } from '../../src/bytecode/disassembler.ts';
import { makeCode } from '../../src/bytecode/code.ts';
import { verifyCode } from '../../src/bytecode/verifier.ts';
import { compile } from '../../src/compiler/compiler.ts';
import { CompilationFailure } from '../../src/compiler/errors.ts';
import { bytesRepr, floatRepr } from '../../src/compiler/unparse-literals.ts';
import { PySyntaxError } from '../../src/frontend/errors.ts';
import type { Mod } from '../../src/frontend/ast.ts';
import { parse } from '../../src/frontend/parser.ts';

interface DumpedCode {
  readonly name: string;
  readonly code: string;
  readonly consts: readonly (string | DumpedCode)[];
  readonly [field: string]: unknown;
}

interface DumpedFile {
  readonly file: string;
  readonly code?: DumpedCode;
  readonly error?: readonly [string, string, readonly unknown[]];
  readonly warnings: readonly (readonly [string, number])[];
  readonly ast?: unknown;
}

const { values: options } = parseArgs({
  options: {
    optimize: { type: 'string', default: '0' }, flags: { type: 'string', default: '0' }, mode: { type: 'string', default: 'exec' },
    limit: { type: 'string', default: '10' }, verbose: { type: 'boolean', default: false },
  },
});

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function ascii(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === '\\') out += '\\\\';
    else if (character === '\n') out += '\\n';
    else if (character === '\r') out += '\\r';
    else if (character === '\t') out += '\\t';
    else if (code >= 0x20 && code < 0x7f) out += character;
    else if (code <= 0xff) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code <= 0xffff) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return out;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + ascii(text).replaceAll(quote, quote === "'" ? "\\'" : '"') + quote;
}

function hexInt(value: number | bigint): string {
  const big = BigInt(value);
  return big < 0n ? `-0x${(-big).toString(16)}` : `0x${big.toString(16)}`;
}

function reprConst(value: Const): string | DumpedCode {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean': return value ? 'True' : 'False';
    case 'string': return quoted(value);
    case 'number': case 'bigint': return hexInt(value);
    default: break;
  }
  switch (value.kind) {
    case 'float': return floatRepr(value.value);
    case 'complex': return reprComplex(value);
    case 'bytes': return bytesRepr(value.value);
    case 'ellipsis': return 'Ellipsis';
    case 'tuple': return `(${value.items.map((item) => String(reprConst(item))).join(', ')})`;
    case 'frozenset': return `frozenset(${value.items.map((item) => reprInSet(item)).sort().join(', ')})`;
    case 'slice': return `slice(${String(reprConst(value.start))}, ${String(reprConst(value.stop))}, ${String(reprConst(value.step))})`;
    case 'code': return dump(value);
  }
}

function reprInSet(value: Const): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'object' && value !== null && value.kind === 'tuple') {
    return `(${value.items.map(reprInSet).join(', ')}${value.items.length === 1 ? ',' : ''})`;
  }
  return String(reprConst(value));
}

function reprComplex(value: ConstComplex): string {
  const trim = (n: number): string => floatRepr(n).replace(/\.0$/, '');
  const imag = trim(value.imag);
  if (Object.is(value.real, 0)) return `${imag}j`;
  return `(${trim(value.real)}${imag.startsWith('-') ? '' : '+'}${imag}j)`;
}

function dump(code: CodeObject): DumpedCode {
  return {
    name: ascii(code.name), qualname: ascii(code.qualname), argcount: [code.argcount, code.posonlyargcount, code.kwonlyargcount],
    stacksize: code.stacksize, flags: code.flags, firstlineno: code.firstlineno, code: hex(code.codeBytes()),
    consts: code.consts.map(reprConst), names: code.names.map(ascii), locals: code.localsplusnames.map(ascii), kinds: hex(code.localspluskinds),
    linetable: hex(code.linetable), exceptiontable: hex(code.exceptiontable),
  };
}

function listing(dumped: DumpedCode): string {
  const bytes = Buffer.from(dumped.code, 'hex');
  const words = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const code = makeCode({
    argcount: 0, posonlyargcount: 0, kwonlyargcount: 0, stacksize: 0, flags: 0, words,
    consts: dumped.consts.map((value) => (typeof value === 'string' ? value : `<code ${value.name}>`)), names: dumped['names'] as string[],
    localsplusnames: dumped['locals'] as string[], localspluskinds: new Uint8Array(), filename: '', name: '', qualname: '',
    firstlineno: dumped['firstlineno'] as number, linetable: Buffer.from(dumped['linetable'] as string, 'hex'),
    exceptiontable: Buffer.from(dumped['exceptiontable'] as string, 'hex'),
  });
  return disassemble(code, { positions: true });
}

const fieldCounts = new Map<string, number>();
let shown = 0;

function compareCode(path: string, ours: DumpedCode, theirs: DumpedCode): boolean {
  const wrong: string[] = [];
  for (const field of Object.keys(theirs)) {
    if (field !== 'consts' && JSON.stringify(ours[field]) !== JSON.stringify(theirs[field])) wrong.push(field);
  }
  const plain = (value: string | DumpedCode): string => (typeof value === 'string' ? value : `<code ${value.name}>`);
  if (JSON.stringify(ours.consts.map(plain)) !== JSON.stringify(theirs.consts.map(plain))) wrong.push('consts');
  for (const field of wrong) fieldCounts.set(field, (fieldCounts.get(field) ?? 0) + 1);
  if (wrong.length > 0 && shown++ < Number(options.limit)) report(path, wrong, ours, theirs);
  let same = wrong.length === 0;
  const inner = (consts: DumpedCode['consts']): DumpedCode[] => consts.filter((value): value is DumpedCode => typeof value !== 'string');
  const [a, b] = [inner(ours.consts), inner(theirs.consts)];
  for (let i = 0; i < Math.min(a.length, b.length); i++) same = compareCode(`${path}/${b[i]!.name}`, a[i]!, b[i]!) && same;
  return same;
}

function report(path: string, wrong: readonly string[], ours: DumpedCode, theirs: DumpedCode): void {
  console.log(`\n=== ${path}: ${wrong.join(', ')}`);
  for (const field of wrong) {
    if (['code', 'linetable', 'exceptiontable'].includes(field)) continue;
    console.log(`  ${field}\n    ours   ${JSON.stringify(ours[field])}\n    theirs ${JSON.stringify(theirs[field])}`.slice(0, options.verbose ? undefined : 1500));
  }
  if (!wrong.some((field) => ['code', 'linetable', 'exceptiontable'].includes(field))) return;
  const [a, b] = [listing(ours).split('\n'), listing(theirs).split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  if (at < 0 || a[at]!.startsWith("  [")) {
    const isEntry = (line: string): boolean => line.startsWith("  [");
    return console.log(`  ours:\n${a.filter(isEntry).join("\n")}\n  theirs:\n${b.filter(isEntry).join("\n")}`);
  }
  const from = options.verbose ? 0 : Math.max(0, at - 3);
  const until = options.verbose ? Infinity : at + 6;
  console.log(`  ours:\n${a.slice(from, until).join('\n')}\n  theirs:\n${b.slice(from, until).join('\n')}`);
}

function revive(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(revive);
  if (typeof node !== 'object' || node === null) return node;
  const record = node as Record<string, unknown>;
  if ('literal' in record) return reviveLiteral(record['literal']);
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, revive(value)]));
}

function parseHexFloat(text: string): number {
  if (text.includes('inf')) return text.startsWith('-') ? -Infinity : Infinity;
  const match = /^(-?)0x([01])\.?([0-9a-f]*)p([+-]\d+)$/.exec(text)!;
  const mantissa = Number(BigInt(`0x${match[2]}${match[3]}`));
  // Two steps, so that subnormal numbers are not lost.
  const exponent = Number(match[4]) - match[3]!.length * 4;
  const value = mantissa * 2 ** Math.trunc(exponent / 2) * 2 ** (exponent - Math.trunc(exponent / 2));
  return match[1] === '-' ? -value : value;
}

function reviveLiteral(value: unknown): Literal {
  if (typeof value !== 'object' || value === null) return value as Literal;
  const record = value as Record<string, string | string[]>;
  if ('int' in record) {
    const big = BigInt(record['int'] as string);
    return Number.isSafeInteger(Number(big)) ? Number(big) : big;
  }
  if ('float' in record) return new ConstFloat(parseHexFloat(record['float'] as string));
  if ('complex' in record) return new ConstComplex(parseHexFloat(record['complex']![0]!), parseHexFloat(record['complex']![1]!));
  if ('bytes' in record) return new ConstBytes(Uint8Array.from(Buffer.from(record['bytes'] as string, 'hex')));
  return ELLIPSIS;
}

interface Outcome {
  readonly code?: CodeObject;
  readonly error?: readonly [string, string, readonly unknown[]];
  readonly warnings: readonly (readonly [string, number])[];
}

let parseTime = 0;
let compileTime = 0;

function run(file: DumpedFile): Outcome {
  const warnings: [string, number][] = [];
  const warn = (category: string, message: string, lineno: number): void => {
    if (category === 'SyntaxWarning') warnings.push([message, lineno]);
  };
  const flags = Number(options.flags);
  try {
    const start = performance.now();
    const mode = options.mode as 'exec' | 'single' | 'eval';
    const tree = file.ast ? (revive(file.ast) as Mod) : parse(readFileSync(file.file), { filename: file.file, mode, warn });
    const middle = performance.now();
    parseTime += middle - start;
    const code = compile(tree, { filename: file.file, optimize: Number(options.optimize), flags, warn });
    compileTime += performance.now() - middle;
    return { code, warnings };
  } catch (error) {
    if (error instanceof PySyntaxError) {
      return { error: [error.kind, error.msg, [error.lineno, error.offset, error.text, error.end_lineno, error.end_offset]], warnings };
    }
    if (error instanceof CompilationFailure) return { error: [error.kind, error.msg, []], warnings };
    throw error;
  }
}

function verifyAll(code: CodeObject, path: string): void {
  for (const fault of verifyCode(code)) console.log(`  verifier ${path}/${code.name}: ${fault}`);
  for (const value of code.consts) if (value instanceof CodeObject) verifyAll(value, `${path}/${code.name}`);
}

let files = 0;
let equal = 0;

function compareFile(file: DumpedFile): void {
  files++;
  let outcome: Outcome;
  try {
    outcome = run(file);
  } catch (error) {
    console.log(`\n=== ${file.file}: crashed: ${(error as Error).stack?.split('\n').slice(0, 6).join('\n')}`);
    return;
  }
  // The text of a line is not the compiler's business.
  const withoutText = (error: DumpedFile['error']) => error && [error[0], error[1], error[2].filter((_, i) => i !== 2)];
  if (JSON.stringify(withoutText(outcome.error)) !== JSON.stringify(withoutText(file.error))) {
    console.log(`\n=== ${file.file}: error\n  ours   ${JSON.stringify(outcome.error)}\n  theirs ${JSON.stringify(file.error)}`);
    return;
  }
  const distinct = (list: readonly (readonly [string, number])[]): string => JSON.stringify([...new Set(list.map((w) => w.join('@')))].sort());
  if (distinct(outcome.warnings) !== distinct(file.warnings)) {
    console.log(`\n=== ${file.file}: warnings\n  ours   ${distinct(outcome.warnings)}\n  theirs ${distinct(file.warnings)}`);
  }
  if (!outcome.code || !file.code) return void equal++;
  verifyAll(outcome.code, file.file);
  if (compareCode(file.file, dump(outcome.code), file.code)) equal++;
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) if (line !== '') compareFile(JSON.parse(line) as DumpedFile);
console.log(`\n${equal} of ${files} files equal; differing fields: ${JSON.stringify(Object.fromEntries(fieldCounts))}`);
console.log(`parse ${parseTime.toFixed(0)} ms, compile ${compileTime.toFixed(0)} ms`);
