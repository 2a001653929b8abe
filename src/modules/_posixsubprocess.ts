/** stub */
import type { NativeModule } from './native-module.ts';
import { raiseErrno } from './os-errors.ts';
/** The table of `_posixsubprocess`. */
export const POSIXSUBPROCESS_MODULE: NativeModule = {
  name: '_posixsubprocess',
  doc: 'A POSIX helper for the subprocess module.',
  functions: {
    fork_exec: [() => raiseErrno('ENOSYS'), '!($module, /, *args)', 'Spawn a fresh new child process: Node has no fork().'],
  },
};
