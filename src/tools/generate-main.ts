/** Entry point of `npm run generate`. */
import { staleFiles, writeAll } from './generate.ts';

if (process.argv.includes('--check')) {
  const stale = staleFiles();
  for (const file of stale) console.error(`stale: ${file} (run npm run generate)`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else writeAll();
