/**
 * Writes the interpreter loops from the instruction declarations in `src/interp/instructions/`.
 *
 * Each declaration is an ordinary function `NAME(m, oparg?, ...inputs): Outcome` with tags in its doc comment: `@pure` (calls nothing that can see the
 * frame), `@manual` (handles the stack itself), `@source`. From it come one case of `loop.generated.ts` (the body, with the machine's fields as local
 * variables and the macros expanded), one row of `instruction-table.generated.ts` (for the reference loop) and one row of `docs/opcodes.md`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { OPCODE_TABLE, type OpcodeRow } from '../bytecode/opcode-table.ts';

const FOLDER = 'src/interp/instructions';
/** The folder whose files the generated ones are written as if they lay there. */
const HOME = 'src/interp';

/** Instructions that are added to the usual ones, or take their place (`hooks/opcode-pack.ts`). */
export interface PackSource {
  /** The pack's folder: `instructions.ts` (or files in `instructions/`) declares. */
  readonly folder: string;
  /** Rows of the opcodes that it adds. */
  readonly opcodes: Readonly<Record<string, OpcodeRow>>;
}

const DECLARATION = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport function ([A-Z_0-9]+)\(([^)]*)\): Outcome \{\n([\s\S]*?)\n\}/g;
const IMPORT = /^import (type )?\{([^}]*)\} from '([^']+)';$/gm;
/** Names that exist only for the reference loop and the type checker. */
const MACHINE_NAMES = new Set(['ADOPT', 'ENTER', 'HOT', 'LEAVE', 'NEXT', 'PARK', 'RAISE', 'SAFEPOINT', 'YIELD', 'Machine', 'Outcome']);

interface Declaration {
  readonly name: string;
  readonly number: number;
  readonly caches: number;
  readonly doc: string;
  readonly pure: boolean;
  readonly manual: boolean;
  readonly usesOparg: boolean;
  readonly inputs: readonly string[];
  readonly body: string;
  readonly source: string;
  readonly file: string;
}

function parseFile(file: string, pack: PackSource | null): Declaration[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(DECLARATION)].map(([, doc, name, parameters, body]) => {
    const row: OpcodeRow | undefined = pack?.opcodes[name!] ?? OPCODE_TABLE[name as keyof typeof OPCODE_TABLE];
    if (row === undefined) throw new Error(`${file}: ${name} is no opcode`);
    const names = parameters!.split(',').map((parameter) => parameter.trim().split(':')[0]!).filter((parameter) => parameter !== '').slice(1);
    const usesOparg = names[0] === 'oparg';
    const inputs = usesOparg ? names.slice(1) : names;
    const manual = doc!.includes('@manual');
    if (!manual && inputs.length !== row[3]) throw new Error(`${file}: ${name} pops ${JSON.stringify(row[3])} but names ${inputs.length} inputs`);
    if (body!.includes('=>')) throw new Error(`${file}: ${name} has a closure in its body`);
    return {
      name: name!, number: row[0], caches: row[1], doc: doc!.split('@')[0]!.replace(/\s*\*\s*/g, ' ').trim(), pure: doc!.includes('@pure'), manual,
      usesOparg, inputs, body: body!, source: /@source ([^\n@*]*)/.exec(doc!)?.[1]?.trim() ?? '', file,
    };
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).sort().map((file) => join(folder, file));
}

function packFiles(pack: PackSource | null): string[] {
  if (pack === null) return [];
  const folder = join(pack.folder, 'instructions');
  return [...(existsSync(`${folder}.ts`) ? [`${folder}.ts`] : []), ...(existsSync(folder) ? filesIn(folder) : [])];
}

/** The declarations of a pack's own files. */
function packDeclarations(pack: PackSource): Declaration[] {
  return packFiles(pack).flatMap((file) => parseFile(file, pack)).sort((a, b) => a.number - b.number);
}

/** All declarations; a pack's stand in the place of those of the same name. */
function declarations(pack: PackSource | null): Declaration[] {
  const own = pack === null ? [] : packDeclarations(pack);
  const overridden = new Set(own.map((declaration) => declaration.name));
  const usual = filesIn(FOLDER).flatMap((file) => parseFile(file, null)).filter((declaration) => !overridden.has(declaration.name));
  return [...usual, ...own].sort((a, b) => a.number - b.number);
}

