/** Sockets, asyncio, processes and signals through the built command: programs with their expectations, examples, Ctrl-C. Needs a build. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

const FOLDER = 'test/programs/network';

/** The lines that a program's `# expect:` comments promise, in order. */
function expectedOutput(path: string): string {
  return readFileSync(path, 'utf8').split('\n').flatMap((line) => (/# expect:(?: (.*))?$/.exec(line) === null ? [] : [/# expect:(?: (.*))?$/.exec(line)![1] ?? ''])).map((line) => `${line}\n`).join('');
}

describe('programs with sockets and processes', () => {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.py'))) {
    test(`${name} prints what it expects in both loops`, async () => {
      const path = `${FOLDER}/${name}`;
      for (const options of [[], ['--reference-loop']]) {
        const run = await runLadon([...options, path]);
        expect(run.stdout + run.stderr).toBe(expectedOutput(path));
        expect(run.status).toBe(0);
      }
    }, 60_000);
  }
});

describe('examples', () => {
  for (const name of ['echo', 'crawler']) {
    test(`${name}.py prints what its head says`, async () => {
      const run = await runLadon([`examples/${name}.py`]);
      expect(run.stderr).toBe('');
      expect(run.stdout).toBe(expectedOutput(`examples/${name}.py`));
    }, 60_000);
  }
});

describe('Ctrl-C', () => {
  const waits = {
    'accept()': 'import socket\ns = socket.create_server(("127.0.0.1", 0))\nprint("ready", flush=True)\ns.accept()',
    'recv()': 'import socket\na, b = socket.socketpair()\nprint("ready", flush=True)\na.recv(1)',
    'select()': 'import socket, select\na, b = socket.socketpair()\nprint("ready", flush=True)\nselect.select([a], [], [])',
    'reading a line of a pipe': 'import os\nr, w = os.pipe()\nprint("ready", flush=True)\nopen(r).readline()',
    'waiting for a process': 'import subprocess\np = subprocess.Popen(["sleep", "30"])\nprint("ready", flush=True)\ntry:\n    p.wait()\nfinally:\n    p.kill()',
    'asyncio.run()': 'import asyncio\nasync def main():\n    print("ready", flush=True)\n    await asyncio.sleep(30)\nasyncio.run(main())',
  };
  for (const [what, source] of Object.entries(waits)) {
    test(`ends ${what} with KeyboardInterrupt`, async () => {
      const run = await runLadon(['-c', source], { interruptAfter: 'ready' });
      expect(run.stderr.trimEnd().split('\n').at(-1)).toBe('KeyboardInterrupt');
      expect(run.signal ?? run.status).toBe('SIGINT');
    }, 60_000);
  }

  test('ends `-m http.server` in good order', async () => {
    const run = await runLadon(['-u', '-m', 'http.server', '--bind', '127.0.0.1', '0'], { interruptAfter: 'Serving HTTP on' });
    expect(run.stdout.trimEnd().split('\n').at(-1)).toBe('Keyboard interrupt received, exiting.');
    expect([run.status, run.stderr]).toEqual([0, '']);
  }, 60_000);

  test('lets asyncio.run() clean up', async () => {
    const source = 'import asyncio\nasync def main():\n    try:\n        print("ready", flush=True)\n        await asyncio.sleep(30)\n    finally:\n        print("cleaned")\ntry:\n    asyncio.run(main())\nexcept KeyboardInterrupt:\n    print("interrupted")';
    expect((await runLadon(['-c', source], { interruptAfter: 'ready' })).stdout).toBe('ready\ncleaned\ninterrupted\n');
  }, 60_000);
});

describe('the end of a program', () => {
  test('sends what is still in a socket, and closes what listens', async () => {
    const source = [
      'import socket, subprocess, sys',
      's = socket.create_server(("127.0.0.1", 0))',
      'c = socket.create_connection(s.getsockname())',
      'peer, _ = s.accept()',
      'c.sendall(b"x" * 50000)',
      'print(len(peer.recv(100000)) > 0)',
    ].join('\n');
    const run = await runLadon(['-c', source]);
    expect([run.status, run.stdout, run.stderr]).toEqual([0, 'True\n', '']);
  }, 60_000);

  test('reports exceptions of tasks that nobody asked for', async () => {
    const source = 'import asyncio\nasync def bad():\n    raise ValueError("lost")\nasync def main():\n    asyncio.create_task(bad())\n    await asyncio.sleep(0.01)\nasyncio.run(main())';
    const run = await runLadon(['-c', source]);
    expect(run.stderr.split('\n')[0]).toBe('Task exception was never retrieved');
    expect(run.stderr).toContain('ValueError: lost');
  }, 60_000);
});
