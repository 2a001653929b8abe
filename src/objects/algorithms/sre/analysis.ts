/** What a program's code tells before it runs: characters that a match can begin with, and repeats that need never give characters back. */
import { inCategory, lowerAscii, lowerUnicode, upperAscii } from './characters.ts';
import * as op from './opcodes.ts';
import type { SreProgram } from './program.ts';

/** Whether the one-character operation at `pc` takes a character. @hot */
export function matchesOne(program: SreProgram, pc: number, c: number): boolean {
  const { code } = program;
  const argument = code[pc + 1]!;
  switch (code[pc]) {
    case op.LITERAL: return c === argument;
    case op.NOT_LITERAL: return c !== argument;
    case op.IN: return program.inSet(pc + 2, c);
    case op.ANY: return c !== 10;
    case op.ANY_ALL: return true;
    case op.CATEGORY: return inCategory(argument, c);
    case op.LITERAL_IGNORE: return lowerAscii(c) === argument;
    case op.NOT_LITERAL_IGNORE: return lowerAscii(c) !== argument;
    case op.LITERAL_UNI_IGNORE: return lowerUnicode(c) === argument;
    case op.NOT_LITERAL_UNI_IGNORE: return lowerUnicode(c) !== argument;
    case op.LITERAL_LOC_IGNORE: return c === argument || lowerAscii(c) === argument || upperAscii(c) === argument;
    case op.NOT_LITERAL_LOC_IGNORE: return !(c === argument || lowerAscii(c) === argument || upperAscii(c) === argument);
    case op.IN_IGNORE: return program.inSet(pc + 2, lowerAscii(c));
    case op.IN_UNI_IGNORE: return program.inSet(pc + 2, lowerUnicode(c));
    case op.IN_LOC_IGNORE: return inLocaleSet(program, pc + 2, c);
    default: return false;
  }
}

/** A set holds a character if it holds either case; a negated set if it holds both. */
function inLocaleSet(program: SreProgram, set: number, c: number): boolean {
  const lower = program.inSet(set, lowerAscii(c));
  const upper = program.inSet(set, upperAscii(c));
  return program.code[set] === op.NEGATE ? lower && upper : lower || upper;
}

/** Operations that take one character. */
export const ONE_CHARACTER: ReadonlySet<number> = new Set([
  op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY, op.ANY_ALL, op.CATEGORY, op.LITERAL_IGNORE, op.NOT_LITERAL_IGNORE, op.LITERAL_UNI_IGNORE, op.NOT_LITERAL_UNI_IGNORE,
  op.LITERAL_LOC_IGNORE, op.NOT_LITERAL_LOC_IGNORE, op.IN_IGNORE, op.IN_UNI_IGNORE, op.IN_LOC_IGNORE,
]);

function addItem(program: SreProgram, pc: number, table: Uint8Array): void {
  for (let c = 0; c < table.length; c++) if (matchesOne(program, pc, c)) table[c] = 1;
}

/** Adds what the code at `pc` can begin with, or more; false where it may take no character, or where this does not know. */
function addFirst(program: SreProgram, start: number, table: Uint8Array): boolean {
  const { code } = program;
  for (let pc = start; ; ) {
    const kind = code[pc]!;
    switch (kind) {
      case op.MARK:
      case op.AT:
      case op.ATOMIC_GROUP:
        pc += 2;
        continue;
      case op.JUMP:
      case op.INFO:
      case op.ASSERT:
      case op.ASSERT_NOT:
        pc += 1 + code[pc + 1]!;
        continue;
      case op.BRANCH:
        for (let s = pc + 1; code[s] !== 0; s += code[s]!) if (!addFirst(program, s + 1, table)) return false;
        return true;
      case op.REPEAT_ONE:
      case op.MIN_REPEAT_ONE:
      case op.POSSESSIVE_REPEAT_ONE:
        addItem(program, pc + 4, table);
        break;
      case op.REPEAT:
      case op.POSSESSIVE_REPEAT:
        if (!addFirst(program, pc + 4, table)) return false;
        break;
      default:
        if (!ONE_CHARACTER.has(kind)) return false;
        addItem(program, pc, table);
        return true;
    }
    // Behind a repeat that may be left out; one of a group ends with an operation of its own.
    if (code[pc + 2]! > 0) return true;
    pc += (kind === op.REPEAT || kind === op.POSSESSIVE_REPEAT ? 2 : 1) + code[pc + 1]!;
  }
}

/** For each character below 256 whether what the code at `pc` and behind it matches can begin with it; all others can. Null where it may be empty, or nothing is known. */
export function firstCharactersAt(program: SreProgram, pc: number): Uint8Array | null {
  const table = new Uint8Array(256);
  return addFirst(program, pc, table) ? table : null;
}

/** The same for the whole program. */
export function firstCharacters(program: SreProgram): Uint8Array | null {
  return firstCharactersAt(program, program.entry);
}

/**
 * Whether the REPEAT_ONE at `pc` may match with fewer characters where it fails with all that it can take. It does not where what follows begins with a
 * character that it takes none of: with fewer, one that it takes stands there. Nor where nothing follows: an end that is too early does not become later.
 */
export function mayGiveBack(program: SreProgram, pc: number): boolean {
  const { code } = program;
  let tail = pc + 1 + code[pc + 1]!;
  while (code[tail] === op.MARK || code[tail] === op.JUMP) tail += code[tail] === op.MARK ? 2 : 1 + code[tail + 1]!;
  if (code[tail] === op.SUCCESS) return false;
  return code[tail] !== op.LITERAL || matchesOne(program, pc + 4, code[tail + 1]!);
}
