import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compiledCodePath, MOST_KEPT, readCompiledCode, writeCompiledCode } from './compiled-code-cache.ts';

describe('files of compiled code', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ladon-code-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  const pathOf = (bundle: string, state: number): string => compiledCodePath(folder, bundle, [state, 1]);

  it('gives what was kept, and nothing for another state', () => {
    writeCompiledCode(pathOf('runtime', 1), 'runtime', Buffer.from('code'));
    expect(readCompiledCode(pathOf('runtime', 1))?.toString()).toBe('code');
    expect(readCompiledCode(pathOf('runtime', 2))).toBeUndefined();
  });

  it('keeps the states used last, and other files', () => {
    for (let state = 0; state < MOST_KEPT + 4; state++) {
      writeFileSync(pathOf('runtime', state), '');
      utimesSync(pathOf('runtime', state), 1_000 + state, 1_000 + state);
    }
    writeFileSync(pathOf('late', 0), '');
    writeFileSync(join(folder, 'runtime-notes'), '');
    // Used again, the oldest is the newest.
    readCompiledCode(pathOf('runtime', 0));
    writeCompiledCode(pathOf('runtime', 99), 'runtime', Buffer.from('code'));
    const left = new Set(readdirSync(folder).map((name) => join(folder, name)));
    expect(left.size).toBe(MOST_KEPT + 2);
    for (const kept of [pathOf('runtime', 99), pathOf('runtime', 0), pathOf('runtime', MOST_KEPT + 3), pathOf('late', 0), join(folder, 'runtime-notes')]) expect(left).toContain(kept);
    for (const state of [1, 2, 3, 4, 5]) expect(left).not.toContain(pathOf('runtime', state));
  });

  it('does without a folder that cannot be written', () => {
    writeFileSync(join(folder, 'file'), 'x');
    const path = compiledCodePath(join(folder, 'file'), 'runtime', [1]);
    writeCompiledCode(path, 'runtime', Buffer.from('code'));
    expect(readCompiledCode(path)).toBeUndefined();
    expect(statSync(join(folder, 'file')).size).toBe(1);
  });
});
