/**
 * Visiting every live object (PyUnstable_GC_VisitObjects): V8's inspector, connected to its own thread, is asked for all objects of a prototype. That finds
 * whatever lives, held from wherever: functions that were made before a plugin was there, objects that only native code holds.
 *
 * The inspector collects garbage first; what the interpreter's own registers still hold lives on (`gc.collect()` leaves the loop for that; this does not).
 * One question takes time in proportion to the heap, about 0.7 ms per thousand objects. The objects are those of the worker, which is those of the interpreter.
 */
import { unreachable } from '../base/assert.ts';
import { lazyBuiltin } from '../base/lazy-builtin.ts';
import { PyBytes, PyComplex, PyFloat, PyIntObject, PyStrObject } from '../core/scalars.ts';
import type { Interpreter } from '../core/thread.ts';
import { PyObject } from '../core/value.ts';

const inspector = lazyBuiltin('node:inspector');

/** The property through which the inspector's code and this file hand each other objects; there only while they do. */
const HANDOVER = '__ladonVisit';

interface Handover {
  readonly prototype: object;
  found: unknown[];
}

interface RemoteAnswer {
  readonly result?: { readonly objectId?: string };
  readonly objects?: { readonly objectId?: string };
}

/** All live objects that inherit from `prototype`, in no particular order, and the prototypes between. */
function queryObjects(prototype: object): unknown[] {
  const session = new (inspector().Session)();
  const handover: Handover = { prototype, found: [] };
  const post = (method: string, parameters: object): RemoteAnswer => {
    let answer: RemoteAnswer = {};
    // On the session's own thread the answer is there when `post` returns.
    session.post(method, parameters, (error: Error | null, result?: object) => {
      if (error !== null) unreachable(`the inspector refuses ${method}: ${JSON.stringify(error)}`);
      answer = result as RemoteAnswer;
    });
    return answer;
  };
  session.connect();
  Object.defineProperty(globalThis, HANDOVER, { value: handover, configurable: true });
  try {
    const prototypeObjectId = post('Runtime.evaluate', { expression: `globalThis.${HANDOVER}.prototype` }).result?.objectId;
    const { objectId } = post('Runtime.queryObjects', { prototypeObjectId }).objects ?? {};
    post('Runtime.callFunctionOn', { objectId, functionDeclaration: `function () { globalThis.${HANDOVER}.found = this; }` });
    return handover.found;
  } finally {
    Reflect.deleteProperty(globalThis, HANDOVER);
    session.disconnect();
  }
}

/** Whether the object can refer to others: everything but numbers and texts without attributes. */
function isContainer(object: PyObject): boolean {
  const isScalar = object instanceof PyFloat || object instanceof PyComplex || object instanceof PyBytes || object instanceof PyIntObject || object instanceof PyStrObject;
  return !isScalar || object.dict !== null;
}

/**
 * Calls `visit` with every live function, code object and container, each once, in no particular order; ends early when it returns false.
 * `visit` may run Python code: objects made meanwhile are not visited.
 */
export function visitObjects(_interpreter: Interpreter, visit: (object: PyObject) => boolean | void): void {
  for (const object of queryObjects(PyObject.prototype)) {
    // Prototypes of the records' classes are found, too; they have no type of their own.
    if (!(object instanceof PyObject) || !Object.hasOwn(object, 'type') || !isContainer(object)) continue;
    if (visit(object) === false) return;
  }
}
