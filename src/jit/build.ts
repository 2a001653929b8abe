/** Builds the graph of one entry of a code object. */
import { catchExceptions, handlerAt } from './build-handlers.ts';
import { bytecodeBlocks, LEAVES, yieldsSeldom, type BytecodeBlock, type Instruction } from './bytecode-blocks.ts';
import { Builder, TooLong, type BuildInput } from './builder.ts';
import { buildEnd, buildInstruction } from './build-instructions.ts';
import { CO } from '../bytecode/code.ts';
import { reversePostorder } from './dominators.ts';
import { PyType } from '../core/type.ts';
import { SEEN, type Graph, type Node, type Block, type State } from './ir.ts';
import { operationOf } from './operations.ts';

/** Code with more units than this is left to tier 0: V8 would not optimise what comes out. */
const MAX_UNITS = 6_000;
/** Why compiled code ends at an instruction that is left to tier 0. */
const REASONS: Readonly<Record<string, string>> = { YIELD_VALUE: 'yield', RAISE_VARARGS: 'raise', RERAISE: 'raise' };

/** Fills all blocks that edges lead to. One round does, unless a way is cut off (nothing was seen of it) and its end is come to by a later back edge alone. */
function fillAll(builder: Builder, bytecode: readonly BytecodeBlock[]): readonly BytecodeBlock[] {
  let open = bytecode;
  for (let count = -1; open.length !== count;) {
    count = open.length;
    open = open.filter((row) => {
      if (!builder.enter(row)) return true;
      const { block } = builder;
      const made = builder.made.length;
      fill(builder, row);
      catchExceptions(builder, [block, ...builder.made.slice(made)]);
      return false;
    });
  }
  return open;
}

/** The graph, in its general form. Throws CannotCompile. */
export function buildGraph(input: BuildInput): Graph {
  const { code } = input;
  if (code.words.length > MAX_UNITS) throw new TooLong(`${code.words.length} units are too many`);
  const bytecode = bytecodeBlocks(code.words, input.entry, {
    takes: input.isFrame && (code.code.flags & CO.GENERATOR) !== 0 && yieldsSeldom(code.words), handlerAt: (unit) => handlerAt(input, unit)?.target ?? -1,
  });
  const builder = new Builder(input, bytecode);
  builder.fillBlocks = fillAll;
  const entry = builder.enterFunction();
  builder.jump(input.entry);
  fillAll(builder, bytecode);
  askForFrames(builder, reversePostorder(entry));
  return { name: code.code.qualname, blocks: reversePostorder(entry), parameters: input.isFrame ? -1 : code.parameterCount };
}

/** RETURN_VALUE of a function that was called. */
function buildReturn(builder: Builder, instruction: Instruction): void {
  const state = builder.before(instruction);
  builder.block.end = { kind: 'return', value: builder.pop() };
  builder.returns.push({ block: builder.block, state });
}

function isCall(node: Node): boolean {
  return node.state !== null && operationOf(node).effect === 'call';
}

/** Where something is called that could look at frames, a return asks whether somebody has the activation's frame: then it is brought up to date. */
function askForFrames(builder: Builder, blocks: readonly Block[]): void {
  if (builder.input.begins || !blocks.some(({ nodes }) => nodes.some(isCall))) return;
  for (const { block, state } of builder.returns) {
    const [seen, unseen] = [builder.newBlock(), builder.newBlock()];
    seen.end = { kind: 'exit', state, reason: SEEN };
    unseen.end = block.end;
    builder.block = block;
    const condition = builder.emit('frame_seen', []);
    block.end = { kind: 'branch', condition, then: { target: seen, args: [] }, otherwise: { target: unseen, args: [] } };
  }
}

/** YIELD_VALUE of a generator whose frame was entered, or that was begun. Where the value is taken the code goes on `behind` (`core/sink.ts`). */
function buildYield(builder: Builder, instruction: Instruction, [behind]: readonly number[]): void {
  const value = builder.pop();
  const state = builder.behind(instruction);
  if (behind !== undefined && builder.isSeen(behind)) {
    const refuses = builder.emit('sink_refuses', [value]);
    const { stack } = builder;
    builder.stack = [...stack, builder.constant(null)];
    builder.branchInto(refuses, builder.edge(behind));
    builder.stack = stack;
  }
  builder.block.end = { kind: 'yield', value, state };
}

