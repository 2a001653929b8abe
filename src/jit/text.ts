/**
 * The text form of a graph, for dumps and tests of passes:
 *
 *   function spam(2)
 *   b0():
 *     %0:value = argument 0
 *     %1:int = guard_kind %0 int ^7
 *     jump b1(%1)
 *   b1(%2:int):
 *     %3:bool = int_compare %2 %1 0
 *     branch %3 b2() b3()
 *
 * `^7` says that the operation can leave to bytecode position 7; `!double` marks raw doubles.
 */
import { Block, Node, type Edge, type Graph } from './ir.ts';
import { kindsText, parseKinds } from './kinds.ts';
import { OPERATIONS, type OperationName } from './operations.ts';

function immText(node: Node): string {
  const { imm } = node;
  if (node.op === 'guard_kind') return ` ${kindsText(imm as number)}`;
  if (imm === undefined) return node.op === 'const' ? ' undefined' : '';
  if (imm === null || typeof imm === 'number' || typeof imm === 'boolean' || typeof imm === 'string') return ` ${Object.is(imm, -0) ? '-0' : JSON.stringify(imm)}`;
  if (typeof imm === 'bigint') return ` ${imm}n`;
  const { name } = imm as { name?: unknown };
  return typeof name === 'string' ? ` <${name}>` : ' <object>';
}

function valueText(node: Node): string {
  return `%${node.id}:${kindsText(node.kinds)}${node.isDouble ? '!double' : ''}`;
}

function edgeText(edge: Edge): string {
  return `b${edge.target.id}(${edge.args.map((arg) => `%${arg.id}`).join(', ')})`;
}

function endText(block: Block): string {
  const { end } = block;
  switch (end.kind) {
    case 'jump': return `jump ${edgeText(end.target)}`;
    case 'branch': return `branch %${end.condition.id} ${edgeText(end.then)} ${edgeText(end.otherwise)}`;
    case 'return': return `return %${end.value.id}`;
    case 'yield': return `yield %${end.value.id} ^${end.state.pc}`;
    case 'exit': return `exit ${end.reason} ^${end.state.pc}`;
  }
}

/** The text of a graph. */
export function graphText(graph: Graph): string {
  const lines = [`function ${graph.name}(${graph.parameters})`];
  for (const block of graph.blocks) {
    lines.push(`b${block.id}(${block.params.map(valueText).join(', ')}):`);
    for (const node of block.nodes) {
      const state = node.state === null ? '' : ` ^${node.state.pc}`;
      lines.push(`  ${valueText(node)} = ${node.op}${node.args.map((arg) => ` %${arg.id}`).join('')}${immText(node)}${state}`);
    }
    lines.push(`  ${endText(block)}`);
  }
  return lines.join('\n');
}

/** What the parser knows so far. */
interface Scope {
  readonly blocks: Map<string, Block>;
  readonly values: Map<string, Node>;
}

function parseValue(scope: Scope, text: string, node: Node): Node {
  const found = /^(%\d+):([a-z|]+?)(!double)?$/.exec(text);
  if (found === null) throw new Error(`no value: ${text}`);
  node.kinds = parseKinds(found[2]!);
  node.isDouble = found[3] !== undefined;
  scope.values.set(found[1]!, node);
  return node;
}

function use(scope: Scope, text: string): Node {
  const node = scope.values.get(text);
  if (node === undefined) throw new Error(`${text} is not defined above`);
  return node;
}

function blockNamed(scope: Scope, name: string): Block {
  let block = scope.blocks.get(name);
  if (block === undefined) scope.blocks.set(name, (block = new Block(Number(name.slice(1)))));
  return block;
}

function parseEdge(scope: Scope, text: string): Edge {
  const found = /^(b\d+)\((.*)\)$/.exec(text);
  if (found === null) throw new Error(`no edge: ${text}`);
  return { target: blockNamed(scope, found[1]!), args: found[2] === '' ? [] : found[2]!.split(', ').map((name) => use(scope, name)) };
}

function parseNode(scope: Scope, block: Block, line: string): void {
  const found = /^(\S+) = ([a-z_]+)((?: %\d+)*)(?: (?!\^)(.*?))?(?: \^(\d+))?$/.exec(line);
  if (found === null) throw new Error(`no operation: ${line}`);
  const [, value, op, args, imm, pc] = found;
  if (!(op! in OPERATIONS)) throw new Error(`no operation ${op!}`);
  const node = new Node(op as OperationName, args!.split(' ').filter((arg) => arg !== '').map((arg) => use(scope, arg)));
  parseValue(scope, value!, node);
  if (imm !== undefined && imm !== 'undefined') node.imm = op === 'guard_kind' ? parseKinds(imm) : imm.startsWith('<') ? { name: imm.slice(1, -1) } : (JSON.parse(imm) as unknown);
  if (pc !== undefined) node.state = { pc: Number(pc), at: Number(pc), continues: false, pushes: false, slots: [] };
  node.block = block;
  block.nodes.push(node);
}

function parseEnd(scope: Scope, block: Block, line: string): boolean {
  const [word, ...rest] = line.split(/ (?![^(]*\))/);
  if (word === 'jump') block.end = { kind: 'jump', target: parseEdge(scope, rest[0]!) };
  else if (word === 'branch') block.end = { kind: 'branch', condition: use(scope, rest[0]!), then: parseEdge(scope, rest[1]!), otherwise: parseEdge(scope, rest[2]!) };
  else if (word === 'return') block.end = { kind: 'return', value: use(scope, rest[0]!) };
  else if (word === 'yield') block.end = { kind: 'yield', value: use(scope, rest[0]!), state: { pc: Number(rest[1]!.slice(1)), at: 0, continues: false, pushes: false, slots: [] } };
  else if (word === 'exit') block.end = { kind: 'exit', reason: rest[0]!, state: { pc: Number(rest[1]!.slice(1)), at: 0, continues: false, pushes: false, slots: [] } };
  else return false;
  return true;
}

/** The graph of a text; states have a position and no slots. Throws an Error that quotes the line. */
export function parseGraph(text: string): Graph {
  const scope: Scope = { blocks: new Map(), values: new Map() };
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const head = /^function (.*)\((-?\d+)\)$/.exec(lines[0] ?? '');
  if (head === null) throw new Error(`no function: ${lines[0] ?? ''}`);
  const blocks: Block[] = [];
  let block: Block | null = null;
  for (const line of lines.slice(1)) {
    const start = /^(b\d+)\((.*)\):$/.exec(line);
    if (start !== null) {
      block = blockNamed(scope, start[1]!);
      blocks.push(block);
      block.params = start[2] === '' ? [] : start[2]!.split(', ').map((value) => parseValue(scope, value, new Node('param', [])));
      for (const param of block.params) param.block = block;
    } else if (block === null) throw new Error(`outside of a block: ${line}`);
    else if (!parseEnd(scope, block, line)) parseNode(scope, block, line);
  }
  return { name: head[1]!, parameters: Number(head[2]), blocks };
}
