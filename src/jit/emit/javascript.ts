/** From a graph to the text of a JavaScript function, with the values outside of it that it names. */
import { RESUME_AT } from '../../bytecode/operands.ts';
import { entrySite, RECORD_HEAD, Site, type CompiledCode } from '../../core/compiled.ts';
import type { PyCode } from '../../core/function.ts';
import { TooLong, type BuildInput } from '../builder.ts';
import { shapeOf, type Shape } from '../dominators.ts';
import type { InlinedExit } from '../exits.ts';
import { edgesOf, isVirtual, SEEN, type Block, type Edge, type Graph, type Inlining, type Node, type Slot, type State } from '../ir.ts';
import { canRaise, isOfRecord, operationOf, suspendedText, type Emission, type Operation, type OperationName } from '../operations.ts';
import { RecordPlan, type Write } from './records.ts';
import { sunkNodes } from './sunk.ts';
import { structured, type BlockWriter } from './structure.ts';
import { MARK, nameVariables } from './variables.ts';
import { WaysOut } from './ways-out.ts';

/** What was emitted: `text` is the body of a function of `names` that returns the compiled function. */
export interface Emitted {
  readonly text: string;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
  readonly sites: readonly Site[];
  readonly compiled: CompiledCode;
}

/** What is emitted: see `BuildInput`. */
export type EmitInput = Pick<BuildInput, 'code' | 'func' | 'begins' | 'resumePoint' | 'compiled' | 'relies' | 'verifies'>;

/** Ways out to which compiled code hands over what is missing in its record. */
type Handing = 'leave' | 'leaveLeaf' | 'raisedAt' | 'raisedHere';

/** Values named at all exits together: with more the text is too long (`compile.ts`), which takes long to find out where it grows with the square of the locals. */
const MAX_HANDED = 20_000;

const IDENTIFIER = /[^A-Za-z0-9_]/g;
const MAX_LITERAL = 100;
/** Bit of a RESUME's operand behind a `yield from` or an `await`. */
const AFTER_SEND = RESUME_AT.AFTER_YIELD_FROM & RESUME_AT.AFTER_AWAIT;

/** Names for values outside of the compiled function. */
class Outside {
  readonly names: string[] = [];
  readonly values: unknown[] = [];
  private readonly known = new Map<unknown, string>();
  private readonly used = new Set<string>();

  name(value: unknown, hint: string): string {
    let name = this.known.get(value);
    if (name === undefined) {
      name = this.add(value, hint.replace(IDENTIFIER, '_'));
      this.known.set(value, name);
    }
    return name;
  }

  /** Names a value that is named once only, as sites are. */
  add(value: unknown, hint: string): string {
    const plain = `$${hint}`;
    const name = this.used.has(plain) ? `${plain}_${this.names.length}` : plain;
    this.used.add(name);
    this.names.push(name);
    this.values.push(value);
    return name;
  }
}

function hintOf(value: unknown): string {
  const { name } = (value ?? {}) as { name?: unknown };
  return typeof name === 'string' ? name : 'k';
}

/** A number as JavaScript text that reads back the same. */
function numberText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.startsWith('-') ? `(${text})` : text;
}

/** A string as JavaScript text. */
function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
}

/** Whether nothing that is done could look at the activation: it has no record, until a guard fails. */
function isLeaf(graph: Graph, input: EmitInput): boolean {
  return graph.parameters >= 0 && !input.begins && graph.blocks.every(({ isLoop, nodes }) => !isLoop && nodes.every((node) => !needsRecord(node)));
}

/** Whether it may be done again from its beginning. */
function isPure(graph: Graph): boolean {
  return graph.blocks.every(({ nodes }) => nodes.every((node) => operationOf(node).effect !== 'write'));
}

function needsRecord(node: Node): boolean {
  const row = operationOf(node);
  return row.effect === 'call' || row.isQuiet === true || row.mayUnwind === true || node.op === 'frame_seen' || isOfRecord(node);
}

/** Nodes of a loop: V8 peels none of more than 1,000 of its own, and each way out is a block around it. */
const MAX_PEELED = 300;

/** What goes through items in a loop of its own: with one of these a loop is not the innermost, and nothing is gained where its ways out stand elsewhere. */
const GOES_THROUGH: ReadonlySet<OperationName> = new Set<OperationName>([
  'list_set_part', 'list_set_slice', 'list_insert', 'list_delete', 'list_delete_part', 'build_list_part', 'build_list_slice', 'build_tuple_slice', 'build_list_steps', 'build_tuple_steps', 'build_middle',
]);

