// A plugin that measures how long calls of the program's own functions take, and prints the ten that took longest at the end:
//   ladon -X plugin=examples/plugins/call-times.mjs examples/primes.py
// It is told of every function that is made, and gives those of the program (not those of the library) an entry point of their own. Only they
// become slower; everything else runs, and is compiled, as usual.
import { writeSync } from 'node:fs';

const CREATE = 0;

export function install({ interpreter, hooks, atEnd }) {
  const rows = new Map();
  const goOn = hooks.defaultEntryPoint(interpreter);
  const program = interpreter.config.argv[0];

  const measured = (t, func, args, keywords) => {
    const { code } = func.code;
    let row = rows.get(code);
    if (row === undefined) rows.set(code, (row = { name: code.qualname, calls: 0, milliseconds: 0 }));
    row.calls++;
    const start = performance.now();
    try {
      return goOn(t, func, args, keywords);
    } finally {
      row.milliseconds += performance.now() - start;
    }
  };

  hooks.addFunctionWatcher(interpreter, {
    changed(t, event, func) {
      if (event === CREATE && func.code.code.filename === program && func.name !== '<module>') hooks.setEntryPoint(interpreter, func, measured);
    },
  });

  atEnd(() => {
    const longest = [...rows.values()].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 10);
    for (const { name, calls, milliseconds } of longest) writeSync(2, `${milliseconds.toFixed(1).padStart(10)} ms ${String(calls).padStart(8)}  ${name}\n`);
  });
}
