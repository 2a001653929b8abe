// Bundles src/ and workers/ into dist/ with esbuild: one file per entry point, shared code in chunks.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const COMMON = { bundle: true, platform: 'node', target: 'node20.19', sourcemap: 'linked', logLevel: 'warning' };

/** Modules (ESM), each in a folder that says so: the executable beside them is a classic script, which Node starts 3 ms faster. */
const ENTRIES = {
  'lib/command': 'src/cli/command.ts',
  'lib/index': 'src/index.ts',
  'tools/check': 'src/tools/check.ts',
  'tools/generate': 'src/tools/generate-main.ts',
  'tools/conformance': 'src/tools/conformance.ts',
  'bench/programs': 'bench/programs.ts',
  'bench/pyodide': 'bench/pyodide.ts',
  'bench/heap': 'bench/heap.ts',
  'bench/start': 'bench/start.ts',
  'bench/compile': 'bench/compile.ts',
  'bench/kill-workers': 'bench/kill-workers.ts',
  'bench/asyncio': 'bench/asyncio.ts',
};

// `build.mjs tools/generate` builds that entry only: the generator must run when what it generates does not build.
// `build.mjs pack FOLDER` adds the runtime with an opcode pack to a build that is there; a full build makes those of `src/packs/`.
const [command, packFolder] = process.argv.slice(2);
const only = command === 'pack' ? 'tools/generate' : command;
if (only === undefined) rmSync('dist', { recursive: true, force: true });
const entryPoints = Object.fromEntries(Object.entries(ENTRIES).filter(([name, file]) => existsSync(file) && (only === undefined || name === only)));
for (const folder of ['lib', 'tools', 'bench']) {
  mkdirSync(`dist/${folder}`, { recursive: true });
  writeFileSync(`dist/${folder}/package.json`, '{ "type": "module" }\n');
}
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
await build({ ...COMMON, entryPoints, outdir: 'dist', splitting: true, chunkNames: 'lib/[name]-[hash]', format: 'esm', packages: 'external' });

async function buildPack(folder) {
  const name = basename(folder);
  execFileSync(process.execPath, ['dist/tools/generate.js', '--pack', folder, '--out', `dist/packs/${name}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { buildPackRuntime } = await import('./build-runtime.mjs');
  await buildPackRuntime(folder, name, `dist/packs/${name}`);
}

if (command === 'pack') await buildPack(packFolder);
if (only !== undefined) process.exit(0);
// The executable imports nothing but Node's: it starts the first worker before anything else is loaded.
await build({
  ...COMMON, entryPoints: { main: 'src/main.ts' }, outdir: 'dist', format: 'cjs', define: { 'import.meta.dirname': '__dirname' },
  plugins: [{ name: 'command', setup: (plugin) => plugin.onResolve({ filter: /cli\/command\.ts$/ }, () => ({ path: './lib/command.js', external: true })) }],
});
const { buildLate, buildRuntime } = await import('./build-runtime.mjs');
await buildRuntime();
await buildLate();
const packs = existsSync('src/packs') ? readdirSync('src/packs', { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
for (const { name } of packs) await buildPack(`src/packs/${name}`);
await build({
  ...COMMON, entryPoints: { 'first-interpreter': 'workers/first-interpreter.ts', interpreter: 'workers/interpreter.ts' }, outdir: 'dist/workers',
  outExtension: { '.js': '.cjs' }, format: 'cjs',
});
chmodSync('dist/main.js', 0o755);
