/**
 * From a graph to nested blocks and loops of JavaScript, by the dominator tree ("Beyond Relooper", Ramsey 2022): a block that several edges lead to stands
 * behind a labelled block that they break out of; a loop is a labelled `for (;;)`. What follows a loop is put behind it, not into it.
 */
import { dominates, type Shape } from '../dominators.ts';
import { CannotCompile } from '../builder.ts';
import { edgesOf, type Block, type Edge, type Graph } from '../ir.ts';
import type { WaysOut } from './ways-out.ts';

/** Writes the lines of a block without its end, of the moves along an edge, and of an end that leaves the function. */
export interface BlockWriter {
  body(block: Block): string[];
  moves(edge: Edge): string[];
  condition(block: Block): string;
  leave(block: Block): string[];
  /** Begins the loop of a header. What it gives gathers the ways out of the loop until `endLoop`; null where they stand in it. */
  beginLoop(header: Block): WaysOut | null;
  endLoop(): void;
}

/** The lines of a function's body, and which of them each loop takes, with its ways out. Inner loops stand behind the outer. */
export interface Lines {
  readonly lines: readonly string[];
  readonly loops: readonly { readonly start: number; readonly end: number }[];
}

/** What is being placed where. */
class Placement {
  readonly shape: Shape;
  readonly writer: BlockWriter;
  /** Blocks that are put behind a labelled block, by the block that they stand under; `outside` those behind the loop of their parent. */
  readonly inside = new Map<Block, Block[]>();
  readonly outside = new Map<Block, Block[]>();
  readonly labelled = new Set<Block>();

  constructor(graph: Graph, shape: Shape, writer: BlockWriter) {
    this.shape = shape;
    this.writer = writer;
    if (this.shape.isIrreducible) throw new CannotCompile('control flow without structure');
    for (const block of graph.blocks.slice(1)) this.place(block);
  }

  private place(block: Block): void {
    const { shape } = this;
    const parent = shape.idom.get(block)!;
    const header = this.outermostLeft(parent, block);
    const forward = shape.predecessors.get(block)!.filter((from) => shape.order.get(from)! < shape.order.get(block)!);
    if (header !== null) this.add(this.outside, header, block);
    else if (forward.length > 1) this.add(this.inside, parent, block);
  }

  private add(map: Map<Block, Block[]>, parent: Block, block: Block): void {
    this.labelled.add(block);
    const list = map.get(parent);
    if (list === undefined) map.set(parent, [block]);
    else list.push(block);
  }

  /** The outermost loop that holds `inner` and not `block`, by its header. */
  private outermostLeft(inner: Block, block: Block): Block | null {
    let found: Block | null = null;
    for (const [header, body] of this.shape.loops) {
      if (!body.has(inner) || body.has(block) || !dominates(this.shape, header, block)) continue;
      if (found === null || this.shape.loops.get(header)!.size > this.shape.loops.get(found)!.size) found = header;
    }
    return found;
  }
}

/** Deeper nests are not indented further: that would be half of the text. */
const DEEPEST = 7;
const INDENTS = Array.from({ length: DEEPEST + 1 }, (_, depth) => '  '.repeat(depth));

/** Writes the nest, line by line. */
class Nest implements Lines {
  readonly lines: string[] = [];
  readonly loops: { start: number; end: number }[] = [];
  private readonly p: Placement;
  /** In the body of a function, in `try`. */
  private depth = 2;

  constructor(placement: Placement) {
    this.p = placement;
  }

  private line(text: string): void {
    this.lines.push(this.indented(text));
  }

  private indented(text: string): string {
    return INDENTS[Math.min(this.depth, DEEPEST)]! + text;
  }

  private all(texts: readonly string[]): void {
    for (const text of texts) this.line(text);
  }

  private open(head: string): void {
    this.line(head);
    this.depth++;
  }

  private close(): void {
    this.depth--;
    this.line('}');
  }

  /** What `inner` writes, in labelled blocks, one for each of `blocks`, which follow in reverse postorder. */
  private wrap(blocks: readonly Block[] | undefined, inner: () => void): void {
    if (blocks === undefined) {
      inner();
      return;
    }
    const { order } = this.p.shape;
    const sorted = [...blocks].sort((a, b) => order.get(a)! - order.get(b)!);
    for (const block of [...sorted].reverse()) this.open(`b${block.id}: {`);
    inner();
    for (const block of sorted) {
      this.close();
      this.tree(block);
    }
  }

  /** The code of a block and all that stands under it. */
  tree(block: Block): void {
    const { shape, outside } = this.p;
    this.wrap(outside.get(block), () => {
      if (shape.loops.has(block)) this.loop(block);
      else this.inner(block);
    });
  }

  private inner(block: Block): void {
    const { inside, writer } = this.p;
    this.wrap(inside.get(block), () => {
      this.all(writer.body(block));
      this.end(block);
    });
  }

  private loop(header: Block): void {
    const { writer } = this.p;
    const ways = writer.beginLoop(header);
    const start = this.lines.length;
    const lines = { start, end: start };
    this.loops.push(lines);
    this.open(`loop${header.id}: for (;;) {`);
    this.inner(header);
    this.close();
    writer.endLoop();
    if (ways !== null) {
      this.lines.splice(start, 0, ...ways.before().map((line) => this.indented(line)));
      this.all(ways.behind());
    }
    lines.end = this.lines.length - 1;
  }

  private end(block: Block): void {
    const edges = edgesOf(block);
    if (edges.length === 0) this.all(this.p.writer.leave(block));
    else if (edges.length === 1) this.follow(block, edges[0]!);
    else {
      this.open(`if (${this.p.writer.condition(block)}) {`);
      this.follow(block, edges[0]!);
      this.depth--;
      this.open('} else {');
      this.follow(block, edges[1]!);
      this.close();
    }
  }

  private follow(from: Block, edge: Edge): void {
    const { shape, writer, labelled } = this.p;
    const { target } = edge;
    this.all(writer.moves(edge));
    if (shape.order.get(target)! <= shape.order.get(from)!) this.line(`continue loop${target.id};`);
    else if (labelled.has(target)) this.line(`break b${target.id};`);
    else this.tree(target);
  }
}

/** The lines of the whole function body. Throws CannotCompile for irreducible control flow. */
export function structured(graph: Graph, shape: Shape, writer: BlockWriter): Lines {
  const nest = new Nest(new Placement(graph, shape, writer));
  nest.tree(graph.blocks[0]!);
  return nest;
}
