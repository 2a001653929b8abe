/** `_warnings`: issuing warnings through the filters (Python/_warnings.c), and the doors through which the VM warns. */
import { PyDict, PyList, PyTuple } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import type { Frame } from '../core/function.ts';
import { PyType } from '../core/type.ts';
import { topPlace, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr } from '../objects/attributes.ts';
import { call, callMethod, isCallable } from '../objects/call.ts';
import * as E from '../objects/exception-types.ts';
import { frameLine } from '../objects/frame.ts';
import { tableGet, tableGetStr, tableSet, tableSetStr, tableClear } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import { toArray } from '../objects/iterate.ts';
import { newDict, newList, newTuple } from '../objects/make.ts';
import { sizeArgument } from '../objects/native-arguments.ts';
import { isRaised, raise, raiseRuntimeError, raiseTypeError, typeName } from '../objects/raise.ts';
import { repr, str } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { asInt, asStr, isInstance, isSubtype } from '../objects/type-of.ts';
import { setWarn } from '../objects/warn-hook.ts';
import { setWarnExplicit } from '../interp/warn-explicit.ts';
import { loadNativeModule } from './_imp.ts';
import type { NativeModule } from './native-module.ts';

interface State {
  readonly filters: PyList;
  readonly onceRegistry: PyDict;
  /** Changes with the filters; registries of an older version are forgotten. */
  version: number;
}

function defaultFilters(): PyList {
  const filter = (action: string, category: PyType, module: Value): Value => newTuple([action, null, category, module, 0]);
  return newList([
    filter('default', E.DeprecationWarning, '__main__'), filter('ignore', E.DeprecationWarning, null), filter('ignore', E.PendingDeprecationWarning, null),
    filter('ignore', E.ImportWarning, null), filter('ignore', E.ResourceWarning, null),
  ]);
}

function stateOf(t: Thread): State {
  let state = t.interpreter.moduleState.get('_warnings') as State | undefined;
  if (state === undefined) t.interpreter.moduleState.set('_warnings', (state = { filters: defaultFilters(), onceRegistry: newDict(), version: 0 }));
  return state;
}

/** An attribute of the `warnings` module, if that is imported. */
function libraryAttribute(t: Thread, name: string): Maybe {
  const module = tableGetStr(t.interpreter.modules.table, 'warnings');
  return module === undefined || module === null ? undefined : lookupAttr(t, module, name);
}

/** The filters in force: those of the current context in `context_aware_warnings` mode, else `warnings.filters`. */
function filtersOf(t: Thread): Value[] {
  const filters = libraryAttribute(t, 'filters') ?? stateOf(t).filters;
  const context = contextFilters(t);
  const list = context ?? filters;
  return list instanceof PyList ? list.items.slice() : raise(E.ValueError, '_warnings.filters must be a list');
}

function contextFilters(t: Thread): PyList | undefined {
  const flags = tableGetStr(t.interpreter.sys.table, 'flags');
  if (flags === undefined || flags === null || !isTrue(t, lookupAttr(t, flags, 'context_aware_warnings') ?? 0)) return undefined;
  const variable = libraryAttribute(t, '_warnings_context');
  if (variable === undefined) return undefined;
  const context = callMethod(t, variable, 'get', null);
  const own = context === null ? undefined : lookupAttr(t, context, '_filters');
  return own instanceof PyList ? own : undefined;
}

function matches(t: Thread, pattern: Value, text: Value): boolean {
  if (pattern === null) return true;
  if (typeof pattern === 'string') return pattern === asStr(text);
  return isTrue(t, callMethod(t, pattern, 'match', text));
}

interface Warned {
  readonly category: PyType;
  readonly message: Value;
  readonly filename: Value;
  readonly line: number;
  readonly module: Value;
  readonly registry: Maybe;
  readonly sourceLine: Value;
  readonly source: Value;
}