function isSafepoint({ op }: Node): boolean {
  return op === 'safepoint' || op === 'safepoint_inlined';
}

/** Whether a block of a loop calls nothing, and looks at the breaker only right before it jumps back. */
function isQuietIn({ nodes, end }: Block, header: Block): boolean {
  return nodes.every((node, i) => {
    if (isSafepoint(node)) return i === nodes.length - 1 && end.kind === 'jump' && end.target.target === header;
    return !needsRecord(node) && !node.catches && operationOf(node).mayThrow !== true && !GOES_THROUGH.has(node.op);
  });
}

class Writer implements BlockWriter, Emission {
  /** The ways out of the loop that is being written; null where they stand in it. */
  private ways: WaysOut | null = null;
  /** Whether a loop assigns `entered` (`WaysOut`). */
  entersAgain = false;
  /** The inlined call whose node is being written. */
  private inlining: Inlining | null = null;
  readonly isLeaf: boolean;
  /** A leaf that changes nothing: tier 0 does the whole call again where a guard fails, so that all guards share one way out. V8 inlines functions of up to 460 bytes only. */
  readonly restarts: boolean;
  /** An entered frame that calls nothing: nobody looks at its record until it is left, so that it is not even begun before. */
  readonly isBare: boolean;
  /** The sites of the shared way out. */
  private readonly exits: Site[] = [];
  readonly outside = new Outside();
  readonly sites: Site[] = [];
  readonly variables: string[] = [];
  readonly shape: Shape;
  readonly plan: RecordPlan;
  private readonly sunk: ReadonlySet<Node>;
  private readonly isFrame: boolean;
  /** Sites of callers whose calls are inlined. */
  private readonly callers = new Map<State, Site>();
  private readonly code: PyCode;
  private readonly helpers: ReadonlyMap<string, unknown>;
  private readonly texts = new Map<Node, string>();
  private readonly helperTexts = new Map<string, string>();
  private temporaries = 0;
  /** Values that exits name so far. */
  private handed = 0;
  private readonly input: EmitInput;

  constructor(graph: Graph, input: EmitInput, helpers: ReadonlyMap<string, unknown>) {
    const { code } = input;
    this.input = input;
    this.isFrame = graph.parameters < 0;
    this.isLeaf = isLeaf(graph, input);
    this.restarts = this.isLeaf && isPure(graph);
    this.code = code;
    this.shape = shapeOf(graph);
    this.sunk = sunkNodes(graph);
    this.plan = new RecordPlan(graph, this.shape, { locals: code.nlocalsplus, frameSize: code.frameSize });
    this.isBare = this.isFrame && !this.plan.calls;
    this.helpers = helpers;
  }

  constant(value: unknown): string {
    return this.outside.name(value, hintOf(value));
  }

  helper(name: string): string {
    let text = this.helperTexts.get(name);
    if (text === undefined) {
      const value = this.helpers.get(name);
      if (value === undefined) throw new Error(`no helper ${name}`);
      this.helperTexts.set(name, (text = this.outside.name(value, name)));
    }
    return text;
  }

  relies(object: object): boolean {
    return this.input.relies(object);
  }

  get verifies(): boolean {
    return this.input.verifies;
  }

  get func(): string {
    return this.inlining === null ? 'func' : this.text(this.inlining.func);
  }

  get owner(): string {
    return this.isFrame && this.inlining === null ? 'frame' : this.func;
  }

  private variable(node: Node): string {
    const name = `${node.hint === '' ? 'v' : node.hint.replace(IDENTIFIER, '_')}_${node.id}`;
    this.variables.push(name);
    this.texts.set(node, MARK + name);
    return MARK + name;
  }

  /** The expression for a value. */
  text(node: Node): string {
    const known = this.texts.get(node);
    if (known !== undefined) return known;
    if (node.op === 'param') return this.variable(node);
    if (node.op === 'const') return this.literal(node);
    throw new Error(`%${node.id} ${node.op} is used before it is emitted`);
  }

  private literal(node: Node): string {
    const { imm } = node;
    if (imm === undefined) return 'undefined';
    if (imm === null || typeof imm === 'boolean') return String(imm);
    if (typeof imm === 'number') return numberText(imm);
    if (typeof imm === 'string' && imm.length < MAX_LITERAL) return textLiteral(imm);
    return this.constant(imm);
  }

