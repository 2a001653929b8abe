/**
 * The text form of a graph, for dumps and tests of passes:
 *
 *   function spam(2)
 *   b0():
 *     %0:value = argument 0
 *     %1:int = guard_kind %0 int ^7[%0]
 *     jump b1(%1)
 *   loop b1(%2:int):
 *     %3:bool = int_compare %2 %1 0
 *     branch %3 b2() b3()
 *
 * `^7[%0 %1]` is the state of an operation that can leave: position 7 of the bytecode, and the values of the frame's slots; `range(%1,%2,%3)`, `sequence(%1,%2)` and `complex(%1,%2)` and the like are objects
 * in parts. `^7+[...]` stands behind the instruction, `^7+!` where its result is still to be pushed, `init %5` gives way to that instance. `~7[...]` is the state before
 * the instruction, for guards of special forms; `^3[%4] in #0 %5 9+![%6]` is that of an inlined call of the function %5, on the caller's (`#0!` where the call has a record); `seen int float never` what was observed (left, right, result; `small`: no int of more than 32 bits; `raw`: lists of raw floats; `negative`: a negative index); `general` that speculation has failed. `!double` marks raw doubles.
 */
import { PyFloat } from '../core/scalars.ts';
import type { PyType } from '../core/type.ts';
import { Block, isVirtual, Node, resetIds, State, VirtualObject, type Edge, type Graph, type Inlining, type Slot } from './ir.ts';
import type { PyCode } from '../core/function.ts';
import { kindsText, parseKinds } from './kinds.ts';
import { isOfRecord, OPERATIONS, type OperationName } from './operations.ts';

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function immText(node: Node): string {
  const { imm } = node;
  if (node.op === 'guard_kind') return ` ${kindsText(imm as number)}`;
  if (node.op === 'loop_entry') return '';
  if (imm === undefined) return node.op === 'const' || node.op === 'guard_is' ? ' undefined' : '';
  if (typeof imm === 'number') return ` ${numberText(imm)}`;
  if (imm === null || typeof imm === 'boolean' || typeof imm === 'string') return ` ${JSON.stringify(imm)}`;
  if (typeof imm === 'bigint') return ` ${imm}n`;
  if (imm instanceof PyFloat) return ` float(${numberText(imm.value)})`;
  const { name } = imm as { name?: unknown };
  return typeof name === 'string' ? ` <${name.replace(/\s/g, '_')}>` : ' <object>';
}

function valueText(node: Node): string {
  return `%${node.id}:${kindsText(node.kinds)}${node.isDouble ? '!double' : ''}`;
}

function slotText(slot: Slot): string {
  return isVirtual(slot) ? `${slot.virtual}(${slot.parts.map((part) => `%${part.id}`).join(',')})` : `%${slot.id}`;
}

/** Inlined calls by their numbers in a text. */
type Numbers = Map<Inlining, number>;

function numberOf(inlining: Inlining, numbers: Numbers): string {
  if (!numbers.has(inlining)) numbers.set(inlining, numbers.size);
  return `#${numbers.get(inlining)!}`;
}

function stateText(state: State, numbers: Numbers): string {
  const where = `${state.pc}${state.at === state.pc ? '' : `@${state.at}`}${state.continues ? '+' : ''}${state.pushes ? '!' : ''}`;
  const own = `${where}[${state.slots.map(slotText).join(' ')}]${state.constructs === null ? '' : ` init %${state.constructs.id}`}`;
  const { inlining } = state;
  if (inlining === null) return own;
  return `${own} in ${numberOf(inlining, numbers)}${inlining.isEntered ? '!' : ''} %${inlining.func.id} ${stateText(inlining.caller, numbers)}`;
}

function edgeText(edge: Edge): string {
  return `b${edge.target.id}(${edge.args.map((arg) => `%${arg.id}`).join(', ')})`;
}

function endText(block: Block, numbers: Numbers): string {
  const { end } = block;
  switch (end.kind) {
    case 'jump': return `jump ${edgeText(end.target)}`;
    case 'branch': return `branch %${end.condition.id} ${edgeText(end.then)} ${edgeText(end.otherwise)}`;
    case 'return': return `return %${end.value.id}`;
    case 'yield': return `yield %${end.value.id} ^${stateText(end.state, numbers)}`;
    case 'exit': return `exit ${end.reason} ^${stateText(end.state, numbers)}`;
  }
}

