/** What compiled code relies on without checks: a watcher tells when it changes, and the code is retired then (`Doors.retire`). */
import { CompiledCode } from '../core/compiled.ts';
import { PyFunction } from '../core/function.ts';
import type { Interpreter } from '../core/thread.ts';
import { PyType } from '../core/type.ts';
import { FUNCTION_CREATE } from '../core/watch.ts';
import { addFunctionWatcher } from '../hooks/function-watchers.ts';
import { addTypeWatcher, watchType } from '../hooks/type-watchers.ts';
import type { CodeState } from './code-state.ts';
import { WeakStates } from './weak-states.ts';

/** Changes of a class that compiled code relied on, after which code checks its version each time: classes that count instances, say. */
const MAX_CHANGES = 2;
/** The same for functions. They are told of before they change: nothing may rely on them again in between. */
const MAX_FUNCTION_CHANGES = 1;

/** What was compiled in one go, of which code. */
export class CompiledFor extends CompiledCode {
  readonly state: CodeState;
  /** The classes and functions that it relies on. */
  readonly relied = new Set<object>();

  constructor(state: CodeState) {
    super();
    this.state = state;
  }
}

/** What is known of something that compiled code relies on. */
interface Relied {
  changes: number;
  dependents: WeakStates<CompiledFor>;
}

/** What compiled code is told of. */
export type Watched = PyType | PyFunction;

/** The classes and functions of an interpreter that compiled code relies on. Static types are none of them: they never change. */
export class Assumptions {
  private readonly known = new WeakMap<Watched, Relied>();
  private readonly interpreter: Interpreter;
  private readonly typeWatcher: number;
  private readonly changed: (what: Watched, dependents: Iterable<CompiledFor>) => void;

  /** `changed` is told of all code that has relied on a class, behind a change of that, or on a function's code and entry point, before it. */
  constructor(interpreter: Interpreter, changed: (what: Watched, dependents: Iterable<CompiledFor>) => void) {
    this.interpreter = interpreter;
    this.changed = changed;
    this.typeWatcher = addTypeWatcher(interpreter, (_t, type) => this.tell(type), 0);
    addFunctionWatcher(interpreter, {
      ignoresCreation: true,
      changed: (_t, event, func) => {
        if (event !== FUNCTION_CREATE) this.tell(func);
      },
      rerouted: (func) => this.tell(func),
    }, /* isLast */ true);
  }

  private tell(what: Watched): void {
    const relied = this.known.get(what);
    if (relied === undefined) return;
    const { dependents } = relied;
    relied.changes++;
    relied.dependents = new WeakStates();
    this.changed(what, dependents);
  }

  /** Whether `compiled` may rely on it that `object` does not change: then it is told of that. */
  relies(compiled: CompiledFor, object: object): boolean {
    if (!(object instanceof PyType || object instanceof PyFunction)) return false;
    const isType = object instanceof PyType;
    if (isType && object.flags.immutable) return true;
    let relied = this.known.get(object);
    if (relied === undefined) this.known.set(object, (relied = { changes: 0, dependents: new WeakStates() }));
    if (relied.changes >= (isType ? MAX_CHANGES : MAX_FUNCTION_CHANGES)) return false;
    if (compiled.relied.has(object)) return true;
    compiled.relied.add(object);
    relied.dependents.add(compiled);
    if (isType) watchType(this.interpreter, this.typeWatcher, object);
    return true;
  }
}
