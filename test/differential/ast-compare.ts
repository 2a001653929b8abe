/**
 * Compares our trees with CPython's for every Python file below the given folders, or for the standard library when none is given.
 *
 * Run it bundled: node ast-compare.js [--oracle COMMAND] [FOLDER...]. The oracle is a CPython 3.14 command; its own library is the default folder.
 * Differences are printed with the first place where the dumps part; the exit code is 1 if there are any.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dumpAst } from '../../src/frontend/ast-dump.ts';
import { PySyntaxError } from '../../src/frontend/errors.ts';
import { parse } from '../../src/frontend/parser.ts';

/** Prints, for each file named on standard input, one line of JSON: the dump, or the error's type, message and line. */
const ORACLE_PROGRAM = `
import ast, json, sys, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(100000)
for line in sys.stdin:
    with open(line.rstrip(), 'rb') as file: source = file.read()
    try: result = ast.dump(ast.parse(source, line.rstrip()), include_attributes=True)
    except SyntaxError as error: result = f'{type(error).__name__}: {error.msg}, line {error.lineno}'
    print(json.dumps(result))
`;
/** Prints as JSON the characters of all names given as a list of JSON on standard input. */
const NAMES_PROGRAM = `
import json, sys, unicodedata
found = {}
for name in json.load(sys.stdin):
    try: found[name] = unicodedata.lookup(name)
    except KeyError: pass
print(json.dumps(found))
`;

function run(oracle: string, program: string, input: string): string {
  const result = spawnSync(oracle, ['-X', 'utf8', '-c', program], { input, encoding: 'utf8', maxBuffer: 2 ** 31 });
  if (result.status !== 0) throw new Error(`the oracle failed: ${result.stderr ?? String(result.error)}`);
  return result.stdout;
}

function pythonFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.py')).map((entry) => join(entry.parentPath, entry.name));
}

function namesIn(files: readonly string[]): string[] {
  const names = files.flatMap((file) => [...readFileSync(file, 'latin1').matchAll(/\\N\{([^}]*)\}/g)].map((match) => match[1] as string));
  return [...new Set(names)];
}

function ours(file: string, names: Readonly<Record<string, string>>): string {
  try {
    return dumpAst(parse(readFileSync(file), { filename: file, mode: 'exec', resolveUnicodeName: (name) => names[name] }));
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    return `${error.kind}: ${error.msg}, line ${error.lineno}`;
  }
}

/** Pairs of escaped surrogates are two characters in Python and one in JavaScript; the dumps are compared without that difference. */
function withoutSurrogates(dump: string): string {
  return dump.replace(/\\u(d[89ab]..)\\u(d[c-f]..)/g, (_, high: string, low: string) => String.fromCharCode(parseInt(high, 16), parseInt(low, 16)))
    .replace(/[\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/\\U00[01].{5}/g, '?');
}

function report(file: string, expected: string, got: string): void {
  let i = 0;
  while (i < expected.length && expected[i] === got[i]) i++;
  console.log(`${file}\n  CPython ...${expected.slice(Math.max(0, i - 40), i + 80)}\n  Ladon   ...${got.slice(Math.max(0, i - 40), i + 80)}`);
}

function main(argv: readonly string[]): number {
  const at = argv.indexOf('--oracle');
  const oracle = at < 0 ? 'python3.14' : (argv[at + 1] as string);
  let folders = argv.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  if (folders.length === 0) folders = [run(oracle, "import os; print(os.path.dirname(os.__file__), end='')", '')];
  const files = folders.flatMap(pythonFiles);
  const names = JSON.parse(run(oracle, NAMES_PROGRAM, JSON.stringify(namesIn(files)))) as Record<string, string>;
  let different = 0;
  // In portions, because the dumps of the whole library do not fit into one string.
  for (let i = 0; i < files.length; i += 200) {
    const portion = files.slice(i, i + 200);
    const lines = run(oracle, ORACLE_PROGRAM, portion.map((file) => `${file}\n`).join('')).split('\n');
    portion.forEach((file, j) => {
      const expected = withoutSurrogates(JSON.parse(lines[j] as string) as string);
      const got = withoutSurrogates(ours(file, names));
      if (expected === got) return;
      different++;
      report(file, expected, got);
    });
  }
  console.log(`${files.length - different} passed, ${different} failed`);
  return different === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
