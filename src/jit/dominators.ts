/** Dominators, loops and the order of blocks: what passes and the emission of structured control ask of a graph. */
import { edgesOf, type Block, type Graph } from './ir.ts';

/** Blocks in reverse postorder from the entry. */
export function reversePostorder(entry: Block): Block[] {
  const order: Block[] = [];
  const seen = new Set<Block>();
  const visit = (block: Block): void => {
    seen.add(block);
    for (const edge of [...edgesOf(block)].reverse()) if (!seen.has(edge.target)) visit(edge.target);
    order.push(block);
  };
  visit(entry);
  return order.reverse();
}

/** The shape of a graph. Block order is reverse postorder. */
export interface Shape {
  readonly order: ReadonlyMap<Block, number>;
  /** Immediate dominators; the entry's is itself. */
  readonly idom: ReadonlyMap<Block, Block>;
  readonly predecessors: ReadonlyMap<Block, readonly Block[]>;
  /** The blocks of each loop, by header. */
  readonly loops: ReadonlyMap<Block, ReadonlySet<Block>>;
  /** An edge leads back to a block that does not dominate its source: structured control cannot express that. */
  readonly isIrreducible: boolean;
}

/** Whether `a` dominates `b`. */
export function dominates(shape: Shape, a: Block, b: Block): boolean {
  let block = b;
  for (;;) {
    if (block === a) return true;
    const up = shape.idom.get(block)!;
    if (up === block) return false;
    block = up;
  }
}

/** Computes the shape (Cooper, Harvey and Kennedy's iteration for dominators). */
export function shapeOf(graph: Graph): Shape {
  const { blocks } = graph;
  const order = new Map(blocks.map((block, i) => [block, i]));
  const predecessors = new Map<Block, Block[]>(blocks.map((block) => [block, []]));
  for (const block of blocks) for (const edge of edgesOf(block)) predecessors.get(edge.target)!.push(block);
  const idom = new Map<Block, Block>([[blocks[0]!, blocks[0]!]]);
  const meet = (a: Block, b: Block): Block => {
    let x = a;
    let y = b;
    while (x !== y) {
      while (order.get(x)! > order.get(y)!) x = idom.get(x)!;
      while (order.get(y)! > order.get(x)!) y = idom.get(y)!;
    }
    return x;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const block of blocks.slice(1)) {
      let best: Block | null = null;
      for (const from of predecessors.get(block)!) if (idom.has(from)) best = best === null ? from : meet(best, from);
      if (idom.get(block) !== best) {
        idom.set(block, best!);
        changed = true;
      }
    }
  }
  const loops = new Map<Block, Set<Block>>();
  const shape = { order, idom, predecessors, loops, isIrreducible: false };
  for (const block of blocks) {
    for (const edge of edgesOf(block)) {
      const header = edge.target;
      if (order.get(header)! > order.get(block)!) continue;
      if (!dominates(shape, header, block)) shape.isIrreducible = true;
      else addLoop(loops, predecessors, header, block);
    }
  }
  return shape;
}

function addLoop(loops: Map<Block, Set<Block>>, predecessors: ReadonlyMap<Block, readonly Block[]>, header: Block, tail: Block): void {
  const body = loops.get(header) ?? new Set([header]);
  loops.set(header, body);
  const work = [tail];
  while (work.length > 0) {
    const block = work.pop()!;
    if (body.has(block)) continue;
    body.add(block);
    work.push(...predecessors.get(block)!);
  }
}
