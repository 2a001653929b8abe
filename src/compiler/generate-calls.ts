/** Calls: plain, with keywords, with unpacking, of methods, through `super()`, and sequences built from unpacked parts. */
import { ConstTuple } from '../bytecode/code.ts';
import { COMMON, INTRINSIC } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Attribute, Call, Expr, Keyword } from '../frontend/ast.ts';
import { SCOPE, SYMBOL, getScope, getSymbol } from '../frontend/symtable-entry.ts';
import { STACK_USE_GUIDELINE } from './limits.ts';
import type { Codegen } from './codegen.ts';
import { Loc, NO_LOC, locOf } from './instructions.ts';
import type { Label } from './instructions.ts';
import { literalTypeName } from './literal-types.ts';

/** The instructions that build a container from parts. */
interface Display {
  readonly build: number;
  readonly add: number;
  readonly extend: number;
  /** A tuple is built as a list when it has unpacked parts. */
  readonly isTuple: boolean;
}

/** Displays by type. */
export const DISPLAY = {
  LIST: { build: OP.BUILD_LIST, add: OP.LIST_APPEND, extend: OP.LIST_EXTEND, isTuple: false },
  TUPLE: { build: OP.BUILD_LIST, add: OP.LIST_APPEND, extend: OP.LIST_EXTEND, isTuple: true },
  SET: { build: OP.BUILD_SET, add: OP.SET_ADD, extend: OP.SET_UPDATE, isTuple: false },
} as const satisfies Record<string, Display>;

/** What goes into a container besides its elements. */
interface Extra {
  /** How many values are on the stack already and go in first. */
  readonly pushed: number;
  /** A variable whose value goes in last. */
  readonly injected: string | null;
}

const NOTHING: Extra = { pushed: 0, injected: null };

/** Builds a list, tuple or set of `elements`, which may be unpacked with `*`. */
export function generateUnpacked(c: Codegen, loc: Loc, elements: readonly Expr[], display: Display, extra = NOTHING): void {
  const { pushed, injected } = extra;
  const n = elements.length;
  const isBig = n + pushed + (injected === null ? 0 : 1) > STACK_USE_GUIDELINE;
  if (!isBig && !elements.some((element) => element.kind === 'Starred')) {
    c.visitExprs(elements);
    if (injected !== null) c.loadName(injected, loc);
    return c.emitArg(display.isTuple ? OP.BUILD_TUPLE : display.build, n + pushed + (injected === null ? 0 : 1), loc);
  }
  let isBuilt = isBig;
  if (isBig) c.emitArg(display.build, pushed, loc);
  for (let i = 0; i < n; i++) {
    const element = elements[i]!;
    if (element.kind === 'Starred') {
      if (!isBuilt) c.emitArg(display.build, i + pushed, loc);
      isBuilt = true;
      c.visitExpr(element.value);
      c.emitArg(display.extend, 1, loc);
    } else {
      c.visitExpr(element);
      if (isBuilt) c.emitArg(display.add, 1, loc);
    }
  }
  if (injected !== null) {
    c.loadName(injected, loc);
    c.emitArg(display.add, 1, loc);
  }
  if (display.isTuple) c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.LIST_TO_TUPLE, loc);
}

/** A call expression. */
export function generateCall(c: Codegen, e: Call): void {
  checkKeywords(c, e.keywords);
  if (generateMethodCall(c, e)) return;
  const skip = c.newLabel();
  checkCalled(c, e.func);
  c.visitExpr(e.func);
  generateBuiltinOverGenerator(c, e, skip);
  c.emit(OP.PUSH_NULL, locOf(e.func));
  generateCallArgs(c, locOf(e), e.args, e.keywords);
  c.useLabel(skip);
}

/** The arguments of a call and the call itself; the callable and NULL are on the stack, then `extra.pushed` arguments. */
export function generateCallArgs(c: Codegen, loc: Loc, args: readonly Expr[], keywords: readonly Keyword[], extra = NOTHING): void {
  checkKeywords(c, keywords);
  const isPlain = args.length + keywords.length * 2 <= STACK_USE_GUIDELINE && !hasUnpacking(args, keywords);
  if (!isPlain) return generateUnpackingCall(c, loc, args, keywords, extra);
  c.visitExprs(args);
  let count = extra.pushed + args.length;
  if (extra.injected !== null) {
    c.loadName(extra.injected, loc);
    count++;
  }
  if (keywords.length === 0) return c.emitArg(OP.CALL, count, loc);
  for (const keyword of keywords) c.visitExpr(keyword.value);
  emitKeywordNames(c, loc, keywords);
  c.emitArg(OP.CALL_KW, count + keywords.length, loc);
}

function hasUnpacking(args: readonly Expr[], keywords: readonly Keyword[]): boolean {
  for (let i = 0; i < args.length; i++) if (args[i]!.kind === 'Starred') return true;
  for (let i = 0; i < keywords.length; i++) if (keywords[i]!.arg === null) return true;
  return false;
}