function nodeText(node: Node, numbers: Numbers): string {
  const { feedback } = node;
  return [
    `${valueText(node)} = ${node.op}${node.args.map((arg) => ` %${arg.id}`).join('')}${isOfRecord(node) ? ` ${numberOf(node.imm as Inlining, numbers)}` : immText(node)}`,
    ...(node.state === null ? [] : [`^${stateText(node.state, numbers)}`]),
    ...(node.before === null ? [] : [`~${stateText(node.before, numbers)}`]),
    ...(feedback === null ? [] : [`seen ${[feedback.left, feedback.right, feedback.result].map(kindsText).join(' ')}${feedback.isSmall ? ' small' : ''}${feedback.isRaw === true ? ' raw' : ''}${feedback.isNegative ? ' negative' : ''}`]),
    ...(node.isGeneral ? ['general'] : []), ...(node.catches ? ['catches'] : []),
  ].join(' ');
}

/** The text of a graph. */
export function graphText(graph: Graph): string {
  const numbers: Numbers = new Map();
  const lines = [`function ${graph.name}(${graph.parameters})`];
  for (const block of graph.blocks) {
    lines.push(`${block.isLoop ? 'loop ' : ''}b${block.id}(${block.params.map(valueText).join(', ')}):`);
    for (const node of block.nodes) lines.push(`  ${nodeText(node, numbers)}`);
    lines.push(`  ${endText(block, numbers)}`);
  }
  return lines.join('\n');
}

/** What the parser knows so far. */
interface Scope {
  readonly blocks: Map<string, Block>;
  readonly values: Map<string, Node>;
  /** By number; of one that is entered or left before a state of it has come, what is missing is filled in then. */
  readonly inlined: Map<string, Inlining>;
}

/** The parts of a text that has a form; throws an Error that quotes it where it has not. */
function match(pattern: RegExp, text: string, what: string): string[] {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`no ${what}: ${text}`);
  return found.slice(1);
}

function define(scope: Scope, text: string, node: Node): Node {
  const [id, kinds, double] = match(/^%(\d+):([a-z|]+?)(!double)?$/, text, 'value') as [string, string, string | undefined];
  if (scope.values.has(`%${id}`)) throw new Error(`%${id} is defined twice`);
  node.id = Number(id);
  node.kinds = parseKinds(kinds);
  node.isDouble = double !== undefined;
  scope.values.set(`%${id}`, node);
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
  const [name, args] = match(/^(b\d+)\((.*)\)$/, text, 'edge') as [string, string];
  return { target: blockNamed(scope, name), args: args === '' ? [] : args.split(', ').map((value) => use(scope, value)) };
}

function parseSlot(scope: Scope, text: string): Slot {
  if (text.startsWith('%')) return use(scope, text);
  const [virtual, parts] = match(/^(range|count|sequence|complex|tuple|enumerate|zip|number|generator)\((.*)\)$/, text, 'slot') as [VirtualObject['virtual'], string];
  return new VirtualObject(virtual, parts.split(',').map((part) => use(scope, part)));
}

/** The groups of one activation, and of those below it in one text. */
const OWN_STATE = String.raw`(\d+)(?:@(-?\d+))?(\+?)(!?)\[([^\]]*)\](?: init (%\d+))?`;
const STATE = String.raw`${OWN_STATE}((?: in #\d+!? %\d+ ${OWN_STATE.replace(/\((?!\?)/g, '(?:')})*)`;

function parseState(scope: Scope, parts: readonly (string | undefined)[]): State {
  const [pc, at, continues, pushes, slots, constructs, below] = parts;
  const parsed = slots === '' ? [] : slots!.split(' ').map((slot) => parseSlot(scope, slot));
  const state = new State(Number(pc), Number(at ?? pc), parsed, { continues: continues !== '', pushes: pushes !== '' });
  if (constructs !== undefined) state.constructs = use(scope, constructs);
  if (below !== undefined && below !== '') state.inlining = parseInlining(scope, below);
  return state;
}

/** One inlined call is one object, its caller's state included: regions of records hang on it. */
function parseInlining(scope: Scope, text: string): Inlining {
  const [number, entered, func, ...caller] = match(new RegExp(`^ in (#\\d+)(!?) (%\\d+) ${STATE}$`), text, 'inlined call') as [string, string, string, ...(string | undefined)[]];
  const known = inliningAt(scope, number);
  if ((known.func as Node | undefined) === undefined) {
    const state = parseState(scope, caller);
    state.inlines = true;
    Object.assign(known, { func: use(scope, func), caller: state, isEntered: entered !== '', code: { name: number, frameSize: 0, nlocalsplus: 0 } as unknown as PyCode });
  }
  return known;
}

function inliningAt(scope: Scope, number: string): Inlining {
  let inlining = scope.inlined.get(number);
  // Completed when a state of it comes.
  if (inlining === undefined) scope.inlined.set(number, (inlining = {} as Inlining));
  return inlining;
}

