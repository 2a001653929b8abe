/** Binds the arguments of a call to the parameters of a known function while compiling: defaults become constants, `*args` a tuple, keywords their places. */
import { CO } from '../bytecode/code.ts';
import type { PyFunction } from '../core/function.ts';
import type { Builder } from './builder.ts';
import type { Node } from './ir.ts';

/**
 * One node for each parameter, or null where the call is left to be bound at run time (wrong calls, names for `**kwargs`, defaults of keyword-only parameters). Sets
 * `usesDefaults` when the function's defaults must not change.
 */
export interface Binding {
  readonly args: Node[];
  readonly usesDefaults: boolean;
}

/** See `Binding`. `names` are those of the last arguments. */
export function bindArguments(b: Builder, func: PyFunction, args: readonly Node[], names: readonly string[]): Binding | null {
  const { code } = func.code;
  if ((code.flags & CO.OPTIMIZED) === 0) return null;
  const given = args.length - names.length;
  const hasRest = (code.flags & CO.VARARGS) !== 0;
  if (given > code.argcount && !hasRest) return null;
  const total = code.argcount + code.kwonlyargcount;
  const bound: (Node | undefined)[] = args.slice(0, Math.min(given, code.argcount));
  for (const [k, name] of names.entries()) {
    const index = code.localsplusnames.indexOf(name);
    if (index < code.posonlyargcount || index >= total || bound[index] !== undefined) return null;
    bound[index] = args[given + k]!;
  }
  const usesDefaults = fillDefaults(b, func, bound);
  for (let i = 0; i < total; i++) if (bound[i] === undefined) return null;
  if (hasRest) bound.push(b.emit('build_tuple', args.slice(Math.min(given, code.argcount), given)));
  if ((code.flags & CO.VARKEYWORDS) !== 0) bound.push(b.emit('empty_dict', []));
  return { args: bound as Node[], usesDefaults };
}

function fillDefaults(b: Builder, func: PyFunction, bound: (Node | undefined)[]): boolean {
  const { argcount } = func.code.code;
  const defaults = func.defaults === null ? [] : func.defaults.items;
  let used = false;
  for (let i = Math.max(0, argcount - defaults.length); i < argcount; i++) {
    if (bound[i] !== undefined) continue;
    bound[i] = b.constant(defaults[i - (argcount - defaults.length)]);
    used = true;
  }
  return used;
}
