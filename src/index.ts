/** The package's public face. */
export { Ladon } from './host/ladon.ts';
export type { LadonOptions, LadonStatistics, Program, RequestOptions } from './host/ladon.ts';
export { InterpreterDied, PythonError } from './host/interpreter-handle.ts';
export type { Mode } from './host/supervisor.ts';
export { SharedValue } from './host/js-values.ts';
export type { JsValue } from './host/js-values.ts';
