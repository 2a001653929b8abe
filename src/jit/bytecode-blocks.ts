/** The control-flow graph of bytecode from one entry: instructions decoded, basic blocks in reverse postorder. Exception handlers that are not asked for have entries of their own. */
import { CACHES, OP, OPNAME } from '../bytecode/opcodes.ts';
import { RESUME_AT } from '../bytecode/operands.ts';

/** One decoded instruction. Positions count units. */
export interface Instruction {
  readonly name: string;
  readonly op: number;
  readonly oparg: number;
  /** Where it starts, EXTENDED_ARG included. */
  readonly start: number;
  /** The unit of the opcode itself: what feedback is kept under. */
  readonly at: number;
  /** Behind its cache units: the position of its inline cache, and of the next instruction. */
  readonly next: number;
}

/** A basic block of bytecode. */
export interface BytecodeBlock {
  readonly start: number;
  readonly instructions: Instruction[];
  /** Starts of the blocks that follow: for conditional jumps the fall-through first. */
  readonly successors: readonly number[];
  predecessors: number;
  isLoop: boolean;
  /** Starts of the blocks that handle what its instructions raise. */
  handlers: readonly number[];
}

/** What the blocks of code depend on besides its instructions. */
export interface BlockOptions {
  /** Whether the blocks behind yields whose value may be taken belong to them. */
  readonly takes: boolean;
  /** The start of the block that handles what is raised at a unit, where that belongs to them; else -1. */
  handlerAt(unit: number): number;
}

const PLAIN: BlockOptions = { takes: false, handlerAt: () => -1 };

const CONDITIONAL = new Set(['POP_JUMP_IF_FALSE', 'POP_JUMP_IF_TRUE', 'POP_JUMP_IF_NONE', 'POP_JUMP_IF_NOT_NONE', 'FOR_ITER', 'SEND']);
const FORWARD = new Set(['JUMP_FORWARD', ...CONDITIONAL]);
const BACKWARD = new Set(['JUMP_BACKWARD', 'JUMP_BACKWARD_NO_INTERRUPT']);
/** Instructions behind which compiled code does not go on: left to tier 0. */
export const LEAVES = new Set([
  'RETURN_VALUE', 'RAISE_VARARGS', 'RERAISE', 'RETURN_GENERATOR', 'YIELD_VALUE', 'CLEANUP_THROW', 'CHECK_EG_MATCH', 'LOAD_FROM_DICT_OR_DEREF', 'EXIT_INIT_CHECK', 'SETUP_ANNOTATIONS', 'LOAD_BUILD_CLASS', 'LOAD_LOCALS',
  'INTERPRETER_EXIT',
]);

/** The instruction that starts at `start`. */
export function decode(words: Uint16Array, start: number): Instruction {
  let at = start;
  let oparg = words[at]! >> 8;
  while ((words[at]! & 255) === OP.EXTENDED_ARG) {
    at++;
    oparg = (oparg << 8) | (words[at]! >> 8);
  }
  const op = words[at]! & 255;
  return { name: OPNAME[op]!, op, oparg, start, at, next: at + 1 + CACHES[op]! };
}

/** Where the instruction jumps, or -1. FOR_ITER jumps behind END_FOR. */
export function jumpTarget(instruction: Instruction): number {
  const { name, oparg, next } = instruction;
  if (BACKWARD.has(name)) return next - oparg;
  if (name === 'FOR_ITER') return next + oparg + 1;
  return FORWARD.has(name) ? next + oparg : -1;
}

/** Calls and GET_ANEXT, whose result may be awaited at once. */
const AWAITED = new Set(['CALL', 'CALL_KW', 'GET_ANEXT']);

/** The SEND that awaits what a call gives: it stands behind GET_AWAITABLE and LOAD_CONST None; null where none does. */
export function sendBehind(words: Uint16Array, instruction: Instruction): Instruction | null {
  if (!AWAITED.has(instruction.name)) return null;
  let at = instruction.next;
  if (instruction.name !== 'GET_ANEXT') {
    const awaitable = decode(words, at);
    if (awaitable.name !== 'GET_AWAITABLE') return null;
    at = awaitable.next;
  }
  const value = decode(words, at);
  if (value.name !== 'LOAD_CONST') return null;
  const send = decode(words, value.next);
  return send.name === 'SEND' ? send : null;
}

/** Code with up to so many yields goes on behind those whose value is taken (`core/sink.ts`): each of its entries has all of it. */
const MAX_TAKEN = 2;

