/** The command as its users meet it: programs, options, exit statuses, Ctrl-C, compare, run. Needs a build. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

/** The lines that a program's `# expect:` comments promise, in order. */
function expectedOutput(path: string): string {
  return readFileSync(path, 'utf8').split('\n').flatMap((line) => (/# expect: (.*)$/.exec(line)?.[1] ?? [])).map((line) => `${line}\n`).join('');
}

describe('programs', () => {
  for (const name of readdirSync('test/programs').filter((file) => file.endsWith('.py'))) {
    test(`test/programs/${name} prints what it expects`, async () => {
      const path = `test/programs/${name}`;
      const run = await runLadon([path]);
      expect(run.stdout + run.stderr).toBe(expectedOutput(path));
      expect(run.status).toBe(0);
    });
  }

  test('threads and interpreters work under one GIL for all', async () => {
    for (const name of ['threads', 'interpreters']) {
      const path = `test/programs/${name}.py`;
      expect((await runLadon(['--mode', 'gil', path])).stdout).toBe(expectedOutput(path));
    }
  });
});

describe('the end of a program', () => {
  test('waits for threads, not for daemons', async () => {
    const run = await runLadon(['-c', "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\nthreading.Thread(target=lambda: (time.sleep(0.2), print('worker'))).start()\nprint('main')"]);
    expect(run.stdout).toBe('main\nworker\n');
    expect(run.status).toBe(0);
  });
});

describe('what is dropped open', () => {
  test('files are closed when no more can be opened', () => {
    const program = 'print(sum(len(open("package.json").read(1)) for _ in range(1000)))';
    expect(execFileSync('sh', ['-c', `ulimit -n 256; exec node dist/main.js -c '${program}'`], { encoding: 'utf8' })).toBe('1000\n');
  });

  test('never awaited coroutines are told of at the end', async () => {
    const run = await runLadon(['-c', 'async def f(): pass\nf()\nprint("main")']);
    expect(run.stdout).toBe('main\n');
    expect(run.stderr).toContain("RuntimeWarning: coroutine 'f' was never awaited");
  });
});

describe('an interrupt', () => {
  test('is raised where the loop is', async () => {
    const run = await runLadon(['-c', 'import _thread, threading\nthreading.Timer(0.2, _thread.interrupt_main).start()\nwhile True: pass']);
    expect(run.stderr).toContain('File "<string>", line 3, in <module>');
  });
});

describe('exit status', () => {
  test('is 0 when the program closes its stdout', async () => {
    const run = await runLadon(['-c', 'import sys; print("last"); sys.stdout.close()']);
    expect([run.status, run.stdout]).toEqual([0, 'last\n']);
  });

  test('is that of sys.exit', async () => {
    expect((await runLadon(['-c', 'import sys; sys.exit(3)'])).status).toBe(3);
  });

  test('is 1 with a traceback for an uncaught exception', async () => {
    const run = await runLadon(['-c', 'def f(x):\n    return 1 / x\nf(0)']);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('Traceback (most recent call last):');
    expect(run.stderr).toContain('ZeroDivisionError: division by zero');
  });

  test('is 2 for a missing file, an unknown option and the mode that is not there', async () => {
    expect((await runLadon(['no-such-file.py'])).status).toBe(2);
    expect((await runLadon(['--no-such-option'])).status).toBe(2);
    const nogil = await runLadon(['-X', 'gil=0', '-c', 'pass']);
    expect(nogil.status).toBe(2);
    expect(nogil.stderr.split('\n')[0]).toContain('not available yet');
  });

  test('is 1 for a message, which goes to stderr', async () => {
    const run = await runLadon(['-c', 'import sys; sys.exit("no good")']);
    expect([run.status, run.stderr]).toEqual([1, 'no good\n']);
  });
});

describe('examples', () => {
  test('the report reckons with exact amounts and with dates', async () => {
    const { stdout, stderr } = await runLadon(['examples/report.py']);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as { gross: string; customers: string[]; months: { to: string; orders: number[] }[] };
    expect([report.gross, report.customers[2], report.months.length, report.months[1]!.to]).toEqual(['1626.86', 'Ruiz "Nacho"', 3, '2026-02-28']);
    expect(report.months[0]!.orders).toEqual([1001, 1002, 1003]);
  });

  test('the test suite with mocks passes', async () => {
    const run = await runLadon(['-m', 'unittest', 'examples/test_shop.py']);
    expect(run.stderr).toMatch(/Ran 8 tests in [\d.]+s\n\nOK \(skipped=1, expected failures=1\)\n$/);
    expect(run.status).toBe(0);
  });
});

describe('-W', () => {
  test('holds for warnings that come before the program imports warnings', async () => {
    expect((await runLadon(['-W', 'ignore', '-c', 'print(~True)'])).stderr).toBe('');
    expect((await runLadon(['-c', 'print(~True)'], { environment: { PYTHONWARNINGS: 'ignore::DeprecationWarning' } })).stderr).toBe('');
    expect((await runLadon(['-W', 'error', '-c', 'print(~True)'])).stderr).toMatch(/\nDeprecationWarning: Bitwise inversion/);
    expect((await runLadon(['-c', 'print(~True)'])).stderr).toContain('DeprecationWarning');
  });
});

describe('-i', () => {
  test('reads commands from a pipe as from a terminal', async () => {
    const run = await runLadon(['-q', '-i'], { input: '1 + 1\nx = 5\nx * 2\n' });
    expect(run.stdout.replaceAll('>>> ', '').split('\n').slice(0, 2)).toEqual(['2', '10']);
  });
});

describe('what can be run', () => {
  test('is a folder or a zip file with __main__, and modules are imported from zip files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladon-'));
    writeFileSync(join(folder, '__main__.py'), 'import sys, helper\nprint(__name__, helper.VALUE, sys.argv[1:])\n');
    writeFileSync(join(folder, 'helper.py'), 'VALUE = 42\n');
    const archive = join(folder, 'program.zip');
    const pack = `import zipfile\nwith zipfile.ZipFile(${JSON.stringify(archive)}, "w", zipfile.ZIP_DEFLATED) as z:\n    for name in ("__main__.py", "helper.py"): z.write(${JSON.stringify(folder)} + "/" + name, name)`;
    expect((await runLadon(['-c', pack])).stderr).toBe('');
    for (const target of [folder, archive]) expect(await runLadon([target, 'x'])).toMatchObject({ stderr: '', stdout: "__main__ 42 ['x']\n" });
    const imported = await runLadon(['-c', `import sys; sys.path.insert(0, ${JSON.stringify(archive)}); import helper; print(helper.VALUE, type(helper.__loader__).__name__)`]);
    expect(imported).toMatchObject({ stderr: '', stdout: '42 zipimporter\n' });
    const none = await runLadon([tmpdir()]);
    expect([none.status, none.stderr.includes("can't find '__main__' module")]).toEqual([1, true]);
  });
});