/** Whether a warning is of the category of a filter, which may be a tuple of classes. */
function isCategory(category: PyType, wanted: Value): boolean {
  if (wanted instanceof PyTuple) return wanted.items.some((one) => isCategory(category, one));
  return wanted instanceof PyType && isSubtype(category, wanted);
}

function actionFor(t: Thread, w: Warned, text: Value): { action: string; item: Value } {
  const filters = filtersOf(t);
  for (let i = 0; i < filters.length; i++) {
    const item = filters[i]!;
    if (!(item instanceof PyTuple) || item.items.length !== 5) raise(E.ValueError, `warnings.filters item ${i} isn't a 5-tuple`);
    const [action, message, category, module, line] = item.items as [Value, Value, Value, Value, Value];
    const actionText = asStr(action);
    if (actionText === undefined) raiseTypeError(`action must be a string, not '${typeName(action)}'`);
    const lineNumber = Number(asInt(line) ?? 0);
    const rightCategory = isCategory(w.category, category);
    if (rightCategory && (lineNumber === 0 || lineNumber === w.line) && matches(t, message, text) && matches(t, module, w.module)) return { action: actionText, item };
  }
  const fallback = libraryAttribute(t, 'defaultaction') ?? 'default';
  return { action: asStr(fallback) ?? raiseTypeError(`_warnings.defaultaction must be a string, not '${typeName(fallback)}'`), item: null };
}

/** Whether the registry has the key already; a new entry is made when `shouldSet`. */
function alreadyWarned(t: Thread, registry: PyDict, key: Value, shouldSet: boolean): boolean {
  const { version } = stateOf(t);
  if (asInt(tableGetStr(registry.table, 'version')) !== version) {
    tableClear(registry.table);
    tableSetStr(registry.table, 'version', version);
  } else {
    const warned = tableGet(t, registry.table, key);
    if (warned !== undefined && isTrue(t, warned)) return true;
  }
  if (shouldSet) tableSet(t, registry.table, key, true);
  return false;
}

/** Whether a warning is to be shown after `action` has been entered into the registries. */
function isFirst(t: Thread, w: Warned, action: string, text: Value, item: Value): boolean {
  const registry = w.registry instanceof PyDict ? w.registry : undefined;
  switch (action) {
    case 'always':
    case 'all':
      return true;
    case 'once': {
      const once = libraryAttribute(t, 'onceregistry') ?? stateOf(t).onceRegistry;
      return !alreadyWarned(t, registry ?? (once as PyDict), newTuple([text, w.category]), true);
    }
    case 'module':
      return registry === undefined || !alreadyWarned(t, registry, newTuple([text, w.category, 0]), true);
    case 'default':
      return true;
    default:
      return raiseRuntimeError(`Unrecognized action (${repr(t, action)}) in warnings.filters:\n ${repr(t, item)}`);
  }
}

function issue(t: Thread, w: Warned): void {
  if (w.registry !== undefined && w.registry !== null && !(w.registry instanceof PyDict)) raiseTypeError("'registry' must be a dict or None");
  const given = w.message;
  const isWarning = isInstance(given, E.Warning);
  const text: Value = isWarning ? str(t, given) : given;
  const category = isWarning ? (given as PyBaseException).type : w.category;
  const message = isWarning ? given : call(t, category, [given]);
  const warned: Warned = { ...w, category };
  const key = newTuple([text, category, w.line]);
  const registry = w.registry instanceof PyDict ? w.registry : undefined;
  if (registry !== undefined && alreadyWarned(t, registry, key, false)) return;
  const { action, item } = actionFor(t, warned, text);
  if (action === 'error') throw message as PyBaseException;
  if (action === 'ignore') return;
  if (registry !== undefined && action !== 'always' && action !== 'all') tableSet(t, registry.table, key, true);
  if (isFirst(t, warned, action, text, item)) show(t, warned, message, text);
}

