/** The programs of `bench/programs/` return what they say, in the executable as users run it; the harness measures, and writes what it says. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOptions, selectPrograms } from '../../bench/harness/options.ts';
import { replaceBetweenMarkers } from '../../bench/harness/report.ts';
import { libraryOf, systemOf, withLibrary } from '../../bench/harness/systems.ts';

const PROGRAMS = selectPrograms('*');

function check(options: readonly string[], programs: readonly string[]): { stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['dist/main.js', ...options, 'bench/runner.py', '--check', ...programs], { encoding: 'utf8' });
}

test('there are at least 35 programs, each with a docstring', () => {
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(35);
  for (const path of PROGRAMS) expect(readFileSync(path, 'utf8'), path).toMatch(/^"""\w.*\."""\n/);
});

test('every program returns what it says', () => {
  const { stdout, stderr } = check([], PROGRAMS);
  expect(stdout + stderr).toBe('');
});

test('a program that returns something else is reported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ladon-bench-'));
  try {
    const path = join(folder, 'wrong.py');
    writeFileSync(path, 'EXPECTED = 1\n\n\ndef run():\n    return 2\n');
    expect(check([], [path]).stdout).toContain('run() returned 2, not 1');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the harness prints a table of both loops and writes pyperf files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ladon-bench-'));
  try {
    const args = ['dist/bench/programs.js', '--vs', 'ladon-nojit,no-such-python', '--programs', 'strings,comprehensions', '--samples', '3', '--seconds-of-warmup', '0.02,0.01,1', '--json', join(folder, 'b.json')];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toContain('no-such-python is not installed: left out');
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^\| strings \| [\d.]+ \| [\d.]+ \| (≈ )?[\d.]+ \|$/m);
    expect(stdout).toMatch(/^\| geometric mean \|/m);
    for (const system of ['ladon', 'ladon-nojit']) {
      const { benchmarks } = JSON.parse(readFileSync(join(folder, `b-${system}.json`), 'utf8')) as { benchmarks: { metadata: { name: string }; runs: { values: number[] }[] }[] };
      expect(benchmarks.map((one) => one.metadata.name)).toEqual(['comprehensions', 'strings']);
      for (const one of benchmarks) expect(one.runs[0]!.values.filter((value) => value > 0)).toHaveLength(3);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('warm-up is one number for all systems, or one for each', () => {
  expect(readOptions(['--vs', 'a,b', '--seconds-of-warmup', '2'])!.warmUpSeconds).toEqual([2]);
  expect(readOptions(['--vs', 'a,b', '--seconds-of-warmup', '9,1,9'])!.warmUpSeconds).toEqual([9, 1, 9]);
  expect(() => readOptions(['--vs', 'a,b', '--seconds-of-warmup', '9,1'])).toThrow('--seconds-of-warmup has 2 numbers for 3 systems');
  expect(() => readOptions(['--seconds-of-warmup', '9,x'])).toThrow('--seconds-of-warmup must be a number above 0, not x');
});

test('Ladon can run with the library of another Python, if it is of the same version', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ladon-bench-'));
  const python = (version: string): string => {
    const path = join(folder, `python${version}`);
    writeFileSync(path, `#!/bin/sh\nprintf '${version}\\n/somewhere/lib\\n'\n`, { mode: 0o755 });
    return path;
  };
  try {
    const library = libraryOf(python('3.14'));
    expect(library).toBe('/somewhere/lib');
    expect(withLibrary(systemOf('ladon-nojit'), library).environment).toEqual({ LADON_STDLIB: '/somewhere/lib' });
    expect(withLibrary(systemOf('pypy3'), library)).toEqual(systemOf('pypy3'));
    expect(() => libraryOf(python('3.13'))).toThrow('it is a Python 3.13, Ladon runs the library of 3.14');
    expect(() => libraryOf(join(folder, 'python'))).toThrow('it does not run');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a pattern that means no program is an error', () => {
  expect(() => selectPrograms('nqueens')).toThrow('no program in bench/programs is called nqueens');
  expect(selectPrograms('async_*')).toEqual(['bench/programs/async_tree.py', 'bench/programs/async_tree_eager.py']);
});

test('the table replaces what stood between its markers, and nothing else', () => {
  expect(replaceBetweenMarkers('a\n<!-- x -->\nold\n<!-- end of x -->\nb', 'x', 'new')).toBe('a\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nb');
  expect(() => replaceBetweenMarkers('a', 'x', 'new')).toThrow('<!-- x -->');
});
