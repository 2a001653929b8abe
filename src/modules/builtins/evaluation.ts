/** `compile`, `eval`, `exec`, `globals`, `locals`, `vars`, `dir`, `__import__` (Python/bltinmodule.c). */
import type { CodeObject } from '../../bytecode/code.ts';
import { PyDict, PyTuple } from '../../core/containers.ts';
import { PyCell, PyCode } from '../../core/function.ts';
import { topFrame, topPlace, type TAIL_CALL, type Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import type { ParseMode } from '../../frontend/parser.ts';
import { lookupAttr, lookupSpecial } from '../../objects/attributes.ts';
import { bytesLike } from '../../objects/buffer.ts';
import { call, callMethod } from '../../objects/call.ts';
import { newCode } from '../../objects/code.ts';
import { SyntaxError, SystemError } from '../../objects/exception-types.ts';
import { localsSnapshot } from '../../objects/frame.ts';
import { sortItems } from '../../objects/sort.ts';
import { toArray } from '../../objects/iterate.ts';
import { newList } from '../../objects/make.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { isTrue } from '../../objects/truth.ts';
import { asInt, asStr, typeOf } from '../../objects/type-of.ts';
import { compileSource, compileTree, parseSource, PyCF, type SourceOptions } from '../../interp/compile-source.ts';
import { astToTree, isAstNode, treeToAst } from '../../interp/ast-hook.ts';
import { importModuleLevel } from '../../interp/import.ts';
import { runCodeLast } from '../../interp/run-code.ts';

const FUTURE_MASK = 0x1fe0000;

/** Flags of the running code that `compile`, `eval` and `exec` inherit. */
function inheritedFlags(t: Thread): number {
  return topFrame(t) === null ? 0 : topFrame(t)!.code.code.flags & FUTURE_MASK;
}

/** Source text of an argument: str or bytes; refuses null characters. */
function sourceOf(t: Thread, value: Value, who: string): string | Uint8Array {
  const text = asStr(value);
  if (text !== undefined) {
    if (text.includes('\0')) raise(SyntaxError, 'source code string cannot contain null bytes');
    return text;
  }
  const bytes = bytesLike(t, value);
  if (bytes === undefined) raiseTypeError(`${who} must be a string, bytes or code object`);
  if (bytes.includes(0)) raise(SyntaxError, 'source code string cannot contain null bytes');
  return bytes.slice();
}

/** `os.fsdecode` of a file name argument. */
function fileName(t: Thread, value: Value): string {
  const text = asStr(value);
  if (text !== undefined) return text;
  const bytes = bytesLike(t, value);
  if (bytes !== undefined) return Buffer.from(bytes).toString('utf8');
  const method = lookupSpecial(t, value, '__fspath__');
  return method === undefined ? raiseTypeError(`expected str, bytes or os.PathLike object, not ${typeName(value)}`) : fileName(t, call(t, method, []));
}

const MODES: readonly string[] = ['exec', 'eval', 'single', 'func_type'];

/** PyCF_* flags, and the flags of `__future__`. */
const KNOWN_FLAGS = 0x200 | 0x400 | 0x800 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x1fe0000 | 0x10;

/** `compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)`. */
export function builtins_compile(t: Thread, source: Value, filename: Value, mode: Value, flags?: Value, dontInherit?: Value, optimize?: Value): Value {
  const modeText = asStr(mode);
  if (modeText === undefined) raiseTypeError(`compile() argument 'mode' must be str, not ${typeName(mode)}`);
  let flagBits = Number(asInt(flags ?? 0) ?? 0);
  const level = optimize === undefined ? -1 : Number(asInt(optimize));
  if (level < -1 || level > 2) raiseValueError('compile(): invalid optimize value');
  if (!MODES.includes(modeText)) {
    raiseValueError((flagBits & PyCF.ONLY_AST) !== 0 ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'" : "compile() mode must be 'exec', 'eval' or 'single'");
  }
  if (modeText === 'func_type' && (flagBits & PyCF.ONLY_AST) === 0) raiseValueError("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  if ((flagBits & ~KNOWN_FLAGS) !== 0) raiseValueError('compile(): unrecognised flags');
  if (dontInherit === undefined || !isTrue(t, dontInherit)) flagBits |= inheritedFlags(t);
  const options: SourceOptions = { filename: fileName(t, filename), mode: modeText as ParseMode, flags: flagBits, optimize: level };
  const onlyAst = (flagBits & PyCF.ONLY_AST) !== 0;
  if (isAstNode(t, source)) {
    const tree = astToTree(t, source, modeText as ParseMode);
    if (onlyAst) return (flagBits & PyCF.OPTIMIZED_AST) === PyCF.OPTIMIZED_AST ? treeToAst(t, tree, options) : source;
    return newCode(t, compileTree(t, tree, options));
  }
  const text = sourceOf(t, source, 'compile() arg 1');
  if (onlyAst) return treeToAst(t, parseSource(t, text, options), options);
  return newCode(t, compileSource(t, text, options));
}

/** The namespaces for `eval` and `exec`. */
function namespaces(t: Thread, who: string, globals: Maybe, locals: Maybe): [PyDict, Value] {
  if (globals === undefined || globals === null) {
    if (topFrame(t) === null) raise(SystemError, 'globals and locals cannot be NULL');
    const own = topFrame(t)!.globals;
    return [own, locals === undefined || locals === null ? localsSnapshot(t, topFrame(t)!) : checkMapping(who, locals)];
  }
  if (!(globals instanceof PyDict)) {
    if (who === 'exec') raiseTypeError(`exec() globals must be a dict, not ${typeName(globals)}`);
    raiseTypeError(typeOf(globals).flags.mapping ? 'globals must be a real dict; try eval(code, {}, mapping)' : 'globals must be a dict');
  }
  return [globals, locals === undefined || locals === null ? globals : checkMapping(who, locals)];
}

function checkMapping(who: string, locals: Value): Value {
  if (typeOf(locals).slots.mp_subscript !== null) return locals;
  return raiseTypeError(who === 'exec' ? `locals must be a mapping or None, not ${typeName(locals)}` : 'locals must be a mapping');
}

function codeFor(t: Thread, source: Value, mode: ParseMode, who: string): PyCode | CodeObject {
  if (source instanceof PyCode) return source;
  let text = sourceOf(t, source, `${who}() arg 1`);
  if (mode === 'eval' && typeof text === 'string') text = text.replace(/^[ \t]+/, '');
  return compileSource(t, text, { filename: '<string>', mode, flags: inheritedFlags(t), optimize: -1 });
}

/** `eval(source, /, globals=None, locals=None)`. */
export function builtins_eval(t: Thread, source: Value, globals?: Value, locals?: Value): Value | typeof TAIL_CALL {
  const [globalsDict, localsMapping] = namespaces(t, 'eval', globals, locals);
  if (source instanceof PyCode && source.code.nfreevars > 0) raiseTypeError('code object passed to eval() may not contain free variables');
  return runCodeLast(t, codeFor(t, source, 'eval', 'eval'), globalsDict, localsMapping, { closure: null, discard: false });
}

/** `exec(source, /, globals=None, locals=None, *, closure=None)`. */
export function builtins_exec(t: Thread, source: Value, globals?: Value, locals?: Value, closure?: Value): Value | typeof TAIL_CALL {
  const [globalsDict, localsMapping] = namespaces(t, 'exec', globals, locals);
  const cells = closure === undefined ? null : closure;
  if (source instanceof PyCode) {
    const free = source.code.nfreevars;
    if (free === 0 && cells !== null) raiseTypeError('cannot use a closure with this code object');
    if (free > 0 && !(cells instanceof PyTuple && cells.items.length === free && cells.items.every((cell) => cell instanceof PyCell))) {
      raiseTypeError(cells === null ? `code object requires a closure of exactly length ${free}` : `code object requires a closure of exactly length ${free}`);
    }
  } else if (cells !== null) raiseTypeError('closure can only be used when source is a code object');
  return runCodeLast(t, codeFor(t, source, 'exec', 'exec'), globalsDict, localsMapping, { closure: cells as PyTuple | null, discard: true });
}

/** `globals()`. */
export function builtins_globals(t: Thread): Value {
  return topPlace(t) === null ? raise(SystemError, 'globals() without a frame') : topPlace(t)!.globals;
}

/** `locals()`. */
export function builtins_locals(t: Thread): Value {
  return topFrame(t) === null ? raise(SystemError, 'frame does not exist') : localsSnapshot(t, topFrame(t)!);
}

/** `vars([object])`. */
export function builtins_vars(t: Thread, args: Value[]): Value {
  if (args.length === 0) return builtins_locals(t);
  if (args.length > 1) raiseTypeError(`vars expected at most 1 argument, got ${args.length}`);
  const dict = lookupAttr(t, args[0]!, '__dict__');
  return dict === undefined ? raiseTypeError('vars() argument must have __dict__ attribute') : dict;
}

/** `dir([object])`. */
export function builtins_dir(t: Thread, args: Value[]): Value {
  if (args.length > 1) raiseTypeError(`dir expected at most 1 argument, got ${args.length}`);
  let names: Value[];
  if (args.length === 0) names = toArray(t, callMethod(t, builtins_locals(t), 'keys'));
  else {
    const method = lookupSpecial(t, args[0]!, '__dir__');
    if (method === undefined) raiseTypeError('object does not provide __dir__');
    names = toArray(t, call(t, method, []));
  }
  sortItems(t, names, null, /* reverse */ false);
  return newList(names);
}

/** `__import__(name, globals=None, locals=None, fromlist=(), level=0)`. */
export function builtins_import(t: Thread, name: Value, globals?: Value, _locals?: Value, fromlist?: Value, level?: Value): Value {
  const text = asStr(name);
  if (text === undefined) raiseTypeError(`__import__() argument 1 must be str, not ${typeName(name)}`);
  return importModuleLevel(t, text, globals, fromlist, Number(asInt(level ?? 0) ?? 0));
}