/** A module as it is imported from HOME. */
function fromHome(path: string): string {
  const found = relative(HOME, path);
  return found.startsWith('.') ? found : `./${found}`;
}

/** Imports of all instruction files, merged per module. */
function mergedImports(pack: PackSource | null): string {
  const modules = new Map<string, { types: Set<string>; values: Set<string> }>();
  for (const file of [...filesIn(FOLDER), ...packFiles(pack)]) {
    for (const [, typeOnly, names, from] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const module = fromHome(relative('.', resolve(file, '..', from!)));
      const entry = modules.get(module) ?? { types: new Set<string>(), values: new Set<string>() };
      modules.set(module, entry);
      for (const raw of names!.split(',').map((name) => name.trim()).filter((name) => name !== '')) {
        const isType = typeOnly !== undefined || raw.startsWith('type ');
        const name = raw.replace(/^type /, '');
        if (MACHINE_NAMES.has(name)) continue;
        (isType ? entry.types : entry.values).add(name);
      }
    }
  }
  const lines: string[] = [];
  for (const [module, { types, values }] of [...modules].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const names = [...values].sort();
    for (const type of [...types].sort()) if (!values.has(type)) names.push(`type ${type}`);
    if (names.length > 0) lines.push(`import { ${names.join(', ')} } from '${module}';`);
  }
  return lines.join('\n');
}

const RELOAD = 'code = f.code; stack = f.stack; words = code.words; pc = f.pc; sp = f.sp;';
const SAVE = 'f.pc = pc; f.sp = sp;';

const SAFEPOINT = 'if (canSwap || !t.evictable) pending = t.interpreter.scheduler.safepoint(t, canSwap); else { if (t.interpreter.scheduler.mustLeave(t)) return UNWOUND; pending = t; }';
const MACROS: Readonly<Record<string, (argument: string) => string>> = {
  ENTER: (frame) => `{ const next: Frame = ${frame}; ${SAVE} pushFrame(t, f, next); f = next; ${RELOAD} continue dispatch; }`,
  LEAVE: (value) =>
    `{ if (f.kind === 0) { t.depth--; f = f.back!; t.frame = f; ${RELOAD} stack[sp++] = ${value}; continue dispatch; }`
    + ` if (f === t.homeFrame && isAway(t, f)) { holdReturn(t, f, pc, sp, ${value}); pending = t.interpreter.scheduler.park(t); break dispatch; }`
    + ` const back: Frame | null = leaveSpecialFrame(t, f, ${value}); if (back !== null) { f = back; t.frame = f; ${RELOAD} continue dispatch; }`
    + ` if ((f.kind & FRAME_BOTTOM) === 0) return ${value}; pending = t.interpreter.scheduler.finished(t, null); break dispatch; }`,
  YIELD: (value) =>
    `{ ${SAVE} const back: Frame | null = suspendFrame(t, f); if (back === null) return ${value}; f = back; t.frame = f; ${RELOAD} stack[sp++] = ${value}; continue dispatch; }`,
  RAISE: (exception) => `{ thrown = ${exception}; break dispatch; }`,
  SAFEPOINT: () => `{ ${SAVE} ${SAFEPOINT} break dispatch; }`,
  PARK: () => `{ ${SAVE} if (!canSwap) { if (t.evictable) return UNWOUND; stack[sp++] = blockParked(t); continue dispatch; } pending = t.interpreter.scheduler.park(t); break dispatch; }`,
  ADOPT: () => `{ ${SAVE} if (t.raised === null) adoptFrames(t, f); hasLeft = true; break dispatch; }`,
  HOT: () => `{ ${SAVE} enterTier(t, f); hasLeft = true; break dispatch; }`,
};

/** The end of the statement that starts at `start`: the semicolon outside of brackets and strings. */
function statementEnd(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let i = start; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === "'" || c === '`' || c === '"') quote = c;
    else if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if (c === ';' && depth === 0) return i;
  }
  throw new Error(`unterminated statement: ${text.slice(start, start + 60)}`);
}

function expandReturn(expression: string, name: string): string {
  const macro = /^([A-Z]+)\(m(?:, ([\s\S]*))?\)$/.exec(expression);
  if (expression === 'NEXT') return 'continue dispatch;';
  if (macro !== null) {
    const expand = MACROS[macro[1]!];
    if (expand === undefined) throw new Error(`${name}: unknown macro ${macro[1]}`);
    return expand(macro[2] ?? '');
  }
  return `{ stack[sp++] = ${expression}; continue dispatch; }`;
}

