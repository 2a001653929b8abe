/** `npm run generate [-- --check]`: writes all generated files, or checks that they are fresh. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generateInstructionTable, generateLoop, generateOpcodeDocs, generatePackDocs } from './generate-loop.ts';
import { packDocsFile, packFolders, readPack } from './packs.ts';

/** Generated file → its generator. */
const OUTPUTS: Readonly<Record<string, () => string>> = {
  'src/interp/loop.generated.ts': generateLoop,
  'src/interp/instruction-table.generated.ts': generateInstructionTable,
  'docs/opcodes.md': generateOpcodeDocs,
  ...Object.fromEntries(packFolders().map((folder) => [packDocsFile(folder), () => generatePackDocs(readPack(folder))])),
};

/** Files whose content on disk differs from what their generator makes. */
export function staleFiles(): string[] {
  return Object.entries(OUTPUTS).filter(([file, make]) => !existsSync(file) || readFileSync(file, 'utf8') !== make()).map(([file]) => file);
}

/** Writes all generated files. */
export function writeAll(): void {
  for (const [file, make] of Object.entries(OUTPUTS)) writeFileSync(file, make());
}
