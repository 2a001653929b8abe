// A plugin that reports module-level names that are set again after they were first set: what a compiler must not take for constant.
//   ladon -X plugin=examples/plugins/reassigned-globals.mjs examples/report.py
// It watches `sys.modules` for new modules, and the dict of each.
import { writeSync } from 'node:fs';

const [ADDED, MODIFIED] = [0, 1];

export function install({ interpreter, hooks, records, atEnd }) {
  const names = new Map();
  const count = new Map();

  const globals = hooks.addDictWatcher(interpreter, {
    changed(t, event, dict, key) {
      if (event === MODIFIED) count.set(`${names.get(dict)}.${key}`, (count.get(`${names.get(dict)}.${key}`) ?? 0) + 1);
    },
  });
  const watchModule = (name, module) => {
    if (!(module instanceof records.PyModule)) return;
    names.set(module.dict, name);
    hooks.watchDict(interpreter, globals, module.dict);
  };
  const modules = hooks.addDictWatcher(interpreter, {
    changed(t, event, dict, key, value) {
      if (event === ADDED || event === MODIFIED) watchModule(key, value);
    },
  });
  // Those that are there already: the program's own is among them.
  const { table } = interpreter.modules;
  table.keys.forEach((key, i) => key !== undefined && watchModule(key, table.values[i]));
  hooks.watchDict(interpreter, modules, interpreter.modules);

  atEnd(() => {
    const rows = [...count].filter(([name]) => !/\.__\w+__$/.test(name)).sort((a, b) => b[1] - a[1]);
    for (const [name, times] of rows.slice(0, 20)) writeSync(2, `${String(times).padStart(8)}  ${name}\n`);
  });
}