function parseImm(op: string, text: string): unknown {
  if (op === 'guard_kind') return parseKinds(text);
  if (text === 'undefined') return undefined;
  if (text.startsWith('<')) return { name: text.slice(1, -1) };
  if (/^-?\d+n$/.test(text)) return BigInt(text.slice(0, -1));
  const float = /^float\((.*)\)$/.exec(text);
  // No pass asks for the type of a constant.
  return float === null ? (JSON.parse(text) as unknown) : new PyFloat(null as unknown as PyType, Number(float[1]));
}

/** Takes annotations off the end of a node's line; returns what is left. */
function parseAnnotations(scope: Scope, node: Node, line: string): string {
  let text = line;
  const take = (pattern: string): (string | undefined)[] | null => {
    const found = new RegExp(` ${pattern}$`).exec(text);
    if (found === null) return null;
    text = text.slice(0, found.index);
    return found.slice(1);
  };
  node.catches = take('catches') !== null;
  node.isGeneral = take('general') !== null;
  const seen = take(String.raw`seen (\S+) (\S+) (\S+)((?: small| raw| negative)*)`);
  if (seen !== null) {
    const words = seen[3]!;
    const [left, right, result] = seen.slice(0, 3).map((kinds) => parseKinds(kinds!)) as [number, number, number];
    node.feedback = { left, right, result, callee: undefined, self: 0, type: null, operator: null, caches: null, knownCaches: 0, isKnownAlike: false, constant: undefined, sawItems: false, unpacked: undefined, isSmall: words.includes('small'), isRaw: words.includes('raw'), isNegative: words.includes('negative'), isKnownNegative: false };
  }
  const before = take(`~${STATE}`);
  if (before !== null) node.before = parseState(scope, before);
  const state = take(String.raw`\^${STATE}`);
  if (state !== null) node.state = parseState(scope, state);
  return text;
}

function parseNode(scope: Scope, block: Block, line: string): void {
  const node = new Node('const', []);
  const [value, op, args, imm] = match(/^(\S+) = ([a-z_]+)((?: %\d+)*)(?: (.*))?$/, parseAnnotations(scope, node, line), 'operation') as [string, string, string, string | undefined];
  if (!(op in OPERATIONS)) throw new Error(`no operation: ${op}`);
  node.become(op as OperationName);
  node.args = args.split(' ').filter((arg) => arg !== '').map((arg) => use(scope, arg));
  if (imm !== undefined) node.imm = isOfRecord(node) ? inliningAt(scope, imm) : parseImm(op, imm);
  node.block = block;
  define(scope, value, node);
  block.nodes.push(node);
}

function parseEnd(scope: Scope, block: Block, line: string): boolean {
  const [word, rest] = match(/^(\S+) (.*)$/, line, 'line') as [string, string];
  if (word === 'jump') block.end = { kind: 'jump', target: parseEdge(scope, rest) };
  else if (word === 'branch') {
    const [condition, then, otherwise] = match(/^(%\d+) (\S+\(.*?\)) (\S+\(.*?\))$/, rest, 'branch') as [string, string, string];
    block.end = { kind: 'branch', condition: use(scope, condition), then: parseEdge(scope, then), otherwise: parseEdge(scope, otherwise) };
  } else if (word === 'return') block.end = { kind: 'return', value: use(scope, rest) };
  else if (word === 'yield' || word === 'exit') {
    const [what, ...state] = match(new RegExp(String.raw`^(.*) \^${STATE}$`), rest, word);
    if (word === 'yield') block.end = { kind: 'yield', value: use(scope, what!), state: parseState(scope, state) };
    else block.end = { kind: 'exit', reason: what!, state: parseState(scope, state) };
  } else return false;
  return true;
}

function parseBlock(scope: Scope, name: string, isLoop: boolean, params: string): Block {
  const block = blockNamed(scope, name);
  block.isLoop = isLoop;
  block.params = params === '' ? [] : params.split(', ').map((value) => define(scope, value, new Node('param', [])));
  for (const param of block.params) param.block = block;
  return block;
}

/** The graph of a text. Values must be defined above where they are used. Throws an Error that quotes what is wrong. */
export function parseGraph(text: string): Graph {
  const scope: Scope = { blocks: new Map(), values: new Map(), inlined: new Map() };
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const [name, parameters] = match(/^function (.*)\((-?\d+)\)$/, lines[0] ?? '', 'function') as [string, string];
  const blocks: Block[] = [];
  let block: Block | null = null;
  for (const line of lines.slice(1)) {
    const start = /^(loop )?(b\d+)\((.*)\):$/.exec(line);
    if (start !== null) blocks.push((block = parseBlock(scope, start[2]!, start[1] !== undefined, start[3]!)));
    else if (block === null) throw new Error(`outside of a block: ${line}`);
    else if (!parseEnd(scope, block, line)) parseNode(scope, block, line);
  }
  resetIds(Math.max(-1, ...[...scope.values.values()].map((node) => node.id)) + 1);
  return { name, parameters: Number(parameters), blocks };
}
