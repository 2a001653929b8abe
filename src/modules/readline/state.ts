/** What an interpreter's `readline` remembers: history, hooks, bindings. */
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';

const STATE = 'readline';

/** See the file. */
export interface ReadlineState {
  /** Lines of before, oldest first. */
  history: string[];
  /** Lines that a history file keeps at most; -1 for all. */
  historyLength: number;
  autoHistory: boolean;
  completer: Value;
  delimiters: string;
  startupHook: Value;
  preInputHook: Value;
  displayHook: Value;
  /** `tab: complete` was bound. */
  tabCompletes: boolean;
  /** The line under edit, and the part that is being completed. */
  line: string;
  begin: number;
  end: number;
  completionType: number;
  /** Text that a hook inserted. */
  inserted: string;
}

/** The state of a thread's interpreter. */
export function readlineState(t: Thread): ReadlineState {
  const { moduleState } = t.interpreter;
  let state = moduleState.get(STATE) as ReadlineState | undefined;
  if (state === undefined) {
    state = {
      history: [], historyLength: -1, autoHistory: true, completer: null, delimiters: ' \t\n`~!@#$%^&*()-=+[{]}\\|;:\'",<>/?', startupHook: null, preInputHook: null,
      displayHook: null, tabCompletes: false, line: '', begin: 0, end: 0, completionType: 0, inserted: '',
    };
    moduleState.set(STATE, state);
  }
  return state;
}
