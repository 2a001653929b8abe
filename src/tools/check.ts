/** `node dist/tools/check.js`: layers, import cycles, file sizes, doc comments, fresh generated files. Exits 1 with one line per violation. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { staleFiles } from './generate.ts';
import { LAYERS } from './layers.ts';

/** House limits. */
const MAX_LINES = 600;
/** A README says where to start; more than this nobody reads. */
const MAX_README_LINES = 20;
const EXEMPTION_FILE = 'src/tools/check-exemptions.txt';

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  /** Those that remain at run time: `import type` is erased, so records of \`core\` may name each other's types. */
  readonly valueImports: readonly string[];
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const header = text.slice(0, text.search(/^(export )?(async )?(function|class|interface|const|let|type|abstract) \w/m) + 1 || text.length);
  const found = [...header.matchAll(/^((?:import|export)\s[^'"`;]*?from\s+|import\s+)'(\.[^']+)';/gm)];
  const locate = (from: string): string => relative('.', resolve(dirname(path), from));
  const erased = (clause: string): boolean => /^(import|export) type\b/.test(clause) || /\{(\s*type [^,}]+,?)+\s*\}/.test(clause);
  return {
    path, text, imports: found.map((match) => locate(match[2]!)), valueImports: found.filter((match) => !erased(match[1]!)).map((match) => locate(match[2]!)),
  };
}

/** The layer of a file: its folder below `src`, or its name for files in `src` itself. */
function layerOf(path: string): string {
  return path.split('/')[1]!;
}

function checkLayers(files: readonly SourceFile[]): string[] {
  const problems: string[] = [];
  for (const file of files) {
    const layer = layerOf(file.path);
    const allowed = LAYERS[layer];
    if (allowed === undefined) {
      problems.push(`${file.path}: '${layer}' is in no layer (src/tools/layers.ts)`);
      continue;
    }
    for (const target of file.imports) {
      if (!target.startsWith('src/')) problems.push(`${file.path}: imports ${target}, outside of src`);
      else if (layerOf(target) !== layer && !allowed.includes(layerOf(target))) problems.push(`${file.path}: ${layer} may not import ${layerOf(target)} (${target})`);
    }
  }
  return problems;
}

function checkCycles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const state = new Map<string, 'open' | 'done'>();
  const problems: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      problems.push(`import cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
      return;
    }
    state.set(path, 'open');
    for (const target of byPath.get(path)?.valueImports ?? []) visit(target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const file of files) visit(file.path, []);
  return problems;
}

function checkSizes(files: readonly SourceFile[]): string[] {
  const long = files.filter((file) => file.text.split('\n').length > MAX_LINES && !/generated|longer than|large because/i.test(file.text.slice(0, 1500)));
  const readmes = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory() && readdirSync(join('src', entry.name)).length > 0).flatMap((entry) => {
    const path = join('src', entry.name, 'README.md');
    if (!existsSync(path)) return [`src/${entry.name}: has no README.md`];
    return readFileSync(path, 'utf8').trim().split('\n').length > MAX_README_LINES ? [`${path}: longer than ${MAX_README_LINES} lines`] : [];
  });
  return [...long.map((file) => `${file.path}: ${file.text.split('\n').length} lines, limit ${MAX_LINES}, and its head does not say why`), ...readmes];
}

function checkDocs(files: readonly SourceFile[]): string[] {
  const problems: string[] = [];
  for (const { path, text } of files) {
    const lines = text.split('\n');
    if (!/^(\/\*\*|\/\/|#!)/.test(lines[0]!)) problems.push(`${path}: does not open with a sentence of purpose`);
    lines.forEach((line, i) => {
      if (!/^export (async )?(function|class|const|interface|type (?!\{)|abstract class|default function)/.test(line)) return;
      const before = lines[i - 1]?.trimEnd() ?? '';
      if (isTableRow(lines, i)) return;
      if (!before.endsWith('*/')) problems.push(`${path}:${i + 1}: export without a doc comment`);
    });
  }
  return problems;
}

/** A row of a table of one-line constants or types: the file's head or the comment above the run speaks for all. */
function isTableRow(lines: readonly string[], i: number): boolean {
  const isRow = (line: string | undefined): boolean => line !== undefined && /^export (const|type) .*[;]$/.test(line);
  return isRow(lines[i]) && (isRow(lines[i - 1]) || isRow(lines[i + 1]));
}

function checkPackageText(files: readonly SourceFile[]): string[] {
  return files.filter((file) => /\/(work|root)\/|registry\.npmjs/.test(file.text) && !file.path.startsWith('src/tools/')).map((file) => `${file.path}: names a path of a machine or a registry`);
}

/** Known violations with their reasons: `path: reason` lines; a line that matches nothing is a violation itself. */
function applyExemptions(problems: readonly string[]): string[] {
  const lines = existsSync(EXEMPTION_FILE) ? readFileSync(EXEMPTION_FILE, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')) : [];
  const patterns = lines.map((line) => line.split(' — ')[0]!.trim());
  const used = new Set<string>();
  const left = problems.filter((problem) => {
    const pattern = patterns.find((candidate) => problem.startsWith(candidate));
    if (pattern !== undefined) used.add(pattern);
    return pattern === undefined;
  });
  return [...left, ...patterns.filter((pattern) => !used.has(pattern)).map((pattern) => `${EXEMPTION_FILE}: '${pattern}' matches nothing any more`)];
}

const files = listFiles('src').filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('.d.ts')).sort().map(readSource);
const problems = applyExemptions([
  ...checkLayers(files), ...checkCycles(files), ...checkSizes(files), ...checkDocs(files.filter((file) => !file.path.includes('.generated.'))), ...checkPackageText(files),
  ...staleFiles().map((path) => `${path}: stale, run npm run generate`),
]);
for (const problem of problems) console.error(problem);
console.log(`checked ${files.length} files: ${problems.length === 0 ? 'layers, cycles, sizes, docs and generated files are in order' : `${problems.length} problems`}`);
process.exitCode = problems.length === 0 ? 0 : 1;
