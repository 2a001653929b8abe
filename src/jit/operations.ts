/**
 * The operations of the intermediate representation: one row each, with what it takes, what it gives, what it does to the world, and the JavaScript for it.
 * One table, and so longer than other files.
 *
 * Operand letters: `v` any value as it is, `d` a raw double, `e` a float in either form, `r` something that is no value (an array of items). Effects:
 *   pure    depends on its operands only: may be moved, shared and dropped
 *   read    reads memory: may be dropped, shared only while nothing is written
 *   guard   leaves to tier 0 when its condition does not hold; otherwise pure
 *   write   changes memory, runs no Python code and raises nothing
 *   call    may do anything: needs a state to come back to
 * The file is longer than others: it is one table.
 */
import { NB } from '../bytecode/operands.ts';
import { TAG_FLOAT, TAG_INT, TAG_UNBOUND } from '../core/compiled.ts';
import { MAX_ITEMS } from '../core/containers.ts';
import { CACHE_INSTANCE_SLOT, CACHE_MEMBER, type InlineCache, type OperatorEntry, type OperatorSite } from '../core/inline-cache.ts';
import type { PyCode, PyFunction } from '../core/function.ts';
import { OWN_SLOTS } from '../core/instance.ts';
import type { Shape } from '../core/shape.ts';
import type { PyType } from '../core/type.ts';
import { constants } from 'node:buffer';
import { TruthSink } from '../core/sink.ts';
import type { Node, SuspendedGenerator } from './ir.ts';
import type { AttributeSite, BoundNativeCall, CalledAlike, CalledCode, ImportedModule, PolymorphicCall, InstructionCall, KnownGetter, Middle, NativeCall, NativeField, NativePart, OptionalValue, QuietCall, SlotCall, SpecialLoad, SpreadNativeCall, WrapperCall } from './operation-constants.ts';
import { ANY, BIG, BOOL, COMPLEX, DICT, FLOAT, INT, LIST, NONE, NUMBER, OBJECT, STR, TUPLE, UNBOUND, VALUE, type Kinds } from './kinds.ts';

/** What an operation does to the world. */
export type Effect = 'pure' | 'read' | 'guard' | 'write' | 'call';

/** Names in the emitted code for what lies outside of it. */
export interface Emission {
  /** A value of this worker (a type, a function, a table). */
  constant(value: unknown): string;
  /** A helper of `Services` or of the compiled code's prelude. */
  helper(name: string): string;
  /** Whether the code may rely on it that a class does not change: it is retired when that does. */
  relies(object: object): boolean;
  /** Whether what it relies on is checked all the same (`-X jitverify`). */
  readonly verifies: boolean;
  /** The function whose code runs: the inlined one in what was inlined. */
  readonly func: string;
  /** The frame that was entered, or the function: the owner of the activation's record. */
  readonly owner: string;
}

/** One row. */
export interface Operation {
  /** One letter per operand; a last `*` repeats the letter before it. */
  readonly operands: string;
  readonly result: Kinds;
  readonly isDouble?: boolean;
  /** The result is no Python value. */
  readonly isRaw?: boolean;
  readonly effect: Effect;
  /** `call`: the result may be a symbol (UNWIND, PARKED, ...), and a safepoint follows. */
  readonly isCall?: boolean;
  /** With `isCall`: it is undefined that the result may be for None. */
  readonly isNative?: boolean;
  /** What it raises is raised at its state: no record is written before it. */
  readonly isQuiet?: boolean;
  /** The result may be RAISED without there being an exception: its handler needs none. */
  readonly misses?: boolean;
  /** A guard that fails when it throws. */
  readonly mayThrow?: boolean;
  /** With `isCall`: a coroutine is begun; the result may be SUSPENDED, too. */
  readonly begins?: boolean;
  /** The result may be UNWIND: what was called was left, or something was not found (a JavaScript throw takes as long as fifty look-ups). Looks at the breaker itself. */
  readonly mayUnwind?: boolean;
  /** Must hold before, else compiled code is left. */
  check?(c: Emission, node: Node, args: readonly string[]): string;
  /** The value. Guards without it give their first operand. */
  emit?(c: Emission, node: Node, args: readonly string[]): string;
  /** Must hold of the result, else compiled code is left. */
  checkResult?(result: string): string;
  /** A statement in the place of a value. */
  perform?(c: Emission, node: Node, args: readonly string[]): string;
}

/** Calls with up to so many arguments go without an array. */
const MAX_PLAIN_ARGUMENTS = 3;

function callText(c: Emission, name: string, callee: readonly string[], args: readonly string[]): string {
  if (args.length <= MAX_PLAIN_ARGUMENTS) return `${c.helper(`${name}${args.length}`)}(${['t', ...callee, ...args].join(', ')})`;
  return `${c.helper(name)}(${['t', ...callee].join(', ')}, [${args.join(', ')}])`;
}

function listOfDoubles(c: Emission, node: Node, args: readonly string[]): string {
  if (node.args.every((arg) => arg.isDouble)) return `${c.helper('fillWithDoubles')}(new ${c.helper('PyList')}(${c.helper('list')}, []), [${args.join(', ')}])`;
  const items = node.args.map((arg, i) => (arg.isDouble ? `new ${c.helper('PyFloat')}(${c.helper('float')}, ${args[i]})` : args[i]));
  return `${c.helper('compact')}(new ${c.helper('PyList')}(${c.helper('list')}, [${items.join(', ')}]))`;
}

/** The length of a list, which stays raw. */
function rawLength(list: string): string {
  return `(${list}.doubles !== null ? ${list}.doubles.length : ${list}.items.length)`;
}

/** A float as a double. */
function rawValue(value: Node, text: string): string {
  return value.isDouble ? text : `${text}.value`;
}

/** Tier 0 says that there is no room for more. */
function hasRoom(_c: Emission, _node: Node, [list]: readonly string[]): string {
  return `${rawLength(list!)} < ${MAX_ITEMS}`;
}

/** Tier 0 says that there is no room for so many. */
function fitsInList(c: Emission, _node: Node, [a, b]: readonly string[]): string {
  return `${c.helper('listLength')}(${a}) + ${c.helper('listLength')}(${b}) <= ${MAX_ITEMS}`;
}

function fitsRepeated(c: Emission, _node: Node, [list, count]: readonly string[]): string {
  return `${c.helper('listLength')}(${list}) * ${count} <= ${MAX_ITEMS}`;
}

function fitsInTuple(_c: Emission, _node: Node, [a, b]: readonly string[]): string {
  return `${a}.items.length + ${b}.items.length <= ${MAX_ITEMS}`;
}

const COMPARISONS = ['<', '<=', '===', '!==', '>', '>='];
/** A JavaScript condition: an int of 32 bits. */
const IS_SMALL = (r: string): string => `(${r} | 0) === ${r}`;
const SAFE = (r: string): string => `${r} <= 9007199254740991 && ${r} >= -9007199254740991`;
const isNumber = (r: string): string => `typeof ${r} === 'number'`;

/** Quiet operations give undefined where tier 0 is to decide. */
const isDecided = (r: string): string => `${r} !== undefined`;

function infix(operator: string): (c: Emission, node: Node, args: readonly string[]) => string {
  return (_c, _node, [a, b]) => `(${a} ${operator} ${b})`;
}

/** Two objects of class float are the same when their values are (`docs/differences/identity.md`). */
function identical(c: Emission, node: Node, [a, b]: readonly string[]): string {
  const areFloats = (node.args[0]!.kinds & node.args[1]!.kinds & FLOAT) !== 0;
  return areFloats ? `(${a} === ${b} || ${c.helper('isSameFloat')}(${a}, ${b}))` : `(${a} === ${b})`;
}

function helper(name: string): (c: Emission, node: Node, args: readonly string[]) => string {
  return (c, _node, args) => `${c.helper(name)}(${args.join(', ')})`;
}

/** The expression that makes a suspended generator of its parts. */
export function suspendedText(c: Emission, { func, code, pc, point, form }: SuspendedGenerator, parts: readonly string[]): string {
  let next = 0;
  const slots = form.map((slot) => ('virtual' in slot ? `${c.helper(`${slot.virtual}Iterator`)}(${slot.parts.map(() => parts[next++]!).join(', ')})` : parts[next++]!));
  return `${c.helper('suspendedGenerator')}(${c.constant(func)}, ${c.constant(code)}, [${slots.join(', ')}], ${pc}, ${c.constant(point)}.run)`;
}

/** A helper that gets the step of a slice last. */
function steps(name: string): (c: Emission, node: Node, args: readonly string[]) => string {
  return (c, node, args) => `${c.helper(name)}(${args.join(', ')}, ${String(node.imm)})`;
}

/** A helper that gets the thread first. */
function service(name: string): (c: Emission, node: Node, args: readonly string[]) => string {
  return (c, _node, args) => `${c.helper(name)}(${['t', ...args].join(', ')})`;
}

/** The sinks of loops that do nothing with items of one truth. */
const PASSING = { true: new TruthSink(/* passed */ true), false: new TruthSink(/* passed */ false) } as const;

/** The next item; where the constant is a boolean the loop does nothing with items of that truth. */
function nextOf(c: Emission, { imm }: Node, [iterator]: readonly string[]): string {
  return `${c.helper('iterNext')}(t, ${iterator}${typeof imm === 'boolean' ? `, ${c.constant(PASSING[`${imm}`])}` : ''})`;
}

/** `yield from`, `await`; where the constant is true, of a generator that hands on who takes its values. */
function sendOf(c: Emission, { imm }: Node, [receiver, value]: readonly string[]): string {
  return `${c.helper('send')}(t, ${receiver}, ${value}${imm === true ? ', sink' : ''})`;
}

/** As `service`, with the operation's constant last. */
function serviceWith(name: string): (c: Emission, node: Node, args: readonly string[]) => string {
  return (c, node, args) => `${c.helper(name)}(${['t', ...args, literal(c, node.imm)].join(', ')})`;
}

function literal(c: Emission, value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? JSON.stringify(value) : c.constant(value);
}

const EXACT: ReadonlyMap<Kinds, string> = new Map([[FLOAT, 'float'], [LIST, 'list'], [DICT, 'dict'], [TUPLE, 'tuple'], [COMPLEX, 'complex']]);
const PRIMITIVE: ReadonlyMap<Kinds, string> = new Map([[INT, 'number'], [STR, 'string'], [BOOL, 'boolean']]);

/** The kinds that `guard_kind` can check. */
export function canGuard(kinds: Kinds): boolean {
  return EXACT.has(kinds) || PRIMITIVE.has(kinds) || kinds === NONE;
}

/** Whether a value has fields, where its kinds leave that open, before a test of one: `?.` would make V8 compare what may be undefined, and takes up to twice as long. */
function hasFields({ kinds }: Node, value: string): string {
  return `${(kinds & NONE) === 0 ? '' : `${value} !== null && `}${(kinds & UNBOUND) === 0 ? '' : `${value} !== undefined && `}`;
}

function kindCheck(c: Emission, kinds: Kinds, node: Node, value: string): string {
  if (kinds === NONE) return `${value} === null`;
  const primitive = PRIMITIVE.get(kinds);
  if (primitive !== undefined) return `typeof ${value} === '${primitive}'`;
  return `${hasFields(node, value)}${value}.type === ${c.helper(EXACT.get(kinds)!)}`;
}

/** The shape of an instance, as an inline cache learnt it. */
export interface ShapeFact {
  readonly shape: object;
  readonly type: PyType;
  readonly version: number;
}

/** The attribute that an instance gets, and the shape that it then has. */
export interface AddedSlot extends ShapeFact {
  readonly slot: number;
}

