/** The TypeScript API on the built package: values, errors, parallel maps, aborting, the death of a worker. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Ladon as LadonClass, PythonError as PythonErrorClass } from '../../src/index.ts';

// The built package, as workers are started from files beside it.
const built = (await import('../../dist/lib/index.js' as string)) as { Ladon: typeof LadonClass; PythonError: typeof PythonErrorClass };
const { Ladon, PythonError } = built;

const SOURCE = `
import os

def echo(x): return x
def square(n): return n * n
def fail(): raise ValueError("no good")
def environment(): return dict(os.environ)
def spin():
    while True: pass
def stubborn(_):
    while True:
        try:
            while True: pass
        except KeyboardInterrupt:
            pass
`;

describe('Ladon', () => {
  test('carries values to Python and back', async () => {
    const vm = await Ladon.start({ workers: 2 });
    try {
      await vm.run({ source: SOURCE });
      for (const value of [null, true, 3, 2n ** 80n, 1.5, 'é', [1, [2]], { a: 1, b: [null] }]) expect(await vm.call('echo', [value])).toEqual(value);
      expect(await vm.call('math.isqrt', [17])).toBe(4);
      expect(await vm.map('square', [1, 2, 3, 4])).toEqual([1, 4, 9, 16]);
    } finally {
      await vm.close();
    }
  });

  test('rejects with the Python exception and its traceback', async () => {
    const vm = await Ladon.start();
    try {
      await vm.run({ source: SOURCE });
      const error: unknown = await vm.call('fail').catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(PythonError);
      expect((error as PythonErrorClass).message).toBe('ValueError: no good');
      expect((error as PythonErrorClass).pythonTraceback).toContain('in fail');
      await expect(vm.run({ source: 'def (' })).rejects.toThrow('SyntaxError');
      expect(await vm.call('echo', [1])).toBe(1);
    } finally {
      await vm.close();
    }
  });

  test('shares a value by reference', async () => {
    const vm = await Ladon.start({ workers: 2 });
    try {
      await vm.run({ source: 'def first(data, key): return data[key][0]\ndef refuses(data):\n    try: data["new"] = 1\n    except TypeError: return True' });
      const data = await vm.share({ a: [1, 2], b: [3] });
      expect(await vm.call('first', [data, 'b'])).toBe(3);
      expect(await vm.call('refuses', [data])).toBe(true);
    } finally {
      await vm.close();
    }
  });

  test('grants no files, no network and no processes unless it is told to', async () => {
    const source = [
      'import os, socket, subprocess', 'def tries(action):', '    try: return action()', '    except PermissionError as e: return e.strerror',
      'def all_of_it():', '    return [tries(lambda: open("package.json").read(1)), tries(lambda: len(os.listdir(".")) > 0),',
      '            tries(lambda: socket.create_connection(("127.0.0.1", 9), 1)), tries(lambda: subprocess.run(["true"]).returncode), tries(lambda: os.system("true"))]',
    ].join('\n');
    const closed = await Ladon.start();
    try {
      await closed.run({ source });
      const denied = (what: string): string => `Permission denied (${what} not granted)`;
      expect(await closed.call('all_of_it')).toEqual([denied('files'), denied('files'), denied('network'), denied('processes'), denied('processes')]);
    } finally {
      await closed.close();
    }
    const open = await Ladon.start({ files: true, processes: true });
    try {
      await open.run({ source });
      expect((await open.call('all_of_it') as unknown[]).slice(0, 2)).toEqual(['{', true]);
    } finally {
      await open.close();
    }
  });

  test('grants no environment unless it is given', async () => {
    const vm = await Ladon.start({ environment: { ONLY: 'this' } });
    try {
      await vm.run({ source: SOURCE });
      expect(await vm.call('environment')).toEqual({ ONLY: 'this' });
    } finally {
      await vm.close();
    }
  });

  test('interrupts a call that is aborted and goes on working', async () => {
    const vm = await Ladon.start();
    try {
      await vm.run({ source: SOURCE });
      await expect(vm.call('spin', [], { timeoutMs: 200 })).rejects.toThrow();
      expect(await vm.call('square', [5])).toBe(25);
    } finally {
      await vm.close();
    }
  });

  for (const mode of ['gil', 'own-gil'] as const) {
    test(`survives the death of a worker that holds a GIL (${mode})`, async () => {
      const vm = await Ladon.start({ mode, workers: 2 });
      try {
        await vm.run({ source: SOURCE });
        await expect(vm.map('stubborn', [1, 2], { timeoutMs: 200 })).rejects.toThrow();
        expect(await vm.map('square', [3, 4])).toEqual([9, 16]);
        expect(await vm.call('square', [6])).toBe(36);
      } finally {
        await vm.close();
      }
    });
  }

  test('loads plugins into every interpreter, and says which cannot be installed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladon-api-'));
    // The plugin answers 42 in place of every function named `asked`.
    const plugin = join(folder, 'answers.mjs');
    writeFileSync(plugin, "export function install({ interpreter, hooks }) {\n  hooks.setFrameEvaluator(interpreter, (t, f) => (f.func.name === 'asked' ? 42 : hooks.evaluateByDefault(t, f)));\n}\n");
    const vm = await Ladon.start({ workers: 2, plugins: [plugin] });
    try {
      await vm.run({ source: 'def asked(n): return n\ndef other(n): return asked(n) + n\n' });
      expect(await vm.call('asked', [1])).toBe(42);
      expect(await vm.map('other', [1, 2, 3, 4])).toEqual([43, 44, 45, 46]);
    } finally {
      await vm.close();
    }
    const failing = join(folder, 'failing.cjs');
    writeFileSync(failing, "exports.install = () => { throw new Error('not today'); };");
    await expect(Ladon.start({ plugins: [failing] })).rejects.toThrow('not today');
  });

  test('runs with an opcode pack', async () => {
    const vm = await Ladon.start({ workers: 2, pack: 'static' });
    try {
      await vm.run({ source: 'from __static__ import int64\ndef twice(n: int64): return n + n\n' });
      expect(await vm.map('twice', [1, 2, 3])).toEqual([2, 4, 6]);
      await expect(vm.call('twice', ['x'])).rejects.toThrow("twice() argument 'n' must be int64, not str");
    } finally {
      await vm.close();
    }
  });
});
