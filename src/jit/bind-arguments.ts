/** Binds the arguments of a call to the parameters of a known function while compiling: defaults become constants, `*args` a tuple, `**kwargs` a dict, keywords their places. */
import { CO } from '../bytecode/code.ts';
import type { PyDict, PyTuple } from '../core/containers.ts';
import type { PyCode } from '../core/function.ts';
import type { Builder } from './builder.ts';
import type { Node, State } from './ir.ts';

/** What is called: the code, and the defaults that its parameters have. */
export interface BindingTarget {
  readonly code: PyCode;
  readonly defaults: PyTuple | null;
  readonly kwdefaults: PyDict | null;
}

/**
 * One node for each parameter, or null where the call is left to be bound at run time, which raises what is to be raised. Sets `usesDefaults` when the function's
 * defaults must not change; those of keyword-only parameters are read where the call is made, as their dict may be changed without the function's knowing.
 */
export interface Binding {
  readonly args: Node[];
  readonly usesDefaults: boolean;
}

/** See `Binding`. `names` are those of the last arguments; guards leave to `before`. */
export function bindArguments(b: Builder, target: BindingTarget, args: readonly Node[], names: readonly string[], before: State): Binding | null {
  const { code } = target.code;
  if ((code.flags & CO.OPTIMIZED) === 0) return null;
  const given = args.length - names.length;
  const hasRest = (code.flags & CO.VARARGS) !== 0;
  if (given > code.argcount && !hasRest) return null;
  const total = code.argcount + code.kwonlyargcount;
  const bound: (Node | undefined)[] = args.slice(0, Math.min(given, code.argcount));
  const others: string[] = [];
  const otherValues: Node[] = [];
  for (const [k, name] of names.entries()) {
    const index = code.localsplusnames.indexOf(name, code.posonlyargcount);
    if (index >= 0 && index < total) {
      if (bound[index] !== undefined) return null;
      bound[index] = args[given + k]!;
    } else {
      others.push(name);
      otherValues.push(args[given + k]!);
    }
  }
  const hasKeywords = (code.flags & CO.VARKEYWORDS) !== 0;
  if (others.length > 0 && !hasKeywords) return null;
  const usesDefaults = fillDefaults(b, target, bound);
  const readsDefaults = fillKeywordDefaults(b, target, bound, before);
  for (let i = 0; i < total; i++) if (bound[i] === undefined) return null;
  if (hasRest) bound.push(b.emit('build_tuple', args.slice(Math.min(given, code.argcount), given)));
  if (hasKeywords) bound.push(b.emit('build_keywords', otherValues, others));
  return { args: bound as Node[], usesDefaults: usesDefaults || readsDefaults };
}

function fillDefaults(b: Builder, target: BindingTarget, bound: (Node | undefined)[]): boolean {
  const { argcount } = target.code.code;
  const defaults = target.defaults === null ? [] : target.defaults.items;
  let used = false;
  for (let i = Math.max(0, argcount - defaults.length); i < argcount; i++) {
    if (bound[i] !== undefined) continue;
    bound[i] = b.constant(defaults[i - (argcount - defaults.length)]);
    used = true;
  }
  return used;
}

function fillKeywordDefaults(b: Builder, { code, kwdefaults }: BindingTarget, bound: (Node | undefined)[], before: State): boolean {
  if (kwdefaults === null) return false;
  const { argcount, kwonlyargcount, localsplusnames } = code.code;
  const { table } = kwdefaults;
  let used = false;
  for (let i = argcount; i < argcount + kwonlyargcount; i++) {
    if (bound[i] !== undefined) continue;
    const slot = b.input.findName(table, localsplusnames[i]!);
    if (slot < 0) continue;
    b.guard('guard_table', [], before, { table, version: table.version });
    bound[i] = b.emit('table_get', [], { table, slot });
    used = true;
  }
  return used;
}