/** A kind of instances: of a shape, or with `__slots__` members only. */
export interface InstanceKind extends TypeFact {
  readonly shape: object | null;
}

/** Kinds in the order of a `poly_index`, and which of them an instance may be of. */
export interface AmongKinds {
  readonly kinds: readonly InstanceKind[];
  readonly among: readonly number[];
}

/** An attribute of several kinds of instances, in the order in which `poly_index` has them. */
export interface PolymorphicAttribute {
  readonly name: string;
  readonly caches: readonly InlineCache[];
}

/** The check that a class is what it was: 'true' where compiled code may rely on that. */
function isUnchanged(c: Emission, { type, version }: TypeFact): string {
  if (type.version !== version || !c.relies(type)) return `${c.constant(type)}.version === ${version}`;
  return c.verifies ? `${c.helper('isStill')}(${c.constant(type)}, ${version})` : 'true';
}

/** The same behind another check. */
function andUnchanged(c: Emission, fact: TypeFact): string {
  const check = isUnchanged(c, fact);
  return check === 'true' ? '' : ` && ${check}`;
}

/** Whether a value with fields is of a class that is what it was. */
function isOfType(c: Emission, fact: TypeFact, value: string): string {
  return `${value}.type === ${c.constant(fact.type)}${andUnchanged(c, fact)}`;
}

function isOfKind(c: Emission, kind: InstanceKind, owner: string): string {
  if (kind.shape !== null) return `${owner}.shape === ${c.constant(kind.shape)}${andUnchanged(c, kind)}`;
  return `${isOfType(c, kind, owner)} && ${owner}.shape === null`;
}

/** How many there are when those that are equal at the end count once. */
function distinct(texts: readonly string[]): number {
  let count = texts.length;
  while (count > 1 && texts[count - 2] === texts[count - 1]) count--;
  return count;
}

/** `index === 0 ? a : index === 1 ? b : c`; equal ones at the end once. */
function select(index: string, texts: readonly string[]): string {
  if (/^\d+$/.test(index)) return `(${texts[Number(index)]!})`;
  const count = distinct(texts);
  return `(${texts.slice(0, count).map((text, i) => (i < count - 1 ? `${index} === ${i} ? ${text} : ` : text)).join('')})`;
}

function polymorphicIndex(c: Emission, node: Node, [owner]: readonly string[]): string {
  const { kinds } = node.imm as { readonly kinds: readonly InstanceKind[] };
  const none = [[NONE, 'null'], [UNBOUND, 'undefined']] as const;
  const others = none.map(([kind, name]) => ((node.args[0]!.kinds & kind) === 0 ? '' : `${owner} === ${name} ? -1 : `));
  return `(${others.join('')}${kinds.map((kind, i) => `${isOfKind(c, kind, owner!)} ? ${i} : `).join('')}-1)`;
}

/** A slot of an instance (`core/instance.ts`). */
function slotText(owner: string, slot: number): string {
  return slot < OWN_SLOTS ? `${owner}.s${slot}` : `${owner}.more[${slot - OWN_SLOTS}]`;
}

/** The same for one that is set for the first time. */
function newSlotText(c: Emission, owner: string, slot: number): string {
  return slot < OWN_SLOTS ? slotText(owner, slot) : `${c.helper('moreSlots')}(${owner})[${slot - OWN_SLOTS}]`;
}

/** `if (index === 0) a; else if (index === 1) b; else c;`; equal ones at the end once. */
function branches(index: string, statements: readonly string[]): string {
  if (/^\d+$/.test(index)) return statements[Number(index)]!;
  const count = distinct(statements);
  return statements.slice(0, count).map((text, i) => (i < count - 1 ? `if (${index} === ${i}) ${text} else ` : text)).join('');
}

/** Whether what an inline cache found is a constant of its class. */
export function isConstantCache({ kind }: InlineCache): boolean {
  return kind !== CACHE_INSTANCE_SLOT && kind !== CACHE_MEMBER;
}

function polymorphicGet(c: Emission, node: Node, [owner, index]: readonly string[]): string {
  const { caches } = node.imm as PolymorphicAttribute;
  return select(index!, caches.map((cache) => (isConstantCache(cache) ? c.constant(cache.value) : slotText(owner!, cache.slot))));
}

/** Whether a store sets an attribute of instances whose `__dict__` is linked with their slots: the entry of the same number has it, too. */
export function isLinkedStore({ kind, shape }: InlineCache): boolean {
  return kind === CACHE_INSTANCE_SLOT && shape !== null && shape.plain !== null;
}

function polymorphicSet(c: Emission, node: Node, [owner, index, value]: readonly string[]): string {
  const { caches } = node.imm as PolymorphicAttribute;
  const stores = caches.map((cache) => {
    const { slot, nextShape } = cache;
    const store = `${nextShape === null ? slotText(owner!, slot) : newSlotText(c, owner!, slot)} = ${value};`;
    return isLinkedStore(cache) ? `{ ${store} ${owner}.dict.table.values[${slot}] = ${value}; }` : store;
  });
  const store = branches(index!, stores);
  if (caches.every((cache) => cache.nextShape === null)) return store;
  return `${store} ${owner}.shape = ${select(index!, caches.map((cache) => (cache.nextShape === null ? `${owner}.shape` : c.constant(cache.nextShape))))};`;
}

function polymorphicCall(c: Emission, node: Node, [index, ...args]: readonly string[]): string {
  const { functions } = node.imm as PolymorphicCall;
  return select(index!, functions.map((func) => enter(c, func.code, ['t', c.constant(func), ...args])));
}

/** A constant divisor; 0 for others. */
function constantDivisor({ args: [, by] }: Node): number {
  return by!.op === 'const' ? (by!.imm as number) : 0;
}

function smallDivision(_c: Emission, node: Node, [a, b]: readonly string[]): string {
  return constantDivisor(node) > 0 ? IS_SMALL(a!) : `${b} > 0 && ${IS_SMALL(b!)} && ${IS_SMALL(a!)}`;
}

/** A type that has not changed. */
export interface TypeFact {
  readonly type: PyType;
  readonly version: number;
}

/** A hash table whose keys have not changed. */
export interface TableFact {
  readonly table: object;
  readonly version: number;
}

/** A row. All have the same fields in the same order, as the passes ask for them again and again: V8 then reads them where they are. */
function row({ operands, result, isDouble, isRaw, effect, isCall, isNative, isQuiet, misses, mayThrow, begins, mayUnwind, check, emit, checkResult, perform }: Operation): Operation {
  return { operands, result, isDouble, isRaw, effect, isCall, isNative, isQuiet, misses, mayThrow, begins, mayUnwind, check, emit, checkResult, perform };
}

const guard = (check: NonNullable<Operation['check']>, result: Kinds = ANY): Operation => row({ operands: 'v', result, effect: 'guard', check });
const intOp = (operator: string): Operation => row({ operands: 'vv', result: INT, effect: 'guard', emit: infix(operator), checkResult: SAFE });
const doubleOp = (operator: string): Operation => row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'pure', emit: infix(operator) });
const bitOp = (name: string, operator: string): Operation => row({
  operands: 'vv', result: INT, effect: 'guard', checkResult: isNumber,
  emit: (c, _n, [a, b]) => `((${a} | 0) === ${a} && (${b} | 0) === ${b} ? ${a} ${operator} ${b} : ${c.helper(name)}(${a}, ${b}))`,
});

const smallOp = (operator: string): Operation => row({ operands: 'vv', result: INT, effect: 'guard', emit: infix(operator), checkResult: IS_SMALL });
const smallBitOp = (operator: string): Operation => row({ operands: 'vv', result: INT, effect: 'guard', check: (_c, _n, [a, b]) => `${IS_SMALL(a!)} && ${IS_SMALL(b!)}`, emit: infix(operator) });

/** The code that the function named by a node had when the arguments were bound to its parameters. */
function codeOf(c: Emission, node: Node): string {
  return c.constant((node.imm as { readonly code: unknown }).code);
}

/** A call of a known function. Where that makes a generator, the stack of its frame is made here: V8 knows its size. */
function directCall(c: Emission, node: Node, args: readonly string[]): string {
  return callOf(c, (node.imm as { readonly code: CalledCode }).code, c.constant(node.imm), args);
}

/**
 * Code with more units is too large for V8 to be inlined where it is called. Then V8 is not to rely on which function answers the call (`call` keeps it from
 * that): the caller's machine code, which is often large, too, would be thrown away each time that the callee is compiled anew.
 */
const INLINED_UNITS = 60;

/** A call of the function that answers for the functions of `code`. */
function enter(c: Emission, code: CalledCode, args: readonly string[]): string {
  const how = code.words.length > INLINED_UNITS ? '.call(undefined, ' : '(';
  return `${c.constant(code)}.direct${how}${args.join(', ')})`;
}

function callOf(c: Emission, code: CalledCode, func: string, args: readonly string[]): string {
  if (!code.isGenerator) return enter(c, code, ['t', func, ...args]);
  const holes = ','.repeat(code.frameSize - args.length + (args.length === 0 ? 0 : 1));
  return `${c.helper('generatorCall')}(t, ${c.constant(code)}, ${func}, [${args.join(', ')}${holes}])`;
}

function attributeArguments(c: Emission, node: Node, owner: string): string {
  const { site, name } = node.imm as AttributeSite;
  return `t, ${c.constant(site)}, ${owner}, ${JSON.stringify(name)}`;
}

function nativePart(c: Emission, part: NativePart, args: readonly string[]): string {
  if (part === null) return 'undefined';
  if (typeof part === 'number') return args[part]!;
  if ('rest' in part) return `[${part.rest.map((at) => args[at]).join(', ')}]`;
  if (part.keywords.length === 0) return c.helper('noKeywords');
  return `new Map()${part.keywords.map(({ name, at }) => `.set(${JSON.stringify(name)}, ${args[at]})`).join('')}`;
}

function boundNativeCall(c: Emission, node: Node, args: readonly string[]): string {
  const { definition, parts } = node.imm as BoundNativeCall;
  return `${c.constant(implementationOf(definition))}(${['t', ...parts.map((part) => nativePart(c, part, args))].join(', ')})`;
}

/** A call of a quiet form. */
function quietCall(c: Emission, node: Node, args: readonly string[]): string {
  const { call, parts, comparison } = node.imm as QuietCall;
  const given = parts.length === 0 ? args : parts.map((part) => nativePart(c, part, args));
  return `${c.constant(call)}(${['t', ...given, ...(comparison < 0 ? [] : [String(comparison)])].join(', ')})`;
}

/** An array of some values and the items of a tuple, the last of `args`. */
function spreadItems(c: Emission, args: readonly string[]): string {
  return `${c.helper('spread')}([${args.slice(0, -1).join(', ')}], ${args.at(-1)!})`;
}

/** A call of a function of `*args`, with self first. */
function spreadNativeCall(c: Emission, node: Node, [self, ...args]: readonly string[]): string {
  const { definition, takesKeywords } = node.imm as SpreadNativeCall;
  return `${c.constant(implementationOf(definition))}(t, ${self}, ${spreadItems(c, args)}${takesKeywords ? `, ${c.helper('noKeywords')}` : ''})`;
}

/** What compiled code calls. */
function implementationOf(definition: NativeCall['definition']): unknown {
  return definition.fromCompiled ?? definition.implementation;
}

function wrapperCall(c: Emission, node: Node, [self, ...args]: readonly string[]): string {
  const { callee, names } = node.imm as WrapperCall;
  const given = `[${args.join(', ')}], ${names.length === 0 ? 'null' : c.constant(names)}`;
  const init = callee.wrapper.name === '__init__' ? callee.owner.slots.tp_init : null;
  return init === null ? `${c.constant(callee.wrapper)}.call(t, ${c.constant(callee.owner)}, ${self}, ${given})` : `(${c.constant(init)}(t, ${self}, ${given}), null)`;
}

