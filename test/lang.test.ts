/** Every program under `test/lang` prints what its `# expect:` comments say, in the generated loop and in the reference loop. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramRunner, type ProgramResult } from './lang-runner.ts';

const FOLDER = join(import.meta.dirname, 'lang');
const EXPECTATIONS = join(import.meta.dirname, 'expectations', 'lang.txt');

const FEATURES = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();

/** What the comments of a program announce. */
function announced(source: string): ProgramResult {
  const lines = [...source.matchAll(/# expect:(?: (.*))?$/gm)].map((match) => match[1] ?? '');
  return { lines, error: /^# expect-error: (.*)$/m.exec(source)?.[1] ?? null };
}

/** `path: reason` lines: programs that are known to fail. */
function knownFailures(): Map<string, string> {
  const rows = readFileSync(EXPECTATIONS, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(rows.map((row) => [row.slice(0, row.indexOf(': ')), row.slice(row.indexOf(': ') + 2)]));
}

const failures = knownFailures();

for (const [loop, reference] of [['generated loop', false], ['reference loop', true]] as const) {
  const runner = new ProgramRunner(reference);
  for (const feature of FEATURES) {
    describe(`${feature} in the ${loop}`, () => {
      for (const file of readdirSync(join(FOLDER, feature)).filter((name) => name.endsWith('.py')).sort()) {
        const path = `${feature}/${file}`;
        const source = readFileSync(join(FOLDER, path), 'utf8');
        const check = (): void => expect(runner.run(source, path)).toEqual(announced(source));
        if (failures.has(path)) it.fails(`${path} (known: ${failures.get(path)!})`, check);
        else it(path, check);
      }
    });
  }
}
