/** The prompt without a terminal (`-i`), which is the plain one. Expectations come from CPython 3.14. Needs a build. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;

describe('the prompt', () => {
  test('takes statements, blocks up to an empty line, and shows values', async () => {
    const run = await runLadon(['-q', '-i'], { input: lines('x = 3', 'x', 'if x:', '  print(4)', 'else:', '  print(5)', '', '(1,', '2)', '"""a', '', 'b"""', '_') });
    expect(run.stdout).toBe(lines('3', '4', '(1, 2)', "'a\\n\\nb'", "'a\\n\\nb'"));
    expect(run.stderr).toBe('>>> >>> >>> ... ... ... ... >>> ... >>> ... ... >>> >>> \n');
    expect(run.status).toBe(0);
  });

  test('shows errors with their lines and goes on', async () => {
    const run = await runLadon(['-q', '-i'], { input: lines('def f():', '  return y', '', 'f()', 'x y', 'if 1:', '', 'print(6)') });
    expect(run.stderr).toContain(lines('  File "<stdin>", line 1, in <module>', '    f()', '    ~^^', '  File "<stdin>", line 2, in f', '    return y', '           ^'));
    expect(run.stderr).toContain(lines('  File "<stdin>", line 1', '    x y', '      ^', 'SyntaxError: invalid syntax'));
    expect(run.stderr).toContain("IndentationError: expected an indented block after 'if' statement on line 1");
    expect(run.stdout).toBe('6\n');
  });

  test('takes its prompts from sys.ps1, remembers the last exception, and ends at SystemExit', async () => {
    const run = await runLadon(['-q', '-i'], { input: lines('import sys; sys.ps1 = "P> "', '1/0', 'sys.last_exc', 'raise SystemExit(7)', 'print("not run")') });
    expect(run.stdout).toBe("ZeroDivisionError('division by zero')\n");
    expect(run.stderr.startsWith('>>> P> Traceback')).toBe(true);
    expect(run.status).toBe(7);
  });

  test('follows a program with -i, even one that exits', async () => {
    const run = await runLadon(['-i', '-c', 'a = 5; raise SystemExit(4)'], { input: 'print(a)\n' });
    expect(run.stdout).toBe('5\n');
    expect(run.stderr).toContain('SystemExit: 4\n>>> ');
    expect(run.status).toBe(0);
  });

  test('runs PYTHONSTARTUP first', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ladon-startup-')), 'startup.py');
    writeFileSync(path, 'greeting = "hello from " + __file__[-10:]\n');
    const run = await runLadon(['-q', '-i'], { input: lines('greeting', '__file__'), environment: { PYTHONSTARTUP: path } });
    expect(run.stdout).toBe("'hello from startup.py'\n");
    expect(run.stderr).toContain("NameError: name '__file__' is not defined");
  });

  test('input() takes the next line', async () => {
    const run = await runLadon(['-q', '-i'], { input: lines('x = input("? ")', 'typed', 'x') });
    expect(run.stdout).toBe("? 'typed'\n");
  });

  test('future statements hold for what follows', async () => {
    const run = await runLadon(['-q', '-i'], { input: lines('from __future__ import annotations', 'def f(x: y): pass', '', 'f.__annotations__') });
    expect(run.stdout).toBe("{'x': 'y'}\n");
  });
});

describe('a hook that fails', () => {
  test('is shown with the exception that it was to show', async () => {
    const run = await runLadon(['-c', 'import sys\ndef h(*a): 1/0\nsys.excepthook = h\nx']);
    expect(run.stderr).toMatch(/^Error in sys\.excepthook:\nTraceback[^]*ZeroDivisionError: division by zero\n\nOriginal exception was:\nTraceback[^]*NameError: name 'x' is not defined\n$/);
  });
});
