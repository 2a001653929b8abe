/** From a graph to the text of a JavaScript function, with the values outside of it that it names. */
import { SOURCE_CONSTANT, SOURCE_DOUBLE, SOURCE_RANGE, SOURCE_SEQUENCE, SOURCE_UNBOUND, SOURCE_VALUE, Site } from '../../core/compiled.ts';
import type { PyCode, PyFunction } from '../../core/function.ts';
import { edgesOf, isVirtual, type Block, type Edge, type Graph, type Node, type State } from '../ir.ts';
import { operationOf, type Emission } from '../operations.ts';
import { structured, type BlockWriter } from './structure.ts';

/** What was emitted: `text` is the body of a function of `names` that returns the compiled function. */
export interface Emitted {
  readonly text: string;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
  readonly sites: readonly Site[];
}

const IDENTIFIER = /[^A-Za-z0-9_]/g;
const MAX_LITERAL = 100;

/** Names for values outside of the compiled function. */
class Outside {
  readonly names: string[] = [];
  readonly values: unknown[] = [];
  private readonly known = new Map<unknown, string>();

  name(value: unknown, hint: string): string {
    let name = this.known.get(value);
    if (name === undefined) {
      name = `$${hint.replace(IDENTIFIER, '_')}${this.known.has(hint) || this.names.includes(`$${hint.replace(IDENTIFIER, '_')}`) ? `_${this.names.length}` : ''}`;
      this.known.set(value, name);
      this.names.push(name);
      this.values.push(value);
    }
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

/** The blocks to which one edge alone leads, with where it comes from. */
function onlyPredecessors(graph: Graph): Map<Block, Block> {
  const only = new Map<Block, Block>();
  const seen = new Set<Block>();
  for (const block of graph.blocks) {
    for (const { target } of edgesOf(block)) {
      if (seen.has(target)) only.delete(target);
      else only.set(target, block);
      seen.add(target);
    }
  }
  return only;
}

class Writer implements BlockWriter, Emission {
  readonly func = 'func';
  readonly owner: string;
  readonly outside = new Outside();
  readonly sites: Site[] = [];
  readonly variables: string[] = [];
  private readonly code: PyCode;
  private readonly helpers: ReadonlyMap<string, unknown>;
  private readonly texts = new Map<Node, string>();
  private temporaries = 0;
  private readonly resumePoint: (pc: number) => object;
  /** The only block that leads to a block. */
  private readonly predecessors: ReadonlyMap<Block, Block>;
  /** What the record is known to hold: while a block is written, and behind those that are. */
  private recorded: readonly string[] = [];
  private readonly recordedBehind = new Map<Block, readonly string[]>();

  constructor(graph: Graph, code: PyCode, helpers: ReadonlyMap<string, unknown>, resumePoint: (pc: number) => object) {
    this.resumePoint = resumePoint;
    this.predecessors = onlyPredecessors(graph);
    this.owner = graph.parameters < 0 ? 'frame' : 'func';
    this.code = code;
    this.helpers = helpers;
  }

  constant(value: unknown): string {
    return this.outside.name(value, hintOf(value));
  }

  helper(name: string): string {
    const value = this.helpers.get(name);
    if (value === undefined) throw new Error(`no helper ${name}`);
    return this.outside.name(value, name);
  }

  private variable(node: Node): string {
    const name = `${node.hint === '' ? 'v' : node.hint.replace(IDENTIFIER, '_')}_${node.id}`;
    this.variables.push(name);
    this.texts.set(node, name);
    return name;
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
    const before = this.predecessors.get(block);
    this.recorded = before === undefined ? [] : (this.recordedBehind.get(before) ?? []);
    const lines = block.nodes.flatMap((node) => this.node(node));
    this.recordedBehind.set(block, this.recorded);
    return lines;
  }

  private node(node: Node): string[] {
    if (node.op === 'const') return [];
    const row = operationOf(node);
    if (node.op === 'unbox' && node.args[0]!.op === 'const') {
      this.texts.set(node, numberText((node.args[0]!.imm as { value: number }).value));
      return [];
    }
    const args = node.args.map((arg) => this.text(arg));
    const lines: string[] = [];
    if (row.check !== undefined) lines.push(...this.guard(row.check(this, node, args), node));
    if (row.effect === 'call') {
      const { values, lines: record } = this.save(node.state!, '');
      // Callees write their records behind this one; what it holds stays.
      this.recorded = node.state!.continues ? values : [];
      lines.push(...record);
    }
    if (row.perform !== undefined) return [...lines, row.perform(this, node, args)];
    if (row.emit === undefined) {
      this.texts.set(node, args[0]!);
      return lines;
    }
    const value = row.emit(this, node, args);
    if (value === 'null') {
      this.texts.set(node, 'null');
      return lines;
    }
    if (row.effect === 'pure' && node.uses <= 1 && node.block !== null) {
      this.texts.set(node, value);
      return lines;
    }
    const name = this.variable(node);
    lines.push(`${name} = ${value};`);
    if (row.isCall === true) lines.push(`if (typeof ${name} === 'symbol' || ${name} === undefined || t.breaker[0] !== 0) { ${name} = ${this.helper('afterCall')}(t, b, ${name}); if (typeof ${name} === 'symbol') return ${name} === ${this.helper('UNWIND')} ? ${name} : t.finished; }`);
    if (row.mayUnwind === true) lines.push(`if (${name} === ${this.helper('UNWIND')}) return (${this.helper('afterCall')}(t, b, ${name}) === ${this.helper('UNWIND')} ? ${name} : t.finished);`);
    if (row.checkResult !== undefined) lines.push(...this.guard(row.checkResult(name), node));
    return lines;
  }

  private guard(condition: string, node: Node): string[] {
    if (condition === 'true') return [];
    return [`if (!(${condition})) { ${this.save(node.state!, node.op).lines.join(' ')} return ${this.helper('leave')}(t, b); }`];
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
    return [...first, ...last];
  }

  condition(block: Block): string {
    if (block.end.kind !== 'branch') throw new Error('only branches have conditions');
    return this.text(block.end.condition);
  }

  leave(block: Block): string[] {
    const { end } = block;
    this.recorded = this.recordedBehind.get(block)!;
    if (end.kind === 'return') {
      return [`t.top = b; t.depth--; return ${this.text(end.value)};`];
    }
    if (end.kind === 'exit' && end.reason === 'RETURN_VALUE') return this.finish(end.state);
    if (end.kind === 'exit') return [...this.save(end.state, end.reason).lines, `return ${this.helper('leave')}(t, b);`];
    if (end.kind === 'yield') return this.suspend(end.value, end.state);
    throw new Error('other ends have edges');
  }

  /** Statements that bring the entered frame up to date. */
  private fillFrame(state: State): string[] {
    const lines = state.slots.flatMap((slot, i) => {
      if (isVirtual(slot)) return [`stack[${i}] = ${this.helper(slot.virtual === 'range' ? 'rangeIterator' : 'sequenceIterator')}(${slot.parts.map((part) => this.text(part)).join(', ')});`];
      if (slot.op === 'entry_slot' && slot.imm === i) return [];
      return [`stack[${i}] = ${this.boxed(slot)};`];
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

  /** The expression for a value of the frame. */
  private boxed(node: Node): string {
    return node.isDouble ? `new ${this.helper('PyFloat')}(${this.helper('float')}, ${this.text(node)})` : this.text(node);
  }

  /** Statements that suspend the frame as tier 0 does, and return what it yields. */
  private suspend(value: Node, state: State): string[] {
    const point = this.constant(this.resumePoint(state.pc));
    return [...this.fillFrame(state), `frame.resume = ${point}.run;`, `return ${this.text(value)};`];
  }

  /** Statements that write the activation's record, but for what it holds already; and the values that it holds then. */
  private save(state: State, reason: string): { readonly lines: string[]; readonly values: readonly string[] } {
    const sources: number[] = [];
    const values: string[] = [];
    const constants: unknown[] = [];
    const add = (text: string): number => {
      values.push(text);
      return values.length - 1;
    };
    for (const slot of state.slots) {
      if (isVirtual(slot)) {
        const at = values.length;
        for (const part of slot.parts) add(this.text(part));
        sources.push(slot.virtual === 'range' ? SOURCE_RANGE : SOURCE_SEQUENCE, at);
      } else if (slot.op === 'const') {
        if (slot.imm === undefined) sources.push(SOURCE_UNBOUND, 0);
        else sources.push(SOURCE_CONSTANT, constants.push(slot.imm) - 1);
      } else {
        const text = this.text(slot);
        const known = values.indexOf(text);
        sources.push(slot.isDouble ? SOURCE_DOUBLE : SOURCE_VALUE, known >= 0 ? known : add(text));
      }
    }
    const site = new Site({
      isFrame: this.owner === 'frame', code: this.code, pc: state.pc, at: state.at, continues: state.continues, pushes: state.pushes, sources: Int32Array.from(sources),
      constants: constants as Site['constants'], values: values.length, reason,
    });
    this.sites.push(site);
    const name = this.outside.name(site, `site${this.sites.length - 1}`);
    const lines = [`S[b + 1] = ${name};`, ...values.flatMap((value, i) => (this.recorded[i] === value ? [] : [`S[b + ${i + 2}] = ${value};`]))];
    if (state.continues) lines.push(`t.top = b + ${site.size};`);
    return { lines, values };
  }
}

/** Emits a graph. `helpers` are the values that operations name. */
export function emitJavaScript(graph: Graph, func: PyFunction, helpers: ReadonlyMap<string, unknown>, resumePoint: (pc: number) => object, sourceUrl: string): Emitted {
  const writer = new Writer(graph, func.code, helpers, resumePoint);
  const lines = structured(graph, writer);
  const isFrame = graph.parameters < 0;
  const parameters = isFrame ? ['t', 'frame', 'sent'] : ['t', 'func', ...Array.from({ length: graph.parameters }, (_, i) => `a${i}`)];
  // The key of a literal is the function's name in profiles, and may be any text.
  const name = textLiteral(graph.name);
  const head = isFrame
    ? ['const { func, stack } = frame, S = t.records, b = t.top;', 'S[b] = frame;']
    : [
      'const S = t.records, b = t.top;',
      `if (++t.depth > ${writer.helper('interpreter')}.recursionLimit || b > ${writer.helper('maxRecords')}) return ${writer.helper('overflow')}(t, func, [${parameters.slice(2).join(', ')}]);`,
      'S[b] = func;',
    ];
  // Another function of the same code may have other globals: then none of what is known of names holds. And the function may have got other code since its
  // arguments were bound.
  const globals = writer.constant(func.globals);
  if (isFrame) head.push(`if (func.globals !== ${globals}) return undefined;`);
  else head.splice(1, 0, `if (func.globals !== ${globals} || func.code !== ${writer.constant(func.code)}) return ${writer.helper('interpretBound')}(${[writer.constant(func.code), ...parameters].join(', ')});`);
  const caught = writer.helper('caught');
  const body = [
    ...head, ...(writer.variables.length > 0 ? [`let ${writer.variables.join(', ')};`] : []), 'try {', ...lines.map((line) => `  ${line}`), '} catch (e) {', `  return ${caught}(t, b, e);`, '}',
  ];
  const text = [`'use strict';`, `const named = { ${name}: function (${parameters.join(', ')}) {`, ...body.map((line) => `  ${line}`), '} };', `return named[${name}];`, `//# sourceURL=${sourceUrl}`].join('\n');
  return { text, names: writer.outside.names, values: writer.outside.values, sites: writer.sites };
}