  body(block: Block): string[] {
    return block.nodes.flatMap((node) => this.node(node));
  }

  private node(node: Node): string[] {
    if (node.op === 'const') return [];
    if (node.op === 'enter_inlined') return this.enter(node);
    if (node.op === 'leave_inlined') return this.leaveInlined(node);
    this.inlining = node.state === null ? null : node.state.inlining;
    if (node.op === 'guard_unseen') return this.guard(`${this.at(this.plan.baseOf(node.imm as Inlining))} === ${this.func}`, node);
    const row = operationOf(node);
    if (node.op === 'unbox' && node.args[0]!.op === 'const') {
      this.texts.set(node, numberText((node.args[0]!.imm as { value: number }).value));
      return [];
    }
    const args = node.args.map((arg) => this.text(arg));
    const lines: string[] = [];
    if (row.check !== undefined) lines.push(...this.guard(row.check(this, node, args), node));
    if (row.effect === 'call') lines.push(...this.save(node.state!, this.plan.writesBefore(node)));
    if (row.perform !== undefined) return [...lines, ...(node.catches ? this.catchingStatement(node, args) : [row.perform(this, node, args)])];
    if (row.emit === undefined) {
      this.texts.set(node, args[0]!);
      return lines;
    }
    const value = row.emit(this, node, args);
    if (this.sunk.has(node)) {
      this.texts.set(node, value);
      return [];
    }
    if (value === 'null') {
      this.texts.set(node, 'null');
      return lines;
    }
    if (row.effect === 'pure' && node.uses <= 1 && node.block !== null) {
      this.texts.set(node, value);
      return lines;
    }
    const name = this.variable(node);
    const given = row.isNative === true ? `${value} ?? null` : value;
    if (node.catches && canRaise(node)) return [...lines, ...this.catching(node, name, given)];
    if (row.isQuiet === true) return [`try { ${name} = ${value}; } catch (e) { return ${this.handing('raisedAt', `t, ${this.base}, e`, node.state!, '', this.plan.writesLeaving(node))}; }`];
    if (row.mayThrow === true) return [...lines, `try { ${name} = ${value}; } catch { ${this.leaving(node.state!, node.op, this.plan.writesLeaving(node))} }`];
    lines.push(`${name} = ${given};`);
    if (row.begins === true) lines.push(`if (typeof ${name} === 'symbol' || ${this.helper('breaker')}[0] !== 0) { ${name} = ${this.helper('afterBegin')}(t, b, ${name}); if (typeof ${name} === 'symbol' && ${name} !== ${this.helper('SUSPENDED')}) return ${name} === ${this.helper('UNWIND')} ? ${name} : t.finished; }`);
    else if (row.isCall === true) lines.push(`if (${this.isUnusual(row, name)}) { ${name} = ${this.helper('afterCall')}(t, b, ${name}); if (typeof ${name} === 'symbol') return ${name} === ${this.helper('UNWIND')} ? ${name} : t.finished; }`);
    if (row.mayUnwind === true) lines.push(`if (${name} === ${this.helper('UNWIND')}) return ${this.helper('unwound')}(t, b);`);
    if (row.checkResult !== undefined) lines.push(...this.guard(row.checkResult(name), node));
    return lines;
  }

  /** The condition under which something is to be done before the code goes on with the result of a call. */
  private isUnusual({ isNative }: Operation, name: string): string {
    return `typeof ${name} === 'symbol' ||${isNative === true ? '' : ` ${name} === undefined ||`} ${this.helper('breaker')}[0] !== 0`;
  }

  /** The base of the activation's record, for who leaves it. */
  get base(): string {
    return this.isBare ? '(S[b] = frame, b)' : 'b';
  }

  /** An index into the records, so far from the beginning of the function's. */
  private at(offset: number): string {
    return offset === 0 ? 'S[b]' : `S[b + ${offset}]`;
  }

  /** Begins the record of a call that is inlined. */
  private enter(node: Node): string[] {
    const inlining = node.imm as Inlining;
    const base = this.plan.baseOf(inlining);
    const size = this.plan.sizeOf(inlining);
    const entry = this.constant(entrySite(inlining.code, /* isFrame */ false, size - RECORD_HEAD, this.input.compiled));
    return [
      ...this.save(node.state!, this.plan.writesBefore(node)),
      `${this.at(base)} = ${this.text(inlining.func)}; ${this.at(base + 1)} = ${entry}; t.top = b + ${base + size}; t.depth++;`,
    ];
  }