function typeCall(c: Emission, node: Node, args: readonly string[]): string {
  const { type, names } = node.imm as { readonly type: unknown; readonly names: readonly string[] };
  return `${c.helper('callType')}(t, ${c.constant(type)}, [${args.join(', ')}], ${names.length === 0 ? 'null' : c.constant(names)})`;
}

/** Functions of some code; with `defaults`, those that have these. */
interface CodeFact {
  readonly code: unknown;
  readonly defaults?: unknown;
}

function codeCheck(c: Emission, { code, defaults }: CodeFact, node: Node, value: string): string {
  const isOfCode = `${hasFields(node, value)}${value}.code === ${c.constant(code)}`;
  return defaults === undefined ? isOfCode : `${isOfCode} && ${value}.defaults === ${defaults === null ? 'null' : c.constant(defaults)}`;
}

function builtInstance(c: Emission, node: Node, args: readonly string[]): string {
  const { type, shape, room } = node.imm as BuiltInstance;
  const count = Math.max(room, args.length) - OWN_SLOTS;
  const more = count > 0 ? `[${Array.from({ length: count }, (_, k) => args[OWN_SLOTS + k] ?? 'undefined').join(', ')}]` : 'null';
  return `new ${c.helper('PyInstance')}(${[c.constant(type), shape === null ? 'null' : c.constant(shape), more, ...args.slice(0, OWN_SLOTS)].join(', ')})`;
}

/** What an instance is made as; its slots are the operands, and some that are not set. */
export interface BuiltInstance {
  readonly type: PyType;
  readonly shape: Shape | null;
  /** How many slots it has. */
  readonly room: number;
}

/** Nobody wants the compiled loop to be left. */
function breakerIsSilent(c: Emission): string {
  return `${c.helper('breaker')}[0] === 0 || !${c.helper('mustLeave')}(t)`;
}

function inlinedCheck(c: Emission, node: Node): string {
  const { func, code } = node.imm as InlinedFunction;
  if (func.code === code && code.ownEntries === 0 && c.relies(func)) return c.verifies ? `${c.helper('isStillCode')}(${c.constant(func)}, ${c.constant(code)})` : 'true';
  return `${c.constant(func)}.code === ${c.constant(code)} && ${c.constant(code)}.ownEntries === 0`;
}

/** What functions that are inlined alike have in common. */
export interface AlikeFunction {
  readonly globals: object;
  readonly code: PyCode;
}

/** A function that was inlined, and the code that it had. */
export interface InlinedFunction {
  readonly func: PyFunction;
  readonly code: PyCode;
}

/** An operator whose operands are of known classes: its method, or the slot of a builtin type. */
export interface KnownOperator {
  readonly site: OperatorSite;
  readonly entry: OperatorEntry;
}

function knownOperator(c: Emission, node: Node, [left, right]: readonly string[]): string {
  const { site, entry: { func, native, tried } } = node.imm as KnownOperator;
  const place = `t, ${c.constant(site)}, ${left}, ${right}`;
  // An item may be NotImplemented.
  if (func === null && site.operand === NB.SUBSCR) return `${c.constant(native)}(t, ${left}, ${right})`;
  if (func === null) return `${c.helper('slotResult')}(${place}, ${c.constant(native)}(t, ${left}, ${right}))`;
  const operands = tried === 'right' ? [right, left] : [left, right];
  return `${c.helper('operatorResult')}(${place}, '${tried}', ${enter(c, func.code, ['t', c.constant(func), ...operands])})`;
}

/** A special method, and what the operation makes of its result. */
export interface SpecialCall {
  readonly func: PyFunction;
  readonly then: 'storedBy' | 'conditionBy' | 'excludedBy' | 'truthBy' | 'lengthBy' | 'fullnessBy';
}

/** The items between those that have targets of their own, in a new list. */
function middle(c: Emission, node: Node, [items]: readonly string[]): string {
  const { first, last } = node.imm as Middle;
  return `new ${c.helper('PyList')}(${c.helper('list')}, ${items}.slice(${first}, ${items}.length - ${last}))`;
}

function optionalCheck(c: Emission, node: Node, [a]: readonly string[]): string {
  const { kind, type, version } = node.imm as OptionalValue;
  return `${a} === null || ${type === null ? kindCheck(c, kind, node.args[0]!, a!) : `${hasFields(node.args[0]!, a!)}${isOfType(c, { type, version }, a!)}`}`;
}

/** Tests of what has a length, or is a number, by the kind. */
const FULLNESS: ReadonlyMap<Kinds, (c: Emission, a: string) => string> = new Map([
  [STR, (_c, a) => `${a} !== ''`], [INT, (_c, a) => `${a} !== 0`], [LIST, (c, a) => `${c.helper('listLength')}(${a}) !== 0`],
  [TUPLE, (_c, a) => `${a}.items.length !== 0`], [DICT, (_c, a) => `${a}.table.used !== 0`],
]);

/** Kinds of which `optional_truth` knows the truth. */
export function hasFullness(kind: Kinds): boolean {
  return FULLNESS.has(kind);
}

function optionalTruth(c: Emission, node: Node, [a]: readonly string[]): string {
  const { kind, type } = node.imm as OptionalValue;
  return type === null ? `(${a} !== null && ${FULLNESS.get(kind)!(c, a!)})` : `(${a} !== null)`;
}

/** JavaScript throws for longer strings, and where that is thrown there is no record of the activation: tier 0 raises MemoryError. */
function fitsInString(_c: Emission, _node: Node, args: readonly string[]): string {
  return `${args.map((arg) => `${arg}.length`).join(' + ')} <= ${constants.MAX_STRING_LENGTH}`;
}