describe('compare', () => {
  test('shows the traceback of a program that raises', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ladon-')), 'raises.py');
    writeFileSync(path, 'def items(): return [1]\ndef work(item): return item / 0\n');
    const run = await runLadon(['compare', path, '--repeat', '1', '--workers', '1']);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^Traceback[^]*in work[^]*ZeroDivisionError: division by zero\n$/m);
    expect(run.stderr).not.toContain('internal error');
  });
});

describe('run', () => {
  test('gives scripts what the command gives them, and os._exit ends one of them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladon-'));
    const path = join(folder, 'all.py');
    writeFileSync(path, 'import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_DFL)\nprint(input(), flush=True)\nos._exit(3)\n');
    const run = await runLadon(['run', path], { input: 'typed\n' });
    expect([run.stdout, run.status]).toEqual(['typed\n', 1]);
    expect(run.stderr).toContain('os._exit(3)');
  });

  test('writes the output of scripts with a prefix, or all of it when a script has ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladon-'));
    const paths = ['a', 'b'].map((name) => join(folder, `${name}.py`));
    for (const path of paths) writeFileSync(path, 'import sys, time\nfor i in range(3):\n    print(i, flush=True)\n    time.sleep(0.02)\nprint("end", file=sys.stderr)\n');
    const prefixed = await runLadon(['run', ...paths, '--workers', '2', '--prefix']);
    for (const path of paths) expect(prefixed.stdout.split('\n').filter((line) => line.startsWith(`${path}: `))).toEqual([0, 1, 2].map((i) => `${path}: ${i}`));
    expect(prefixed.stderr).toContain(`${paths[0]}: end`);
    const grouped = await runLadon(['run', ...paths, '--workers', '2', '--group']);
    expect(grouped.stdout).toBe('0\n1\n2\n0\n1\n2\n');
    expect(grouped.status).toBe(0);
  });
});

