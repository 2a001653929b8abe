// Builds what runs in workers: `runtime.cjs`, the script that every start loads, and `late.cjs`, the native modules that it does without. They are classic
// scripts wrapped in functions, so that V8's compiled code can be kept between starts (src/host/runtime-loader.ts). A start then neither reads nor
// evaluates the late modules: 7 ms of 60 (docs/benchmarks.md, "Cold start").
//
// The late script must use the runtime's own modules, and not copies of them. So its imports of files that the runtime has are replaced by reads from
// `LADON_SHARED`, which the runtime hands over when it loads the script: in source, `late-door.ts` imports the late modules and nothing of this is needed.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const RUNTIME = 'src/runtime.ts';
const LATE = 'src/modules/late-modules.ts';
const DOOR = /\/late-door\.ts$/;

const COMMON = {
  bundle: true, platform: 'node', target: 'node20.19', logLevel: 'warning', outdir: 'dist/workers', outExtension: { '.js': '.cjs' }, format: 'cjs',
  packages: 'external', minifyWhitespace: true, minifySyntax: true, keepNames: false, sourcemap: 'linked', define: { 'import.meta.url': 'LADON_MODULE_URL' },
};

/** Replaces the door by `contents`. */
function door(contents) {
  return {
    name: 'late-door',
    setup(plugin) {
      plugin.onLoad({ filter: DOOR }, () => ({ contents, loader: 'js', resolveDir: resolve('src/modules') }));
    },
  };
}

/** The files of a bundle, with those that they import. */
async function filesOf(entry, plugins) {
  const { metafile } = await build({ ...COMMON, entryPoints: { probe: entry }, plugins, write: false, metafile: true, sourcemap: false });
  return new Map(Object.entries(metafile.inputs).filter(([path]) => path.startsWith('src/')).map(([path, input]) => [path, input.imports.map((found) => found.path)]));
}

/** Names that a file exports as values. The house style has no re-exports and no default exports. */
function exportsOf(path) {
  return [...readFileSync(path, 'utf8').matchAll(/^export (?:async |abstract )*(?:function\*? ?|class |const |let )(\w+)/gm)].map((match) => match[1]);
}

const runtimeFiles = await filesOf(RUNTIME, [door('export function loadLateModules() { return []; }')]);
const lateFiles = await filesOf(LATE, []);
const shared = [...new Set([...lateFiles].filter(([path]) => !runtimeFiles.has(path)).flatMap(([, imports]) => imports).filter((path) => runtimeFiles.has(path)))].sort();
const names = new Map(shared.map((path) => [path, exportsOf(path)]));

const imports = shared.map((path, i) => `import { ${names.get(path).map((name) => `${name} as m${i}_${name}`).join(', ')} } from ${JSON.stringify(resolve(path))};`);
const objects = shared.map((path, i) => `{ ${names.get(path).map((name) => `${name}: m${i}_${name}`).join(', ')} }`);
await build({
  ...COMMON, entryPoints: { runtime: RUNTIME },
  banner: { js: '(function (require, module, exports, LADON_MODULE_URL, LADON_LOAD_LATE) {' }, footer: { js: '})' },
  plugins: [door(`${imports.join('\n')}\nexport function loadLateModules() { return LADON_LOAD_LATE([\n${objects.join(',\n')}\n]).LATE_MODULES; }`)],
});

const fromRuntime = {
  name: 'shared',
  setup(plugin) {
    plugin.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, importer }) => {
      const file = relative(process.cwd(), join(dirname(importer), path));
      return names.has(file) ? { path: file, namespace: 'shared' } : undefined;
    });
    plugin.onLoad({ filter: /.*/, namespace: 'shared' }, ({ path }) => ({
      contents: names.get(path).map((name) => `export const ${name} = LADON_SHARED[${shared.indexOf(path)}].${name};`).join('\n'), loader: 'js',
    }));
  },
};
await build({
  ...COMMON, entryPoints: { late: LATE }, plugins: [fromRuntime],
  banner: { js: '(function (require, module, exports, LADON_MODULE_URL, LADON_SHARED) {' }, footer: { js: '})' },
});