  /** Ends the record of a call that is inlined: where somebody has its frame that is brought up to date. */
  private leaveInlined(node: Node): string[] {
    const inlining = node.imm as Inlining;
    const base = this.plan.baseOf(inlining);
    const end = `t.top = b + ${base}; t.depth--;`;
    if (node.state === null) return [end];
    const seen = [...this.save(node.state!, this.plan.writesLeaving(node)), `${this.helper('finishSeen')}(t, b + ${base});`].join(' ');
    return [`if (${this.at(base)} !== ${this.text(inlining.func)}) { ${seen} } else { ${end} }`];
  }

  /** The statement that leaves compiled code, unless the exception is to be handled in it. */
  private unlessRaised(name: string): string {
    return `if (${name} !== ${this.helper('RAISED')}) return ${name};`;
  }

  /** An operation whose exceptions the code handles itself (`interp/catching.ts`): its result is RAISED then. */
  private catching(node: Node, name: string, value: string): string[] {
    const row = operationOf(node);
    const failed = row.isQuiet === true ? this.handing('raisedHere', `t, ${this.base}, e`, node.state!, '', this.plan.writesLeaving(node)) : `${this.helper('caughtHere')}(t, b, e)`;
    const behind = row.isCall === true
      ? ` if (${this.isUnusual(row, name)}) { ${name} = ${this.helper('afterCallHere')}(t, b, ${name}); if (typeof ${name} === 'symbol' && ${name} !== ${this.helper('RAISED')}) return ${name} === ${this.helper('UNWIND')} ? ${name} : t.finished; }`
      : row.mayUnwind === true ? ` if (${name} === ${this.helper('UNWIND')}) { ${name} = ${this.helper('unwoundHere')}(t, b); ${this.unlessRaised(name)} }` : '';
    return [`try { ${name} = ${value};${behind} } catch (e) { ${name} = ${failed}; ${this.unlessRaised(name)} }`];
  }

  /** The same for an operation without a result; `raise` and `reraise` always raise. */
  private catchingStatement(node: Node, args: readonly string[]): string[] {
    const name = this.variable(node);
    if (node.op === 'raise' || node.op === 'reraise') return [`${name} = ${this.helper(`${node.op}Here`)}(${['t', 'b', ...args].join(', ')});`, this.unlessRaised(name)];
    return [`${name} = null;`, `try { ${operationOf(node).perform!(this, node, args)} } catch (e) { ${name} = ${this.helper('caughtHere')}(t, b, e); ${this.unlessRaised(name)} }`];
  }

  private guard(condition: string, node: Node): string[] {
    if (condition === 'true') return [];
    const leaving = this.leaving(node.state!, node.op, this.plan.writesLeaving(node));
    if (this.ways === null) return [`if (!(${condition})) ${leaving}`];
    return [isSafepoint(node) ? this.safepoint(node, leaving) : `if (!(${condition})) ${this.ways.add([leaving])}`];
  }

  /** Before the jump back in a loop whose ways out are gathered. */
  private safepoint(node: Node, leaving: string): string {
    const { ways } = this;
    const back = this.moves(edgesOf(node.block!)[0]!);
    return `if (${this.helper('breaker')}[0] !== 0) ${ways!.add([`if (${this.helper('mustLeave')}(t)) ${leaving}`, ...back, ways!.again()])}`;
  }

  beginLoop(header: Block): WaysOut | null {
    const body = this.shape.loops.get(header)!;
    const isInnermost = [...this.shape.loops.keys()].every((other) => other === header || !body.has(other));
    const isSmall = [...body].reduce((size, block) => size + block.nodes.length, 0) <= MAX_PEELED;
    this.ways = isInnermost && isSmall && [...body].every((block) => isQuietIn(block, header)) ? new WaysOut(header) : null;
    return this.ways;
  }

  endLoop(): void {
    this.entersAgain ||= this.ways?.isEnteredAgain === true;
    this.ways = null;
  }

