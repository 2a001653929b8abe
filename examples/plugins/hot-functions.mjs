// A plugin that counts calls of Python functions and prints the ten most called at the end:
//   ladon -X plugin=examples/plugins/hot-functions.mjs examples/primes.py
// It replaces the frame evaluator (PEP 523) and keeps a counter in a slot of every code object.
import { writeSync } from 'node:fs';

export function install({ interpreter, hooks, atEnd }) {
  const counted = [];
  const index = hooks.requestCodeExtraIndex(interpreter, null);

  hooks.setFrameEvaluator(interpreter, (t, frame) => {
    let counter = hooks.getCodeExtra(interpreter, frame.code, index);
    if (counter === undefined) {
      counter = { code: frame.code.code, calls: 0 };
      counted.push(counter);
      hooks.setCodeExtra(interpreter, frame.code, index, counter);
    }
    counter.calls++;
    return hooks.evaluateByDefault(t, frame);
  });

  atEnd(() => {
    counted.sort((a, b) => b.calls - a.calls);
    for (const { code, calls } of counted.slice(0, 10)) {
      writeSync(2, `${String(calls).padStart(8)}  ${code.qualname}  ${code.filename}:${code.firstlineno}\n`);
    }
  });
}
