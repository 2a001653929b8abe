/** What compiled code relies on without checks: a watcher tells when it changes, and the code is retired then (`Doors.retire`). */
import { CompiledCode } from '../core/compiled.ts';
import type { Interpreter } from '../core/thread.ts';
import { PyType } from '../core/type.ts';
import { addTypeWatcher, watchType } from '../hooks/type-watchers.ts';
import type { CodeState } from './code-state.ts';
import { WeakStates } from './weak-states.ts';

/** Changes of a class that compiled code relied on, after which code checks its version each time: classes that count instances, say. */
const MAX_CHANGES = 2;

/** What was compiled in one go, of which code. */
export class CompiledFor extends CompiledCode {
  readonly state: CodeState;
  /** The classes it relies on. */
  readonly classes = new Set<PyType>();

  constructor(state: CodeState) {
    super();
    this.state = state;
  }
}

/** What is known of a class that compiled code relies on. */
interface Relied {
  changes: number;
  dependents: WeakStates<CompiledFor>;
}

/** The classes of an interpreter that compiled code relies on. Static types are none: they never change. */
export class Assumptions {
  private readonly relied = new WeakMap<PyType, Relied>();
  private readonly interpreter: Interpreter;
  private readonly watcher: number;

  /** `changed` is told of all code that has relied on a class, behind a change of that. */
  constructor(interpreter: Interpreter, changed: (type: PyType, dependents: Iterable<CompiledFor>) => void) {
    this.interpreter = interpreter;
    this.watcher = addTypeWatcher(interpreter, (_t, type) => {
      const relied = this.relied.get(type);
      if (relied === undefined) return;
      const { dependents } = relied;
      relied.changes++;
      relied.dependents = new WeakStates();
      changed(type, dependents);
    }, 0);
  }

  /** Whether `compiled` may rely on it that `object` does not change: then it is told of that. */
  relies(compiled: CompiledFor, object: object): boolean {
    if (!(object instanceof PyType)) return false;
    if (object.flags.immutable) return true;
    let relied = this.relied.get(object);
    if (relied === undefined) this.relied.set(object, (relied = { changes: 0, dependents: new WeakStates() }));
    if (relied.changes >= MAX_CHANGES) return false;
    if (compiled.classes.has(object)) return true;
    compiled.classes.add(object);
    relied.dependents.add(compiled);
    watchType(this.interpreter, this.watcher, object);
    return true;
  }
}
