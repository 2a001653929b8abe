/** `_asyncio` (Modules/_asynciomodule.c): the table; futures, tasks and loops are in `_asyncio/`. */
import { alwaysQuiet, withQuietForm } from '../core/quiet.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import type { NativeModule } from './native-module.ts';
import { addAwaiter, discardAwaiter, FUTURE_TYPE } from './_asyncio/future.ts';
import { currentTask, enterTask, eventLoop, leaveTask, quietCurrentTask, requireRunningLoop, runningLoop, setRunningLoop, swapCurrentTask } from './_asyncio/loops.ts';
import { allTasks, tasksOf, TASK_TYPE } from './_asyncio/task.ts';
import './_asyncio/task-step.ts';

/** The table. */
export const ASYNCIO_MODULE: NativeModule = {
  name: '_asyncio',
  doc: 'Accelerator module for asyncio',
  types: { Future: FUTURE_TYPE, Task: TASK_TYPE },
  functions: {
    get_event_loop: [eventLoop, '($module, /)', 'Return an asyncio event loop.'],
    get_running_loop: [withQuietForm(requireRunningLoop, { call: (t: Thread) => runningLoop(t) ?? undefined, effect: 'look', result: 'any' }), '($module, /)', 'Return the running event loop.  Raise a RuntimeError if there is none.\n\nThis function is thread-specific.'],
    _get_running_loop: [alwaysQuiet(runningLoop, 'look', 'any'), '($module, /)', 'Return the running event loop or None.'],
    _set_running_loop: [setRunningLoop, '($module, loop, /)', 'Set the running event loop.'],
    current_task: [withQuietForm(currentTask, { call: quietCurrentTask, effect: 'look', result: 'any' }), '($module, /, loop=None)', 'Return a currently executed task.'],
    all_tasks: [allTasks, '($module, /, loop=None)', 'Return a set of all tasks for the loop.'],
    _register_task: [(t: Thread, task: Value) => void tasksOf(t).scheduled.add(task), '($module, /, task)', 'Register a new task in asyncio as executed by loop.\n\nReturns None.'],
    _unregister_task: [(t: Thread, task: Value) => void tasksOf(t).scheduled.delete(task), '($module, /, task)', 'Unregister a task.\n\nReturns None.'],
    _register_eager_task: [(t: Thread, task: Value) => void tasksOf(t).eager.add(task), '($module, /, task)', 'Register a new task in asyncio as executed by loop.\n\nReturns None.'],
    _unregister_eager_task: [(t: Thread, task: Value) => void tasksOf(t).eager.delete(task), '($module, /, task)', 'Unregister a task.\n\nReturns None.'],
    _enter_task: [enterTask, '($module, /, loop, task)', 'Enter into task execution or resume suspended task.\n\nTask belongs to loop.\n\nReturns None.'],
    _leave_task: [leaveTask, '($module, /, loop, task)', 'Leave task execution or suspend a task.\n\nTask belongs to loop.\n\nReturns None.'],
    _swap_current_task: [swapCurrentTask, '($module, /, loop, task)', 'Temporarily swap in the supplied task and return the original one (or None).\n\nThis is intended for use during eager coroutine execution.'],
    future_add_to_awaited_by: [alwaysQuiet((_t: Thread, future: Value, waiter: Value) => (addAwaiter(future, waiter), null), 'change', 'none'), '($module, fut, waiter, /)', 'Record that `fut` is awaited on by `waiter`.'],
    future_discard_from_awaited_by: [alwaysQuiet((_t: Thread, future: Value, waiter: Value) => (discardAwaiter(future, waiter), null), 'change', 'none'), '($module, fut, waiter, /)', ''],
  },
};
