// A JIT in a hundred lines: compiles functions that only add, subtract and multiply their parameters and small numbers, for ints that are safe.
//   ladon -X plugin=examples/plugins/tiny-jit.mjs program.py
// It takes the place of Ladon's own. What it shows: being asked where code is hot, reading bytecode, calls that run compiled code, and leaving it for the
// interpreter in the middle of a function, at an instruction, with the frame's locals and stack described.
import { writeSync } from 'node:fs';

const OPTIMIZED = 1;
const GENERATORS = 0x20 | 0x80 | 0x200;
/** Operand of BINARY_OP → operator. */
const OPERATORS = { 0: '+', 5: '*', 10: '-' };

export function install({ interpreter, hooks, compiled, bytecode, atEnd }) {
  const { NEVER, Site, SOURCE_VALUE, SOURCE_UNBOUND } = compiled;
  const { doors } = hooks.servicesOf(interpreter);
  const calls = new Map();
  let left = 0;

  /** The compiled form of calls of `code`, or null when it does something else. */
  function compile(code) {
    const lines = [];
    const sites = [];
    const stack = [];
    // Parameters are the first locals; the others are unbound.
    const locals = Array.from({ length: code.nlocalsplus }, (_, i) => (i < code.parameterCount ? `a${i}` : null));

    /** Leaves at the start of the instruction at `pc` unless the condition holds. */
    const guard = (condition, pc) => {
      const slots = [...locals, ...stack];
      const values = slots.filter((slot) => slot !== null);
      const sources = slots.flatMap((slot) => (slot === null ? [SOURCE_UNBOUND, 0] : [SOURCE_VALUE, values.indexOf(slot)]));
      const site = new Site({ code, pc, at: pc, continues: false, pushes: false, sources: Int32Array.from(sources), constants: [], values: values.length, reason: 'not a small int' });
      lines.push(`if (!(${condition})) return leave(t, base, sites[${sites.push(site) - 1}], [${values.join(', ')}]);`);
    };

    for (let pc = 0; ; ) {
      const start = pc;
      const name = bytecode.OPNAME[code.words[pc] & 255];
      const operand = code.words[pc] >> 8;
      pc += 1 + bytecode.CACHES[code.words[pc] & 255];
      switch (name) {
        case 'RESUME': case 'NOP': break;
        case 'LOAD_FAST': case 'LOAD_FAST_BORROW': stack.push(locals[operand]); break;
        case 'LOAD_FAST_LOAD_FAST': case 'LOAD_FAST_BORROW_LOAD_FAST_BORROW': stack.push(locals[operand >> 4], locals[operand & 15]); break;
        case 'LOAD_SMALL_INT': stack.push(String(operand)); break;
        case 'STORE_FAST': locals[operand] = stack.pop(); break;
        case 'BINARY_OP': {
          if (!(operand in OPERATORS)) return null;
          const [left, right] = stack.slice(-2);
          const result = `v${start}`;
          // `+ 0`: there is no negative zero among the ints.
          lines.push(`const ${result} = ${left} ${OPERATORS[operand]} ${right} + 0;`);
          guard(`typeof ${left} === 'number' && typeof ${right} === 'number' && Number.isSafeInteger(${result})`, start);
          stack.splice(-2, 2, result);
          break;
        }
        case 'RETURN_VALUE': {
          lines.push(`t.top = base; t.depth--; return ${stack.pop()};`);
          return assemble(code, lines, sites);
        }
        default: return null;
      }
    }
  }

  function assemble(code, lines, sites) {
    const parameters = Array.from({ length: code.parameterCount }, (_, i) => `a${i}`);
    const text = [
      // The record of the activation: the function, then (when the code is left) the site and the values that it names.
      'const base = t.top;',
      `if (++t.depth > limit.recursionLimit || base > maxRecords) return overflow(t, func, [${parameters}]);`,
      't.records[base] = func;',
      ...lines,
    ].join('\n');
    const leave = (t, base, site, values) => {
      left++;
      t.records[base + 1] = site;
      values.forEach((value, i) => { t.records[base + 2 + i] = value; });
      return doors.leave(t, base);
    };
    const make = new Function('sites', 'leave', 'overflow', 'maxRecords', 'limit', `return function (${['t', 'func', ...parameters]}) {\n${text}\n};`);
    return make(sites, leave, doors.overflow, doors.maxRecords, interpreter);
  }

  hooks.setTier(interpreter, {
    hot(t, frame) {
      const { code } = frame;
      code.countdown = NEVER;
      const { flags } = code.code;
      // Arguments are passed as they come: all parameters positional.
      if ((flags & OPTIMIZED) === 0 || (flags & GENERATORS) !== 0 || code.simpleArgcount !== code.parameterCount) return null;
      const call = compile(code);
      if (call === null) return null;
      calls.set(code, call);
      // From now on calls run it; this frame goes on in the interpreter.
      code.useCompiled(call);
      return null;
    },
    // Exceptions are handled by the interpreter.
    handler() { return null; },
    left() {},
    // Whoever traces or profiles wants events, which only the interpreter tells.
    instrumentedChanged(isInstrumented) {
      for (const [code, call] of calls) if (isInstrumented) code.useInterpreter(); else code.useCompiled(call);
    },
  });
  hooks.setHotness(interpreter, 50);

  atEnd(() => writeSync(2, `compiled ${calls.size} functions, left ${left} times\n`));
}
