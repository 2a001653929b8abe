/** Profiles of Linux's `perf`: the names of Python functions in V8's map. Needs a build. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

const PROGRAM = 'import os, sys\ndef foo(): pass\ndef bar(): foo()\nbar()\nprint(os.getpid(), sys.is_stack_trampoline_active())\nsys.deactivate_stack_trampoline()\ndef after(): pass\nafter()\n';

describe.runIf(process.platform === 'linux')('perf', () => {
  test('-X perf names Python functions with addresses, until it is deactivated', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'ladon-perf-')), 'program.py');
    writeFileSync(script, PROGRAM);
    const run = await runLadon(['-X', 'perf', script]);
    expect(run.stderr).toBe('');
    const [pid, active] = run.stdout.trim().split(' ');
    expect(active).toBe('True');
    const path = `/tmp/perf-${pid}.map`;
    const lines = readFileSync(path, 'utf8').split('\n');
    rmSync(path);
    for (const name of ['<module>', 'foo', 'bar']) {
      const line = lines.find((text) => text.includes(`py::${name}:${script}`));
      expect(line, name).toMatch(/^[0-9a-f]+ [0-9a-f]+ /);
    }
    expect(lines.some((text) => text.includes('py::after:'))).toBe(false);
  });

  test('lets threads take turns, also one that spins until another has done something', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'ladon-perf-')), 'threads.py');
    writeFileSync(script, `import os, threading, time
print(os.getpid())
flag = False
turns = 0
def spin():
    global turns
    def inner():
        global turns
        turns += 1
    while not flag:
        inner()
def main():
    global flag
    threads = [threading.Thread(target=spin) for _ in range(3)]
    for thread in threads: thread.start()
    time.sleep(0.05)
    flag = True
    for thread in threads: thread.join()
    print(turns > 100)
main()
`);
    const run = await runLadon(['-X', 'perf', script]);
    const [pid, ...rest] = run.stdout.trim().split('\n');
    rmSync(`/tmp/perf-${pid}.map`);
    expect(rest).toEqual(['True']);
  });

  test('is refused with a reason where V8 tells nothing, and leaves no file', async () => {
    const run = await runLadon(['-c', "import os, sys\nprint(os.getpid())\ntry: sys.activate_stack_trampoline('perf')\nexcept ValueError as e: print(e)\nprint(sys.is_stack_trampoline_active())"]);
    const [pid, ...rest] = run.stdout.trim().split('\n');
    expect(rest).toEqual(['perf trampoline not available: start with -X perf or PYTHONPERFSUPPORT=1', 'False']);
    expect(existsSync(`/tmp/perf-${pid}.map`)).toBe(false);
  });
});
