// Bundles src/ and workers/ into dist/ with esbuild: one file per entry point, shared code in chunks.
import { build } from 'esbuild';
import { existsSync, rmSync, chmodSync } from 'node:fs';

const ENTRIES = {
  command: 'src/cli/command.ts',
  index: 'src/index.ts',
  'tools/check': 'src/tools/check.ts',
  'tools/generate': 'src/tools/generate-main.ts',
  'tools/conformance': 'src/tools/conformance.ts',
  'bench/programs': 'bench/programs.ts',
  'bench/heap': 'bench/heap.ts',
  'bench/start': 'bench/start.ts',
  'bench/compile': 'bench/compile.ts',
  'bench/kill-workers': 'bench/kill-workers.ts',
};

// `build.mjs tools/generate` builds that entry only: the generator must run when what it generates does not build.
const only = process.argv[2];
if (only === undefined) rmSync('dist', { recursive: true, force: true });
const entryPoints = Object.fromEntries(Object.entries(ENTRIES).filter(([name, file]) => existsSync(file) && (only === undefined || name === only)));
await build({
  entryPoints,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
});
if (only !== undefined) process.exit(0);
// The executable is a file of its own without imports but Node's: it starts the first worker before anything else is loaded.
await build({
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [{ name: 'command', setup: (plugin) => plugin.onResolve({ filter: /cli\/command\.ts$/ }, () => ({ path: './command.js', external: true })) }],
  sourcemap: 'linked',
  logLevel: 'warning',
});
// What runs in workers is one classic script, so that V8's compiled code can be kept between starts (workers/interpreter.ts).
await build({
  entryPoints: { runtime: 'src/runtime.ts' },
  outdir: 'dist/workers',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  banner: { js: '(function (require, module, exports, LADON_MODULE_URL) {' },
  footer: { js: '})' },
  minifyWhitespace: true,
  minifySyntax: true,
  keepNames: false,
  define: { 'import.meta.url': 'LADON_MODULE_URL' },
  sourcemap: 'linked',
  logLevel: 'warning',
});
await build({
  entryPoints: { 'first-interpreter': 'workers/first-interpreter.ts', interpreter: 'workers/interpreter.ts' },
  outdir: 'dist/workers',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  logLevel: 'warning',
});
if (existsSync('dist/main.js')) chmodSync('dist/main.js', 0o755);