/** Where code of a generator goes on when the value of its YIELD_VALUE is taken: behind the RESUME. -1 behind a `yield from`, where something else has yielded it. */
export function behindTaken(words: Uint16Array, yielding: Instruction): number {
  const resume = decode(words, yielding.next);
  return resume.name === 'RESUME' && (resume.oparg & ~RESUME_AT.DEPTH1) === RESUME_AT.AFTER_YIELD ? resume.next : -1;
}

/** Whether code of a generator has one `yield`, and waits for no other generator. */
export function yieldsOnce(words: Uint16Array): boolean {
  const yields: Instruction[] = [];
  for (let at = 0; at < words.length;) {
    const instruction = decode(words, at);
    if (instruction.name === 'YIELD_VALUE') yields.push(instruction);
    at = instruction.next;
  }
  return yields.length === 1 && behindTaken(words, yields[0]!) >= 0;
}

/** Whether values may be taken that the code of a generator yields. */
export function yieldsSeldom(words: Uint16Array): boolean {
  let count = 0;
  for (let at = 0; at < words.length;) {
    const instruction = decode(words, at);
    if (instruction.name === 'YIELD_VALUE' && behindTaken(words, instruction) >= 0) count++;
    at = instruction.next;
  }
  return count > 0 && count <= MAX_TAKEN;
}

/** For the awaited calls of `sendBehind`: what follows, and the successors of the SEND. */
function successorsOf(words: Uint16Array, instruction: Instruction, takes: boolean): number[] | null {
  const { name, next } = instruction;
  if (takes && name === 'YIELD_VALUE') return [behindTaken(words, instruction)].filter((start) => start >= 0);
  if (LEAVES.has(name)) return [];
  const awaits = sendBehind(words, instruction);
  if (awaits !== null) return [instruction.next, ...successorsOf(words, awaits, takes)!];
  const target = jumpTarget(instruction);
  if (target < 0) return null;
  return CONDITIONAL.has(name) ? [next, target] : [target];
}

/** An instruction that can be come to: its handler's position or -1, and where it leads if it ends its block, else null. */
interface Reached {
  readonly instruction: Instruction;
  readonly handler: number;
  readonly successors: readonly number[] | null;
}

/** Follows the code from `entry`: all positions where blocks start, and all instructions by position. */
function follow(words: Uint16Array, entry: number, { takes, handlerAt }: BlockOptions): { leaders: ReadonlySet<number>; reached: ReadonlyMap<number, Reached> } {
  const leaders = new Set<number>([entry]);
  const reached = new Map<number, Reached>();
  const work = [entry];
  while (work.length > 0) {
    let at = work.pop()!;
    while (!reached.has(at)) {
      const instruction = decode(words, at);
      const handler = handlerAt(instruction.next - 1);
      const successors = successorsOf(words, instruction, takes);
      reached.set(at, { instruction, handler, successors });
      if (handler >= 0) {
        leaders.add(handler);
        work.push(handler);
      }
      if (successors !== null) {
        for (const next of successors) {
          leaders.add(next);
          work.push(next);
        }
        break;
      }
      at = instruction.next;
    }
  }
  return { leaders, reached };
}

function readBlock(start: number, leaders: ReadonlySet<number>, reached: ReadonlyMap<number, Reached>): BytecodeBlock {
  const instructions: Instruction[] = [];
  const handlers = new Set<number>();
  let at = start;
  for (;;) {
    const { instruction, handler, successors } = reached.get(at)!;
    instructions.push(instruction);
    if (handler >= 0) handlers.add(handler);
    at = instruction.next;
    const ends = successors ?? (leaders.has(at) ? [at] : null);
    if (ends !== null) return { start, instructions, successors: ends, predecessors: 0, isLoop: false, handlers: [...handlers] };
  }
}

/** Several operations of a block may raise what its handler gets. */
const MANY_EDGES = 2;

/** The blocks reachable from `entry`, in reverse postorder. */
export function bytecodeBlocks(words: Uint16Array, entry: number, options: BlockOptions = PLAIN): BytecodeBlock[] {
  const { leaders, reached } = follow(words, entry, options);
  const blocks = new Map<number, BytecodeBlock>();
  const order: BytecodeBlock[] = [];
  const open = new Set<number>();
  const visit = (start: number): void => {
    const block = readBlock(start, leaders, reached);
    blocks.set(start, block);
    open.add(start);
    // The last successor first: reverse postorder then has the fall-through (a loop's body) right behind.
    const count = (next: number, edges: number): void => {
      if (!blocks.has(next)) visit(next);
      const successor = blocks.get(next)!;
      successor.predecessors += edges;
      if (open.has(next)) successor.isLoop = true;
    };
    for (const next of block.handlers) count(next, MANY_EDGES);
    for (const next of [...block.successors].reverse()) count(next, 1);
    open.delete(start);
    order.push(block);
  };
  visit(entry);
  return order.reverse();
}
