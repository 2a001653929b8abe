/** Globals, names of module bodies, attributes: what the inline caches and the tables say becomes guards and plain reads. */
import { HashTable, PyDict } from '../core/containers.ts';
import { PyFunction } from '../core/function.ts';
import { CACHE_CLASS_VALUE, CACHE_GETSET, CACHE_INSTANCE_SLOT, CACHE_MEMBER, CACHE_METHOD, CACHE_SUPER, CACHE_TYPE_ATTRIBUTE, PolymorphicSite, type InlineCache } from '../core/inline-cache.ts';
import { PyModule } from '../core/instance.ts';
import { PyBuiltinFunction, PyGetSetDescriptor, PyMethodDescriptor } from '../core/native.ts';
import { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { decode, type Instruction } from './bytecode-blocks.ts';
import type { Builder } from './builder.ts';
import { buildPolymorphicLoad, buildPolymorphicStore } from './build-polymorphic.ts';
import { MANY, type Node, type State } from './ir.ts';
import { DICT, LIST, STR, TUPLE, UNBOUND, VALUE } from './kinds.ts';
import type { AttributeSite, ImportedModule, KnownGetter, NativeField } from './operation-constants.ts';
import { callQuietly } from './quiet-calls.ts';
import { constantUnit } from './units.ts';

/** Values under a name that programs hardly ever change: worth being constants behind a guard. */
function isStable(value: Maybe): boolean {
  return value instanceof PyFunction || value instanceof PyType || value instanceof PyBuiltinFunction || value instanceof PyModule;
}

/** Whether the code sets a global itself: that is a variable. */
function setsGlobal({ code }: Builder, name: string): boolean {
  if (!code.names.includes(name)) return false;
  for (let i = decode(code.words, 0); ; i = decode(code.words, i.next)) {
    if (i.name === 'STORE_GLOBAL' && code.names[i.oparg] === name) return true;
    if (i.next >= code.words.length) return false;
  }
}

/** The value in a table whose keys have not changed; constant where it is stable, or has been so far. */
function readTable(b: Builder, i: Instruction, { table, slot, name }: { table: HashTable; slot: number; name: string }, before: State): Node {
  const value = b.emit('table_get', [], { table, slot });
  const now = table.values[slot];
  if (b.input.isHopeless(i.at)) return value;
  const unit = constantUnit(i.at);
  if (isStable(now)) b.guard('guard_is', [value], before, now);
  else if (now !== undefined && b.feedback(i)?.constant === now && !b.input.isHopeless(unit) && !setsGlobal(b, name)) b.guard('guard_is', [value], before.copy(before.slots, unit), now);
  else return value;
  return b.constant(now);
}

/** The dict's table, when names can be looked up in it without running Python code. */
function plainTable(dict: PyDict): HashTable {
  return dict.table;
}

/** A global or builtin found now: guards that it is still there. Null where it is not found. */
function lookupGlobal(b: Builder, i: Instruction, name: string, before: State): Node | null {
  const { func } = b.input;
  const globals = plainTable(func.globals);
  const own = b.input.findName(globals, name);
  b.guard('guard_table', [], before, { table: globals, version: globals.version });
  if (own >= 0) return readTable(b, i, { table: globals, slot: own, name }, before);
  if (!(func.builtins instanceof PyDict) || func.builtins.type !== b.input.types.dict) return null;
  const builtins = plainTable(func.builtins);
  const slot = b.input.findName(builtins, name);
  if (slot < 0) return null;
  b.guard('guard_table', [], before, { table: builtins, version: builtins.version });
  return readTable(b, i, { table: builtins, slot, name }, before);
}

function pushGlobal(b: Builder, i: Instruction, name: string): void {
  const before = b.before(i);
  const known = !b.input.isHopeless(i.at) && b.input.func.globals.type === b.input.types.dict ? lookupGlobal(b, i, name, before) : null;
  if (known === null) {
    const node = b.emit('load_global', [], name);
    node.state = b.during(i, true);
    b.pushResult(i, node);
  } else if (known.op === 'const') b.push(known);
  else b.pushResult(i, known);
}

/** LOAD_GLOBAL. */
export function buildLoadGlobal(b: Builder, i: Instruction): void {
  pushGlobal(b, i, b.code.names[i.oparg >> 1]!);
  if ((i.oparg & 1) !== 0) b.push(b.constant(undefined));
}

/** STORE_GLOBAL. */
export function buildStoreGlobal(b: Builder, i: Instruction): void {
  const value = b.pop();
  const node = b.emit('store_global', [value], b.code.names[i.oparg]!);
  node.state = b.during(i, false);
}

/** LOAD_NAME in a module body, whose locals are its globals; left to tier 0's implementation elsewhere. */
export function buildLoadName(b: Builder, i: Instruction): void {
  const node = b.emit('load_name', [], b.code.names[i.oparg]!);
  node.state = b.during(i, true);
  b.pushResult(i, node);
}

/** STORE_NAME. */
export function buildStoreName(b: Builder, i: Instruction): void {
  const value = b.pop();
  const node = b.emit('store_name', [value], b.code.names[i.oparg]!);
  node.state = b.during(i, false);
}

/** A method of a builtin type, whose attributes do not change, and the object, checked; null where it is something else. */
function builtinMethod(b: Builder, i: Instruction, owner: Node, name: string, before: State): { readonly method: PyMethodDescriptor; readonly self: Node } | null {
  const seen = b.feedback(i)?.left ?? 0;
  const kind = [LIST, DICT, STR, TUPLE].find((candidate) => owner.kinds === candidate || seen === candidate);
  if (kind === undefined) return null;
  const method = b.input.builtinAttribute(kind, name);
  return method instanceof PyMethodDescriptor && method.definition.binding === 'method' ? { method, self: b.guardKind(owner, kind, before) } : null;
}

/** The place of an attribute access that is not specialised. */
export function attributeSite(b: Builder, i: Instruction, name: string): { site: PolymorphicSite; name: string } {
  return { site: new PolymorphicSite(b.code, i.next), name };
}

/** LOAD_ATTR. */
export function buildLoadAttr(b: Builder, i: Instruction): void {
  const name = b.code.names[i.oparg >> 1]!;
  const before = b.before(i);
  const owner = b.pop();
  const forCall = (i.oparg & 1) !== 0;
  const cache = b.input.isHopeless(i.at) ? null : (b.code.caches[i.next] ?? null);
  const builtin = builtinMethod(b, i, owner, name, before);
  if (builtin !== null) {
    pushMethod(b, builtin, forCall);
    return;
  }
  if (buildPolymorphicLoad(b, i, owner, name, forCall, before, 2)) return;
  const known = constantOwner(b, i, owner, name, before) ?? (cache === null ? null : (cachedAttribute(b, cache, owner, before, forCall) ?? nativeField(b, i, cache, owner, before)));
  if (known !== null) {
    if (known.self !== null) {
      b.push(known.value);
      b.push(known.self);
    } else {
      if (known.value.op === 'const') b.push(known.value);
      else b.pushResult(i, known.value);
      if (forCall) b.push(b.constant(undefined));
    }
    return;
  }
  if (!forCall && (boundMethod(b, i, owner, name, before) || boundFunction(b, i, owner, before))) return;
  if (!b.input.isSettling || !buildPolymorphicLoad(b, i, owner, name, forCall, before, 1)) generalAttribute(b, i, owner, name, forCall, before);
}

/** A method of a builtin object: for a call the function and self, else the two as one object. */
function pushMethod(b: Builder, { method, self }: { readonly method: PyMethodDescriptor; readonly self: Node }, forCall: boolean): void {
  if (forCall) {
    b.push(b.constant(method));
    b.push(self);
  } else b.push(b.emit('make_bound_native', [self], method));
}

/** `object.method`, not called at once, of an object of a builtin type that has no attributes of its own. */
function boundMethod(b: Builder, i: Instruction, owner: Node, name: string, before: State): boolean {
  const type = b.feedback(i)?.type ?? null;
  if (type === null || type === MANY || type.flags.heapType || isKind(b, type) || type.name === 'str' || type.slots.tp_getattro !== type.mro.at(-1)!.slots.tp_getattro) return false;
  const method = b.input.classAttribute(type, name);
  if (!(method instanceof PyMethodDescriptor) || method.definition.binding !== 'method' || !type.mro.includes(method.owner)) return false;
  const self = b.guard(type.flags.hasDict ? 'guard_plain' : 'guard_type', [owner], before, { type, version: type.version });
  b.push(b.emit('make_bound_native', [self], method));
  return true;
}

/** `object.method` of instances of one shape. */
function boundFunction(b: Builder, i: Instruction, owner: Node, before: State): boolean {
  const caches = b.feedback(i)?.caches ?? [];
  const cache = caches[0];
  if (caches.length !== 1 || cache!.kind !== CACHE_METHOD || cache!.shape === null || cache!.type!.version !== cache!.version) return false;
  const self = b.guard('guard_shape', [owner], before, { shape: cache!.shape, type: cache!.type!, version: cache!.version });
  b.push(b.emit('make_bound', [self], cache!.value));
  return true;
}

/** The property that an attribute of one class has been. */
function knownGetter(b: Builder, i: Instruction, name: string): KnownGetter | undefined {
  const type = b.feedback(i)?.type ?? null;
  if (!(type instanceof PyType) || !type.flags.heapType) return undefined;
  const found = b.input.propertyGetter(type, name);
  return found === null ? undefined : { ...found, type, version: type.version };
}

function generalAttribute(b: Builder, i: Instruction, owner: Node, name: string, forCall: boolean, before: State): void {
  const getter = forCall ? undefined : knownGetter(b, i, name);
  const node = b.emit(forCall ? 'load_method' : 'load_attr', [owner], { ...attributeSite(b, i, name), getter } satisfies AttributeSite);
  if (getter !== undefined) node.before = before;
  node.state = b.during(i, false);
  if (!forCall) {
    b.pushResult(i, node);
    return;
  }
  b.push(node);
  b.push(b.emit('method_self', [node]));
}

/** What an attribute is. */
export interface Known {
  readonly value: Node;
  /** For a method: the owner, checked. */
  readonly self: Node | null;
}

/** Attributes of modules and classes that are constants here; null where there is none, or it is not known to stay. */
export function constantOwner(b: Builder, i: Instruction, owner: Node, name: string, before: State): Known | null {
  if (owner.op !== 'const') return null;
  const object = owner.imm;
  if (object instanceof PyType) return constantClass(b, i, object, name, before);
  if (!(object instanceof PyModule) || object.type.name !== 'module') return null;
  const { table } = object.dict;
  const slot = b.input.findName(table, name);
  if (slot < 0) return null;
  b.guard('guard_table', [], before, { table, version: table.version });
  return { value: readTable(b, i, { table, slot, name }, before), self: null };
}

/** An attribute of a class that is known. */
function constantClass(b: Builder, i: Instruction, type: PyType, name: string, before: State): Known | null {
  const value = b.input.isHopeless(i.at) ? undefined : b.input.classValue(type, name);
  if (value === undefined) return null;
  b.guard('guard_version', [], before, { type, version: type.version });
  b.guard('guard_version', [], before, { type: type.type, version: type.type.version });
  return { value: b.constant(value), self: null };
}

/** IMPORT_NAME of a module that is there: a constant. False where the import does more, or may. */
export function importKnown(b: Builder, i: Instruction): boolean {
  const [level, names] = b.stack.slice(-2).map((slot) => b.asNode(slot)) as [Node, Node];
  if (b.input.isHopeless(i.at) || level.op !== 'const' || level.imm !== 0 || names.op !== 'const') return false;
  const { builtins } = b.input.func;
  const name = b.code.names[i.oparg]!;
  const module = b.input.importedModule(builtins, name, names.imm as Value);
  if (module === undefined) return false;
  const before = b.before(i);
  b.popMany(2);
  b.guard('guard_imported', [], before, { builtins, name, names: names.imm as Value, module } satisfies ImportedModule);
  b.push(b.constant(module));
  return true;
}

/** How often a cache of an instruction that sees one class may have missed: while instances got their attributes, and classes their methods. */
const MAX_MISSES = 4;

/** Whether what the cache knows holds, and is likely to go on holding. */
function isCurrent(cache: InlineCache): boolean {
  return cache.type !== null && cache.type.version === cache.version && cache.misses <= MAX_MISSES;
}

/** Whether values of a builtin type are a kind of their own (`kinds.ts`). */
function isKind(b: Builder, type: PyType): boolean {
  const { float, list, dict, tuple } = b.input.types;
  return type === float || type === list || type === dict || type === tuple;
}

function cachedAttribute(b: Builder, cache: InlineCache, owner: Node, before: State, forCall: boolean): Known | null {
  if (!isCurrent(cache) && cache.kind !== CACHE_TYPE_ATTRIBUTE) return null;
  const shape = { shape: cache.shape!, type: cache.type!, version: cache.version };
  switch (cache.kind) {
    case CACHE_INSTANCE_SLOT: {
      b.guard('guard_shape', [owner], before, shape);
      const value = b.emit('slot_get', [owner], cache.slot);
      value.kinds = VALUE;
      return { value, self: null };
    }
    case CACHE_METHOD:
      if (!forCall) return null;
      if (cache.shape === null) return isKind(b, cache.type!) ? null : plainMethod(b, cache, owner, before);
      return { self: b.guard('guard_shape', [owner], before, shape), value: b.constant(cache.value) };
    case CACHE_CLASS_VALUE:
      if (cache.shape === null) return null;
      b.guard('guard_shape', [owner], before, shape);
      return { value: b.constant(cache.value), self: null };
    case CACHE_MEMBER: {
      b.guard('guard_type', [owner], before, { type: cache.type!, version: cache.version });
      const slot = b.emit('slot_get', [owner], cache.slot);
      slot.kinds = VALUE | UNBOUND;
      return { value: b.guard('guard_bound', [slot], before), self: null };
    }
    case CACHE_TYPE_ATTRIBUTE: {
      const type = cache.owner as PyType;
      if (type.version !== cache.version || cache.type!.version !== cache.otherVersion) return null;
      b.guard('guard_is', [owner], before, type);
      b.guard('guard_version', [], before, { type, version: cache.version });
      b.guard('guard_version', [], before, { type: cache.type!, version: cache.otherVersion });
      return { value: b.constant(cache.value), self: null };
    }
    default:
      return null;
  }
}

/** A field of an object of a builtin type: its getter is called. */
function nativeField(b: Builder, i: Instruction, cache: InlineCache, owner: Node, before: State): Known | null {
  if (cache.kind !== CACHE_GETSET || !isCurrent(cache) || isKind(b, cache.type!)) return null;
  const descriptor = cache.value as PyGetSetDescriptor;
  b.guard('guard_type', [owner], before, { type: cache.type!, version: cache.version });
  const quiet = callQuietly(b, i, { implementation: descriptor.get, args: [owner] }, before);
  if (quiet !== null) return { value: quiet, self: null };
  const value = b.emit('native_field', [owner], { ...attributeSite(b, i, descriptor.name), get: descriptor.get } satisfies NativeField);
  value.state = b.during(i, false);
  return { value, self: null };
}

/** The method of an object without attributes of its own: its class has none, or it has not come to one yet. */
function plainMethod(b: Builder, cache: InlineCache, owner: Node, before: State): Known {
  const { flags } = cache.type!;
  const self = b.guard(flags.heapType || flags.hasDict ? 'guard_plain' : 'guard_type', [owner], before, { type: cache.type!, version: cache.version });
  return { self, value: b.constant(cache.value) };
}

/** STORE_ATTR. */
export function buildStoreAttr(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const owner = b.pop();
  const value = b.pop();
  if (buildPolymorphicStore(b, i, owner, b.code.names[i.oparg]!, value, before, 2)) return;
  const cache = b.input.isHopeless(i.at) ? null : (b.code.caches[i.next] ?? null);
  if (cache !== null && cache.kind === CACHE_INSTANCE_SLOT && isCurrent(cache)) {
    b.guard('guard_shape', [owner], before, { shape: cache.shape!, type: cache.type!, version: cache.version });
    if (cache.nextShape === null) b.emit('slot_set', [owner, value], cache.slot);
    else b.emit('slot_add', [owner, value], { shape: cache.nextShape, type: cache.type!, version: cache.version, slot: cache.slot });
    return;
  }
  if (cache !== null && cache.kind === CACHE_MEMBER && isCurrent(cache)) {
    b.guard('guard_members', [owner], before, { type: cache.type!, version: cache.version });
    b.emit('slot_set', [owner, value], cache.slot);
    return;
  }
  if (b.input.isSettling && buildPolymorphicStore(b, i, owner, b.code.names[i.oparg]!, value, before, 1)) return;
  const node = b.emit('store_attr', [value, owner], attributeSite(b, i, b.code.names[i.oparg]!));
  node.state = b.during(i, false);
}

/** DELETE_ATTR. */
export function buildDeleteAttr(b: Builder, i: Instruction): void {
  b.emit('delete_attr', [b.pop()], b.code.names[i.oparg]!).state = b.during(i, false);
}

/** LOAD_SUPER_ATTR for a call, where the cache knows the method; else `general`. */
export function buildSuperAttr(b: Builder, i: Instruction, general: (b: Builder, i: Instruction) => void): void {
  const cache = b.input.isHopeless(i.at) ? null : (b.code.caches[i.next] ?? null);
  if (cache === null || cache.kind !== CACHE_SUPER || !isCurrent(cache) || (i.oparg & 1) === 0) {
    general(b, i);
    return;
  }
  const before = b.before(i);
  const self = b.pop();
  const cls = b.pop();
  const superType = b.pop();
  if (!(superType.op === 'const' && superType.imm instanceof PyType && superType.imm.name === 'super')) {
    b.push(superType);
    b.push(cls);
    b.push(self);
    general(b, i);
    return;
  }
  b.guard('guard_is', [cls], before, cache.owner);
  const checked = b.guard('guard_type', [self], before, { type: cache.type!, version: cache.version });
  b.push(b.constant(cache.value));
  b.push(checked);
}