function generateUnpackingCall(c: Codegen, loc: Loc, args: readonly Expr[], keywords: readonly Keyword[], extra: Extra): void {
  const only = args.length === 1 && extra.pushed === 0 ? args[0]! : null;
  if (only !== null && only.kind === 'Starred') c.visitExpr(only.value);
  else generateUnpacked(c, loc, args, DISPLAY.TUPLE, extra);
  if (keywords.length > 0) generateKeywordDict(c, loc, keywords);
  else c.emit(OP.PUSH_NULL, loc);
  c.emit(OP.CALL_FUNCTION_EX, loc);
}

function generateKeywordDict(c: Codegen, loc: Loc, keywords: readonly Keyword[]): void {
  let haveDict = false;
  let pending = 0;
  const flush = (end: number): void => {
    if (pending === 0) return;
    generateSubKeywords(c, loc, keywords.slice(end - pending, end));
    if (haveDict) c.emitArg(OP.DICT_MERGE, 1, loc);
    haveDict = true;
    pending = 0;
  };
  keywords.forEach((keyword, i) => {
    if (keyword.arg !== null) {
      pending++;
      return;
    }
    flush(i);
    if (!haveDict) c.emitArg(OP.BUILD_MAP, 0, loc);
    haveDict = true;
    c.visitExpr(keyword.value);
    c.emitArg(OP.DICT_MERGE, 1, loc);
  });
  flush(keywords.length);
}

function generateSubKeywords(c: Codegen, loc: Loc, keywords: readonly Keyword[]): void {
  const isBig = keywords.length * 2 > STACK_USE_GUIDELINE;
  if (isBig) c.emitArg(OP.BUILD_MAP, 0, NO_LOC);
  for (const keyword of keywords) {
    c.emitConst(keyword.arg, loc);
    c.visitExpr(keyword.value);
    if (isBig) c.emitArg(OP.MAP_ADD, 1, NO_LOC);
  }
  if (!isBig) c.emitArg(OP.BUILD_MAP, keywords.length, loc);
}

function emitKeywordNames(c: Codegen, loc: Loc, keywords: readonly Keyword[]): void {
  c.emitConst(new ConstTuple(keywords.map((keyword) => keyword.arg)), loc);
}

function checkKeywords(c: Codegen, keywords: readonly Keyword[]): void {
  if (keywords.length < 2) return;
  keywords.forEach((keyword, i) => {
    if (keyword.arg === null) return;
    const repeated = keywords.slice(i + 1).find((other) => other.arg === keyword.arg);
    if (repeated) c.fail(`keyword argument repeated: ${keyword.arg}`, locOf(repeated));
  });
}

function checkCalled(c: Codegen, e: Expr): void {
  switch (e.kind) {
    case 'Constant': case 'Tuple': case 'List': case 'ListComp': case 'Dict': case 'DictComp': case 'Set': case 'SetComp':
    case 'GeneratorExp': case 'JoinedStr': case 'TemplateStr': case 'FormattedValue': case 'Interpolation':
      return c.warn(`'${literalTypeName(e)}' object is not callable; perhaps you missed a comma?`, locOf(e));
    default: return;
  }
}

// Methods

/** `a.b(...)` as a method call, without making a bound method. False when the call has another form. */
function generateMethodCall(c: Codegen, e: Call): boolean {
  const { func: method, args, keywords } = e;
  if (method.kind !== 'Attribute' || method.ctx !== 'Load' || isImportOriginated(c, method.value)) return false;
  const count = args.length + keywords.length + (keywords.length > 0 ? 1 : 0);
  if (count >= STACK_USE_GUIDELINE || hasUnpacking(args, keywords)) return false;
  let loc = locOf(method);
  if (canOptimizeSuper(c, method)) {
    const call = generateSuperArgs(c, method);
    c.emitLoadSuper(method.attr, call.args.length > 0 ? 3 : 1, loc);
    loc = attributeLoc(loc, method);
    c.emit(OP.NOP, loc);
  } else {
    c.visitExpr(method.value);
    loc = attributeLoc(loc, method);
    c.emitLoadMethod(method.attr, loc);
  }
  c.visitExprs(args);
  const callLoc = attributeLoc(locOf(e), method);
  if (keywords.length > 0) {
    for (const keyword of keywords) c.visitExpr(keyword.value);
    emitKeywordNames(c, loc, keywords);
    c.emitArg(OP.CALL_KW, args.length + keywords.length, callLoc);
  } else c.emitArg(OP.CALL, args.length, callLoc);
  return true;
}

/** Calls on modules are no method calls; only imports at module level are known. */
function isImportOriginated(c: Codegen, e: Expr): boolean {
  return e.kind === 'Name' && (getSymbol(c.symtable.top, e.id) & SYMBOL.DEF_IMPORT) !== 0;
}