/** All operations. */
export const OPERATIONS = {
  // --- values ---
  const: row({ operands: '', result: ANY, effect: 'pure' }),
  param: row({ operands: '', result: ANY, effect: 'pure' }),
  argument: row({ operands: '', result: VALUE, effect: 'pure', emit: (_c, node) => `a${String(node.imm)}` }),
  entry_slot: row({ operands: '', result: ANY, effect: 'read', emit: (_c, node) => `stack[${String(node.imm)}]` }),
  sent_value: row({ operands: '', result: VALUE, effect: 'read', emit: () => 'sent' }),
  sink_refuses: row({ operands: 'v', result: BOOL, effect: 'write', emit: (_c, _n, [a]) => `(sink === undefined || !sink.take(${a}))` }),
  closure_cell: row({ operands: '', result: OBJECT, effect: 'read', emit: (c, node) => `${c.func}.closure.items[${String(node.imm)}]` }),
  // --- guards ---
  guard_kind: row({ operands: 'v', result: ANY, effect: 'guard', check: (c, node, [a]) => kindCheck(c, node.imm as Kinds, node.args[0]!, a!) }),
  guard_is: guard((c, node, [a]) => `${a} === ${node.imm === undefined ? 'undefined' : c.constant(node.imm)}`),
  guard_code: guard((c, node, [a]) => codeCheck(c, node.imm as CodeFact, node.args[0]!, a!), OBJECT),
  guard_method: guard((c, node, [a]) => `${hasFields(node.args[0]!, a!)}${a}.type === ${c.helper('method')} && ${a}.func === ${c.constant(node.imm)}`, OBJECT),
  guard_definition: guard((c, node, [a]) => `${hasFields(node.args[0]!, a!)}${a}.definition === ${c.constant(node.imm)} && ${a}.bound === true`, OBJECT),
  guard_bound: guard((_c, _node, [a]) => `${a} !== undefined`, VALUE),
  guard_shape: guard((c, node, [a]) => `${hasFields(node.args[0]!, a!)}${isOfKind(c, node.imm as ShapeFact, a!)}`, OBJECT),
  // What a branch has found out of an instance (`InstanceKind`): for `passes/share-values.ts`.
  known_kind: row({ operands: 'v', result: ANY, effect: 'pure', emit: (_c, _n, [a]) => a! }),
  // That it is one of a few, by the index of another `poly_index` (`AmongKinds`).
  known_kinds: row({ operands: 'vv', result: ANY, effect: 'pure', emit: (_c, _n, [a]) => a! }),
  guard_version: row({ operands: '', result: NONE, effect: 'guard', check: (c, node) => isUnchanged(c, node.imm as TypeFact), emit: () => 'null' }),
  // A function that was inlined: it has the code that it had, and no entry point of its own.
  guard_inlined: row({ operands: '', result: NONE, effect: 'guard', check: inlinedCheck, emit: () => 'null' }),
  // A function that stands for others of its code: it has the globals that they have.
  guard_globals: guard((c, node, [a]) => `${a}.globals === ${c.constant((node.imm as AlikeFunction).globals)} && ${c.constant((node.imm as AlikeFunction).code)}.ownEntries === 0`, OBJECT),
  guard_getter: row({ operands: '', result: NONE, effect: 'guard', check: (c, node) => `${c.constant((node.imm as KnownGetter).property)}.fget === ${c.constant((node.imm as KnownGetter).func)}`, emit: () => 'null' }),
  // The beginning and the end of an inlined call that others could see: its record and its part of the depth. The state is that of the caller that waits; that before its return, for a frame
  // that somebody has got (none where nobody can). The constant is the `Inlining`.
  enter_inlined: row({ operands: '', result: NONE, effect: 'write', emit: () => 'null' }),
  // Leaves where somebody has the frame of the activation.
  guard_unseen: row({ operands: '', result: NONE, effect: 'write', emit: () => 'null' }),
  leave_inlined: row({ operands: '', result: NONE, effect: 'write', emit: () => 'null' }),
  // A variable of a function that is inlined.
  cell_of: row({ operands: 'v', result: OBJECT, effect: 'read', emit: (_c, node, [func]) => `${func}.closure.items[${String(node.imm)}]` }),
  // There is room for so many more calls before the recursion limit.
  guard_depth: row({ operands: '', result: NONE, effect: 'guard', check: (c, node) => `t.depth + ${String(node.imm)} < ${c.helper('interpreter')}.recursionLimit`, emit: () => 'null' }),
  // Before a loop: its state is that at the head. For `passes/hoist-guards.ts`, which takes it away.
  loop_entry: row({ operands: '', result: NONE, effect: 'guard', check: () => 'true', emit: () => 'null' }),
  guard_table: row({ operands: '', result: NONE, effect: 'guard', check: (c, node) => `${c.constant((node.imm as TableFact).table)}.version === ${(node.imm as TableFact).version}`, emit: () => 'null' }),
  guard_type: guard((c, node, [a]) => `${hasFields(node.args[0]!, a!)}${isOfType(c, node.imm as TypeFact, a!)}`, OBJECT),
  // An object without attributes of its own: no instance of a Python class, or one with `__slots__` members only.
  guard_plain: guard((c, node, [a]) => `${hasFields(node.args[0]!, a!)}${isOfType(c, node.imm as TypeFact, a!)} && ${a}.dict === null && !${a}.shape`, OBJECT),
  guard_members: guard((c, node, [a]) => `${hasFields(node.args[0]!, a!)}${isOfType(c, node.imm as TypeFact, a!)} && ${a}.shape === null`, OBJECT),
  safepoint: row({ operands: '', result: NONE, effect: 'guard', check: breakerIsSilent, emit: () => 'null' }),
  // The same in a loop that was inlined: where the loop is done again from its beginning too often, the call stays a call.
  safepoint_inlined: row({ operands: '', result: NONE, effect: 'guard', check: breakerIsSilent, emit: () => 'null' }),
  guard_iterator: guard((c, node, [a]) => `${a} instanceof ${c.helper(`${String(node.imm)}IteratorClass`)}`),
  range_iterator_next: row({ operands: 'v', result: INT | UNBOUND, effect: 'write', emit: helper('rangeIteratorNext') }),
  list_iterator_next: row({ operands: 'v', result: ANY, effect: 'write', emit: helper('listIteratorNext') }),
  tuple_iterator_next: row({ operands: 'v', result: ANY, effect: 'write', emit: helper('tupleIteratorNext') }),
  // The next item of an iterator that runs no Python code and raises nothing, by its slot.
  quiet_next: row({ operands: 'v', result: ANY, effect: 'write', emit: (c, node, [a]) => `${c.constant((node.imm as SlotCall).slot)}(t, ${a})` }),
  // The same by the quiet form of its slot: ENDED behind the last one.
  quiet_step: row({ operands: 'v', result: ANY, effect: 'write', emit: (c, node, [a]) => `${c.constant(node.imm)}(t, ${a})`, checkResult: isDecided }),
  is_item: row({ operands: 'v', result: BOOL, effect: 'pure', emit: (c, _n, [a]) => `(${a} !== ${c.helper('ENDED')})` }),
  // The iterator of a builtin container, and `keys`, `values` and `items` of a dict: new objects.
  make_iterator: row({ operands: 'v', result: VALUE, effect: 'write', emit: (c, node, [a]) => `${c.constant((node.imm as SlotCall).slot)}(t, ${a})` }),
  make_view: row({ operands: 'v', result: VALUE, effect: 'write', emit: (c, node, [a]) => `${c.constant(implementationOf((node.imm as NativeCall).definition))}(t, ${a})` }),
  guard_async_end: guard((c, _node, [a]) => `${c.helper('endsAsyncFor')}(${a})`),
  guard_true: guard((_c, _node, [a]) => a!),
  // --- ints ---
  int_add: intOp('+'),
  int_sub: intOp('-'),
  int_step: row({ operands: 'vv', result: INT, effect: 'pure', emit: infix('+') }),
  int_mul: row({ operands: 'vv', result: INT, effect: 'guard', emit: (_c, _n, [a, b]) => `(${a} * ${b} + 0)`, checkResult: SAFE }),
  int_neg: row({ operands: 'v', result: INT, effect: 'pure', emit: (_c, _n, [a]) => `(0 - ${a})` }),
  int_invert: row({ operands: 'v', result: INT, effect: 'guard', emit: (_c, _n, [a]) => `(-1 - ${a})`, checkResult: SAFE }),
  int_floordiv: row({ operands: 'vv', result: INT, effect: 'guard', check: (_c, _n, [a, b]) => `${b} !== 0 && ${a} <= 4503599627370495 && ${a} >= -4503599627370495`, emit: helper('intFloorDivide') }),
  int_mod: row({ operands: 'vv', result: INT, effect: 'guard', check: (_c, _n, [, b]) => `${b} !== 0`, emit: helper('intModulo') }),
  int_and: bitOp('intAnd', '&'),
  int_or: bitOp('intOr', '|'),
  int_xor: bitOp('intXor', '^'),
  int_lshift: row({ operands: 'vv', result: INT, effect: 'guard', check: (_c, _n, [, b]) => `${b} >= 0 && ${b} < 53`, emit: (c, _n, [a, b]) => `(${a} * ${c.helper('powersOfTwo')}[${b}])`, checkResult: SAFE }),
  int_rshift: row({
    operands: 'vv', result: INT, effect: 'guard', check: (_c, _n, [, b]) => `${b} >= 0 && ${b} < 53`,
    emit: (c, _n, [a, b]) => `((${a} | 0) === ${a} && ${b} < 32 ? ${a} >> ${b} : Math.floor(${a} / ${c.helper('powersOfTwo')}[${b}]))`,
  }),
  // Ints of 32 bits, as V8 has them in registers without a tag; a check against the safe integers takes as long as the addition.
  small_add: smallOp('+'),
  small_sub: smallOp('-'),
  small_mul: row({ operands: 'vv', result: INT, effect: 'guard', emit: (_c, _n, [a, b]) => `(${a} * ${b} + 0)`, checkResult: IS_SMALL }),
  small_invert: row({ operands: 'v', result: INT, effect: 'guard', check: (_c, _n, [a]) => IS_SMALL(a!), emit: (_c, _n, [a]) => `(~${a})` }),
  small_and: smallBitOp('&'),
  small_or: smallBitOp('|'),
  small_xor: smallBitOp('^'),
  small_lshift: row({ operands: 'vv', result: INT, effect: 'guard', check: (_c, _n, [a, b]) => `${b} >= 0 && ${b} < 32 && ${a} << ${b} >> ${b} === ${a}`, emit: infix('<<') }),
  small_rshift: row({ operands: 'vv', result: INT, effect: 'guard', check: (_c, _n, [a, b]) => `${b} >= 0 && ${b} < 32 && ${IS_SMALL(a!)}`, emit: infix('>>') }),
  // Division by what is greater than 0, truncated, and what floors it. `| 0` tells V8 that there is no -0 and no fraction, so that it divides ints, by a constant without a division.
  small_quot: row({ operands: 'vv', result: INT, effect: 'guard', check: smallDivision, emit: (_c, _n, [a, b]) => `((${a} | 0) / ${b} | 0)` }),
  small_rem: row({ operands: 'vv', result: INT, effect: 'guard', check: smallDivision, emit: (_c, _n, [a, b]) => `((${a} | 0) % ${b} | 0)` }),
  floor_quot: row({ operands: 'vvv', result: INT, effect: 'pure', emit: (_c, _n, [quot, a, b]) => `(${quot} + (${a} - Math.imul(${quot}, ${b}) >> 31))` }),
  floor_rem: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [rem, b]) => `(${rem} + (${rem} >> 31 & ${b}))` }),
  // Where the bounds of the operands say that the result fits (`passes/bound-ints.ts`): in the safe ints, in 32 bits.
  int_minus: row({ operands: 'vv', result: INT, effect: 'pure', emit: infix('-') }),
  int_times: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `(${a} * ${b} + 0)` }),
  word_add: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `(${a} + ${b} | 0)` }),
  word_sub: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `(${a} - ${b} | 0)` }),
  word_and: row({ operands: 'vv', result: INT, effect: 'pure', emit: infix('&') }),
  word_rshift: row({ operands: 'vv', result: INT, effect: 'pure', emit: infix('>>') }),
  word_quot: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `((${a} | 0) / ${b} | 0)` }),
  word_rem: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `((${a} | 0) % ${b} | 0)` }),
  // The low 32 bits of sums and products of safe ints, as a signed number (`passes/low-bits.ts`).
  low_add: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `((${a} | 0) + (${b} | 0) | 0)` }),
  low_sub: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `((${a} | 0) - (${b} | 0) | 0)` }),
  low_mul: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `Math.imul(${a}, ${b})` }),
  low_or: row({ operands: 'vv', result: INT, effect: 'pure', emit: infix('|') }),
  low_xor: row({ operands: 'vv', result: INT, effect: 'pure', emit: infix('^') }),
  low_shift: row({ operands: 'vv', result: INT, effect: 'pure', emit: infix('<<') }),
  low_and: row({ operands: 'v', result: INT, effect: 'pure', emit: (_c, node, [a]) => `((${a} & ${String(node.imm)}) >>> 0)` }),
  int_abs: row({ operands: 'v', result: INT, effect: 'pure', emit: (_c, _n, [a]) => `Math.abs(${a})` }),
  int_truediv: row({ operands: 'vv', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [, b]) => `${b} !== 0`, emit: infix('/') }),
  int_to_double: row({ operands: 'v', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a]) => a! }),
  bool_to_int: row({ operands: 'v', result: INT, effect: 'pure', emit: (_c, _n, [a]) => `(${a} ? 1 : 0)` }),
  int_compare: row({ operands: 'vv', result: BOOL, effect: 'pure', emit: (_c, node, [a, b]) => `(${a} ${COMPARISONS[node.imm as number]} ${b})` }),
  int_min: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `(${b} < ${a} ? ${b} : ${a})` }),
  int_max: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [a, b]) => `(${b} > ${a} ? ${b} : ${a})` }),
  // A part of a range that is an object, which never changes; leaves where it is no safe int.
  range_part: row({ operands: 'v', result: INT, effect: 'guard', emit: (_c, node, [a]) => `${a}.${String(node.imm)}`, checkResult: isNumber }),
  range_length: row({ operands: 'vvv', result: INT, effect: 'guard', check: (_c, _n, [, , step]) => `${step} !== 0`, emit: helper('rangeLength'), checkResult: SAFE }),
  // --- floats ---
  box: row({ operands: 'd', result: FLOAT, effect: 'pure', emit: (c, _n, [a]) => `new ${c.helper('PyFloat')}(${c.helper('float')}, ${a})` }),
  unbox: row({ operands: 'v', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a]) => `${a}.value` }),
  double_add: doubleOp('+'),
  double_sub: doubleOp('-'),
  double_mul: doubleOp('*'),
  double_div: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [, b]) => `${b} !== 0`, emit: infix('/') }),
  double_mod: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [, b]) => `${b} !== 0`, emit: helper('doubleModulo') }),
  double_floordiv: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [a, b]) => `${b} !== 0 && Number.isFinite(${a} / ${b})`, emit: helper('doubleFloorDivide') }),
  double_pow: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [a, b]) => `(${a} > 0 || Number.isInteger(${b}) && (${a} !== 0 || ${b} > 0))`, emit: helper('floatPower'), checkResult: (r) => `Number.isFinite(${r})` }),
  double_neg: row({ operands: 'd', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a]) => `(-${a})` }),
  double_abs: row({ operands: 'd', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a]) => `Math.abs(${a})` }),
  double_sqrt: row({ operands: 'd', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [a]) => `${a} >= 0`, emit: (_c, _n, [a]) => `Math.sqrt(${a})` }),
  double_min: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a, b]) => `(${b} < ${a} ? ${b} : ${a})` }),
  double_max: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a, b]) => `(${b} > ${a} ? ${b} : ${a})` }),
  double_compare: row({ operands: 'dd', result: BOOL, effect: 'pure', emit: (_c, node, [a, b]) => `(${a} ${COMPARISONS[node.imm as number]} ${b})` }),
  double_truth: row({ operands: 'd', result: BOOL, effect: 'pure', emit: (_c, _n, [a]) => `(${a} !== 0)` }),
  double_trunc: row({ operands: 'd', result: INT, effect: 'guard', emit: (_c, _n, [a]) => `(Math.trunc(${a}) + 0)`, checkResult: SAFE }),
  // --- complex numbers as two doubles (`passes/split-complex.ts`) ---
  complex: row({ operands: 'dd', result: COMPLEX, effect: 'pure', emit: (c, _n, args) => `new ${c.helper('PyComplex')}(${c.helper('complex')}, ${args.join(', ')})` }),
  complex_real: row({ operands: 'v', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a]) => `${a}.real` }),
  complex_imag: row({ operands: 'v', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a]) => `${a}.imag` }),
  // Tier 0 finds the infinities of C99 Annex G.
  guard_product: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [a, b]) => `${a} === ${a} || ${b} === ${b}`, emit: (_c, _n, [a]) => a! }),
  double_hypot: row({ operands: 'dd', result: FLOAT, isDouble: true, effect: 'guard', emit: helper('hypot'), checkResult: (r) => `${r} < Infinity` }),
  // --- what may be a float, an int or nothing, as a raw double and a tag (`passes/split-numbers.ts`) ---
  number: row({ operands: 'dv', result: NUMBER | UNBOUND, effect: 'pure', emit: (c, _n, [value, tag]) => `(${tag} === ${TAG_FLOAT} ? new ${c.helper('PyFloat')}(${c.helper('float')}, ${value}) : ${tag} === ${TAG_INT} ? ${value} : undefined)` }),
  number_value: row({ operands: 'v', result: FLOAT, isDouble: true, effect: 'pure', emit: (_c, _n, [a]) => `(typeof ${a} === 'number' ? ${a} : ${a} === undefined ? 0 : ${a}.value)` }),
  number_tag: row({ operands: 'v', result: INT, effect: 'pure', emit: (_c, _n, [a]) => `(typeof ${a} === 'number' ? ${TAG_INT} : ${a} === undefined ? ${TAG_UNBOUND} : ${TAG_FLOAT})` }),
  guard_float_tag: row({ operands: 'dv', result: FLOAT, isDouble: true, effect: 'guard', check: (_c, _n, [, tag]) => `${tag} === ${TAG_FLOAT}`, emit: (_c, _n, [value]) => value! }),
  guard_int_tag: row({ operands: 'dv', result: INT, effect: 'guard', check: (_c, _n, [, tag]) => `${tag} === ${TAG_INT}`, emit: (_c, _n, [value]) => value! }),
  guard_bound_tag: row({ operands: 'v', result: INT, effect: 'guard', check: (_c, _n, [tag]) => `${tag} !== ${TAG_UNBOUND}`, emit: (_c, _n, [tag]) => tag! }),
  // --- truth and identity ---
  is: row({ operands: 'vv', result: BOOL, effect: 'pure', emit: identical }),
  is_not: row({ operands: 'vv', result: BOOL, effect: 'pure', emit: (c, node, args) => `!${identical(c, node, args)}` }),
  is_bound: row({ operands: 'v', result: BOOL, effect: 'pure', emit: (_c, _n, [a]) => `(${a} !== undefined)` }),
  not: row({ operands: 'v', result: BOOL, effect: 'pure', emit: (_c, _n, [a]) => `(${a} !== true)` }),
  is_true: row({ operands: 'v', result: BOOL, effect: 'pure', emit: (_c, _n, [a]) => `(${a} === true)` }),
  int_truth: row({ operands: 'v', result: BOOL, effect: 'pure', emit: (_c, _n, [a]) => `(${a} !== 0)` }),
  str_truth: row({ operands: 'v', result: BOOL, effect: 'pure', emit: (_c, _n, [a]) => `(${a} !== '')` }),
  tuple_truth: row({ operands: 'v', result: BOOL, effect: 'read', emit: (_c, _n, [a]) => `(${a}.items.length !== 0)` }),
  list_truth: row({ operands: 'v', result: BOOL, effect: 'read', emit: (_c, _n, [a]) => `(${rawLength(a!)} !== 0)` }),
  dict_truth: row({ operands: 'v', result: BOOL, effect: 'read', emit: (_c, _n, [a]) => `(${a}.table.used !== 0)` }),
  str_compare: row({ operands: 'vv', result: BOOL, effect: 'pure', emit: (_c, node, [a, b]) => `(${a} ${COMPARISONS[node.imm as number]} ${b})` }),
  str_concat: row({ operands: 'vv', result: STR, effect: 'guard', check: fitsInString, emit: infix('+') }),
  str_item: row({ operands: 'vv', result: STR, effect: 'guard', emit: helper('quietItem'), checkResult: isDecided }),
  // Unbound where the index is out of range.
  str_find: row({ operands: 'vv', result: STR | UNBOUND, effect: 'pure', emit: helper('quietItem') }),
  str_slice: row({ operands: 'vvv', result: STR, effect: 'pure', emit: helper('quietSlice') }),
  str_contains: row({ operands: 'vv', result: BOOL, effect: 'pure', emit: helper('quietContains') }),
  int_text: row({ operands: 'v', result: STR, effect: 'pure', emit: (_c, _n, [a]) => `String(${a})` }),
  str_length: row({ operands: 'v', result: INT, effect: 'pure', emit: helper('strLength') }),
  // Of dicts and sets.
  dict_length: row({ operands: 'v', result: INT, effect: 'read', emit: (_c, _n, [a]) => `${a}.table.used` }),
  // --- lists and tuples ---
  items: row({ operands: 'v', result: ANY, isRaw: true, effect: 'read', emit: (_c, _n, [a]) => `${a}.items` }),
  items_length: row({ operands: 'r', result: INT, effect: 'read', emit: (_c, _n, [a]) => `${a}.length` }),
  index_wrap: row({ operands: 'vv', result: INT, effect: 'pure', emit: (_c, _n, [i, length]) => `(${i} < 0 ? ${i} + ${length} : ${i})` }),
  index_is_within: row({ operands: 'vv', result: BOOL, effect: 'pure', emit: (_c, _n, [i, length]) => `(${i} >= 0 && ${i} < ${length})` }),
  // Where the constant is true the index is not negative.
  guard_index: row({ operands: 'vv', result: INT, effect: 'guard', check: (_c, node, [i, length]) => `${node.imm === true ? '' : `${i} >= 0 && `}${i} < ${length}` }),
  items_get: row({ operands: 'rv', result: VALUE, effect: 'read', emit: (_c, _n, [items, i]) => `${items}[${i}]` }),
  guard_no_items: guard((c, node, [a]) => `${hasFields(node.args[0]!, a!)}${a}.type === ${c.helper('dict')} && ${a}.table.used === 0`, DICT),
  // A dict with these names for keys, in this order.
  guard_names: guard((_c, node, [a]) => { const names = node.imm as readonly string[]; return `${a}.table.keys.length === ${names.length}${names.map((name, k) => ` && ${a}.table.keys[${k}] === ${JSON.stringify(name)}`).join('')}`; }, DICT),
  guard_mutable: guard((_c, _node, [a]) => `!${a}.frozen`, LIST),
  items_set: row({ operands: 'rvv', result: NONE, effect: 'write', perform: (_c, _n, [items, i, v]) => `${items}[${i}] = ${v};` }),
  // Floats in lists, with objects or raw (`core/list-storage.ts`).
  list_length: row({ operands: 'v', result: INT, effect: 'read', emit: (_c, _n, [list]) => rawLength(list!) }),
  // Entries of a dict by its iterator: -1 at the end; where the dict has changed, tier 0 raises.
  dict_next: row({ operands: 'v', result: INT, effect: 'write', emit: (_c, _n, [it]) => `${it}.next()`, checkResult: (r) => `${r} >= -1` }),
  dict_key_at: row({ operands: 'vv', result: VALUE, effect: 'read', emit: (_c, _n, [it, entry]) => `${it}.source.table.keys[${entry}]` }),
  dict_value_at: row({ operands: 'vv', result: VALUE, effect: 'read', emit: (_c, _n, [it, entry]) => `${it}.source.table.values[${entry}]` }),
  // Entries of a set by its iterator, likewise.
  set_next: row({ operands: 'v', result: INT, effect: 'write', emit: (_c, _n, [it]) => `${it}.next()`, checkResult: (r) => `${r} >= -1` }),
  set_key_at: row({ operands: 'vv', result: VALUE, effect: 'read', emit: (_c, _n, [it, entry]) => `${it}.set.table.keys[${entry}]` }),
  list_item: row({ operands: 'vv', result: VALUE, effect: 'read', emit: helper('listItem') }),
  list_get_double: row({ operands: 'vv', result: FLOAT, isDouble: true, effect: 'read', check: (c, _n, [list, i]) => `${list}.doubles !== null || ${c.helper('hasDoubleAt')}(${list}, ${i})`, emit: (_c, _n, [list, i]) => `(${list}.doubles !== null ? ${list}.doubles[${i}] : ${list}.items[${i}].value)` }),
  list_set_double: row({ operands: 'vve', result: NONE, effect: 'write', perform: (c, node, args) => `${c.helper(node.args[2]!.isDouble ? 'setDouble' : 'setListItem')}(${args.join(', ')});` }),
  // The array of a list of raw floats.
  guard_raw: row({ operands: 'v', result: ANY, isRaw: true, effect: 'guard', check: (_c, _n, [list]) => `${list}.doubles !== null`, emit: (_c, _n, [list]) => `${list}.doubles` }),
  doubles_get: row({ operands: 'rv', result: FLOAT, isDouble: true, effect: 'read', emit: (_c, _n, [doubles, i]) => `${doubles}[${i}]` }),
  // No raw float is NaN.
  doubles_set: row({ operands: 'rve', result: NONE, effect: 'write', check: (_c, node, [, , v]) => { const value = rawValue(node.args[2]!, v!); return `${value} === ${value}`; }, perform: (_c, node, [doubles, i, v]) => `${doubles}[${i}] = ${rawValue(node.args[2]!, v!)};` }),
  list_append_double: row({ operands: 've', result: NONE, effect: 'write', check: hasRoom, perform: (c, node, args) => `${c.helper(node.args[1]!.isDouble ? 'appendDouble' : 'appendFloat')}(${args.join(', ')});` }),
  build_list_of_doubles: row({ operands: 'e*', result: LIST, effect: 'write', emit: listOfDoubles }),
  list_append: row({ operands: 'vv', result: NONE, effect: 'write', check: hasRoom, perform: (_c, _n, [list, v]) => `${list}.items.push(${v});` }),
  build_list: row({ operands: 'v*', result: LIST, effect: 'write', emit: (c, _n, args) => `new ${c.helper('PyList')}(${c.helper('list')}, [${args.join(', ')}])` }),
  build_tuple: row({ operands: 'v*', result: TUPLE, effect: 'write', emit: (c, _n, args) => `new ${c.helper('PyTuple')}(${c.helper('tuple')}, [${args.join(', ')}])` }),
  // `(a, *tuple)`, and `object.method` of a builtin type; the tuple comes last.
  build_spread: row({ operands: 'v*', result: TUPLE, effect: 'write', emit: (c, _n, args) => `new ${c.helper('PyTuple')}(${c.helper('tuple')}, ${spreadItems(c, args)})` }),
  make_bound_native: row({ operands: 'v', result: OBJECT, effect: 'write', emit: (c, node, [self]) => `${c.helper('bindNative')}(${c.constant(node.imm)}, ${self})` }),
  make_bound: row({ operands: 'v', result: OBJECT, effect: 'write', emit: (c, node, [self]) => `${c.helper('bindFunction')}(${c.constant(node.imm)}, ${self})` }),
  build_string: row({ operands: 'v*', result: STR, effect: 'guard', check: fitsInString, emit: (_c, _n, args) => `(${args.join(' + ')})` }),
  table_has: row({ operands: 'vv', result: BOOL, effect: 'guard', emit: service('quietHas'), checkResult: isDecided }),
  // `set == {item}`; where the constant is false, `!=`.
  set_is_only: row({ operands: 'vv', result: BOOL, effect: 'guard', emit: serviceWith('quietHasOnly'), checkResult: isDecided }),
  items_has: row({ operands: 'rv', result: BOOL, effect: 'guard', emit: helper('quietAmong'), checkResult: isDecided }),
  // As `dict_get`, where a key that is not there is no reason to leave: RAISED.
  dict_find: row({ operands: 'vv', result: VALUE, effect: 'guard', misses: true, emit: (c, _n, [dict, key]) => `${c.helper('quietGetOr')}(t, ${dict}, ${key}, ${c.helper('RAISED')})`, checkResult: isDecided }),
  // `int` and `float` of a text, likewise.
  number_find: row({ operands: 'v', result: VALUE, effect: 'guard', misses: true, emit: (c, node, [a]) => `${c.helper('quietNumber')}(t, ${c.constant(node.imm)}, ${a})`, checkResult: isDecided }),
  dict_get: row({ operands: 'vv', result: VALUE, effect: 'guard', emit: service('quietGet'), checkResult: isDecided }),
  // Undefined where the key is not there, or Python code may have to say.
  dict_find_known: row({ operands: 'vv', result: ANY, effect: 'read', emit: service('quietGet') }),
  dict_get_or: row({ operands: 'vv*', result: VALUE, effect: 'guard', emit: (c, _n, [dict, key, fallback]) => `${c.helper('quietGetOr')}(t, ${dict}, ${key}, ${fallback ?? 'null'})`, checkResult: isDecided }),
  // Nothing is done where the result is undefined.
  dict_set: row({ operands: 'vvv', result: NONE, effect: 'write', emit: service('quietSet'), checkResult: isDecided }),
  set_add_quiet: row({ operands: 'vv', result: NONE, effect: 'write', emit: service('quietAdd'), checkResult: isDecided }),
  set_discard_quiet: row({ operands: 'vv', result: NONE, effect: 'write', emit: service('quietDiscard'), checkResult: isDecided }),
  set_remove_quiet: row({ operands: 'vv', result: NONE, effect: 'write', emit: service('quietRemove'), checkResult: isDecided }),
  dict_set_default: row({ operands: 'vvv*', result: VALUE, effect: 'write', emit: (c, _n, [dict, key, value]) => `${c.helper('quietSetDefault')}(t, ${dict}, ${key}, ${value ?? 'null'})`, checkResult: isDecided }),
  // What looks one key up more than once (`passes/share-entries.ts`): its entry, -1 for none; what is there; setting it.
  table_entry: row({ operands: 'vv', result: INT, effect: 'guard', emit: service('quietEntry'), checkResult: isDecided }),
  entry_get: row({ operands: 'vv', result: VALUE, effect: 'guard', check: (_c, _n, [, entry]) => `${entry} >= 0`, emit: (_c, _n, [dict, entry]) => `${dict}.table.values[${entry}]` }),
  entry_get_or: row({ operands: 'vvv*', result: VALUE, effect: 'read', emit: (_c, _n, [dict, entry, fallback]) => `(${entry} >= 0 ? ${dict}.table.values[${entry}] : ${fallback ?? 'null'})` }),
  dict_set_at: row({ operands: 'vvvv', result: NONE, effect: 'write', emit: service('quietSetAt'), checkResult: isDecided }),
  set_add_at: row({ operands: 'vvv', result: NONE, effect: 'write', emit: service('quietAddAt'), checkResult: isDecided }),
  // Displays of keys that are found without Python code.
  build_plain_set: row({ operands: 'v*', result: OBJECT, effect: 'write', emit: (c, _n, args) => (args.length === 0 ? `${c.helper('newSet')}()` : `${c.helper('plainSet')}([${args.join(', ')}])`) }),
  build_plain_map: row({ operands: 'v*', result: DICT, effect: 'write', emit: (c, _n, args) => (args.length === 0 ? `${c.helper('newDict')}()` : `${c.helper('plainMap')}(t, [${args.join(', ')}])`) }),
  build_middle: row({ operands: 'r', result: LIST, effect: 'write', emit: middle }),
  build_list_slice: row({ operands: 'vvv', result: LIST, effect: 'write', emit: helper('quietListSlice') }),
  build_tuple_slice: row({ operands: 'vvv', result: TUPLE, effect: 'write', emit: helper('quietTupleSlice') }),
  list_pop: row({ operands: 'v', result: VALUE, effect: 'write', emit: helper('quietPop'), checkResult: isDecided }),
  str_ord: row({ operands: 'v', result: INT, effect: 'guard', emit: helper('quietOrd'), checkResult: isDecided }),
  int_chr: row({ operands: 'v', result: STR, effect: 'guard', emit: helper('quietChr'), checkResult: isDecided }),
  // Parts with a step, of the class that the name says, with bounds of any kind.
  build_list_steps: row({ operands: 'vvv', result: LIST, effect: 'write', emit: steps('quietListSteps'), checkResult: isDecided }),
  build_tuple_steps: row({ operands: 'vvv', result: TUPLE, effect: 'write', emit: steps('quietTupleSteps'), checkResult: isDecided }),
  str_steps: row({ operands: 'vvv', result: STR, effect: 'guard', emit: steps('quietTextSteps'), checkResult: isDecided }),
  list_set_slice: row({ operands: 'vvvv', result: NONE, effect: 'write', emit: helper('quietSetSlice'), checkResult: isDecided }),
  // The first between which and a store nothing is changed, which only exits name; and that store: `list[start:stop] = source[from:to:step]` (`passes/store-parts.ts`).
  build_list_part: row({ operands: 'vvv', result: LIST, effect: 'write', emit: steps('quietListSteps') }),
  list_set_part: row({ operands: 'vvvvvv', result: NONE, effect: 'write', emit: steps('quietSetPart'), checkResult: isDecided }),
  list_insert: row({ operands: 'vvv', result: NONE, effect: 'write', emit: helper('quietInsert'), checkResult: isDecided }),
  list_delete_part: row({ operands: 'vvv', result: NONE, effect: 'write', emit: helper('quietDeletePart'), checkResult: isDecided }),
  list_delete: row({ operands: 'vv', result: NONE, effect: 'write', emit: helper('quietDeleteItem'), checkResult: isDecided }),
  dict_delete: row({ operands: 'vv', result: NONE, effect: 'write', emit: service('quietDelete'), checkResult: isDecided }),
  // `list(items)` and its like of builtin containers.
  build_copy: row({ operands: 'v', result: VALUE, effect: 'write', emit: (c, node, [a]) => `${c.helper('quietConstruct')}(${c.constant(node.imm)}, ${a})`, checkResult: isDecided }),
  build_list_sum: row({ operands: 'vv', result: LIST, effect: 'write', check: fitsInList, emit: helper('quietListConcat') }),
  build_list_repeat: row({ operands: 'vv', result: LIST, effect: 'write', check: fitsRepeated, emit: helper('quietListRepeat') }),
  build_tuple_sum: row({ operands: 'vv', result: TUPLE, effect: 'write', check: fitsInTuple, emit: helper('quietTupleConcat') }),
  identity: row({ operands: 'v', result: INT, effect: 'pure', emit: helper('identityOf') }),
  is_instance: row({ operands: 'vv', result: BOOL, effect: 'guard', emit: helper('quietIsInstance'), checkResult: isDecided }),
  is_subclass: row({ operands: 'vv', result: BOOL, effect: 'guard', emit: helper('quietIsSubclass'), checkResult: isDecided }),
  // --- instances, globals, cells ---
  slot_get: row({ operands: 'v', result: ANY, effect: 'read', emit: (_c, node, [a]) => slotText(a!, node.imm as number) }),
  slot_set: row({ operands: 'vv', result: NONE, effect: 'write', perform: (_c, node, [a, v]) => `${slotText(a!, node.imm as number)} = ${v};` }),
  slot_add: row({ operands: 'vv', result: NONE, effect: 'write', perform: (c, node, [a, v]) => { const { slot, shape } = node.imm as AddedSlot; return `${newSlotText(c, a!, slot)} = ${v}; ${a}.shape = ${c.constant(shape)};`; } }),
  // The index of a `poly_index` by that of another one (`AmongKinds.among` in its order).
  poly_among: row({ operands: 'v', result: INT, effect: 'pure', emit: (_c, node, [index]) => select(index!, (node.imm as { readonly indices: readonly number[] }).indices.map(String)) }),
  poly_index: row({ operands: 'v', result: INT, effect: 'guard', emit: polymorphicIndex, checkResult: (r) => `${r} >= 0` }),
  poly_get: row({ operands: 'vv', result: ANY, effect: 'read', emit: polymorphicGet }),
  poly_method: row({ operands: 'vv', result: VALUE, effect: 'pure', emit: polymorphicGet }),
  poly_set: row({ operands: 'vvv', result: NONE, effect: 'write', perform: polymorphicSet }),
  table_get: row({ operands: '', result: VALUE, effect: 'read', emit: (c, node) => `${c.constant((node.imm as { table: object }).table)}.values[${(node.imm as { slot: number }).slot}]` }),
  cell_get: row({ operands: 'v', result: ANY, effect: 'read', emit: (_c, _n, [a]) => `${a}.value` }),
  cell_set: row({ operands: 'vv', result: NONE, effect: 'write', perform: (_c, _n, [a, v]) => `${a}.value = ${v};` }),
  make_range_iterator: row({ operands: 'vvv', result: OBJECT, effect: 'write', emit: helper('rangeIterator') }),
  make_count_iterator: row({ operands: 'vv', result: OBJECT, effect: 'write', emit: helper('countIterator') }),
  make_enumerate: row({ operands: 'vv', result: OBJECT, effect: 'write', emit: helper('enumerateIterator') }),
  make_zip: row({ operands: 'vvv', result: OBJECT, effect: 'write', emit: helper('zipIterator') }),
  make_sequence_iterator: row({ operands: 'vv', result: OBJECT, effect: 'write', emit: helper('sequenceIterator') }),
  make_generator: row({ operands: 'v*', result: OBJECT, effect: 'write', emit: (c, node, args) => suspendedText(c, node.imm as SuspendedGenerator, args) }),
  make_cell: row({ operands: 'v', result: OBJECT, effect: 'write', emit: helper('newCell') }),
  // An instance with all its attributes.
  build_instance: row({ operands: 'v*', result: OBJECT, effect: 'write', emit: builtInstance }),
  new_instance: row({ operands: '', result: OBJECT, effect: 'write', emit: (c, node) => `${c.helper('newInstance')}(${c.constant(node.imm)})` }),
  new_exception: row({ operands: 'v*', result: OBJECT, effect: 'write', emit: (c, node, args) => `${c.helper('exceptionOf')}(${c.constant(node.imm)}, [${args.join(', ')}])` }),
  // --- calls ---
  call_direct: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: directCall }),
  call_poly: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: polymorphicCall }),
  guard_begins: row({ operands: '', result: NONE, effect: 'guard', check: (c, node) => `${c.constant(node.imm)}.code === ${codeOf(c, node)} && ${c.constant(node.imm)}.entryPoint === ${c.helper('interpreter')}.entryPoint && t.coroutineOriginDepth === 0`, emit: () => 'null' }),
  can_begin: row({ operands: 'vv', result: BOOL, effect: 'read', emit: (c, node, [callee, self]) => `${c.helper('canBegin')}(t, ${callee}, ${self}, ${String(node.imm)})` }),
  next_function: row({ operands: 'v', result: OBJECT | NONE, effect: 'read', emit: (c, node, [iterator]) => `${c.helper('nextFunction')}(t, ${c.constant(node.imm)}, ${iterator})` }),
  begin_direct: row({ operands: 'v*', result: ANY, isRaw: true, effect: 'call', isCall: true, begins: true, emit: (c, node, args) => `${codeOf(c, node)}.begin(${['t', c.constant(node.imm), ...args].join(', ')})` }),
  begin_call: row({ operands: 'v*', result: ANY, isRaw: true, effect: 'call', isCall: true, begins: true, emit: (c, _n, [callee, self, ...args]) => callText(c, 'beginCall', [callee!, self!], args) }),
  begin_suspends: row({ operands: 'r', result: BOOL, effect: 'pure', emit: (c, _n, [a]) => `(${a} === ${c.helper('SUSPENDED')})` }),
  begin_result: row({ operands: 'r', result: VALUE, effect: 'pure', emit: (_c, _n, [a]) => a! }),
  begun: row({ operands: '', result: OBJECT, effect: 'write', emit: service('takeBegun') }),
  begun_value: row({ operands: '', result: VALUE, effect: 'read', emit: () => 't.sent' }),
  frame_seen: row({ operands: '', result: BOOL, effect: 'read', emit: () => '(S[b] !== func)' }),
  call_init: row({ operands: 'v*', result: NONE, effect: 'call', isCall: true, emit: (c, node, args) => `${c.helper('initResult')}(t, ${enter(c, (node.imm as { readonly code: CalledCode }).code, ['t', c.constant(node.imm), ...args])}, ${args[0]})` }),
  call_native: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, isNative: true, emit: (c, node, args) => `${c.constant(implementationOf((node.imm as NativeCall).definition))}(${['t', ...args].join(', ')})` }),
  // By the effects of quiet forms (`core/quiet.ts`).
  quiet_value: row({ operands: 'v*', result: VALUE, effect: 'guard', emit: quietCall, checkResult: isDecided }),
  quiet_look: row({ operands: 'v*', result: VALUE, effect: 'guard', emit: quietCall, checkResult: isDecided }),
  make_quiet: row({ operands: 'v*', result: VALUE, effect: 'write', emit: quietCall, checkResult: isDecided }),
  quiet_change: row({ operands: 'v*', result: VALUE, effect: 'write', emit: quietCall, checkResult: isDecided }),
  call_quiet: row({ operands: 'v*', result: VALUE, effect: 'guard', isQuiet: true, emit: (c, node, args) => `${c.constant((node.imm as NativeCall).definition.implementation)}(${['t', ...args].join(', ')})` }),
  // In what is inlined: where it raises, the call is done again.
  call_quiet_again: row({ operands: 'v*', result: VALUE, effect: 'guard', mayThrow: true, emit: (c, node, args) => `${c.constant((node.imm as NativeCall).definition.implementation)}(${['t', ...args].join(', ')})` }),
  convert: row({ operands: 'v', result: VALUE, effect: 'call', isCall: true, emit: (c, node, [a]) => `${c.helper('convert')}(t, ${c.constant(node.imm)}, ${a})` }),
  call_native_bound: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, isNative: true, emit: boundNativeCall }),
  call_native_spread: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, isNative: true, emit: spreadNativeCall }),
  call_code: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: (c, node, [func, ...args]) => callOf(c, (node.imm as CalledAlike).code, func!, args) }),
  call_wrapper: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, isNative: true, emit: wrapperCall }),
  construct: row({ operands: 'v', result: VALUE, effect: 'call', isCall: true, emit: (c, node, [a]) => `${c.helper('construct')}(t, ${c.constant(node.imm)}, ${a})` }),
  call_type: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: typeCall }),
  type_of: row({ operands: 'v', result: OBJECT, effect: 'read', emit: (c, _n, [a]) => `${c.helper('typeOf')}(${a})` }),
  receiver: row({ operands: 'v', result: VALUE, effect: 'pure', emit: (_c, _n, [a]) => `${a}.self` }),
  call: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: (c, _n, [callee, ...args]) => callText(c, 'call', [callee!], args) }),
  call_method: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: (c, _n, [callee, self, ...args]) => callText(c, 'callMethod', [callee!, self!], args) }),
  with_except_start: row({ operands: 'vvv', result: VALUE, effect: 'call', isCall: true, emit: (c, _n, [exit, self, exception]) => `${c.helper('callMethod3')}(t, ${exit}, ${self}, ${exception}.type, ${exception}, ${exception}.traceback)` }),
  call_keywords: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: (c, node, [callee, self, ...args]) => `${c.helper('callKeywords')}(t, ${callee}, ${self}, [${args.join(', ')}], ${c.constant(node.imm)})` }),
  call_operator: row({ operands: 'vv', result: VALUE, effect: 'call', isCall: true, emit: (c, node, [a, b]) => `${c.helper('operator')}(t, ${c.constant(node.imm)}, ${a}, ${b})` }),
  call_operator_known: row({ operands: 'vv', result: VALUE, effect: 'call', isCall: true, emit: knownOperator }),
  call_condition: row({ operands: 'vv', result: BOOL, effect: 'call', isCall: true, emit: (c, node, [a, b]) => `${c.helper('conditionBy')}(t, ${c.helper('operator')}(t, ${c.constant(node.imm)}, ${a}, ${b}))` }),
  call_condition_known: row({ operands: 'vv', result: BOOL, effect: 'call', isCall: true, emit: (c, node, args) => `${c.helper('conditionBy')}(t, ${knownOperator(c, node, args)})` }),
  call_special: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: (c, node, args) => `${c.helper((node.imm as SpecialCall).then)}(t, ${callOf(c, (node.imm as SpecialCall).func.code, c.constant((node.imm as SpecialCall).func), args)})` }),
  call_unpacked: row({ operands: 'vvvv', result: VALUE, effect: 'call', isCall: true, emit: service('callUnpacked') }),
  call_forwarded: row({ operands: 'vvvv', result: VALUE, effect: 'call', isCall: true, emit: service('callForwarded') }),
  call_merged: row({ operands: 'v*', result: VALUE, effect: 'call', isCall: true, emit: (c, node, [callee, self, mapping, ...args]) => `${c.helper('callMerged')}(t, ${callee}, ${self}, [${args.join(', ')}], ${c.constant(node.imm)}, ${mapping})` }),
  method_self: row({ operands: 'v', result: ANY, effect: 'read', emit: () => 't.methodSelf' }),
  raise: row({ operands: 'v*', result: NONE, effect: 'call', perform: (c, _n, args) => `return ${c.helper('raise')}(${['t', 'b', ...args].join(', ')});` }),
  reraise: row({ operands: 'v', result: NONE, effect: 'call', perform: (c, _n, [exception]) => `return ${c.helper('reraise')}(t, b, ${exception});` }),
  // Of a node that `catches`: it has raised something, which is in `Thread.raised`.
  raised: row({ operands: 'v', result: BOOL, effect: 'pure', emit: (c, _n, [a]) => `(${a} === ${c.helper('RAISED')})` }),
  caught: row({ operands: '', result: OBJECT, effect: 'write', emit: service('takeRaised') }),
  push_handled: row({ operands: 'v', result: VALUE, effect: 'write', emit: (c, _n, [exception]) => `${c.helper('pushHandled')}(t, ${c.owner === 'frame' ? 'frame.generator' : 'null'}, ${exception})` }),
  matches_exception: row({ operands: 'vv', result: BOOL, effect: 'call', emit: service('matchesException') }),
  // The class of an exception has the bases that it has: no Python code is asked.
  is_caught: row({ operands: 'v', result: BOOL, effect: 'read', emit: (c, node, [exception]) => `(${(node.imm as readonly PyType[]).map((type) => `${exception}.type === ${c.constant(type)} || ${exception}.type.mro.includes(${c.constant(type)})`).join(' || ') || 'false'})` }),
  pop_handled: row({ operands: 'v', result: NONE, effect: 'write', perform: (c, _n, [previous]) => `${c.helper('popHandled')}(t, ${previous});` }),
  // --- the general case, by services ---
  binary: row({ operands: 'vv', result: VALUE, effect: 'call', emit: serviceWith('binary') }),
  compare: row({ operands: 'vv', result: VALUE, effect: 'call', emit: serviceWith('compare') }),
  compare_bool: row({ operands: 'vv', result: BOOL, effect: 'call', emit: serviceWith('compareBool') }),
  contains: row({ operands: 'vv', result: BOOL, effect: 'call', emit: service('contains') }),
  optional_truth: row({ operands: 'v', result: BOOL, effect: 'guard', check: optionalCheck, emit: optionalTruth }),
  // An operator of ints of any size that raises nothing.
  quiet_int: row({ operands: 'vv', result: INT | BIG, effect: 'guard', emit: (c, node, [a, b]) => `${c.helper(node.imm as string)}(${a}, ${b})`, checkResult: isDecided }),
  quiet_compare: row({ operands: 'vv', result: BOOL, effect: 'guard', emit: (c, node, [a, b]) => `${c.helper('quietCompare')}(${a}, ${b}, ${String(node.imm)})`, checkResult: isDecided }),
  quiet_truth: row({ operands: 'v', result: BOOL, effect: 'guard', emit: helper('quietTruth'), checkResult: isDecided }),
  truth: row({ operands: 'v', result: BOOL, effect: 'call', emit: service('truth') }),
  negative: row({ operands: 'v', result: VALUE, effect: 'call', emit: service('negative') }),
  invert: row({ operands: 'v', result: VALUE, effect: 'call', emit: service('invert') }),
  get_item: row({ operands: 'vv', result: VALUE, effect: 'call', mayUnwind: true, emit: service('getItem') }),
  dict_get_item: row({ operands: 'vv', result: VALUE, effect: 'call', mayUnwind: true, emit: service('getDictItem') }),
  slot_call: row({ operands: 'v*', result: ANY, effect: 'call', emit: (c, node, args) => `${c.helper('behind')}(t, ${c.constant((node.imm as SlotCall).slot)}(${['t', ...args].join(', ')}))` }),
  // Whether a length is not 0: what is handed over where compiled code is left behind it is the bool.
  slot_truth: row({ operands: 'v', result: BOOL, effect: 'call', emit: (c, node, [a]) => `${c.helper('behind')}(t, ${c.constant((node.imm as SlotCall).slot)}(t, ${a}) !== 0)` }),
  set_item: row({ operands: 'vvv', result: NONE, effect: 'call', perform: (c, _n, [container, key, value]) => `${c.helper('setItem')}(t, ${container}, ${key}, ${value});` }),
  load_global: row({ operands: '', result: VALUE, effect: 'call', emit: (c, node) => `${c.helper('loadGlobal')}(t, ${c.func}, ${JSON.stringify(node.imm)})` }),
  store_global: row({ operands: 'v', result: NONE, effect: 'call', perform: (c, node, [v]) => `${c.helper('storeGlobal')}(t, ${c.func}, ${JSON.stringify(node.imm)}, ${v});` }),
  load_name: row({ operands: '', result: VALUE, effect: 'call', emit: (c, node) => `${c.helper('loadName')}(t, ${c.owner}, ${JSON.stringify(node.imm)})` }),
  store_name: row({ operands: 'v', result: NONE, effect: 'call', perform: (c, node, [v]) => `${c.helper('storeName')}(t, ${c.owner}, ${JSON.stringify(node.imm)}, ${v});` }),
  length: row({ operands: 'v', result: INT, effect: 'call', emit: service('length') }),
  native_field: row({ operands: 'v', result: VALUE, effect: 'call', mayUnwind: true, emit: (c, node, [a]) => `${c.helper('nativeField')}(t, ${c.constant((node.imm as NativeField).get)}, ${c.constant((node.imm as NativeField).site)}, ${a}, ${JSON.stringify((node.imm as NativeField).name)})` }),
  load_attr: row({ operands: 'v', result: VALUE, effect: 'call', mayUnwind: true, emit: (c, node, [a]) => `${c.helper('loadAttr')}(t, ${c.constant((node.imm as AttributeSite).site)}, ${a}, ${JSON.stringify((node.imm as AttributeSite).name)})` }),
  get_attr_or: row({ operands: 'vv', result: VALUE, effect: 'call', emit: (c, node, [a, fallback]) => `${c.helper('getAttrOr')}(${attributeArguments(c, node, a!)}, ${fallback})` }),
  has_attr: row({ operands: 'v', result: BOOL, effect: 'call', emit: (c, node, [a]) => `${c.helper('hasAttr')}(${attributeArguments(c, node, a!)})` }),
  quiet_attr_or: row({ operands: 'vv', result: VALUE, effect: 'guard', emit: (c, node, [a, fallback]) => `${c.helper('quietAttrOr')}(${attributeArguments(c, node, a!)}, ${fallback})`, checkResult: isDecided }),
  quiet_has_attr: row({ operands: 'v', result: BOOL, effect: 'guard', emit: (c, node, [a]) => `${c.helper('quietHasAttr')}(${attributeArguments(c, node, a!)})`, checkResult: isDecided }),
  load_method: row({ operands: 'v', result: VALUE, effect: 'call', emit: (c, node, [a]) => `${c.helper('loadMethod')}(t, ${c.constant((node.imm as AttributeSite).site)}, ${a}, ${JSON.stringify((node.imm as AttributeSite).name)})` }),
  store_attr: row({ operands: 'vv', result: NONE, effect: 'call', perform: (c, node, [value, owner]) => `${c.helper('storeAttr')}(t, ${c.constant((node.imm as AttributeSite).site)}, ${owner}, ${JSON.stringify((node.imm as AttributeSite).name)}, ${value});` }),
  import_name: row({ operands: 'vv', result: VALUE, effect: 'call', emit: (c, node, args) => `${c.helper('importName')}(${['t', c.owner, JSON.stringify(node.imm), ...args].join(', ')})` }),
  // The module is still what its import gives, and that nothing else.
  guard_imported: row({
    operands: '', result: NONE, effect: 'guard', emit: () => 'null',
    check: (c, node) => {
      const { builtins, name, names, module } = node.imm as ImportedModule;
      return `${c.helper('importedModule')}(t, ${c.constant(builtins)}, ${JSON.stringify(name)}, ${c.constant(names)}) === ${c.constant(module)}`;
    },
  }),
  import_from: row({ operands: 'v', result: VALUE, effect: 'call', emit: (c, node, [a]) => `${c.helper('importFrom')}(t, ${a}, ${JSON.stringify(node.imm)})` }),
  get_iter: row({ operands: 'v', result: VALUE, effect: 'call', emit: service('getIterator') }),
  iter_next: row({ operands: 'v', result: ANY, effect: 'call', mayUnwind: true, emit: nextOf }),
  send: row({ operands: 'vv', result: ANY, isRaw: true, effect: 'call', mayUnwind: true, emit: sendOf }),
  // What a generator has returned that was resumed in the place of the one that waits for it; unbound for others.
  returned_by: row({ operands: 'v', result: ANY, effect: 'read', emit: helper('returnedBy') }),
  take_returned: row({ operands: 'vv', result: VALUE, effect: 'write', emit: (_c, _n, [receiver, kept]) => `(${receiver}.returned = undefined, ${kept})` }),
  send_value: row({ operands: 'r', result: VALUE, effect: 'read', emit: (_c, _n, [a]) => `${a} === undefined ? t.sent : ${a}` }),
  send_done: row({ operands: 'r', result: BOOL, effect: 'read', emit: (_c, _n, [a]) => `(${a} === undefined)` }),
  set_add: row({ operands: 'vv', result: NONE, effect: 'call', perform: (c, _n, [set, v]) => `${c.helper('setAdd')}(t, ${set}, ${v});` }),
  map_add: row({ operands: 'vvv', result: NONE, effect: 'call', perform: (c, _n, [dict, k, v]) => `${c.helper('mapAdd')}(t, ${dict}, ${k}, ${v});` }),
  build_keywords: row({ operands: 'v*', result: DICT, effect: 'write', emit: (c, node, args) => (args.length === 0 ? `${c.helper('newDict')}()` : `${c.helper('newKeywords')}(${c.constant(node.imm)}, [${args.join(', ')}])`) }),
  build_map: row({ operands: 'v*', result: DICT, effect: 'call', emit: (c, _n, args) => `${c.helper('buildMap')}(t, [${args.join(', ')}])` }),
  build_set: row({ operands: 'v*', result: OBJECT, effect: 'call', emit: (c, _n, args) => `${c.helper('buildSet')}(t, [${args.join(', ')}])` }),
  build_slice: row({ operands: 'vvv', result: OBJECT, effect: 'write', emit: helper('newSlice') }),
  format: row({ operands: 'v', result: STR, effect: 'call', emit: service('format') }),
  unpack: row({ operands: 'v', result: ANY, isRaw: true, effect: 'call', emit: serviceWith('unpack') }),
  element: row({ operands: 'r', result: ANY, effect: 'read', emit: (_c, node, [a]) => `${a}[${String(node.imm)}]` }),
  get_slice: row({ operands: 'vvv', result: VALUE, effect: 'call', emit: service('getSlice') }),
  unpack_ex: row({ operands: 'v', result: ANY, isRaw: true, effect: 'call', emit: (c, node, [a]) => `${c.helper('unpackEx')}(t, ${a}, ${Number(node.imm) & 255}, ${Number(node.imm) >> 8})` }),
  get_awaitable: row({ operands: 'v', result: VALUE, effect: 'call', emit: serviceWith('awaitable') }),
  get_anext: row({ operands: 'v', result: VALUE, effect: 'call', emit: service('asyncNext') }),
  get_aiter: row({ operands: 'v', result: VALUE, effect: 'call', emit: service('asyncIterator') }),
  get_yield_from_iter: row({ operands: 'v', result: VALUE, effect: 'call', emit: (c, node, [a]) => `${c.helper('yieldFromIterator')}(t, ${c.constant(node.imm)}, ${c.owner === 'frame' ? 'frame.generator' : 'null'}, ${a})` }),
  load_special: row({ operands: 'v', result: VALUE, effect: 'call', emit: (c, node, [a]) => `${c.helper('loadSpecial')}(t, ${c.constant((node.imm as SpecialLoad).site)}, ${a}, ${(node.imm as SpecialLoad).number})` }),
  is_sequence: row({ operands: 'v', result: BOOL, effect: 'read', emit: helper('isSequence') }),
  is_mapping: row({ operands: 'v', result: BOOL, effect: 'read', emit: helper('isMapping') }),
  match_class: row({ operands: 'vvv', result: VALUE, effect: 'call', emit: (c, node, [subject, cls, names]) => `${c.helper('matchClass')}(t, ${subject}, ${cls}, ${String(node.imm)}, ${names})` }),
  match_keys: row({ operands: 'vv', result: VALUE, effect: 'call', emit: service('matchKeys') }),
  format_with_spec: row({ operands: 'vv', result: STR, effect: 'call', emit: service('formatWithSpec') }),
  convert_value: row({ operands: 'v', result: VALUE, effect: 'call', emit: (c, node, [a]) => `${c.helper('convertValue')}(t, ${String(node.imm)}, ${a})` }),
  list_extend: row({ operands: 'vv', result: NONE, effect: 'call', perform: (c, _n, [list, v]) => `${c.helper('listExtend')}(t, ${list}, ${v});` }),
  dict_update: row({ operands: 'vv', result: NONE, effect: 'call', perform: (c, _n, [dict, v]) => `${c.helper('dictUpdate')}(t, ${dict}, ${v});` }),
  dict_merge: row({ operands: 'vvv', result: NONE, effect: 'call', perform: (c, _n, [dict, v, callee]) => `${c.helper('dictMerge')}(t, ${dict}, ${v}, ${callee});` }),
  delete_attr: row({ operands: 'v', result: NONE, effect: 'call', perform: (c, node, [owner]) => `${c.helper('deleteAttr')}(t, ${owner}, ${JSON.stringify(node.imm)});` }),
  delete_item: row({ operands: 'vv', result: NONE, effect: 'call', perform: (c, _n, [container, key]) => `${c.helper('deleteItem')}(t, ${container}, ${key});` }),
  list_to_tuple: row({ operands: 'v', result: TUPLE, effect: 'write', emit: helper('listToTuple') }),
  async_gen_wrap: row({ operands: 'v', result: OBJECT, effect: 'write', emit: helper('wrapAsyncGeneratorValue') }),
  set_function_attribute: row({ operands: 'vv', result: NONE, effect: 'write', perform: (c, node, [value, func]) => `${c.helper('setFunctionAttribute')}(${func}, ${String(node.imm)}, ${value});` }),
  instruction: row({
    operands: 'v*', result: ANY, isRaw: true, effect: 'call',
    emit: (c, node, args) => `${c.helper('instruction')}(t, ${c.owner}, ${c.constant((node.imm as InstructionCall).code)}, ${(node.imm as InstructionCall).op}, ${(node.imm as InstructionCall).oparg}, ${(node.imm as InstructionCall).pc}, [${args.join(', ')}])`,
  }),
  make_function: row({ operands: 'v', result: OBJECT, effect: 'call', emit: (c, _n, [code]) => `${c.helper('makeFunction')}(t, ${code}, ${c.func})` }),
} as const satisfies Record<string, Operation>;

