/** Checks that a graph is well formed: run behind every pass while dumping, where `-X jitverify` asks for it, and in tests. */
import { dominates, shapeOf, type Shape } from './dominators.ts';
import { edgesOf, stateValues, type Block, type Graph, type Node, type State } from './ir.ts';
import { operandLetter, operationOf } from './operations.ts';

/** What holds from some pass on. */
export interface VerifyOptions {
  /** Boxes and unboxes are in place: each operand is a raw double exactly where the operation wants one. */
  readonly areDoublesPlaced: boolean;
}

class Verifier {
  private readonly graph: Graph;
  private readonly options: VerifyOptions;
  private readonly shape: Shape;
  private readonly home = new Map<Node, Block>();
  /** Of a node in its block; parameters come before all. */
  private readonly position = new Map<Node, number>();

  constructor(graph: Graph, options: VerifyOptions) {
    this.graph = graph;
    this.options = options;
    for (const block of graph.blocks) this.checkEdges(block);
    this.shape = shapeOf(graph);
    for (const block of graph.blocks) {
      block.params.forEach((param) => this.place(param, block, -1));
      block.nodes.forEach((node, i) => this.place(node, block, i));
    }
  }

  private fail(block: Block, what: string): never {
    throw new Error(`block ${block.id}: ${what}`);
  }

  private place(node: Node, block: Block, i: number): void {
    if (this.home.has(node)) this.fail(block, `${node.op} %${node.id} stands in two places`);
    this.home.set(node, block);
    this.position.set(node, i);
  }

  private checkEdges(block: Block): void {
    if (block.end === undefined) this.fail(block, 'does not end');
    for (const { target, args } of edgesOf(block)) {
      if (!this.graph.blocks.includes(target)) this.fail(block, `the edge to ${target.id} leads out of the graph`);
      if (args.length !== target.params.length) this.fail(block, `the edge to ${target.id} brings ${args.length} values for ${target.params.length} parameters`);
    }
  }

  private checkUse(value: Node, block: Block, at: number, who: string): void {
    const from = this.home.get(value);
    if (from === undefined) this.fail(block, `${who} uses ${value.op} %${value.id}, which is in no block`);
    const isBefore = from === block ? this.position.get(value)! < at : dominates(this.shape, from, block);
    if (!isBefore) this.fail(block, `${who} uses ${value.op} %${value.id}, which does not dominate it`);
  }

  private checkState(state: State, block: Block, at: number, who: string): void {
    for (const value of stateValues(state)) this.checkUse(value, block, at, who);
  }

  private checkForm(value: Node, isDouble: boolean, block: Block, who: string): void {
    if (!this.options.areDoublesPlaced || value.isDouble === isDouble) return;
    this.fail(block, `${who} wants %${value.id} ${isDouble ? 'as a raw double' : 'as an object'}`);
  }

  private checkNode(node: Node, block: Block, at: number): void {
    const who = `${node.op} %${node.id}`;
    const { operands, effect } = operationOf(node);
    const count = operands.replace('*', '').length;
    if (operands.endsWith('*') ? node.args.length < count - 1 : node.args.length !== count) this.fail(block, `${who} has ${node.args.length} operands for "${operands}"`);
    node.args.forEach((arg, i) => {
      this.checkUse(arg, block, at, who);
      const letter = operandLetter(node, i);
      if (letter !== 'r' && letter !== 'e') this.checkForm(arg, letter === 'd', block, who);
    });
    if (node.state !== null) this.checkState(node.state, block, at, `the state of ${who}`);
    if (node.before !== null) this.checkState(node.before, block, at, `the state before ${who}`);
    if ((effect === 'guard' || effect === 'call') && node.state === null) this.fail(block, `${who} has no state`);
  }

  private checkEnd(block: Block): void {
    const { end } = block;
    for (const { target, args } of edgesOf(block)) {
      args.forEach((arg, i) => {
        this.checkUse(arg, block, Infinity, `the edge to ${target.id}`);
        this.checkForm(arg, target.params[i]!.isDouble, block, `the edge to ${target.id}`);
      });
    }
    if (end.kind === 'branch') this.checkUse(end.condition, block, Infinity, 'the branch');
    if (end.kind === 'exit' || end.kind === 'yield') this.checkState(end.state, block, Infinity, `the ${end.kind}`);
    if (end.kind === 'return' || end.kind === 'yield') {
      this.checkUse(end.value, block, Infinity, `the ${end.kind}`);
      this.checkForm(end.value, false, block, `the ${end.kind}`);
    }
  }

  run(): void {
    for (const block of this.graph.blocks) {
      block.nodes.forEach((node, i) => this.checkNode(node, block, i));
      this.checkEnd(block);
    }
  }
}

/** Throws an Error that names the block and the node. */
export function verifyGraph(graph: Graph, options: VerifyOptions): void {
  new Verifier(graph, options).run();
}
