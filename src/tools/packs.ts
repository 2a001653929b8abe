/** Opcode packs as the generator sees them: a folder with `opcodes.ts` (rows as in `bytecode/opcode-table.ts`), `instructions.ts` and `pack.ts`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpcodeRow } from '../bytecode/opcode-table.ts';
import { generateInstructionTable, generateLoop, generateOpcodeTable, generatePackDocs, type PackSource } from './generate-loop.ts';

/** Packs that Ladon comes with. */
const HOME = 'src/packs';

/** Numbers that CPython leaves to specialised instructions, which Ladon has none of. */
const FIRST_NUMBER = 129;
const LAST_NUMBER = 233;

const ROW = /^ {2}([A-Z][A-Z_0-9]*): (\[.*\]),$/gm;

/** Reads a pack's rows. Throws an Error for numbers that are not a pack's to take. */
export function readPack(folder: string): PackSource {
  const file = join(folder, 'opcodes.ts');
  const opcodes: Record<string, OpcodeRow> = {};
  for (const [, name, row] of readFileSync(file, 'utf8').matchAll(ROW)) {
    const parsed = JSON.parse(row!.replaceAll("'", '"')) as OpcodeRow;
    if (parsed[0] < FIRST_NUMBER || parsed[0] > LAST_NUMBER) throw new Error(`${file}: ${name} has number ${parsed[0]}; packs have ${FIRST_NUMBER} to ${LAST_NUMBER}`);
    opcodes[name!] = parsed;
  }
  return { folder, opcodes };
}

/** Folders of the packs that Ladon comes with. */
export function packFolders(): string[] {
  return existsSync(HOME) ? readdirSync(HOME, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(HOME, entry.name)).sort() : [];
}

/** Where a pack's documentation lies. */
export function packDocsFile(folder: string): string {
  return join(folder, 'OPCODES.md');
}

/** Writes what a build with the pack takes in place of the files of the same names. */
export function writePack(folder: string, out: string): void {
  const pack = readPack(folder);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'opcode-table.ts'), generateOpcodeTable(pack));
  writeFileSync(join(out, 'loop.generated.ts'), generateLoop(pack));
  writeFileSync(join(out, 'instruction-table.generated.ts'), generateInstructionTable(pack));
}

/** Writes the pack's documentation. */
export function writePackDocs(folder: string): void {
  writeFileSync(packDocsFile(folder), generatePackDocs(readPack(folder)));
}
