/** Giving lines to instructions that have none: exits need one for tracebacks, and tables get smaller. */
import { checksEvalBreaker, exitsScope, fallsThrough, isJump, lastInstr, nextNonEmpty } from './flow-graph.ts';
import { hasNoLine } from './flow-cleanup.ts';
import { Block, NO_LOC } from './instructions.ts';

/** Gives every exit a line of its own, and passes lines on to artificial instructions behind them. */
export function resolveLines(entry: Block): void {
  duplicateExits(entry);
  propagateLines(entry);
}

/** An exit, or a block where threads may switch, that needs a line and has none. */
function needsLine(block: Block): boolean {
  const last = lastInstr(block);
  if (!(last !== undefined && exitsScope(last)) && !block.instrs.some(checksEvalBreaker)) return false;
  return hasNoLine(block);
}

/** Exits without line that are jumped to from several places are copied, so that each copy can take the line of its jump. */
function duplicateExits(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    const last = lastInstr(block);
    if (last === undefined || !isJump(last)) continue;
    const target = nextNonEmpty(last.target)!;
    if (target.predecessors <= 1 || !needsLine(target)) continue;
    const copy = new Block(true);
    copy.instrs = target.instrs.map((instr) => instr.clone());
    copy.instrs[0]!.loc = last.loc;
    last.target = copy;
    target.predecessors--;
    copy.predecessors = 1;
    copy.next = target.next;
    target.next = copy;
  }
  // What is left is reached by falling through, from one place.
  for (let block: Block | null = entry; block !== null; block = block.next) {
    if (block.next === null || block.instrs.length === 0 || !fallsThrough(block)) continue;
    if (needsLine(block.next)) block.next.instrs[0]!.loc = lastInstr(block)!.loc;
  }
}

function propagateLines(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    const last = lastInstr(block);
    if (last === undefined) continue;
    let loc = NO_LOC;
    for (const instr of block.instrs) {
      if (instr.loc.lineno === NO_LOC.lineno) instr.loc = loc;
      else loc = instr.loc;
    }
    if (block.next !== null && block.next.predecessors === 1 && fallsThrough(block)) inheritLine(block.next, loc);
    if (isJump(last) && last.target!.predecessors === 1) inheritLine(last.target!, loc);
  }
}

function inheritLine(block: Block, loc: typeof NO_LOC): void {
  const first = block.instrs[0];
  if (first !== undefined && first.loc.lineno === NO_LOC.lineno) first.loc = loc;
}
