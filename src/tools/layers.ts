/** Who may import whom, as `docs/architecture.md` says; a folder may always import itself. */

/** Folder (or top-level file) → what it may import. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  bytecode: ['base'],
  frontend: ['base'],
  sync: ['base'],
  heap: ['base', 'sync'],
  compiler: ['base', 'bytecode', 'frontend'],
  core: ['base', 'bytecode', 'heap', 'sync'],
  objects: ['base', 'bytecode', 'heap', 'core'],
  hooks: ['base', 'bytecode', 'core'],
  // interp compiles source text: it takes the front end and the compiler as functions from text to code objects.
  interp: ['base', 'bytecode', 'heap', 'core', 'objects', 'hooks', 'compiler', 'frontend'],
  modules: ['base', 'bytecode', 'heap', 'core', 'objects', 'hooks', 'interp', 'compiler', 'frontend'],
  // An opcode pack adds instructions, a part of the compiler, and native modules.
  packs: ['base', 'bytecode', 'heap', 'core', 'objects', 'hooks', 'interp', 'modules', 'compiler', 'frontend'],
  // The library's import machinery makes native modules, so it stands on `modules`.
  stdlib: ['base', 'bytecode', 'heap', 'core', 'objects', 'hooks', 'interp', 'modules'],
  jit: ['base', 'bytecode', 'core', 'hooks'],
  sched: ['base', 'sync', 'heap', 'core', 'hooks'],
  interpreters: ['base', 'sync', 'heap', 'core', 'objects', 'interp', 'sched'],
  host: ['base', 'runtime-words.ts'],
  cli: ['base', 'host'],
  tools: ['bytecode', 'frontend', 'base', 'objects'],
  'runtime-words.ts': ['base', 'sync', 'heap'],
  'plugins.ts': ['base', 'core', 'hooks', 'interp', 'jit'],
  'runtime.ts': ['plugins.ts', 'base', 'core', 'objects', 'interp', 'modules', 'stdlib', 'sched', 'interpreters', 'heap', 'sync', 'hooks'],
  'index.ts': ['base', 'host'],
  'main.ts': ['base', 'cli', 'host'],
};
