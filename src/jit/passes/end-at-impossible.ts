/** A guard that cannot hold for what is known of its operand is an exit: what follows is never come to. With inlined bodies constants come to guards for other kinds. */
import { reversePostorder } from '../dominators.ts';
import type { Block, Graph, Node } from '../ir.ts';
import { BIG, BOOL, INT, NONE, within, type Kinds } from '../kinds.ts';
import type { OperationName } from '../operations.ts';

/** Guards that only objects with a class of their own pass. */
const OF_OBJECTS: ReadonlySet<OperationName> = new Set<OperationName>(['guard_shape', 'guard_type', 'guard_members', 'guard_plain', 'poly_index', 'guard_code', 'guard_method', 'guard_definition', 'guard_globals']);

function cannotHold(node: Node): boolean {
  const kinds = node.args[0]?.kinds ?? 0;
  if (kinds === 0) return false;
  return node.op === 'guard_kind' ? (kinds & (node.imm as Kinds)) === 0 : OF_OBJECTS.has(node.op) && within(kinds, INT | BIG | BOOL | NONE);
}

/** See the file's head. Changes the list of blocks. */
export function endAtImpossible(graph: Graph): void {
  let hasChanged = false;
  for (const block of graph.blocks) {
    const at = block.nodes.findIndex(cannotHold);
    if (at < 0) continue;
    end(block, at);
    hasChanged = true;
  }
  if (hasChanged) graph.blocks = reversePostorder(graph.blocks[0]!);
}

function end(block: Block, at: number): void {
  const guard = block.nodes[at]!;
  block.end = { kind: 'exit', state: guard.state!, reason: guard.op };
  block.nodes.length = at;
}