describe('-X importtime', () => {
  test('prints a line for each import, the inner ones first', async () => {
    const { stderr } = await runLadon(['-X', 'importtime', '-c', 'import json']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toBe('import time: self [us] | cumulative | imported package');
    expect(lines.at(-1)).toMatch(/^import time: +\d+ \| +\d+ \| json$/);
    expect(stderr).toMatch(/\| {3}json\.decoder$/m);
  });
});

describe('arguments', () => {
  test('behind -c belong to the program', async () => {
    expect((await runLadon(['-c', 'import sys; print(sys.argv)', '-v', '--mode'])).stdout).toBe("['-c', '-v', '--mode']\n");
  });

  test('choose the optimisation level', async () => {
    expect((await runLadon(['-O', '-c', 'assert False; print(__debug__)'])).stdout).toBe('False\n');
  });

  test('let a program come from standard input', async () => {
    expect((await runLadon(['-'], { input: 'print(6 * 7)\n' })).stdout).toBe('42\n');
  });

  test('show the version with the mode', async () => {
    expect((await runLadon(['-VV', '--mode', 'gil'])).stdout).toMatch(/^Python 3\.14\.2 .*mode gil\]\n$/);
  });

  test('-m runs a library module', async () => {
    expect((await runLadon(['-m', 'json.tool'], { input: '{"a": 1}' })).stdout).toBe('{\n    "a": 1\n}\n');
  });
});

describe('Ctrl-C', () => {
  const programs = {
    'a busy loop': 'while True: pass',
    'time.sleep': 'import time; time.sleep(60)',
    'lock.acquire': 'import threading; l = threading.Lock(); l.acquire(); l.acquire()',
    'queue.get': 'import queue; queue.Queue().get()',
    'a subinterpreter call': 'from concurrent import interpreters as i; i.create().exec("import time; time.sleep(60)")',
    input: 'input()',
  };
  for (const [where, program] of Object.entries(programs)) {
    test(`ends ${where}`, async () => {
      const run = await runLadon(['-c', `print("go", flush=True)\n${program}`], { interruptAfter: 'go' });
      expect(run.signal === 'SIGINT' || run.status === 130).toBe(true);
      expect(run.stderr).toContain('KeyboardInterrupt');
    });
  }
});

describe('compare', () => {
  test('measures a program under both modes and writes the reports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladon-'));
    const program = join(folder, 'p.py');
    writeFileSync(program, 'def items(): return range(8)\ndef work(n): return sum(range(2000 * n))\ndef check(r): assert len(r) == 8\n');
    const html = join(folder, 'r.html');
    const run = await runLadon(['compare', program, '--repeat', '3', '--html', html, '--csv', join(folder, 'r.csv'), '--pyperf', join(folder, 'r.json'), '--json']);
    expect(run.status).toBe(0);
    const summary = JSON.parse(run.stdout) as { rows: { label: string }[] };
    expect(summary.rows.map((row) => row.label)).toEqual(['gil ×1', 'gil ×2', 'own-gil ×1', 'own-gil ×2']);
    expect(readFileSync(html, 'utf8')).toContain('<svg');
    expect(readFileSync(join(folder, 'r.csv'), 'utf8').trim().split('\n')).toHaveLength(13);
    const pyperf = JSON.parse(readFileSync(join(folder, 'r.own-gil.json'), 'utf8')) as { version: string; benchmarks: unknown[] };
    expect([pyperf.version, pyperf.benchmarks.length]).toEqual(['1.0', 2]);
  });

  test('says what is wrong with its arguments', async () => {
    expect((await runLadon(['compare', 'examples/primes.py', '--workers', 'two'])).stderr).toContain("--workers needs a positive integer, not 'two'");
    expect((await runLadon(['compare', 'missing.py'])).status).toBe(2);
  });

  test('fails when the results are wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladon-'));
    const program = join(folder, 'p.py');
    writeFileSync(program, 'def items(): return [1]\ndef work(n): return n\ndef check(r): assert r == [2], r\n');
    const run = await runLadon(['compare', program, '--repeat', '1']);
    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('AssertionError');
  });
});

describe('run', () => {
  test('runs scripts in parallel and reports each', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ladon-'));
    const [good, bad] = [join(folder, 'good.py'), join(folder, 'bad.py')];
    writeFileSync(good, 'print("fine")\n');
    writeFileSync(bad, 'import sys; sys.exit(4)\n');
    const run = await runLadon(['run', good, bad, '--json']);
    expect(run.status).toBe(1);
    const lines = run.stdout.trim().split('\n');
    expect(lines[0]).toBe('fine');
    const summary = JSON.parse(lines.at(-1)!) as { scripts: { status: number }[] };
    expect(summary.scripts.map((script) => script.status)).toEqual([0, 4]);
  });
});
