/** The interpreter loop stays small enough for V8 to optimise: beyond 61,440 bytes of bytecode Node 20 never does, and everything runs many times slower. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const LIMIT = 61_440;

test.each([['usual', []], ['static pack\'s', ['-X', 'pack=static']]])('the %s loop is below the size at which V8 gives up optimising', (_name, options) => {
  const output = execFileSync(process.execPath, ['--print-bytecode', '--print-bytecode-filter=generatedLoop', 'dist/main.js', ...options, '-S', '-c', 'pass'], {
    encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, LADON_CACHE: '' },
  });
  const length = Number(/Bytecode length: (\d+)/.exec(output)?.[1]);
  expect(length).toBeGreaterThan(1000);
  expect(length).toBeLessThan(LIMIT);
});
