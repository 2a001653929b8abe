/** The hooks as a plugin uses them, in TypeScript. */
import { describe, expect, it } from 'vitest';
import { ProgramRunner } from '../../test/lang-runner.ts';
import { PyDict } from '../core/containers.ts';
import { PyCode, PyFunction } from '../core/function.ts';
import { PyInstance } from '../core/instance.ts';
import type { Int } from '../core/value.ts';
import { DICT_ADDED, FUNCTION_CREATE } from '../core/watch.ts';
import { RuntimeError } from '../objects/exception-types.ts';
import { raise } from '../objects/raise.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { identityOf } from '../objects/identity.ts';
import { collectNow } from '../objects/js-collector.ts';
import { newDict } from '../objects/make.ts';
import { addCodeWatcher, clearCodeWatcher } from './code-watchers.ts';
import { getCodeExtra, MAX_CODE_EXTRAS, requestCodeExtraIndex, setCodeExtra } from './code-extras.ts';
import { tellDepartures } from './departures.ts';
import { addDictWatcher, clearDictWatcher, unwatchDict, watchDict } from './dict-watchers.ts';
import { addFunctionWatcher, clearFunctionWatcher } from './function-watchers.ts';
import { evaluateByDefault, getFrameEvaluator, resetFrameEvaluator, setFrameEvaluator } from './frame-evaluator.ts';
import { HookError } from './hook-error.ts';
import { addTypeWatcher, clearTypeWatcher } from './type-watchers.ts';
import { visitObjects } from './visit.ts';
import { MAX_WATCHERS } from './watcher-table.ts';

const hookedRaise = (): never => raise(RuntimeError, 'not this one');

const runner = new ProgramRunner(/* referenceLoop */ false);
const t = runner.thread;
const { interpreter } = t;

describe('watchers', () => {
  it('leave the first dict numbers to those who ask for them, and refuse a ninth', () => {
    const nothing = { changed: () => undefined };
    const ids = [addDictWatcher(interpreter, nothing, 1), addDictWatcher(interpreter, nothing)];
    expect(ids).toEqual([1, 2]);
    expect(() => addDictWatcher(interpreter, nothing, 1)).toThrow(HookError);
    while (ids.length < MAX_WATCHERS - 1) ids.push(addDictWatcher(interpreter, nothing));
    expect(() => addDictWatcher(interpreter, nothing)).toThrow('no more dict watcher IDs available');
    for (const id of ids) clearDictWatcher(interpreter, id);
    expect(() => clearDictWatcher(interpreter, 1)).toThrow('No dict watcher set for ID 1');
  });

  it('take the record off a dict that nobody watches any more', () => {
    const dict = newDict();
    const events: unknown[] = [];
    const id = addDictWatcher(interpreter, { changed: (_t, event, changed, key, value) => void events.push([event, changed === dict, key, value]) });
    watchDict(interpreter, id, dict);
    tableSetStr(dict.table, 'a', 1);
    unwatchDict(interpreter, id, dict);
    tableSetStr(dict.table, 'b', 2);
    expect(events).toEqual([[DICT_ADDED, true, 'a', 1]]);
    expect(dict.table.watch).toBeNull();
    clearDictWatcher(interpreter, id);
  });

  it('tell of the change before it is made', () => {
    const dict = newDict();
    const seen: unknown[] = [];
    const id = addDictWatcher(interpreter, { changed: (_t, _event, changed, key) => void seen.push(tableGetStr(changed.table, key as string)) });
    watchDict(interpreter, id, dict);
    tableSetStr(dict.table, 'a', 1);
    tableSetStr(dict.table, 'a', 2);
    expect(seen).toEqual([undefined, 1]);
    clearDictWatcher(interpreter, id);
  });

  it('of functions are called for the functions of their interpreter only, and not after they are removed', () => {
    const other = new ProgramRunner(/* referenceLoop */ true);
    const names: string[] = [];
    const id = addFunctionWatcher(interpreter, { changed: (_t, event, func) => void (event === FUNCTION_CREATE && names.push(func.name)) });
    runner.run('def mine(): pass', '<mine>');
    other.run('def theirs(): pass', '<theirs>');
    clearFunctionWatcher(interpreter, id);
    runner.run('def later(): pass', '<later>');
    expect(names).toEqual(['<module>', 'mine']);
    expect(interpreter.functionWatch?.seesCreation ?? false).toBe(false);
  });

  it('of code see a code object when it is first used here', () => {
    const names: string[] = [];
    const id = addCodeWatcher(interpreter, { created: (_t, code) => void names.push(code.code.name) });
    runner.run('def inner(): pass', '<code>');
    clearCodeWatcher(interpreter, id);
    expect(names).toContain('<module>');
    expect(names).toContain('inner');
  });

  it('pass on what is no Python exception, as that is a bug', () => {
    const id = addTypeWatcher(interpreter, () => undefined);
    // The first number is kept for a plugin that asks for it: the JIT.
    expect(id).toBeGreaterThan(0);
    clearTypeWatcher(interpreter, id);
    const dict = newDict();
    const failing = addDictWatcher(interpreter, { changed: () => { throw new TypeError('a bug'); } });
    watchDict(interpreter, failing, dict);
    expect(() => tableSetStr(dict.table, 'a', 1)).toThrow('a bug');
    clearDictWatcher(interpreter, failing);
  });
});

