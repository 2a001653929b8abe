/**
 * From a graph to nested blocks and loops of JavaScript, by the dominator tree ("Beyond Relooper", Ramsey 2022): a block that several edges lead to stands
 * behind a labelled block that they break out of; a loop is a labelled `for (;;)`. What follows a loop is put behind it, not into it.
 */
import { dominates, type Shape } from '../dominators.ts';
import { CannotCompile } from '../builder.ts';
import { edgesOf, type Block, type Edge, type Graph } from '../ir.ts';

/** Writes the lines of a block without its end, of the moves along an edge, and of an end that leaves the function. */
export interface BlockWriter {
  body(block: Block): string[];
  moves(edge: Edge): string[];
  condition(block: Block): string;
  leave(block: Block): string[];
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

/** Deeper nests are not indented further: that would be most of the text. */
const DEEPEST = ' '.repeat(40);

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line.startsWith(DEEPEST) ? line : `  ${line}`));
}

/** `lines` in labelled blocks, one for each of `blocks`, which follow in reverse postorder. */
function wrap(p: Placement, lines: string[], blocks: readonly Block[]): string[] {
  const sorted = [...blocks].sort((a, b) => p.shape.order.get(a)! - p.shape.order.get(b)!);
  let out = lines;
  for (const block of sorted) out = [`b${block.id}: {`, ...indent(out), '}', ...tree(p, block)];
  return out;
}

/** The code of a block and all that stands under it. */
function tree(p: Placement, block: Block): string[] {
  let lines = wrap(p, [...p.writer.body(block), ...end(p, block)], p.inside.get(block) ?? []);
  if (p.shape.loops.has(block)) lines = [`loop${block.id}: for (;;) {`, ...indent(lines), '}'];
  return wrap(p, lines, p.outside.get(block) ?? []);
}

function end(p: Placement, block: Block): string[] {
  const edges = edgesOf(block);
  if (edges.length === 0) return p.writer.leave(block);
  if (edges.length === 1) return follow(p, block, edges[0]!);
  return [`if (${p.writer.condition(block)}) {`, ...indent(follow(p, block, edges[0]!)), '} else {', ...indent(follow(p, block, edges[1]!)), '}'];
}

function follow(p: Placement, from: Block, edge: Edge): string[] {
  const { target } = edge;
  const moves = p.writer.moves(edge);
  if (p.shape.order.get(target)! <= p.shape.order.get(from)!) return [...moves, `continue loop${target.id};`];
  if (p.labelled.has(target)) return [...moves, `break b${target.id};`];
  return [...moves, ...tree(p, target)];
}

/** The lines of the whole function body. Throws CannotCompile for irreducible control flow. */
export function structured(graph: Graph, shape: Shape, writer: BlockWriter): string[] {
  return tree(new Placement(graph, shape, writer), graph.blocks[0]!);
}
