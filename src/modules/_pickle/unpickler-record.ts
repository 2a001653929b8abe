/**
 * The record of `_pickle.Unpickler`: stack, marks and memo of a running load.
 *
 *   stack:  a b | c d e | f        marks: [2, 5]
 *
 * INV-1: `fence` is the last mark, or 0: an opcode that takes operands may not reach below it.
 */
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { raiseUnpickling } from './errors.ts';
import { PickleReader } from './reader.ts';

/** `Unpickler`. */
export class PyUnpickler extends PyObject {
  reader: PickleReader = PickleReader.ofBytes(new Uint8Array(0));
  initialized = false;
  running = false;
  protocol = 0;
  fixImports = true;
  encoding = 'ASCII';
  errors = 'strict';
  /** The iterator of out-of-band buffers, or null. */
  buffers: Value = null;
  stack: Value[] = [];
  marks: number[] = [];
  fence = 0;
  /** By index; holes where nothing was put. */
  memo: Maybe[] = [];
  /** The attribute `persistent_load` of this instance, if somebody set it. */
  persistentLoadAttribute: Maybe = undefined;
  persistentLoad: Maybe = undefined;
  /** Undefined: the inherited one, which is called directly. */
  findClassOverride: Maybe = undefined;
  /** `find_class` of this module; a field, as the opcodes' file is below the type's. */
  readonly findClass: (t: Thread, self: PyUnpickler, moduleName: Value, name: Value) => Value;
  done = false;

  constructor(type: PyType, findClass: (t: Thread, self: PyUnpickler, moduleName: Value, name: Value) => Value) {
    super(type);
    this.findClass = findClass;
  }

  /** Raises for an operand that is not there. */
  private underflow(): never {
    return raiseUnpickling(this.marks.length > 0 ? 'unexpected MARK found' : 'unpickling stack underflow');
  }

  /** Takes the topmost value. @hot */
  pop(): Value {
    if (this.stack.length <= this.fence) this.underflow();
    return this.stack.pop()!;
  }

  /** The topmost value, which stays. @hot */
  top(): Value {
    if (this.stack.length <= this.fence) this.underflow();
    return this.stack[this.stack.length - 1]!;
  }

  /** Takes the `count` topmost values, lowest first. @hot */
  take(count: number): Value[] {
    const start = this.stack.length - count;
    if (start < this.fence) this.underflow();
    return this.stack.splice(start, count);
  }

  /** Sets a mark. */
  mark(): void {
    this.fence = this.stack.length;
    this.marks.push(this.fence);
  }

  /** Takes the last mark and the values above it. @hot */
  popMark(): Value[] {
    return this.stack.splice(this.dropMark());
  }

  /** Takes the last mark: the height that the stack had. */
  dropMark(): number {
    const start = this.marks.pop();
    if (start === undefined) return raiseUnpickling('could not find MARK');
    this.fence = this.marks.length > 0 ? this.marks[this.marks.length - 1]! : 0;
    return start;
  }

  /** The values above the last mark, for the object under the mark, which must be there. */
  popMarkOver(): Value[] {
    const items = this.popMark();
    if (this.stack.length <= this.fence) this.underflow();
    return items;
  }

  /** The class or function of a module and name, by `find_class`. */
  findGlobal(t: Thread, moduleName: Value, name: Value): Value {
    const override = this.findClassOverride;
    return override === undefined ? this.findClass(t, this, moduleName, name) : call(t, override, [moduleName, name]);
  }

  /** An attribute of the object, for the hooks that subclasses override. */
  hook(t: Thread, name: string): Maybe {
    return lookupAttr(t, this, name);
  }
}
