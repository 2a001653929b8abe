/** Shares values computed before (global value numbering over the dominator tree), guards included: what is known need not be checked again. */
import { dominates, reversePostorder, shapeOf, type Shape } from '../dominators.ts';
import { constant, edgesOf, Node, resolveOperands, settleOperands, type Block, type Graph } from '../ir.ts';
import { INT, OBJECT } from '../kinds.ts';
import { areasChanged, areasRead, EVERYTHING, mayTouch, readsMemory } from '../memory.ts';
import type { QuietCall } from '../operation-constants.ts';
import { operationOf, origin, type AddedSlot, type AmongKinds, type BuiltInstance, type InstanceKind, type OperationName } from '../operations.ts';
import { knownPart } from './known-parts.ts';

const ids = new WeakMap<object, number>();
let nextId = 0;

function immText(imm: unknown): string {
  if (imm === null || (typeof imm !== 'object' && typeof imm !== 'function' && typeof imm !== 'symbol')) return `${typeof imm}:${String(imm)}${Object.is(imm, -0) ? '-' : ''}`;
  if (typeof imm === 'object' && Object.getPrototypeOf(imm) === Object.prototype) {
    let text = '{';
    for (const value of Object.values(imm)) text += `${immText(value)},`;
    return `${text}}`;
  }
  if (Array.isArray(imm)) return `[${imm.map(immText).join(',')}]`;
  let id = ids.get(imm as object);
  if (id === undefined) ids.set(imm as object, (id = nextId++));
  return `#${id}`;
}

function keyText(op: OperationName, args: readonly Node[], imm: unknown): string {
  let key: string = op;
  for (let i = 0; i < args.length; i++) key += ` ${args[i]!.id}`;
  return imm === undefined ? key : `${key} ${immText(imm)}`;
}

function keyOf(node: Node): string {
  return keyText(node.op, node.args, node.imm);
}

/** Never shared: `quiet_attr_or` may give a method, which is another object each time. */
const UNSHARED = new Set(['quiet_attr_or', 'loop_entry', 'safepoint', 'safepoint_inlined', 'argument', 'entry_slot', 'sent_value', 'param', 'method_self', 'call_quiet', 'call_quiet_again']);

/** Calls of quiet forms. */
const QUIET: ReadonlySet<OperationName> = new Set<OperationName>(['quiet_value', 'quiet_look', 'make_quiet', 'quiet_change']);

/** What an operation gives for its operands, as long as nothing changes what it reads. */
interface Known {
  readonly op: OperationName;
  readonly args: readonly Node[];
  readonly imm: unknown;
  readonly value: Node;
}

/** The number of a kind among others, -1 where it is not there. */
function indexIn(kinds: readonly InstanceKind[], { shape, type, version }: InstanceKind): number {
  return kinds.findIndex((kind) => kind.shape === shape && kind.type === type && kind.version === version);
}

/** What is known of memory at a place. */
class Memory {
  private readonly values: Map<string, Known>;

  constructor(values: ReadonlyMap<string, Known> = new Map()) {
    this.values = new Map(values);
  }

  get(key: string): Node | null {
    return this.values.get(key)?.value ?? null;
  }

  set(op: OperationName, args: readonly Node[], imm: unknown, value: Node, key = keyText(op, args, imm)): void {
    this.values.set(key, { op, args, imm, value });
  }

  copy(): Memory {
    return new Memory(this.values);
  }

  /** Forgets what is not known in `other`, too. */
  keepCommon(other: Memory): void {
    for (const [key, { value }] of this.values) if (other.get(key) !== value) this.values.delete(key);
  }

  /** Forgets what `node` may have changed. */
  clobber(node: Node): void {
    const areas = areasChanged(node);
    if (areas === 0 || this.values.size === 0) return;
    if (areas === EVERYTHING) return this.values.clear();
    for (const [key, { op, args, imm }] of this.values) if ((areasRead(op) & areas) !== 0 && mayTouch(node, op, args, imm)) this.values.delete(key);
  }