function show(t: Thread, w: Warned, message: Value, text: Value): void {
  if (w.source !== null) importModule(t, 'warnings');
  const showMessage = libraryAttribute(t, '_showwarnmsg');
  if (showMessage === undefined) return showPlainly(t, w, text);
  if (!isCallable(showMessage)) raiseTypeError('warnings._showwarnmsg() must be set to a callable');
  const messageType = libraryAttribute(t, 'WarningMessage');
  if (messageType === undefined) raiseRuntimeError('unable to get warnings.WarningMessage');
  call(t, showMessage, [call(t, messageType, [message, w.category, w.filename, w.line, null, null, w.source])]);
}

/** The line that a warning is about, without its indentation; '' where it cannot be read. */
function lineAsWritten(t: Thread, { filename, line, sourceLine }: Warned): string {
  const text = sourceLine ?? callMethod(t, importModule(t, 'linecache'), 'getline', filename, line);
  return (asStr(text) ?? '').trim();
}

/** Before `warnings` is imported: the message and the line of the program on `sys.stderr`. */
function showPlainly(t: Thread, w: Warned, text: Value): void {
  const stderr = tableGetStr(t.interpreter.sys.table, 'stderr');
  if (stderr === undefined || stderr === null) return;
  try {
    callMethod(t, stderr, 'write', `${str(t, w.filename)}:${w.line}: ${w.category.name}: ${str(t, text)}\n`);
    const source = lineAsWritten(t, w);
    if (source !== '') callMethod(t, stderr, 'write', `  ${source}\n`);
  } catch (caught) {
    if (!isRaised(caught, E.Exception)) throw caught;
  }
}

function isInternal(f: Frame): boolean {
  const name = f.code.code.filename;
  return name.includes('importlib') && name.includes('_bootstrap');
}

function isSkipped(f: Frame, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => f.code.code.filename.startsWith(prefix));
}

function nextExternal(f: Frame | null, prefixes: readonly string[]): Frame | null {
  let next = f === null ? null : f.back;
  while (next !== null && (isInternal(next) || isSkipped(next, prefixes))) next = next.back;
  return next;
}

/** The frame that `stacklevel` names. */
function frameAt(t: Thread, stackLevel: number, prefixes: readonly string[]): Frame | null {
  let f = topPlace(t);
  let left = stackLevel;
  if (left <= 0 || (f !== null && isInternal(f))) {
    while (--left > 0 && f !== null) f = f.back;
    return f;
  }
  while (--left > 0 && f !== null) f = nextExternal(f, prefixes);
  return f;
}

function warnAt(t: Thread, category: PyType, message: Value, options: { stackLevel: number; source: Value; prefixes: readonly string[] }): void {
  const f = frameAt(t, options.stackLevel, options.prefixes);
  const globals = f === null ? t.interpreter.sys : f.globals;
  let registry = tableGetStr(globals.table, '__warningregistry__');
  if (registry === undefined) tableSetStr(globals.table, '__warningregistry__', (registry = newDict()));
  const name = tableGetStr(globals.table, '__name__');
  const module = name === null || asStr(name) !== undefined ? name! : '<string>';
  issue(t, {
    category, message, module, registry, sourceLine: null, source: options.source,
    filename: f === null ? '<sys>' : f.code.code.filename, line: f === null ? 0 : frameLine(f),
  });
}

function categoryOf(message: Value, category: Maybe): PyType {
  if (isInstance(message, E.Warning)) return (message as PyBaseException).type;
  if (category === undefined || category === null) return E.UserWarning;
  if (category instanceof PyType && isSubtype(category, E.Warning)) return category;
  return raiseTypeError(`category must be a Warning subclass, not '${typeName(category)}'`);
}

