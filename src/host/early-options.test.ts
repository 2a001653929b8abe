/** What decides how the first worker starts. */
import { describe, expect, it } from 'vitest';
import { earlyOptions } from './early-options.ts';

describe('earlyOptions', () => {
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
  ])('reads %j as %s', (args, kind) => expect(earlyOptions(args, {}).perf).toBe(kind));

  it('reads the name of a pack', () => {
    expect(earlyOptions(['-X', 'pack=static', 'a.py'], {}).pack).toBe('static');
    expect(earlyOptions(['-Xpack=../evil', 'a.py'], {}).pack).toBeNull();
    expect(earlyOptions(['a.py', '-X', 'pack=static'], {}).pack).toBeNull();
  });

  it('reads the environment unless it is to be ignored', () => {
    expect(earlyOptions(['a.py'], { PYTHONPERFSUPPORT: '1' }).perf).toBe('perf');
    expect(earlyOptions(['a.py'], { PYTHONPERFSUPPORT: '0' }).perf).toBeNull();
    expect(earlyOptions(['-E', 'a.py'], { PYTHONPERFSUPPORT: '1' }).perf).toBeNull();
    expect(earlyOptions(['a.py'], { PYTHON_PERF_JIT_SUPPORT: '1' }).perf).toBe('perf_jit');
  });
});