// Apart, so that no local variable of a test holds the object.
function makeWatchedDict(id: number): Int {
  const dict = newDict();
  watchDict(interpreter, id, dict);
  return identityOf(dict);
}

describe('departures', () => {
  it('tell of a dict that a collection has found dead', () => {
    const gone: Int[] = [];
    const id = addDictWatcher(interpreter, { changed: () => undefined, deallocated: (_t, identity) => void gone.push(identity) });
    const kept = newDict();
    watchDict(interpreter, id, kept);
    const identity = makeWatchedDict(id);
    collectNow();
    expect(tellDepartures(t)).toBe(true);
    expect(gone).toEqual([identity]);
    expect(kept.table.watch).not.toBeNull();
    clearDictWatcher(interpreter, id);
  });

  it('tell of functions that were there before the watcher', () => {
    runner.run('import sys\nsys.kept = [lambda: 1, lambda: 2]', '<before>');
    const gone: Int[] = [];
    const id = addFunctionWatcher(interpreter, { changed: () => undefined, destroyed: (_t, identity) => void gone.push(identity) });
    runner.run('import sys\nsys.ids = [id(f) for f in sys.kept]\nsys.kept.clear()\nimport gc; gc.collect()', '<end>');
    const { lines } = runner.run('import sys\nprint(*sys.ids)', '<ids>');
    collectNow();
    tellDepartures(t);
    clearFunctionWatcher(interpreter, id);
    for (const identity of lines[0]!.split(' ')) expect(gone.map(String)).toContain(identity);
  });
});

describe('visitObjects', () => {
  it('finds functions, code, dicts and instances wherever they are held', () => {
    runner.run('import sys\nclass Hidden: pass\ndef outer():\n    h = Hidden()\n    def inner(): return h\n    return inner\nsys.hold = outer()', '<visit>');
    const held = new Set<unknown>([newDict()]);
    const found = { functions: new Set<string>(), code: new Set<string>(), classes: new Set<string>(), held: 0 };
    visitObjects(interpreter, (object) => {
      if (object instanceof PyFunction) found.functions.add(object.name);
      if (object instanceof PyCode) found.code.add(object.code.name);
      if (object instanceof PyInstance) found.classes.add(object.type.name);
      if (object instanceof PyDict && held.has(object)) found.held++;
    });
    expect(found.functions).toContain('inner');
    expect(found.code).toContain('inner');
    expect(found.classes).toContain('Hidden');
    expect(found.held).toBe(1);
  });

  it('stops when it is told to', () => {
    let count = 0;
    visitObjects(interpreter, () => ++count < 3);
    expect(count).toBe(3);
  });
});

