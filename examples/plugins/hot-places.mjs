// A tier above the interpreter loop that compiles nothing: it is asked where code is hot, notes the place, and prints the ten hottest at the end:
//   ladon -X plugin=examples/plugins/hot-places.mjs examples/primes.py
// It takes the place of the JIT, which compiles nothing more then. A JIT of your own starts in the same way; docs/hooks.md tells how it goes on.
import { writeSync } from 'node:fs';

/** Calls and loop back edges of a code object between two questions. */
const EVERY = 100;

export function install({ interpreter, hooks, bytecode, atEnd }) {
  const places = new Map();

  hooks.setTier(interpreter, {
    hot(t, frame) {
      const { code, pc } = frame;
      code.countdown = EVERY - 1;
      // The frame stands behind a RESUME (a call, or a generator that goes on), or where a backward jump led: at the head of a loop.
      const isCall = (code.words[pc - 1] & 255) === bytecode.OP.RESUME;
      const { qualname, filename } = code.code;
      const name = `${qualname}  ${isCall ? 'call' : 'loop'} at ${filename}:${bytecode.lineOf(code, isCall ? pc - 1 : pc)}`;
      places.set(name, (places.get(name) ?? 0) + 1);
      // Nothing to be run in its place.
      return null;
    },
    // Exceptions are handled by the interpreter.
    handler() { return null; },
    left() {},
    instrumentedChanged() {},
  });
  hooks.setHotness(interpreter, EVERY - 1);

  atEnd(() => {
    const hottest = [...places].sort((a, b) => b[1] - a[1]).slice(0, 10);
    for (const [name, times] of hottest) writeSync(2, `${String(times * EVERY).padStart(10)}  ${name}\n`);
  });
}