/** The name of an operation. */
export type OperationName = keyof typeof OPERATIONS;

/** Calls of known Python functions, which may be inlined: `Node.before` is the position before the call until then. */
export const INLINABLE: ReadonlySet<OperationName> = new Set<OperationName>(['call_direct', 'call_init', 'call_operator_known', 'call_condition_known', 'call_special', 'call_code', 'call_poly', 'load_attr']);

const ROWS: ReadonlyMap<OperationName, Operation> = new Map(Object.entries(OPERATIONS) as [OperationName, Operation][]);

/** The row of an operation. */
export function rowOf(op: OperationName): Operation {
  return ROWS.get(op)!;
}

/** The row of a node. */
export function operationOf(node: Node): Operation {
  return node.row;
}

/** Whether the record is to hold the values of a node's state when it is come to. */
export function savesRecord(node: Node): boolean {
  return operationOf(node).effect === 'call' || node.op === 'enter_inlined';
}

/** Whether a node is a matter of records alone. */
export function isOfRecord({ op }: Node): boolean {
  return op === 'enter_inlined' || op === 'leave_inlined' || op === 'guard_unseen';
}

/** The node whose value and text `node` has: guards give their operand. */
export function origin(node: Node): Node {
  let n = node;
  for (;;) {
    if (n.op === 'const' || n.op === 'param') return n;
    const row = operationOf(n);
    if (row.emit !== undefined || row.perform !== undefined) return n;
    n = n.args[0]!;
  }
}