  moves(edge: Edge): string[] {
    const rows = edge.target.params.map((param, i) => [this.text(param), this.text(edge.args[i]!)] as const).filter(([to, from]) => to !== from);
    const first = rows.map(([to, from]) => `${to} = ${from};`);
    const last: string[] = [];
    // A target that a later move reads: all go through temporaries.
    if (rows.some(([, from], i) => rows.slice(0, i).some(([to]) => to === from))) {
      first.length = 0;
      for (const [to, from] of rows) {
        const temporary = `m${this.temporaries++}`;
        first.push(`const ${temporary} = ${from};`);
        last.push(`${to} = ${temporary};`);
      }
    }
    return [...first, ...last, ...this.stores(this.plan.writesAlong(edge))];
  }

  condition(block: Block): string {
    if (block.end.kind !== 'branch') throw new Error('only branches have conditions');
    return this.text(block.end.condition);
  }

  leave(block: Block): string[] {
    const { end } = block;
    if (end.kind === 'return') {
      if (this.isLeaf) return [`return ${this.text(end.value)};`];
      return [`${this.plan.calls ? 't.top = b; ' : ''}t.depth--; return ${this.text(end.value)};`];
    }
    if (end.kind === 'exit' && end.reason === 'RETURN_VALUE') return this.finish(end.state);
    if (end.kind === 'exit' && end.reason === SEEN) return [...this.save(end.state, this.plan.writesLeaving(block)), `return ${this.helper('finishSeen')}(t, b);`];
    if (end.kind === 'exit') return [this.leaving(end.state, end.reason, this.plan.writesLeaving(block))];
    if (end.kind === 'yield') return this.suspend(end.value, end.state);
    throw new Error('other ends have edges');
  }

  /** Statements that bring the entered frame up to date. */
  private fillFrame(state: State): string[] {
    const lines = state.slots.flatMap((slot, i) => {
      return this.plan.isKept(slot, i) ? [] : [`stack[${i}] = ${this.inFrame(slot)};`];
    });
    return [...lines, `frame.sp = ${state.slots.length}; frame.pc = ${state.pc}; t.top = b;`];
  }

  /** Statements that leave the entered frame at its RETURN_VALUE. What a generator's frame holds besides matters only to those who have seen the frame. */
  private finish(state: State): string[] {
    const leave = `return ${this.helper('RETURNED')};`;
    if (!this.code.isGenerator) return [...this.fillFrame(state), leave];
    const { nlocalsplus } = this.code;
    return [
      `if (frame.object !== null) { ${[...this.fillFrame(state), leave].join(' ')} }`, `stack[${nlocalsplus}] = ${this.boxed(state.slots.at(-1) as Node)};`,
      `frame.sp = ${nlocalsplus + 1}; frame.pc = ${state.pc}; t.top = b;`, leave,
    ];
  }

  /** The expression for what a slot of the frame gets. */
  private inFrame(slot: Slot): string {
    if (!isVirtual(slot)) return this.boxed(slot);
    if (slot.generator !== null) return suspendedText(this, slot.generator, slot.parts.map((part) => this.boxed(part)));
    const parts = slot.parts.map((part) => this.text(part)).join(', ');
    if (slot.virtual === 'complex') return `new ${this.helper('PyComplex')}(${this.helper('complex')}, ${parts})`;
    if (slot.virtual === 'tuple') return `new ${this.helper('PyTuple')}(${this.helper('tuple')}, [${parts}])`;
    if (slot.virtual === 'number') return `${this.helper('numberOf')}(${parts})`;
    return `${this.helper(`${slot.virtual}Iterator`)}(${parts})`;
  }

  /** The expression for a value of the frame. */
  private boxed(node: Node): string {
    return node.isDouble ? `new ${this.helper('PyFloat')}(${this.helper('float')}, ${this.text(node)})` : this.text(node);
  }

  /** Statements that suspend the frame as tier 0 does, and return what it yields. */
  private suspend(value: Node, state: State): string[] {
    const point = this.constant(this.input.resumePoint(state.pc));
    const receiver = (this.code.words[state.pc]! >> 8) & AFTER_SEND ? state.slots.at(-1)! : null;
    const delegate = receiver === null || isVirtual(receiver) ? 'null' : receiver.op === 'begun' ? this.text(receiver) : `${this.helper('delegateOf')}(${this.text(receiver)})`;
    if (this.input.begins) {
      const { frameSize } = this.code;
      const stack = [...state.slots.map((slot) => this.inFrame(slot)), ...Array.from({ length: frameSize - state.slots.length }, () => '')].join(', ');
      return [`return ${this.helper('suspendBegun')}(t, b, func, [${stack}${state.slots.length < frameSize ? ',' : ''}], ${state.slots.length}, ${state.pc}, ${point}.run, ${delegate}, ${this.text(value)});`];
    }
    const waits = delegate === 'null' ? [] : [`frame.generator.delegate = ${delegate};`];
    return [...this.fillFrame(state), `frame.resume = ${point}.run;`, ...waits, `return ${this.text(value)};`];
  }

