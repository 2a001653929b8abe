/**
 * Moves what a body changes behind its guards, as far as nothing in between could notice: then a call of it can be done again from its beginning wherever a guard fails
 * (`canBeRepeated`). For bodies that are inlined; those with loops stay as they are.
 *
 *   self.n += by; self.m += 1     get n, guard, get m, guard, set n, set m
 */
import { shapeOf } from '../dominators.ts';
import type { Block, Graph, Node } from '../ir.ts';
import { isAllocation, rowOf, type OperationName } from '../operations.ts';

/** Stores that may wait, and the names of what reads or checks the memory that they write. */
const DELAYED: Partial<Record<OperationName, RegExp>> = {
  slot_set: /^(slot|poly)_get$/,
  slot_add: /^((slot|poly)_get|poly_index|guard_(shape|plain|members|globals|method))$/,
  cell_set: /^cell_get$/,
  items_set: /^(quiet_|make_quiet|items_(?!length)|list_|build_(list|tuple)_s|build_(list|middle|spread|copy)$|guard_mutable)/,
};
/** Changes of containers that neither look at what waiting stores write nor write there. */
const INDEPENDENT: ReadonlySet<OperationName> = new Set<OperationName>(['list_append', 'list_append_double', 'dict_set', 'set_add_quiet', 'dict_set_at', 'set_add_at', 'set_discard_quiet', 'set_remove_quiet', 'dict_set_default', 'quiet_change']);

/** Whether what a node does could be anything: no store waits behind it. */
function isUnknown(node: Node): boolean {
  const { op } = node;
  return rowOf(op).effect === 'write' && DELAYED[op] === undefined && !INDEPENDENT.has(op) && !isAllocation(node);
}

/** Whether a store has to be done before a node. */
function concerns(store: Node, node: Node): boolean {
  if (!DELAYED[store.op]!.test(node.op)) return false;
  // Attributes in other slots are others, whatever objects they are of.
  return !(store.op === 'slot_set' && node.op === 'slot_get' && node.imm !== store.imm);
}

class Delay {
  /** What still waits at the end of each block. */
  private readonly waiting = new Map<Block, readonly Node[]>();
  private readonly nodes = new Map<Block, Node[]>();

  /** False where ways meet on which different stores wait. */
  plan(graph: Graph): boolean {
    const { predecessors } = shapeOf(graph);
    for (const block of graph.blocks) {
      const [first, ...others] = predecessors.get(block)!.map((from) => this.waiting.get(from));
      if ([first, ...others].includes(undefined) && block !== graph.blocks[0]) return false;
      if (others.some((other) => !isSame(first!, other!))) return false;
      this.fill(block, first ?? []);
    }
    return true;
  }

  private fill(block: Block, from: readonly Node[]): void {
    const out: Node[] = [];
    let waiting = [...from];
    for (const node of block.nodes) {
      if (waiting.length > 0 && (node.op === 'raise' || isUnknown(node) || waiting.some((store) => concerns(store, node)))) {
        out.push(...waiting);
        waiting = [];
      }
      if (DELAYED[node.op] !== undefined) waiting.push(node);
      else out.push(node);
    }
    // Where the body is left nothing has happened.
    if (block.end.kind === 'return') out.push(...waiting);
    this.nodes.set(block, out);
    this.waiting.set(block, waiting);
  }

  apply(): void {
    for (const [block, nodes] of this.nodes) {
      for (const node of nodes) node.block = block;
      block.nodes = nodes;
    }
  }
}

function isSame(a: readonly Node[], b: readonly Node[]): boolean {
  return a.length === b.length && a.every((node, i) => node === b[i]);
}

/** See the file's head. */
export function delayWrites(graph: Graph): void {
  if (graph.blocks.some(({ isLoop }) => isLoop)) return;
  const delay = new Delay();
  if (delay.plan(graph)) delay.apply();
}