describe('code extras', () => {
  const codeOf = (name: string): PyCode => (tableGetStr(interpreter.sys.table, name) as PyFunction).code;

  it('are values per code object and index', () => {
    runner.run('import sys\nsys.first = lambda: 1\nsys.second = lambda: 2', '<extras>');
    const index = requestCodeExtraIndex(interpreter, null);
    setCodeExtra(interpreter, codeOf('first'), index, 'mine');
    expect(getCodeExtra(interpreter, codeOf('first'), index)).toBe('mine');
    expect(getCodeExtra(interpreter, codeOf('second'), index)).toBeUndefined();
    expect(getCodeExtra(interpreter, codeOf('first'), requestCodeExtraIndex(interpreter, null))).toBeUndefined();
    expect(() => getCodeExtra(interpreter, codeOf('first'), MAX_CODE_EXTRAS)).toThrow(HookError);
  });

  it('are freed when they are replaced, and when the code is gone', () => {
    const freed: unknown[] = [];
    const index = requestCodeExtraIndex(interpreter, (value) => void freed.push(value));
    runner.run('import sys\nsys.gone = eval("lambda: 42")', '<freed>');
    setCodeExtra(interpreter, codeOf('gone'), index, 100);
    setCodeExtra(interpreter, codeOf('gone'), index, 200);
    expect(freed).toEqual([100]);
    runner.run('import sys, gc\ndel sys.gone\ngc.collect()', '<gone>');
    collectNow();
    tellDepartures(t);
    expect(freed).toEqual([100, 200]);
  });
});

describe('a frame evaluator', () => {
  it('sees every frame from its start or resumption, and none once it is reset', () => {
    const names: string[] = [];
    setFrameEvaluator(interpreter, (tt, f) => {
      names.push(f.func.name);
      return evaluateByDefault(tt, f);
    });
    expect(() => setFrameEvaluator(interpreter, () => null)).toThrow(HookError);
    expect(getFrameEvaluator(interpreter)).not.toBeNull();
    const { lines, error } = runner.run(`
class C:
    def __init__(self): self.x = 1
    @property
    def p(self): return self.x
def gen():
    yield 1
def helper(*args, k=0): return k
def main():
    helper(); helper(k=1); helper(*[1]); helper(**{'k': 2})
    for _ in gen(): pass
    return C().p + sum(x for x in [1, 2])
print(main())
exec('def inner(): pass\\ninner()')
try:
    (lambda: 1 / 0)()
except ZeroDivisionError as e:
    print(e.__traceback__.tb_next.tb_frame.f_code.co_name)
`, '<evaluator>');
    resetFrameEvaluator(interpreter);
    expect({ lines, error }).toEqual({ lines: ['4', '<lambda>'], error: null });
    const seen = names.filter((name) => name !== 'write');
    expect(seen).toEqual([
      '<module>', 'C', 'main', 'helper', 'helper', 'helper', 'helper', 'gen', 'gen', 'gen', '__init__', 'p', '<genexpr>', '<genexpr>', '<genexpr>', '<genexpr>',
      '<module>', 'inner', '<lambda>',
    ]);
    const count = names.length;
    runner.run('def f(): pass\nf()', '<after>');
    expect(names.length).toBe(count);
  });

  it('may give a result of its own in place of running the frame', () => {
    setFrameEvaluator(interpreter, (tt, f) => (f.func.name === 'answer' ? 42 : evaluateByDefault(tt, f)));
    const { lines } = runner.run('def answer(): raise SystemExit\nprint(answer() + answer())\nimport sys\nprint(sys._getframe().f_code.co_name)', '<own>');
    resetFrameEvaluator(interpreter);
    expect(lines).toEqual(['84', '<module>']);
  });

  it('may raise in place of running the frame', () => {
    setFrameEvaluator(interpreter, (tt, f) => {
      if (f.func.name === 'refused') return hookedRaise();
      return evaluateByDefault(tt, f);
    });
    const { lines } = runner.run('def refused(): pass\ndef outer():\n    try: refused()\n    except RuntimeError as e: return str(e)\nprint(outer())\nimport sys\nprint(sys._getframe().f_code.co_name)', '<raise>');
    resetFrameEvaluator(interpreter);
    expect(lines).toEqual(['not this one', '<module>']);
  });

  it('recurses to the recursion limit of Python, not of JavaScript', () => {
    setFrameEvaluator(interpreter, evaluateByDefault);
    const { lines } = runner.run('def down(n): return down(n + 1)\ntry: down(0)\nexcept RecursionError as e: print(e)', '<deep>');
    resetFrameEvaluator(interpreter);
    expect(lines).toEqual(['maximum recursion depth exceeded']);
  });
});
