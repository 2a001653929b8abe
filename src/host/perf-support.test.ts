/** What asks for profiles of Linux's `perf`. */
import { describe, expect, it } from 'vitest';
import { perfKindOf } from './perf-support.ts';

describe('perfKindOf', () => {
  it.each([
    [['-X', 'perf', 'a.py'], 'perf'],
    [['-Xperf', 'a.py'], 'perf'],
    [['-uX', 'perf_jit', '-c', 'pass'], 'perf_jit'],
    [['--mode', 'gil', '-X', 'perf=1', 'a.py'], 'perf'],
    [['-X', 'perf=0', 'a.py'], null],
    [['-W', 'error', '-X', 'dev', 'a.py'], null],
    [['a.py', '-X', 'perf'], null],
    [['-c', 'pass', '-X', 'perf'], null],
    [['-', '-Xperf'], null],
    [[], null],
  ])('reads %j as %s', (args, kind) => expect(perfKindOf(args, {})).toBe(kind));

  it('reads the environment unless it is to be ignored', () => {
    expect(perfKindOf(['a.py'], { PYTHONPERFSUPPORT: '1' })).toBe('perf');
    expect(perfKindOf(['a.py'], { PYTHONPERFSUPPORT: '0' })).toBeNull();
    expect(perfKindOf(['-E', 'a.py'], { PYTHONPERFSUPPORT: '1' })).toBeNull();
    expect(perfKindOf(['a.py'], { PYTHON_PERF_JIT_SUPPORT: '1' })).toBe('perf_jit');
  });
});
