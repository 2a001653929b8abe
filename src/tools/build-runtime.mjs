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
const lateDoor = door(`${imports.join('\n')}\nexport function loadLateModules() { return LADON_LOAD_LATE([\n${objects.join(',\n')}\n]).LATE_MODULES; }`);
const WRAPPER = { banner: { js: '(function (require, module, exports, LADON_MODULE_URL, LADON_LOAD_LATE) {' }, footer: { js: '})' } };

/** The runtime without an opcode pack. */
export async function buildRuntime() {
  await build({ ...COMMON, ...WRAPPER, entryPoints: { runtime: RUNTIME }, plugins: [lateDoor] });
}

/** Files that a pack's build takes from the generator's folder: path → folder that their imports are relative to. */
const REPLACED = { 'src/bytecode/opcode-table.ts': 'src/bytecode', 'src/interp/loop.generated.ts': 'src/interp', 'src/interp/instruction-table.generated.ts': 'src/interp' };

function packPlugin(generated) {
  return {
    name: 'pack',
    setup(plugin) {
      plugin.onLoad({ filter: /(opcode-table|\.generated)\.ts$/ }, ({ path }) => {
        const folder = REPLACED[relative(process.cwd(), path)];
        return folder === undefined ? undefined : { contents: readFileSync(join(generated, path.slice(path.lastIndexOf('/') + 1)), 'utf8'), loader: 'ts', resolveDir: resolve(folder) };
      });
    },
  };
}

/**
 * The runtime with the opcode pack in `folder`, as `runtime-NAME.cjs`; `generated` is where the generator has written its loop and tables. The late modules are
 * those of the usual runtime.
 */
export async function buildPackRuntime(folder, name, generated) {
  const from = (path) => JSON.stringify(resolve(path));
  const contents = `export * from ${from(RUNTIME)};
    import { setOpcodePack } from ${from('src/hooks/opcode-pack.ts')};
    import { addNativeModules } from ${from('src/modules/native-lookup.ts')};
    import { OPCODE_METADATA_MODULE } from ${from('src/modules/opcode-metadata.ts')};
    import { PACK } from ${from(join(folder, 'pack.ts'))};
    setOpcodePack(PACK);
    addNativeModules([OPCODE_METADATA_MODULE, ...PACK.modules]);`;
  const { outdir, outExtension, ...common } = COMMON;
  await build({ ...common, ...WRAPPER, stdin: { contents, resolveDir: process.cwd(), loader: 'ts' }, outfile: `dist/workers/runtime-${name}.cjs`, plugins: [packPlugin(generated), lateDoor] });
}

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

/** The late modules. */
export async function buildLate() {
  await build({
    ...COMMON, entryPoints: { late: LATE }, plugins: [fromRuntime],
    banner: { js: '(function (require, module, exports, LADON_MODULE_URL, LADON_SHARED) {' }, footer: { js: '})' },
  });
}
