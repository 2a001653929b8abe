/** Attribute accesses that have seen a few kinds of instances: told apart by their shapes, once, and then read, written or called directly. */
import { PyFunction } from '../core/function.ts';
import { CACHE_INSTANCE_SLOT, CACHE_MEMBER, CACHE_METHOD, type InlineCache } from '../core/inline-cache.ts';
import type { Instruction } from './bytecode-blocks.ts';
import type { Builder } from './builder.ts';
import type { Node, State } from './ir.ts';
import { VALUE } from './kinds.ts';
import type { InstanceKind, PolymorphicAttribute } from './operations.ts';

/** Declared cache: the order in which kinds of instances were first met. In one order at all places, telling them apart at one serves the next. */
const ranks = new WeakMap<object, number>();
let nextRank = 0;

function rank(cache: InlineCache): number {
  const key = cache.shape ?? cache.type!;
  let known = ranks.get(key);
  if (known === undefined) ranks.set(key, (known = nextRank++));
  return known;
}

/**
 * The kinds of instances seen at an instruction, where there are at least so many; null where they are not worth telling apart. One is worth it where tier 0's
 * inline cache has seen more: the others are learnt when they come.
 */
function cachesAt(b: Builder, i: Instruction, least: number): readonly InlineCache[] | null {
  const caches = b.feedback(i)?.caches?.filter((cache) => cache.type!.version === cache.version) ?? [];
  if (caches.length < least) return null;
  return caches.sort((a, other) => rank(a) - rank(other));
}

function indexOf(b: Builder, owner: Node, caches: readonly InlineCache[], before: State): Node {
  const kinds = caches.map((cache): InstanceKind => ({ shape: cache.shape, type: cache.type!, version: cache.version }));
  return b.guard('poly_index', [owner], before, { kinds });
}

/** LOAD_ATTR: pushes what it does, or does nothing and gives false. */
export function buildPolymorphicLoad(b: Builder, i: Instruction, owner: Node, name: string, forCall: boolean, before: State, least: number): boolean {
  const caches = cachesAt(b, i, least);
  if (caches === null) return false;
  const areMethods = caches.every((cache) => cache.kind === CACHE_METHOD);
  if (areMethods !== forCall || (!forCall && caches.some((cache) => cache.kind === CACHE_METHOD))) return false;
  const index = indexOf(b, owner, caches, before);
  const attribute: PolymorphicAttribute = { caches, name };
  if (forCall) {
    const { value } = caches[0]!;
    b.push(caches.every((cache) => cache.value === value) ? b.constant(value) : b.emit('poly_method', [owner, index], attribute));
    b.push(owner);
    return true;
  }
  let value = b.emit('poly_get', [owner, index], attribute);
  if (caches.some((cache) => cache.kind === CACHE_MEMBER)) value = b.guard('guard_bound', [value], before);
  else value.kinds = VALUE;
  b.pushResult(i, value);
  return true;
}

/** STORE_ATTR, likewise. */
export function buildPolymorphicStore(b: Builder, i: Instruction, owner: Node, name: string, value: Node, before: State, least: number): boolean {
  const caches = cachesAt(b, i, least);
  if (caches === null || caches.some((cache) => cache.kind !== CACHE_INSTANCE_SLOT && cache.kind !== CACHE_MEMBER)) return false;
  const attribute: PolymorphicAttribute = { caches, name };
  b.emit('poly_set', [owner, indexOf(b, owner, caches, before), value], attribute);
  return true;
}

/** The functions among which a callee is chosen, where each takes these arguments as they are; null where one does not. */
export function polymorphicCallees(callee: Node, argumentCount: number): readonly PyFunction[] | null {
  if (callee.op !== 'poly_method') return null;
  const functions = (callee.imm as PolymorphicAttribute).caches.map((cache) => cache.value);
  const areSimple = functions.every((func) => func instanceof PyFunction && func.code.ownEntries === 0 && !func.code.isGenerator && func.code.simpleArgcount === argumentCount);
  return areSimple ? (functions as PyFunction[]) : null;
}
