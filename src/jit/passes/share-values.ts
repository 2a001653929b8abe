/** Shares values computed before (global value numbering over the dominator tree), guards included: what is known need not be checked again. */
import { dominates, shapeOf, type Shape } from '../dominators.ts';
import { resolve, settleOperands, type Block, type Graph, type Node } from '../ir.ts';
import { isAllocation, operationOf, type AddedSlot, type BuiltInstance, type OperationName, type PolymorphicAttribute } from '../operations.ts';

const ids = new WeakMap<object, number>();
let nextId = 0;

function immText(imm: unknown): string {
  if (imm === null || (typeof imm !== 'object' && typeof imm !== 'function' && typeof imm !== 'symbol')) return `${typeof imm}:${String(imm)}${Object.is(imm, -0) ? '-' : ''}`;
  if (typeof imm === 'object' && Object.getPrototypeOf(imm) === Object.prototype) return `{${Object.values(imm).map(immText).join(',')}}`;
  if (Array.isArray(imm)) return `[${imm.map(immText).join(',')}]`;
  let id = ids.get(imm as object);
  if (id === undefined) ids.set(imm as object, (id = nextId++));
  return `#${id}`;
}

function keyText(op: OperationName, args: readonly Node[], imm: unknown): string {
  return `${op} ${args.map((arg) => arg.id).join(' ')} ${immText(imm)}`;
}

function keyOf(node: Node): string {
  return keyText(node.op, node.args, node.imm);
}

/** Guards and reads that depend on memory: good until something is written. */
const MEMORY_GUARDS = new Set(['guard_members', 'guard_plain', 'guard_shape', 'guard_table', 'guard_type', 'guard_version', 'guard_mutable', 'guard_code', 'guard_inlined', 'guard_globals', 'guard_getter', 'poly_index']);
/** Guards that read what any write may change. */
const READING_GUARDS = new Set(['guard_no_items', 'table_has', 'items_has', 'dict_get', 'dict_find', 'dict_get_or', 'is_instance', 'is_subclass', 'optional_truth']);
/** Never shared. */
const UNSHARED = new Set(['safepoint', 'safepoint_inlined', 'argument', 'entry_slot', 'sent_value', 'param', 'method_self', 'call_quiet', 'call_quiet_again']);

/** Whether an instance gets an attribute that it had not. */
function changesShape(node: Node): boolean {
  return node.op === 'slot_add' || (node.op === 'poly_set' && (node.imm as PolymorphicAttribute).caches.some((cache) => cache.nextShape !== null));
}

/** What can be shared inside of a block and those that follow it alone. */
class Memory {
  values = new Map<string, Node>();

  /** Forgets what `node` may have changed. */
  clobber(node: Node): void {
    const { effect } = operationOf(node);
    if (effect === 'call') this.values.clear();
    else if (effect === 'write') {
      if (isAllocation(node)) return;
      const slot = node.op === 'slot_set' ? String(node.imm) : null;
      const isCell = node.op === 'cell_set';
      for (const key of this.values.keys()) {
        const op = key.slice(0, key.indexOf(' '));
        // Of attributes, a store changes those that lie in the same slot.
        if ((slot !== null && op === 'slot_get' && !key.endsWith(` number:${slot}`)) || (slot !== null && op === 'cell_get') || (isCell && op !== 'cell_get')) continue;
        if (!MEMORY_GUARDS.has(op) || changesShape(node) || (op === 'guard_table' && node.op === 'dict_set')) this.values.delete(key);
      }
    }
  }

  /** What is stored in a slot is what is read from it. */
  knowSlot(owner: Node, slot: number, value: Node): void {
    this.values.set(keyText('slot_get', [owner], slot), value);
  }

  /** An instance is what it was made as. */
  knowInstance(node: Node): void {
    const { type, shape } = node.imm as BuiltInstance;
    const { version } = type;
    this.values.set(keyText('guard_shape', [node], { shape, type, version }), node);
    this.values.set(keyText('guard_type', [node], { type, version }), node);
    node.args.forEach((value, slot) => this.knowSlot(node, slot, value));
  }

  /** Whoever has got an attribute has the shape that goes with it: a guard that asks for it holds. */
  knowShape(node: Node): void {
    const { shape, type, version } = node.imm as AddedSlot;
    const owner = node.args[0]!;
    this.values.set(keyText('guard_shape', [owner], { shape, type, version }), owner);
  }
}

function memoryAtStart(block: Block, shape: Shape, ends: ReadonlyMap<Block, Memory>): Memory {
  const memory = new Memory();
  const from = shape.predecessors.get(block)!;
  const only = from.length === 1 ? ends.get(from[0]!) : undefined;
  if (only !== undefined) memory.values = new Map(only.values);
  return memory;
}

/** See the file's head. */
export function shareValues(graph: Graph): void {
  const shape = shapeOf(graph);
  const pure = new Map<string, Node[]>();
  const ends = new Map<Block, Memory>();
  for (const block of graph.blocks) {
    const memory = memoryAtStart(block, shape, ends);
    const out: Node[] = [];
    for (const node of block.nodes) {
      node.args = node.args.map(resolve);
      const found = find(node, pure, memory, shape);
      if (found !== null) {
        node.alias = found;
        if (found.hint === '') found.hint = node.hint;
        continue;
      }
      memory.clobber(node);
      if (node.op === 'slot_add') {
        memory.knowShape(node);
        memory.knowSlot(node.args[0]!, (node.imm as AddedSlot).slot, node.args[1]!);
      }
      if (node.op === 'cell_set') memory.values.set(keyText('cell_get', [node.args[0]!], undefined), node.args[1]!);
      if (node.op === 'build_instance') memory.knowInstance(node);
      if (node.op === 'slot_set') memory.knowSlot(node.args[0]!, node.imm as number, node.args[1]!);
      out.push(node);
      remember(node, pure, memory);
    }
    block.nodes = out;
    ends.set(block, memory);
  }
  settleOperands(graph);
}

function dependsOnMemory(node: Node): boolean {
  return operationOf(node).effect === 'read' || MEMORY_GUARDS.has(node.op) || READING_GUARDS.has(node.op);
}

function isShareable(node: Node): boolean {
  const { effect } = operationOf(node);
  return !UNSHARED.has(node.op) && (effect === 'pure' || effect === 'guard' || effect === 'read');
}

function find(node: Node, pure: ReadonlyMap<string, Node[]>, memory: Memory, shape: Shape): Node | null {
  if (!isShareable(node)) return null;
  const key = keyOf(node);
  if (dependsOnMemory(node)) return memory.values.get(key) ?? null;
  return pure.get(key)?.find((other) => dominates(shape, other.block!, node.block!)) ?? null;
}

function remember(node: Node, pure: Map<string, Node[]>, memory: Memory): void {
  if (!isShareable(node)) return;
  const key = keyOf(node);
  if (dependsOnMemory(node)) memory.values.set(key, node);
  else {
    const list = pure.get(key);
    if (list === undefined) pure.set(key, [node]);
    else list.push(node);
  }
}
