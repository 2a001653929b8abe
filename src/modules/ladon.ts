/** `ladon`: freezing (after PEP 795's names), the immortal heap, and the GIL's statistics for Python programs. */
import { PyFunction } from '../core/function.ts';
import { PyModule } from '../core/instance.ts';
import { PyType } from '../core/type.ts';
import { PyObject, type Value } from '../core/value.ts';
import type { Interpreter, Thread } from '../core/thread.ts';
import { checkHeap } from '../heap/check.ts';
import { freezeGraph, isFrozen } from '../objects/freeze.ts';
import { immortalLink } from '../objects/immortal-link.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict, newFloat, newList, newTuple } from '../objects/make.ts';
import { raiseRuntimeError, raiseTypeError, typeName } from '../objects/raise.ts';
import { FROZENDICT_TYPE } from '../objects/static-types.ts';
import '../objects/frozendict.ts';
import { typeModified } from '../objects/type-version.ts';
import type { NativeModule } from './native-module.ts';

/** Figures of the GIL of an interpreter: numbers by name, histograms as lists. */
export type GilFigures = Readonly<Record<string, number | readonly number[]>>;

const GIL_FIGURES_KEY = 'gil figures';

/** Says where `ladon.gil_stats()` of an interpreter gets its figures; set by the scheduler. */
export function setGilFigures(interpreter: Interpreter, figures: () => GilFigures): void {
  interpreter.moduleState.set(GIL_FIGURES_KEY, figures);
}

const LIBRARY_CODE_KEY = 'library code';

/** Where an interpreter's library modules got their code: numbers of modules. */
export interface LibraryCodeCounts {
  compiled: number;
  fromDisk: number;
  fromHeap: number;
}

/** Says where `ladon.stats()` of an interpreter finds its counts; set by the importer. */
export function setLibraryCodeCounts(interpreter: Interpreter, counts: LibraryCodeCounts): void {
  interpreter.moduleState.set(LIBRARY_CODE_KEY, counts);
}

function libraryCode(interpreter: Interpreter): Value {
  const { compiled, fromDisk, fromHeap } = interpreter.moduleState.get(LIBRARY_CODE_KEY) as LibraryCodeCounts;
  return dictOf({ compiled, from_disk: fromDisk, from_heap: fromHeap });
}

function ladon_freeze(t: Thread, object: Value): Value {
  freezeGraph(t, object);
  return object;
}

/** The class itself, which refuses changes of its attributes from now on. */
function ladon_frozen(_t: Thread, cls: Value): Value {
  if (!(cls instanceof PyType)) raiseTypeError(`frozen() argument must be a class, not '${typeName(cls)}'`);
  cls.flags = { ...cls.flags, immutable: true };
  typeModified(cls, '');
  return cls;
}

function dictOf(figures: Readonly<Record<string, number | readonly number[]>>): Value {
  const dict = newDict();
  const number = (value: number): Value => (Number.isInteger(value) ? value : newFloat(value));
  for (const [name, figure] of Object.entries(figures)) {
    tableSetStr(dict.table, name, typeof figure === 'number' ? number(figure) : newTuple(figure.map(number)));
  }
  return dict;
}

function ladon_stats(t: Thread): Value {
  const link = immortalLink(t.interpreter);
  if (link === undefined) raiseRuntimeError('this interpreter has no immortal heap');
  const { bytes, budget, interned, objects } = link.heap.stats();
  const dict = dictOf({ bytes, budget, interned }) as ReturnType<typeof newDict>;
  tableSetStr(dict.table, 'objects', dictOf(objects));
  tableSetStr(dict.table, 'library_code', libraryCode(t.interpreter));
  return dict;
}

/** Walks the whole heap and verifies it; returns what it has seen. */
function ladon_checkHeap(t: Thread): Value {
  const link = immortalLink(t.interpreter);
  if (link === undefined) raiseRuntimeError('this interpreter has no immortal heap');
  return dictOf({ ...checkHeap(link.heap) });
}

/** Puts what can never change among the globals of all loaded modules into the immortal heap: code of functions, constants. Returns how many. */
function ladon_immortalizeHeap(t: Thread): Value {
  let count = 0;
  for (const module of t.interpreter.modules.table.values) {
    if (!(module instanceof PyModule)) continue;
    for (const value of module.dict.table.values.slice()) {
      const constant = value instanceof PyFunction ? value.code : value;
      if (!(constant instanceof PyObject) || constant instanceof PyType || !isFrozen(t, constant)) continue;
      freezeGraph(t, constant, 'refuse');
      count++;
    }
  }
  return count;
}

function ladon_gilStats(t: Thread): Value {
  const figures = t.interpreter.moduleState.get(GIL_FIGURES_KEY) as (() => GilFigures) | undefined;
  return dictOf(figures === undefined ? {} : figures());
}

/** The address of a frozen object in the immortal heap, None for others: for tests of identity across interpreters. */
function ladon_address(t: Thread, object: Value): Value {
  const address = object instanceof PyObject ? immortalLink(t.interpreter)?.addresses.get(object) : undefined;
  return address === undefined ? null : (address >>> 2) * 8;
}

/** The table. */
export const LADON_MODULE: NativeModule = {
  name: 'ladon',
  doc: 'Freezing objects, the immortal heap, and statistics of the GIL.',
  functions: {
    freeze: [ladon_freeze, '($module, object, /)', 'Make an object and everything it refers to immutable and immortal; returns it. All or nothing.'],
    is_frozen: [(t: Thread, object: Value) => isFrozen(t, object), '($module, object, /)', 'Whether an object can never change.'],
    frozen: [ladon_frozen, '($module, cls, /)', 'Class decorator: the class refuses changes of its attributes.'],
    stats: [ladon_stats, '($module, /)', 'Figures of the immortal heap: bytes, budget, interned strings, objects by kind; and where library modules got their code.'],
    immortalize_heap: [ladon_immortalizeHeap, '($module, /)', 'Put code and constants of all loaded modules into the immortal heap; returns how many objects.'],
    check_heap: [ladon_checkHeap, '($module, /)', 'Walk the immortal heap, verify it, and return what was seen.'],
    address_of: [ladon_address, '($module, object, /)', 'The address of a frozen object in the immortal heap, or None.'],
    gil_stats: [ladon_gilStats, '($module, /)', 'Figures of the GIL of this interpreter.'],
  },
  types: { frozendict: FROZENDICT_TYPE },
  // A package: `ladon.jit` is a module of its own.
  attributes: () => ({ __path__: newList([]) }),
};