/** Whether a node does nothing but make an object. */
export function isAllocation({ op }: Node): boolean {
  return ALLOCATIONS.has(op);
}

const ALLOCATIONS: ReadonlySet<OperationName> = new Set([...ROWS.keys()].filter((op) => op.startsWith('build_') || op.startsWith('make_') || op === 'new_instance' || op === 'new_exception'));

/** Whether a node may raise an exception in its activation: guards leave to tier 0, which raises what is to be raised. */
export function canRaise(node: Node): boolean {
  const { effect, isQuiet } = operationOf(node);
  return effect === 'call' || isQuiet === true;
}

/** Whether the result of a node may be RAISED. */
export function mayBeRaised(node: Node): boolean {
  return operationOf(node).misses === true || (node.catches && canRaise(node));
}

/** In which form the node wants its ith operand: see the file's head. */
export function operandLetter(node: Node, i: number): string {
  const { operands } = operationOf(node);
  const last = operands.endsWith('*') ? operands.length - 2 : operands.length - 1;
  return operands[Math.min(i, last)]!;
}

/** Whether the node does nothing but give a value. */
export function isDroppable(node: Node): boolean {
  const { effect } = operationOf(node);
  return effect === 'pure' || effect === 'read' || node.op === 'new_instance' || node.op === 'new_exception' || node.op === 'build_instance' || node.op === 'build_list' || node.op === 'build_list_of_doubles' || node.op === 'build_tuple' || node.op === 'build_middle' || node.op === 'build_slice' || node.op === 'build_list_part' || node.op === 'build_spread' || node.op === 'build_keywords' || node.op === 'build_plain_set' || node.op === 'build_plain_map' || node.op === 'make_bound_native' || node.op === 'make_bound' || node.op === 'make_cell';
}