  /** Statements that name the site of `state` in the activation's record, and write what is missing there. */
  private save(state: State, writes: readonly Write[]): string[] {
    return [`${this.at(this.plan.baseOf(state.inlining) + 1)} = ${this.site(state, '', [])};`, ...this.stores(writes)];
  }

  /**
   * The statement that leaves to tier 0. What is missing in the record is handed over: where nobody comes, an argument is a fourth of the code of a store, and functions are
   * half guards.
   */
  private leaving(state: State, reason: string, writes: readonly Write[]): string {
    if (this.restarts) return `{ x = ${this.exits.push(this.siteOf(state, reason, [])) - 1}; break out; }`;
    const first = this.isLeaf ? 't, func' : `t, ${this.base}`;
    return `return ${this.handing(this.isLeaf ? 'leaveLeaf' : 'leave', first, state, reason, writes)};`;
  }

  /** Statements behind those of a function whose guards share their way out. */
  sharedExit(parameters: readonly string[]): string {
    return `return ${this.helper('restart')}(${[...parameters.slice(0, 2), `${this.constant(this.exits)}[x]`, ...parameters.slice(2)].join(', ')});`;
  }

  /** A call of a helper that gets a site, and what is missing in its record. */
  private handing(helper: Handing, first: string, state: State, reason: string, writes: readonly Write[]): string {
    this.handed += writes.length;
    if (this.handed > MAX_HANDED) throw new TooLong('the values at its exits are too many');
    if (state.inlining !== null) return this.handingAll(`${helper}Inlined`, first, state, reason, writes);
    const site = this.site(state, reason, writes.map(({ place }) => place));
    return `${[`${this.helper(helper)}(${first}, ${site}`, ...writes.map(({ value }) => this.written(value))].join(', ')})`;
  }

  /** As `handing`, for an exit from inlined calls. */
  private handingAll(helper: string, first: string, state: State, reason: string, writes: readonly Write[]): string {
    const { plan } = this;
    const site = this.siteOf(state, reason, []);
    const fixed: [number, unknown][] = [[plan.baseOf(state.inlining) + 1, site]];
    const handed = writes.map(({ place }) => plan.offsetOf(place));
    const values = writes.map(({ value }) => this.written(value));
    let depth = 0;
    for (let { inlining } = state; inlining !== null; { inlining } = inlining.caller) {
      const { caller, func, isEntered } = inlining;
      fixed.push([plan.baseOf(caller.inlining) + 1, this.callerSite(caller)]);
      // Who has a record may have got a frame, which stands there then.
      if (isEntered) continue;
      depth++;
      if (func.op === 'const') fixed.push([plan.baseOf(inlining), func.imm]);
      else {
        handed.push(plan.baseOf(inlining));
        values.push(this.text(func));
      }
    }
    const exit: InlinedExit = { owner: this.code, site, fixed, handed, size: plan.baseOf(state.inlining) + plan.sizeOf(state.inlining), depth };
    return `${[`${this.helper(helper)}(${first}, ${this.outside.add(exit, `exit${this.sites.length - 1}`)}`, ...values].join(', ')})`;
  }

  private callerSite(state: State): Site {
    let site = this.callers.get(state);
    if (site === undefined) this.callers.set(state, (site = this.siteOf(state, '', [])));
    return site;
  }

  /** The name of the site of a state. */
  private site(state: State, reason: string, handed: readonly number[]): string {
    const site = this.siteOf(state, reason, handed);
    return this.outside.add(site, `site${this.sites.length - 1}`);
  }

  private siteOf(state: State, reason: string, handed: readonly number[]): Site {
    const { sources, constants, generators, instance } = this.plan.layoutOf(state);
    const { inlining } = state;
    const site = new Site({
      isFrame: this.isFrame && inlining === null, code: inlining?.code ?? this.code, pc: state.pc, at: state.at, continues: state.continues, pushes: state.pushes, sources, constants, generators,
      values: this.plan.sizeOf(inlining) - RECORD_HEAD, reason, handed, inlines: state.inlines, instance, compiled: this.input.compiled,
    });
    this.sites.push(site);
    return site;
  }

  private written(value: Node | null): string {
    return value === null ? 'undefined' : this.text(value);
  }

  private stores(writes: readonly Write[]): string[] {
    return writes.map(({ place, value }) => `${this.at(this.plan.offsetOf(place))} = ${this.written(value)};`);
  }
}

/**
 * Whether another function of the same code has other globals (then none of what is known of names holds), or the function has got other code since its arguments
 * were bound.
 */
function isOther(writer: Writer, { globals, code }: EmitInput['func']): string {
  return `func.globals !== ${writer.constant(globals)} || func.code !== ${writer.constant(code)}`;
}

/** How a call of a function without a record begins. */
function leafHead(writer: Writer, { func }: EmitInput, parameters: readonly string[]): string[] {
  return [`if (${isOther(writer, func)} || t.depth >= ${writer.helper('interpreter')}.recursionLimit) return ${writer.helper('enterLeaf')}(${[writer.constant(func.code), ...parameters].join(', ')});`];
}

/** How a call of the function begins: what it counts and checks, by the names of its doors. */
function callHead(writer: Writer, { func, begins }: EmitInput, parameters: readonly string[]): string[] {
  return [
    'const S = t.records, b = t.top;',
    begins ? `if (func.globals !== ${writer.constant(func.globals)}) return ${writer.helper('beginInterpreted')}(${parameters.join(', ')});` : `if (${isOther(writer, func)}) return ${writer.helper('interpretBound')}(${[writer.constant(func.code), ...parameters].join(', ')});`,
    `if (++t.depth > ${writer.helper('interpreter')}.recursionLimit || b > ${writer.helper('maxRecords')}) return ${writer.helper(begins ? 'overflowBegun' : 'overflow')}(t, func, [${parameters.slice(2).join(', ')}]);`,
    'S[b] = func;',
  ];
}

/** Emits a graph. `helpers` are the values that operations name. */
export function emitJavaScript(graph: Graph, input: EmitInput, helpers: ReadonlyMap<string, unknown>, sourceUrl: string): Emitted {
  const { func } = input;
  const writer = new Writer(graph, input, helpers);
  const { lines, variables: named } = nameVariables(structured(graph, writer.shape, writer), writer.variables);
  const isFrame = graph.parameters < 0;
  const parameters = isFrame ? ['t', 'frame', 'sent', 'sink'] : ['t', 'func', ...Array.from({ length: graph.parameters }, (_, i) => `a${i}`)];
  // The key of a literal is the function's name in profiles, and may be any text. What stands in parentheses V8 compiles at once, instead of looking through it now and compiling it at
  // the first call.
  const name = textLiteral(graph.name);
  const head = isFrame
    ? ['const { func, stack } = frame, S = t.records, b = t.top;', ...(writer.isBare ? [] : ['if (S[b] !== frame) S[b] = frame;']), `if (func.globals !== ${writer.constant(func.globals)}) return undefined;`]
    : writer.isLeaf ? leafHead(writer, input, parameters) : callHead(writer, input, parameters);
  const size = writer.plan.sizeOf(null);
  if (writer.plan.calls) head.push(`S[b + 1] = ${writer.constant(entrySite(func.code, isFrame, size - RECORD_HEAD, input.compiled))};`, `t.top = b + ${size};`);
  const variables = [...(writer.restarts ? ['x'] : []), ...(writer.entersAgain ? ['entered'] : []), ...named];
  if (variables.length > 0) head.push(`let ${variables.join(', ')};`);
  const text = [
    `'use strict';`, `const named = { ${name}: (function (${parameters.join(', ')}) {`, ...head.map((line) => `  ${line}`),
    ...(writer.restarts ? ['  out: {', ...lines, '  }', `  ${writer.sharedExit(parameters)}`] : writer.isLeaf ? lines : ['  try {', ...lines, '  } catch (e) {', `    return ${writer.helper('caught')}(t, ${writer.base}, e);`, '  }']), '}) };', `return named[${name}];`, `//# sourceURL=${sourceUrl}`,
  ].join('\n');
  return { text, names: writer.outside.names, values: writer.outside.values, sites: writer.sites, compiled: input.compiled };
}
