/** Random interpreters are terminated while others work, for a few seconds; `node dist/bench/kill-workers.js --seconds 60` does it for a minute. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const SECONDS = process.env.LADON_STRESS_SECONDS ?? '4';

it.each(['own-gil', 'gil'])('nobody hangs, nothing is lost and no lock stays held when workers die (%s)', (mode) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/bench/kill-workers.js', '--seconds', SECONDS, '--mode', mode], { encoding: 'utf8' });
  expect(`${stdout}${stderr}`).toMatch(/\nok\n$/);
  expect(status).toBe(0);
});
