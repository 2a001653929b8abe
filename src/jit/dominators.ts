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
  /** Where each block is in a preorder of the tree of dominators, and how many blocks it dominates, itself included; by order. */
  readonly preorder: readonly number[];
  readonly dominated: readonly number[];
}

/** Whether `a` dominates `b`. */
export function dominates({ order, preorder, dominated }: Pick<Shape, 'order' | 'preorder' | 'dominated'>, a: Block, b: Block): boolean {
  if (a === b) return true;
  const from = order.get(a);
  if (from === undefined) return false;
  const distance = preorder[order.get(b)!]! - preorder[from]!;
  return distance >= 0 && distance < dominated[from]!;
}

/** Immediate dominators by order (Cooper, Harvey and Kennedy's iteration). */
function immediateDominators(before: readonly (readonly number[])[]): number[] {
  const idoms: number[] = before.map(() => -1);
  idoms[0] = 0;
  const meet = (a: number, b: number): number => {
    let x = a;
    let y = b;
    while (x !== y) {
      while (x > y) x = idoms[x]!;
      while (y > x) y = idoms[y]!;
    }
    return x;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 1; i < before.length; i++) {
      let best = -1;
      for (const from of before[i]!) if (idoms[from]! >= 0) best = best < 0 ? from : meet(best, from);
      if (idoms[i] !== best) {
        idoms[i] = best;
        changed = true;
      }
    }
  }
  return idoms;
}

/** See `Shape.preorder` and `Shape.dominated`: dominators come first in the order. */
function numberTree(idoms: readonly number[]): Pick<Shape, 'preorder' | 'dominated'> {
  const dominated: number[] = idoms.map(() => 1);
  for (let i = idoms.length - 1; i > 0; i--) dominated[idoms[i]!]! += dominated[i]!;
  const preorder: number[] = idoms.map(() => 0);
  const next: number[] = idoms.map(() => 1);
  for (let i = 1; i < idoms.length; i++) {
    const parent = idoms[i]!;
    next[i] = (preorder[i] = next[parent]!) + 1;
    next[parent]! += dominated[i]!;
  }
  return { preorder, dominated };
}

/** Computes the shape. */
export function shapeOf(graph: Graph): Shape {
  const { blocks } = graph;
  const order = new Map<Block, number>();
  const predecessors = new Map<Block, Block[]>();
  for (const [i, block] of blocks.entries()) {
    order.set(block, i);
    predecessors.set(block, []);
  }
  const before: number[][] = blocks.map(() => []);
  for (const [i, block] of blocks.entries()) {
    for (const { target } of edgesOf(block)) {
      predecessors.get(target)!.push(block);
      before[order.get(target)!]!.push(i);
    }
  }
  const idoms = immediateDominators(before);
  const idom = new Map(blocks.map((block, i) => [block, blocks[idoms[i]!]!]));
  const loops = new Map<Block, Set<Block>>();
  const shape = { order, idom, predecessors, loops, isIrreducible: false, ...numberTree(idoms) };
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
