/** Records of plain instances and modules. */
import { linkToPyObject, PyObject, type Maybe } from './value.ts';
import type { PyType } from './type.ts';
import type { PyDict } from './containers.ts';
import type { Shape } from './shape.ts';

/**
 * An instance of a class made by Python code whose solid base is `object`.
 *
 * Attributes lie in `slots` at the indices that `shape` names. When somebody asks for `__dict__`, deletes an attribute or sets too many, they move
 * into `dict` for good and `shape` becomes null. The first `type.memberCount` slots are `__slots__` members in both states. Slots beyond those that the
 * shape names may be there, and hold `undefined`.
 * @hot allocated by every instantiation
 */
export class PyInstance {
  type: PyType;
  dict: PyDict | null;
  shape: Shape | null;
  slots: Maybe[];
  identity: number;
  /**
   * References to it (`objects/weakref.ts`). Few instances have the field: the prototype says undefined for the rest. In a WeakMap the references would be held
   * by the table, and they hold their target, until a full collection of V8: its collections of the young hold what weak references point to.
   */
  declare weakReferences: WeakRef<PyObject>[] | undefined;
  constructor(type: PyType, shape: Shape | null, slots: Maybe[]) {
    this.type = type;
    this.dict = null;
    this.shape = shape;
    this.slots = slots;
    this.identity = 0;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyInstance extends PyObject {}
linkToPyObject(PyInstance);
PyInstance.prototype.weakReferences = undefined;

/** `module`: the namespace is `dict`. */
export class PyModule extends PyObject {
  declare dict: PyDict;
  constructor(type: PyType, dict: PyDict) {
    super(type);
    this.dict = dict;
  }
}