function expandBody(declaration: Declaration): string {
  const text = declaration.body.replace(/^\s*\/\/.*$/gm, '');
  let out = '';
  let at = 0;
  for (const match of text.matchAll(/\breturn\b/g)) {
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    const insideText = (text.slice(lineStart, match.index).match(/'/g)?.length ?? 0) % 2 === 1;
    if (insideText) continue;
    const end = statementEnd(text, match.index);
    out += text.slice(at, match.index) + expandReturn(text.slice(match.index + 'return'.length, end).trim(), declaration.name);
    at = end + 1;
  }
  out += text.slice(at);
  return out.replace(/\bm\.(stack|sp|pc|code|f|t)\b/g, '$1').split('\n').filter((line) => line.trim() !== '').map((line) => `          ${line}`).join('\n');
}

function inputLines(inputs: readonly string[]): string {
  if (inputs.length === 0) return '';
  return `${inputs.map((name, i) => `const ${name} = stack[sp - ${inputs.length - i}] as Value;`).join(' ')} sp -= ${inputs.length};`;
}

function caseOf(declaration: Declaration): string {
  const prologue = [
    declaration.caches > 0 ? `pc += ${declaration.caches};` : '',
    declaration.pure ? '' : 'f.pc = pc;',
    inputLines(declaration.inputs.filter((name) => name !== '')),
  ].filter((part) => part !== '').join(' ');
  return `        case ${declaration.number}: { // ${declaration.name}${prologue === '' ? '' : `\n          ${prologue}`}\n${expandBody(declaration)}\n        }`;
}

/** The text of `src/interp/loop.generated.ts`. */
export function generateLoop(pack: PackSource | null = null): string {
  const all = declarations(pack);
  const cases = all.map(caseOf).join('\n');
  return `// Generated by src/tools/generate-loop.ts from src/interp/instructions/. Do not edit: run \`npm run generate\`.
/** The interpreter loop: one switch over opcode literals, instruction bodies inlined. Large because it is generated. */
${mergedImports(pack)}
import { FRAME_BOTTOM } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import { raiseUnknownOpcode } from './names.ts';
import { blockParked, holdReturn, isAway, leaveSpecialFrame, pushFrame, suspendFrame } from './frames.ts';
import { adoptFrames, blockLater, enterTier, takeRaised } from './tier-switch.ts';
import { leaveUnwound, unwind, whereInterrupted } from './unwind.ts';

/** What a loop that compiled code has entered returns when its frames are to be evicted. */
const UNWOUND = UNWIND as unknown as Value;

/**
 * Runs from frame \`start\` until the frame entered from native code is left, and returns its result; raises what leaves it.
 * @hot everything
 */
export function generatedLoop(thread: Thread, start: Frame, canSwap: boolean): Value {
  let t = thread;
  let f = start;
  let code = f.code;
  let stack = f.stack;
  let words = code.words;
  let sp = f.sp;
  let pc = f.pc;
  let pending: Thread | null = null;
  // What is being raised: by RAISE, or caught; null for nothing.
  let thrown: unknown = null;
  // Compiled code has run and left: its frames are in place, or an exception is to be raised, or the thread has parked.
  let hasLeft = false;
  for (;;) {
    try {
      if (pending !== null) {
        t = pending;
        pending = null;
        f = t.frame!;
        ${RELOAD}
        const parked = t.parked;
        if (parked !== null) {
          t.parked = null;
          stack[sp++] = parked.finish();
        }
      }
      dispatch: for (;;) {
        let word = words[pc++]!;
        let oparg = word >> 8;
        while ((word & 255) === ${OPCODE_TABLE.EXTENDED_ARG[0]}) {
          word = words[pc++]!;
          oparg = (oparg << 8) | (word >> 8);
        }
        switch (word & 255) {
${cases}
        default:
          raiseUnknownOpcode(word & 255);
        }
      }
      if (hasLeft) {
        hasLeft = false;
        f = t.frame!;
        ${RELOAD}
        if (t.raised !== null) thrown = takeRaised(t, f);
        else if (t.parked !== null) {
          if (canSwap) pending = t.interpreter.scheduler.park(t);
          else if (t.evictable) return UNWOUND;
          else {
            blockLater(t);
            pending = t;
          }
        } else if (t.breaker[0] !== 0) {
          pc = whereInterrupted(words, pc);
          ${SAFEPOINT}
        } else pending = t;
      }
      if (thrown === null) {
        if (pending === null) return null;
        continue;
      }
    } catch (caught) {
      thrown = caught;
    }
    f.pc = pc;
    f.sp = sp;
    const { frame, exception } = unwind(t, f, thrown);
    thrown = null;
    if (frame === null) {
      pending = leaveUnwound(t, exception);
      if (pending === null) return null;
      continue;
    }
    f = frame;
    t.frame = f;
    ${RELOAD}
  }
}
`;
}

/** The text of \`src/interp/instruction-table.generated.ts\`. */
export function generateInstructionTable(pack: PackSource | null = null): string {
  const all = declarations(pack);
  const files = [...new Set(all.map((declaration) => declaration.file))].sort();
  const imports = files.map((file) => {
    const names = all.filter((declaration) => declaration.file === file).map((declaration) => declaration.name).sort();
    return `import { ${names.join(', ')} } from '${fromHome(file)}';`;
  });
  const rows = all.map((d) => `  [${d.number}, ${d.caches}, ${d.inputs.length}, ${d.usesOparg}, ${d.name} as InstructionBody],`);
  return `// Generated by src/tools/generate-loop.ts from src/interp/instructions/. Do not edit: run \`npm run generate\`.
/** All instructions as functions, for the reference loop. */
import type { Machine, Outcome } from './machine.ts';
import type { Value } from '../core/value.ts';
${imports.join('\n')}

/** An instruction; \`inputs\` are the popped values, the operand comes first where it is used. */
export type InstructionBody = (m: Machine, ...inputs: (Value | number)[]) => Outcome;

/** Rows: number, cache units, number of popped inputs, whether the operand is passed, body. */
export const INSTRUCTIONS: readonly (readonly [number, number, number, boolean, InstructionBody])[] = [
${rows.join('\n')}
];
`;
}

function docRows(rows: readonly Declaration[]): string {
  const lines = rows.map((d) => `| ${d.number} | \`${d.name}\` | ${d.caches} | ${d.manual ? '–' : d.inputs.join(' ') || '–'} | ${d.doc.replace(/\|/g, '\\|')} | ${d.source} |`);
  return `| number | name | cache units | pops | what it does | source |\n|---|---|---|---|---|---|\n${lines.join('\n')}\n`;
}

/** The text of `docs/opcodes.md`. */
export function generateOpcodeDocs(): string {
  return `# Opcodes

Generated from \`src/interp/instructions/\` by \`npm run generate\`. Numbers, names and meanings are CPython 3.14's, so the standard library's \`dis\` prints Ladon's code.
"Pops" names the popped values; – stands for instructions whose effect depends on the operand.

${docRows(declarations(null))}`;
}

/** The text of a pack's `OPCODES.md`. */
export function generatePackDocs(pack: PackSource): string {
  return `# Opcodes of the pack ${basename(pack.folder)}

Generated from \`${pack.folder}\` by \`npm run generate -- --pack ${pack.folder}\`. Instructions with a name of \`docs/opcodes.md\` take the place of the usual ones.

${docRows(packDeclarations(pack))}`;
}

/** The text of `src/bytecode/opcode-table.ts` with a pack's rows: what names, metadata, stack effects, the verifier and `dis` are derived from. */
export function generateOpcodeTable(pack: PackSource): string {
  const text = readFileSync('src/bytecode/opcode-table.ts', 'utf8');
  const end = '} as const satisfies Record<string, OpcodeRow>;';
  if (!text.includes(end)) throw new Error('the opcode table does not end as expected');
  const taken = new Map(Object.entries(OPCODE_TABLE).map(([name, row]) => [row[0] as number, name]));
  const rows = Object.entries(pack.opcodes).map(([name, row]) => {
    if (name in OPCODE_TABLE || taken.has(row[0])) throw new Error(`${pack.folder}: ${name} or its number ${row[0]} is taken`);
    taken.set(row[0], name);
    return `  ${name}: ${JSON.stringify(row)},`;
  });
  return text.replace(end, `${rows.join('\n')}\n${end}`);
}
