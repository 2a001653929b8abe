/** `_remote_debugging` (Modules/_remote_debugging_module.c): the names, for `asyncio.tools`. Node.js cannot read the memory of another process. */
import { RuntimeError } from '../objects/exception-types.ts';
import { raise } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { structSequenceType } from '../objects/struct-sequence.ts';
import { readyType } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const UNWINDER_TYPE = staticType('RemoteUnwinder', { module: '_remote_debugging' });

readyType(UNWINDER_TYPE, {
  doc: 'Would read the stacks of another Python process; raises RuntimeError.',
  slots: { tp_new: () => raise(RuntimeError, 'Remote debugging is not available: Node.js cannot read the memory of another process') },
});

const record = (name: string, fields: readonly string[]): ReturnType<typeof structSequenceType> => structSequenceType(name, { module: '_remote_debugging', fields: [...fields] });

/** The table. */
export const REMOTE_DEBUGGING_MODULE: NativeModule = {
  name: '_remote_debugging',
  doc: '',
  types: {
    RemoteUnwinder: UNWINDER_TYPE,
    FrameInfo: record('FrameInfo', ['filename', 'lineno', 'funcname']),
    TaskInfo: record('TaskInfo', ['task_id', 'task_name', 'coroutine_stack', 'awaited_by']),
    CoroInfo: record('CoroInfo', ['call_stack', 'task_name']),
    ThreadInfo: record('ThreadInfo', ['thread_id', 'frame_info']),
    AwaitedInfo: record('AwaitedInfo', ['thread_id', 'awaited_by']),
  },
  attributes: () => ({ PROCESS_VM_READV_SUPPORTED: 0 }),
  functions: {},
};