function warnings_warn(t: Thread, message: Value, category?: Value, stacklevel?: Value, source?: Value, skipFilePrefixes?: Value): void {
  const chosen = categoryOf(message, category);
  let stackLevel = sizeArgument(t, stacklevel, 1);
  const prefixes: string[] = [];
  if (skipFilePrefixes !== undefined) {
    if (!(skipFilePrefixes instanceof PyTuple)) raiseTypeError(`warn() argument 'skip_file_prefixes' must be tuple, not ${typeName(skipFilePrefixes)}`);
    for (const prefix of skipFilePrefixes.items) prefixes.push(asStr(prefix) ?? raiseTypeError(`Found non-str '${typeName(prefix)}' in skip_file_prefixes.`));
    if (prefixes.length > 0 && stackLevel < 2) stackLevel = 2;
  }
  warnAt(t, chosen, message, { stackLevel, source: source === undefined ? null : source, prefixes });
}

function sourceLineOf(t: Thread, globals: Maybe, line: number): Value {
  if (globals === undefined || globals === null) return null;
  if (!(globals instanceof PyDict)) raiseTypeError(`module_globals must be a dict, not '${typeName(globals)}'`);
  const loader = tableGetStr(globals.table, '__loader__');
  const name = tableGetStr(globals.table, '__name__');
  const getSource = loader === undefined || loader === null ? undefined : lookupAttr(t, loader, 'get_source');
  if (getSource === undefined || name === undefined) return null;
  const source = asStr(call(t, getSource, [name]));
  return source === undefined ? null : source.split('\n')[line - 1] ?? null;
}

function warnings_warn_explicit(t: Thread, message: Value, category: Value, filename: Value, lineno: Value, module?: Value, registry?: Value, globals?: Value, source?: Value): void {
  const line = Number(asInt(lineno) ?? raiseTypeError(`'${typeName(lineno)}' object cannot be interpreted as an integer`));
  if (asStr(filename) === undefined) raiseTypeError(`warn_explicit() argument 'filename' must be str, not ${typeName(filename)}`);
  issue(t, {
    category: categoryOf(message, category), message, filename, line, registry, sourceLine: sourceLineOf(t, globals, line),
    module: module === undefined || module === null ? moduleOf(asStr(filename)!) : module, source: source === undefined ? null : source,
  });
}

function moduleOf(filename: string): string {
  if (filename === '') return '<unknown>';
  return filename.endsWith('.py') ? filename.slice(0, -3) : filename;
}

setWarn((t, category, message, stackLevel, source) => warnAt(t, category, message, { stackLevel, source, prefixes: [] }));
setWarnExplicit((t, category, message, filename, line) => {
  issue(t, { category, message, filename, line, module: moduleOf(filename), registry: undefined, sourceLine: null, source: null });
});

/** `_warnings_context`: a ContextVar, once `_contextvars` exists. */
function contextVariable(t: Thread): Record<string, Value> {
  const module = loadNativeModule(t, '_contextvars');
  if (module === undefined) return {};
  return { _warnings_context: call(t, tableGetStr(module.dict.table, 'ContextVar')!, ['warnings_context']) };
}

/** The table. */
export const WARNINGS_MODULE: NativeModule = {
  name: '_warnings',
  doc: '_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.',
  attributes: (t) => ({ filters: stateOf(t).filters, _onceregistry: stateOf(t).onceRegistry, _defaultaction: 'default', ...contextVariable(t) }),
  functions: {
    warn: [warnings_warn, '($module, /, message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())', 'Issue a warning, or maybe ignore it or raise an exception.'],
    warn_explicit: [warnings_warn_explicit, '!($module, /, message, category, filename, lineno, module=<unrepresentable>, registry=None, module_globals=None, source=None)', 'Issue a warning, or maybe ignore it or raise an exception.'],
    _filters_mutated_lock_held: [(t: Thread) => void stateOf(t).version++, '($module, /)', 'Note that the filters changed.'],
    _acquire_lock: [() => null, '($module, /)', 'Acquire the lock of the filters: a no-op, as the holder of the GIL has it.'],
    _release_lock: [() => null, '($module, /)', 'Release the lock of the filters.'],
  },
};

/** Items of a sequence, for callers that add filters at start-up (`-W`). */
export function addFirstFilters(t: Thread, filters: Value): void {
  stateOf(t).filters.items.unshift(...toArray(t, filters));
  stateOf(t).version++;
}
