/** The signals of Linux: names, numbers, texts and what happens to a process that does not handle them (man 7 signal, glibc's strsignal). */

/** What the default handler does. */
export type DefaultAction = 'terminate' | 'ignore' | 'stop';

/** Rows: number, text, default action, names (the first is the usual one). */
export const SIGNAL_ROWS: readonly (readonly [number: number, text: string, action: DefaultAction, ...names: string[]])[] = [
  [1, 'Hangup', 'terminate', 'SIGHUP'],
  [2, 'Interrupt', 'terminate', 'SIGINT'],
  [3, 'Quit', 'terminate', 'SIGQUIT'],
  [4, 'Illegal instruction', 'terminate', 'SIGILL'],
  [5, 'Trace/breakpoint trap', 'terminate', 'SIGTRAP'],
  [6, 'Aborted', 'terminate', 'SIGABRT', 'SIGIOT'],
  [7, 'Bus error', 'terminate', 'SIGBUS'],
  [8, 'Floating point exception', 'terminate', 'SIGFPE'],
  [9, 'Killed', 'terminate', 'SIGKILL'],
  [10, 'User defined signal 1', 'terminate', 'SIGUSR1'],
  [11, 'Segmentation fault', 'terminate', 'SIGSEGV'],
  [12, 'User defined signal 2', 'terminate', 'SIGUSR2'],
  [13, 'Broken pipe', 'terminate', 'SIGPIPE'],
  [14, 'Alarm clock', 'terminate', 'SIGALRM'],
  [15, 'Terminated', 'terminate', 'SIGTERM'],
  [16, 'Stack fault', 'terminate', 'SIGSTKFLT'],
  [17, 'Child exited', 'ignore', 'SIGCHLD', 'SIGCLD'],
  [18, 'Continued', 'ignore', 'SIGCONT'],
  [19, 'Stopped (signal)', 'stop', 'SIGSTOP'],
  [20, 'Stopped', 'stop', 'SIGTSTP'],
  [21, 'Stopped (tty input)', 'stop', 'SIGTTIN'],
  [22, 'Stopped (tty output)', 'stop', 'SIGTTOU'],
  [23, 'Urgent I/O condition', 'ignore', 'SIGURG'],
  [24, 'CPU time limit exceeded', 'terminate', 'SIGXCPU'],
  [25, 'File size limit exceeded', 'terminate', 'SIGXFSZ'],
  [26, 'Virtual timer expired', 'terminate', 'SIGVTALRM'],
  [27, 'Profiling timer expired', 'terminate', 'SIGPROF'],
  [28, 'Window changed', 'ignore', 'SIGWINCH'],
  [29, 'I/O possible', 'terminate', 'SIGIO', 'SIGPOLL'],
  [30, 'Power failure', 'terminate', 'SIGPWR'],
  [31, 'Bad system call', 'terminate', 'SIGSYS'],
];

/** One more than the highest signal number. */
export const NSIG = 65;
/** The first signal without a fixed meaning that programs may use; glibc keeps 32 and 33. */
export const SIGRTMIN = 34;
export const SIGINT = 2;
export const SIGKILL = 9;
export const SIGSTOP = 19;

const BY_NUMBER = new Map(SIGNAL_ROWS.map((row) => [row[0], row]));

/** Whether programs may use the number. */
export function isValidSignal(number: number): boolean {
  return BY_NUMBER.has(number) || (number >= SIGRTMIN && number < NSIG);
}

/** `strsignal` of the C library; null for numbers without a text. */
export function signalText(number: number): string | null {
  const row = BY_NUMBER.get(number);
  if (row !== undefined) return row[1];
  return number >= SIGRTMIN && number < NSIG ? `Real-time signal ${number - SIGRTMIN}` : null;
}

/** What a process does that does not handle the signal. */
export function defaultAction(number: number): DefaultAction {
  return BY_NUMBER.get(number)?.[2] ?? 'terminate';
}
