/**
 * Looks keys up once where several operations on a dict or a set have the same key: they share the entry (`passes/share-values.ts`), as long as nothing changes the table.
 *
 *   if key in d: d[key] += 1    table_entry; entry >= 0; entry_get; set at the entry
 */
import { constant, Node, resolve, settleOperands, type Block, type Graph } from '../ir.ts';
import { INT } from '../kinds.ts';
import { OPERATIONS, origin, type OperationName } from '../operations.ts';

const READING: ReadonlySet<OperationName> = new Set<OperationName>(['table_has', 'dict_get', 'dict_get_or']);
const WRITING: ReadonlySet<OperationName> = new Set<OperationName>(['dict_set', 'set_add_quiet']);
/** `>=` among the comparisons. */
const AT_LEAST = 5;

/** What is looked up where: guards hand on what they check. */
function lookUp(node: Node): string {
  return node.args.slice(0, 2).map((arg) => origin(resolve(arg)).id).join(' ');
}

function countLookUps(graph: Graph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { nodes } of graph.blocks) {
    for (const node of nodes) {
      if (!READING.has(node.op) && !WRITING.has(node.op)) continue;
      const key = lookUp(node);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function make(block: Block, op: OperationName, args: readonly Node[], imm?: unknown): Node {
  const node = new Node(op, [...args], imm);
  node.kinds = OPERATIONS[op].result;
  node.block = block;
  return node;
}

/** The nodes that a reading look-up becomes, of which the last has its value. */
function byEntry(node: Node, block: Block): Node[] {
  const [table, key, ...rest] = node.args.map(resolve) as [Node, Node, ...Node[]];
  const entry = make(block, 'table_entry', [table, origin(key)]);
  entry.state = node.state;
  if (node.op === 'table_has') {
    const none = constant(0, INT);
    none.block = block;
    return [entry, none, make(block, 'int_compare', [entry, none], AT_LEAST)];
  }
  const value = make(block, node.op === 'dict_get' ? 'entry_get' : 'entry_get_or', [table, entry, ...rest]);
  if (node.op === 'dict_get') value.state = node.state;
  return [entry, value];
}

/** See the file's head. */
export function shareEntries(graph: Graph): void {
  const counts = countLookUps(graph);
  let hasChanged = false;
  for (const block of graph.blocks) {
    block.nodes = block.nodes.flatMap((node) => {
      if (!READING.has(node.op) || counts.get(lookUp(node))! < 2) return [node];
      const nodes = byEntry(node, block);
      const value = nodes.at(-1)!;
      value.hint = node.hint;
      node.alias = value;
      hasChanged = true;
      return nodes;
    });
  }
  if (hasChanged) settleOperands(graph);
}
