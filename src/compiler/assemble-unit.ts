/** From a generated unit to a code object: flow graph, optimisation, slots, layout, assembly, in CPython's order. */
import { interned } from '../base/interned.ts';
import { makeCode } from '../bytecode/code.ts';
import type { CodeObject } from '../bytecode/code.ts';
import { assemble } from './assemble.ts';
import { resolveHandlers } from './flow-exceptions.ts';
import { buildFlowGraph } from './flow-graph.ts';
import { expandConditionalJumps, expandPseudoOps, moveColdBlocks, normaliseJumps } from './flow-layout.ts';
import { resolveLines } from './flow-lines.ts';
import { listSlots, prepareSlots } from './local-slots.ts';
import { optimiseGraph } from './optimise-blocks.ts';
import { removeUnusedConsts } from './optimise-constants.ts';
import { borrowLoads, checkUnbound, insertSuperinstructions } from './optimise-locals.ts';
import { computeStackDepth } from './stack-depth.ts';
import type { Unit } from './unit.ts';

/** Finishes a unit. `flags`: the flags of the code object. */
export function assembleUnit(unit: Unit, options: { readonly filename: string; readonly flags: number }): CodeObject {
  const entry = buildFlowGraph(unit.sequence);
  resolveHandlers(entry);
  optimiseGraph(entry, unit.consts);
  const consts = removeUnusedConsts(entry, unit.consts);
  checkUnbound(entry, unit.varnames.size, unit.entry.varnames.length);
  insertSuperinstructions(entry);
  moveColdBlocks(entry);
  resolveLines(entry);
  expandConditionalJumps(entry);
  const stacksize = computeStackDepth(entry);
  prepareSlots(unit, entry, options.flags);
  expandPseudoOps(entry);
  normaliseJumps(entry);
  borrowLoads(entry);
  const { words, linetable, exceptiontable } = assemble(entry, unit.firstlineno);
  const { names, kinds } = listSlots(unit);
  const { argcount, posonlyargcount, kwonlyargcount } = unit.signature;
  return makeCode({
    argcount: argcount + posonlyargcount, posonlyargcount, kwonlyargcount, stacksize, flags: options.flags,
    words, consts: consts.map((value) => (typeof value === 'string' ? interned(value) : value)), names: Array.from(unit.names.keys(), interned), localsplusnames: names.map(interned), localspluskinds: kinds,
    filename: options.filename, name: unit.name, qualname: unit.qualname, firstlineno: unit.firstlineno, linetable, exceptiontable,
  });
}