  /** Learns from a node that is not shared. */
  learn(node: Node): void {
    if (node.op === 'slot_add') {
      const { slot, shape, type, version } = node.imm as AddedSlot;
      const owner = node.args[0]!;
      // Whoever has got an attribute has the shape that goes with it: a guard that asks for it holds.
      this.set('guard_shape', [owner], { shape, type, version }, owner);
      this.knowSlot(owner, slot, node.args[1]!);
    } else if (node.op === 'cell_set') this.set('cell_get', [node.args[0]!], undefined, node.args[1]!);
    else if (node.op === 'items_set') this.set('items_get', node.args.slice(0, 2), undefined, node.args[2]!);
    else if (node.op === 'build_list') this.set('list_length', [node], undefined, node);
    else if (node.op === 'build_keywords') this.set('dict_length', [node], undefined, node);
    else if (node.op === 'build_instance') this.knowInstance(node);
    else if (QUIET.has(node.op)) this.knowResult(node);
    else if (node.op === 'slot_set') this.knowSlot(node.args[0]!, node.imm as number, node.args[1]!);
  }

  /** What is stored in a slot is what is read from it. */
  private knowSlot(owner: Node, slot: number, value: Node): void {
    this.set('slot_get', [owner], slot, value);
  }

  /** An instance is what it was made as. */
  private knowInstance(node: Node): void {
    const { type, shape } = node.imm as BuiltInstance;
    const { version } = type;
    this.set('guard_shape', [node], { shape, type, version }, node);
    this.set('guard_type', [node], { type, version }, node);
    node.args.forEach((value, slot) => this.knowSlot(node, slot, value));
  }

  /** What a quiet form gives is of the class that it says. */
  private knowResult(node: Node): void {
    const { type } = node.imm as QuietCall;
    if (type !== null && node.kinds === OBJECT) this.set('guard_type', [node], { type, version: type.version }, node);
  }

  /** What a branch has found out. */
  knowKind(node: Node): void {
    if (node.op === 'known_kinds') return this.set('known_kinds', [node.args[0]!], undefined, node);
    const { shape, type, version } = node.imm as InstanceKind;
    const owner = node.args[0]!;
    if (shape !== null) this.set('guard_shape', [owner], { shape, type, version }, owner);
    this.set('guard_type', [owner], { type, version }, owner);
    this.set('known_kind', [owner], undefined, node);
  }

  /** The length of a display to which nothing has been added. */
  lengthOfDisplay(node: Node): Node | null {
    if (node.op !== 'list_length' && node.op !== 'dict_length') return null;
    const display = this.get(keyText(node.op, node.args, undefined));
    return display !== null && (display.op === 'build_list' || display.op === 'build_keywords') ? constant(display.args.length, INT) : null;
  }

  /** The index of an instance whose kind is known, among others. */
  indexOfKnown(node: Node): Node | null {
    if (node.op !== 'poly_index') return null;
    const { kinds } = node.imm as { readonly kinds: readonly InstanceKind[] };
    const known = this.get(keyText('known_kind', node.args, undefined));
    if (known === null) return this.indexAmong(node, kinds);
    const at = indexIn(kinds, known.imm as InstanceKind);
    return at < 0 ? null : constant(at, INT);
  }

  /** The same where another index says that it is one of a few. */
  private indexAmong(node: Node, own: readonly InstanceKind[]): Node | null {
    const known = this.get(keyText('known_kinds', node.args, undefined));
    if (known === null) return null;
    const { kinds, among } = known.imm as AmongKinds;
    const indices = kinds.map((kind, i) => (among.includes(i) ? indexIn(own, kind) : 0));
    if (indices.includes(-1)) return null;
    const index = new Node('poly_among', [known.args[1]!], { indices });
    index.kinds = INT;
    return index;
  }
}

/**
 * What is known where a block begins: what is at the end of all blocks that lead there. Where a loop begins that is what was known before it and what nothing in it changes:
 * what leads back to it comes later.
 */