/** When an attribute stands on a later line than its object, the location starts at the attribute's name. */
export function attributeLoc(loc: Loc, attribute: Attribute): Loc {
  if (loc.lineno === attribute.end_lineno) return loc;
  const lineno = attribute.end_lineno;
  const length = codePointLength(attribute.attr);
  const fits = length <= attribute.end_col_offset;
  const col = fits ? attribute.end_col_offset - length : -1;
  const endLineno = Math.max(lineno, loc.endLineno);
  const endCol = fits ? loc.endCol : -1;
  return new Loc(lineno, endLineno, col, lineno === endLineno ? Math.max(col, endCol) : endCol);
}

function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

// super()

/** Whether `super().attr` or `super(a, b).attr` can skip the super object. */
export function canOptimizeSuper(c: Codegen, attribute: Attribute): boolean {
  const call = attribute.value;
  if (call.kind !== 'Call' || call.func.kind !== 'Name' || call.func.id !== 'super') return false;
  if (attribute.attr === '__class__' || call.keywords.length > 0) return false;
  // A visible shadowing of `super` forbids it.
  if (getScope(c.entry, 'super') !== SCOPE.GLOBAL_IMPLICIT || getScope(c.symtable.top, 'super') !== SCOPE.UNKNOWN) return false;
  if (call.args.length === 2) return !call.args.some((arg) => arg.kind === 'Starred');
  if (call.args.length > 0) return false;
  const { argcount, posonlyargcount } = c.unit.signature;
  return argcount + posonlyargcount > 0 && c.refType('__class__') === SCOPE.FREE;
}

/** Loads `super`, the class and the object. The attribute must satisfy `canOptimizeSuper`. Returns the call of super. */
export function generateSuperArgs(c: Codegen, attribute: Attribute): Call {
  const call = attribute.value as Call; // canOptimizeSuper has seen to it
  c.loadName('super', locOf(call.func));
  if (call.args.length === 2) {
    c.visitExprs(call.args);
    return call;
  }
  const loc = locOf(call);
  c.loadName('__class__', loc);
  const [self] = c.unit.varnames.keys();
  c.loadName(self!, loc);
  return call;
}

// all(), any() and tuple() over a generator expression

const OVER_GENERATOR: ReadonlyMap<string, { constant: number; start: boolean | null }> = new Map([
  ['all', { constant: COMMON.ALL, start: true }],
  ['any', { constant: COMMON.ANY, start: false }],
  ['tuple', { constant: COMMON.TUPLE, start: null }],
]);

/** When the called name still means the builtin, runs the loop in place. The function is on the stack; `end` is past the call. */
function generateBuiltinOverGenerator(c: Codegen, e: Call, end: Label): void {
  const { func } = e;
  const generator = e.args[0];
  if (func.kind !== 'Name' || e.args.length !== 1 || e.keywords.length > 0 || generator!.kind !== 'GeneratorExp') return;
  if (c.symtable.lookup(generator!).coroutine) return; // these iterate asynchronously
  const builtin = OVER_GENERATOR.get(func.id);
  const skip = c.newLabel();
  if (builtin !== undefined) {
    const loc = locOf(func);
    c.emitArg(OP.COPY, 1, loc);
    c.emitArg(OP.LOAD_COMMON_CONSTANT, builtin.constant, loc);
    c.emitArg(OP.IS_OP, 0, loc);
    c.emitJump(OP.POP_JUMP_IF_FALSE, skip, loc);
    c.emit(OP.POP_TOP, loc);
    if (builtin.start === null) c.emitArg(OP.BUILD_LIST, 0, loc);
    c.visitExpr(generator!);
    emitGeneratorLoop(c, loc, builtin.start, end);
  }
  c.useLabel(skip);
}

function emitGeneratorLoop(c: Codegen, loc: Loc, start: boolean | null, end: Label): void {
  const loop = c.newLabel();
  const cleanup = c.newLabel();
  c.useLabel(loop);
  c.emitJump(OP.FOR_ITER, cleanup, loc);
  if (start === null) {
    c.emitArg(OP.LIST_APPEND, 2, loc);
    c.emitJump(OP.JUMP, loop, loc);
  } else {
    c.emit(OP.TO_BOOL, loc);
    c.emitJump(start ? OP.POP_JUMP_IF_TRUE : OP.POP_JUMP_IF_FALSE, loop, loc);
  }
  c.emit(OP.POP_ITER, NO_LOC);
  if (start !== null) c.emitConst(!start, loc);
  c.emitJump(OP.JUMP, end, loc);
  c.useLabel(cleanup);
  c.emit(OP.END_FOR, NO_LOC);
  c.emit(OP.POP_ITER, NO_LOC);
  if (start === null) c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.LIST_TO_TUPLE, loc);
  else c.emitConst(start, loc);
  c.emitJump(OP.JUMP, end, loc);
}
