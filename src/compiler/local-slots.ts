/** The slots of a frame: locals, cells, free variables. Cells that are parameters share the parameter's slot. */
import { CO, FAST } from '../bytecode/code.ts';
import { OP } from '../bytecode/opcodes.ts';
import { Instr, Loc, NO_LOC } from './instructions.ts';
import type { Block } from './instructions.ts';
import type { Unit } from './unit.ts';

/** Names and kinds of all slots, in order. */
export interface LocalSlots {
  readonly names: string[];
  readonly kinds: Uint8Array;
}

/** Emits the instructions that set up a frame, and turns cell numbers into slots. */
export function prepareSlots(unit: Unit, entry: Block, flags: number): void {
  const fixed = cellSlots(unit);
  insertPrefix(unit, entry, fixed, flags);
  const { size } = unit.varnames;
  let dropped = 0;
  for (let i = 0; i < fixed.length; i++) {
    if (fixed[i] === i + size) fixed[i]! -= dropped;
    else dropped++;
  }
  for (let block: Block | null = entry; block !== null; block = block.next) {
    for (const instr of block.instrs) {
      switch (instr.op) {
        case OP.MAKE_CELL: case OP.LOAD_CLOSURE: case OP.LOAD_DEREF: case OP.STORE_DEREF: case OP.DELETE_DEREF: case OP.LOAD_FROM_DICT_OR_DEREF:
          instr.arg = fixed[instr.arg]!;
          break;
        default: break;
      }
    }
  }
}

/** The slot of every cell and free variable, not yet moved up for cells that share a parameter's slot. */
function cellSlots(unit: Unit): Int32Array {
  const { varnames, cellvars, freevars } = unit;
  const fixed = new Int32Array(cellvars.size + freevars.size);
  for (let i = 0; i < fixed.length; i++) fixed[i] = varnames.size + i;
  for (const [name, cell] of cellvars) {
    const local = varnames.get(name);
    if (local !== undefined) fixed[cell] = local;
  }
  return fixed;
}

function insertPrefix(unit: Unit, entry: Block, fixed: Int32Array, flags: number): void {
  const prefix: Instr[] = [];
  if (unit.freevars.size > 0) prefix.push(new Instr(OP.COPY_FREE_VARS, unit.freevars.size, NO_LOC));
  // Cells are made in the order of their slots.
  const cells = Array.from({ length: unit.cellvars.size }, (_, i) => i).sort((a, b) => fixed[a]! - fixed[b]!);
  for (const cell of cells) prefix.push(new Instr(OP.MAKE_CELL, cell, NO_LOC));
  if ((flags & (CO.GENERATOR | CO.COROUTINE | CO.ASYNC_GENERATOR)) !== 0) {
    const loc = new Loc(unit.firstlineno, unit.firstlineno, -1, -1);
    prefix.push(new Instr(OP.RETURN_GENERATOR, 0, loc), new Instr(OP.POP_TOP, 0, loc));
  }
  if (prefix.length > 0) entry.instrs = [...prefix, ...entry.instrs];
}

/** Lists the slots for the code object. */
export function listSlots(unit: Unit): LocalSlots {
  const names: string[] = [];
  const kinds: number[] = [];
  for (const name of unit.varnames.keys()) {
    names.push(name);
    const hidden = unit.fastHidden.has(name) ? FAST.HIDDEN : 0;
    const cell = unit.cellvars.has(name) ? FAST.CELL : 0;
    kinds.push(FAST.LOCAL | hidden | cell);
  }
  for (const name of unit.cellvars.keys()) {
    if (unit.varnames.has(name)) continue;
    names.push(name);
    kinds.push(FAST.CELL);
  }
  for (const name of unit.freevars.keys()) {
    names.push(name);
    kinds.push(FAST.FREE);
  }
  return { names, kinds: Uint8Array.from(kinds) };
}