/** The instance that `raise Class` makes, where the class is known and has no `__init__` of a program. */
function exceptionOf(builder: Builder, value: Node, before: State): Node {
  const type = Builder.constantOf(value);
  if (!(type instanceof PyType) || builder.input.exceptionInit(type) !== null) return value;
  builder.guard('guard_version', [], before, { type, version: type.version });
  return builder.emit('new_exception', [], type);
}

/** `raise value` and `raise value from cause`: the exception goes to the handler, or to the caller, without a JavaScript throw. */
function buildRaise(builder: Builder, instruction: Instruction): void {
  const before = builder.before(instruction);
  const cause = instruction.oparg === 2 ? [builder.pop()] : [];
  const node = builder.emit('raise', [exceptionOf(builder, builder.pop(), before), ...cause]);
  node.before = before;
  node.state = builder.during(instruction, false);
  // Never reached: every block ends somehow.
  builder.exit(before, 'raise');
}

/** RERAISE: the traceback has this frame already. */
function buildReraise(builder: Builder, instruction: Instruction): void {
  const before = builder.before(instruction);
  const node = builder.emit('reraise', [builder.pop()]);
  node.state = builder.during(instruction, false);
  builder.exit(before, 'raise');
}

/** Instructions that are compiled by what they have seen. */
const TELLING: ReadonlySet<string> = new Set(['CALL', 'CALL_KW', 'BINARY_OP', 'COMPARE_OP', 'CONTAINS_OP', 'LOAD_ATTR', 'STORE_ATTR', 'GET_ITER', 'STORE_SUBSCR', 'UNPACK_SEQUENCE', 'TO_BOOL']);

/** Whether observation ended in the middle of a block, at a call for instance: compiled code leaves there, as it does before a block of which nothing was seen. */
function isLeftOut({ input }: Builder, { instructions }: BytecodeBlock, n: number): boolean {
  const instruction = instructions[n]!;
  return TELLING.has(instruction.name) && input.isUnseen(instruction.at) && instructions.slice(0, n).some(({ at }) => !input.isUnseen(at));
}

function fill(builder: Builder, row: BytecodeBlock): void {
  if (!builder.isSeen(row.start)) {
    builder.exit(builder.before(row.instructions[0]!), 'unseen');
    return;
  }
  const first = builder.block;
  const last = row.instructions.length - 1;
  for (const [n, instruction] of row.instructions.entries()) {
    if (LEAVES.has(instruction.name)) {
      if (instruction.name === 'RETURN_VALUE' && builder.ends !== null) builder.ends.returns(instruction);
      else if (instruction.name === 'YIELD_VALUE' && builder.ends !== null && row.successors.length > 0) builder.ends.yields(instruction, row.successors[0]!);
      else if (instruction.name === 'RETURN_VALUE' && !builder.input.isFrame) buildReturn(builder, instruction);
      else if (instruction.name === 'YIELD_VALUE' && (builder.input.isFrame || builder.input.begins)) buildYield(builder, instruction, row.successors);
      else if (instruction.name === 'RAISE_VARARGS' && instruction.oparg > 0) buildRaise(builder, instruction);
      else if (instruction.name === 'RERAISE') buildReraise(builder, instruction);
      else builder.exit(builder.before(instruction), REASONS[instruction.name] ?? instruction.name);
      return;
    }
    if (isLeftOut(builder, row, n)) {
      builder.exit(builder.before(instruction), 'unseen');
      return;
    }
    if (n === last && buildEnd(builder, instruction, row.successors)) return;
    buildInstruction(builder, instruction);
    if (builder.block.end !== undefined) return;
  }
  if (builder.block === first || builder.block.end === undefined) builder.jump(row.successors[0]!);
}
