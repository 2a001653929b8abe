/** Entry point of `npm run generate`: `[--check]`, or `--pack FOLDER [--out FOLDER]` for what a build with an opcode pack takes, and its OPCODES.md. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { staleFiles, writeAll } from './generate.ts';
import { writePack, writePackDocs } from './packs.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean' }, pack: { type: 'string' }, out: { type: 'string' } } });
if (values.pack !== undefined) {
  writePack(values.pack, values.out ?? `dist/packs/${basename(values.pack)}`);
  // A build writes to `dist` only.
  if (values.out === undefined) writePackDocs(values.pack);
} else if (values.check === true) {
  const stale = staleFiles();
  for (const file of stale) console.error(`stale: ${file} (run npm run generate)`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else writeAll();