function memoryAtStart(block: Block, shape: Shape, ends: ReadonlyMap<Block, Memory>): Memory {
  const loop = shape.loops.get(block);
  let memory: Memory | null = null;
  for (const from of shape.predecessors.get(block)!) {
    if (loop?.has(from) === true) continue;
    const end = ends.get(from);
    if (end === undefined) return new Memory();
    // Nobody else asks for the end of a block that only leads here.
    if (memory === null) memory = edgesOf(from).length === 1 ? end : end.copy();
    else memory.keepCommon(end);
  }
  if (memory === null) return new Memory();
  if (loop !== undefined) for (const { nodes } of loop) for (const node of nodes) memory.clobber(node);
  return memory;
}

/** See the file's head. */
export function shareValues(graph: Graph): void {
  const shape = shapeOf(graph);
  const pure = new Map<string, Node[]>();
  const ends = new Map<Block, Memory>();
  let hasChanged = false;
  for (const block of graph.blocks) {
    const memory = memoryAtStart(block, shape, ends);
    const out: Node[] = [];
    for (const node of block.nodes) {
      resolveOperands(node);
      if (node.op === 'known_kind' || node.op === 'known_kinds') {
        memory.knowKind(node);
        node.alias = node.args[0]!;
        hasChanged = true;
        continue;
      }
      const known = memory.indexOfKnown(node) ?? memory.lengthOfDisplay(node) ?? knownPart(node);
      if (known !== null && known.block === null) {
        known.block = block;
        out.push(known);
      }
      const key = isShareable(node) ? keyOf(node) : null;
      const found = known ?? find(node, key, pure, memory, shape);
      if (found !== null) {
        node.alias = found;
        hasChanged = true;
        if (found.hint === '') found.hint = node.hint;
        continue;
      }
      placeAt(node, memory);
      memory.clobber(node);
      memory.learn(node);
      out.push(node);
      remember(node, key, pure, memory);
    }
    block.nodes = out;
    ends.set(block, memory);
  }
  if (hasChanged) settleOperands(graph);
  if (hasChanged) foldBranches(graph);
}

/** Leaves out ways that are never gone. Changes the list of blocks. */
function foldBranches(graph: Graph): void {
  let hasFolded = false;
  for (const block of graph.blocks) {
    const { end } = block;
    if (end.kind !== 'branch' || end.condition.op !== 'const') continue;
    block.end = { kind: 'jump', target: end.condition.imm === true ? end.then : end.otherwise };
    hasFolded = true;
  }
  if (hasFolded) graph.blocks = reversePostorder(graph.blocks[0]!);
}

/** A key whose entry is known is set there. */
function placeAt(node: Node, memory: Memory): void {
  if (node.op !== 'dict_set' && node.op !== 'set_add_quiet') return;
  const [table, key, ...value] = node.args as [Node, Node, ...Node[]];
  const entry = memory.get(keyText('table_entry', [table, origin(key)], undefined));
  if (entry === null) return;
  node.become(node.op === 'dict_set' ? 'dict_set_at' : 'set_add_at');
  node.args = [table, entry, key, ...value];
}

function isShareable(node: Node): boolean {
  const { effect } = operationOf(node);
  return !UNSHARED.has(node.op) && (effect === 'pure' || effect === 'guard' || effect === 'read');
}

function find(node: Node, key: string | null, pure: ReadonlyMap<string, Node[]>, memory: Memory, shape: Shape): Node | null {
  if (key === null) return null;
  if (readsMemory(node)) return memory.get(key);
  return pure.get(key)?.find((other) => dominates(shape, other.block!, node.block!)) ?? memory.get(key);
}

function remember(node: Node, key: string | null, pure: Map<string, Node[]>, memory: Memory): void {
  if (key === null) return;
  if (readsMemory(node)) {
    memory.set(node.op, node.args, node.imm, node, key);
    // What a guard hands on needs the same guard no more.
    if (origin(node) !== node) memory.set(node.op, [node], node.imm, node);
  }
  else {
    const list = pure.get(key);
    if (list === undefined) pure.set(key, [node]);
    else list.push(node);
  }
}
