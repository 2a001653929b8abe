/**
 * A PEG parser over the table of syntax-error-rules.ts that behaves as CPython's generated one: the same order of attempts, the same memoisation,
 * tokens fetched one by one. It makes shapes, not trees, and throws PySyntaxError as soon as a rule says so.
 */
import { PySyntaxError, type SyntaxErrorKind } from './errors.ts';
import { LiteralError, parseNumber } from './literals.ts';
import type { Action, Alternative, Item, Rule } from './syntax-error-grammar.ts';
import { syntaxErrorRules } from './syntax-error-grammar.ts';
import type { TokenBuffer } from './token-buffer.ts';
import { DEDENT, ENDMARKER, NAME, NEWLINE, NUMBER, SOFT_KEYWORDS } from './token-types.ts';
import type { Tokenizer } from './tokenizer.ts';

/** What a rule made: a kind and a range of tokens; single tokens have the kind 'token'. */
export interface Shape {
  readonly kind: string;
  /** Index of the first token. */
  readonly first: number;
  /** Index of the last token that has text. */
  readonly last: number;
  readonly parts: readonly Value[];
  readonly labels: Labels;
}

/** The result of matching an item: a shape, or a list for repetitions, groups and absent optionals. */
export type Value = Shape | readonly Value[];

/** Labelled parts of an alternative. */
export type Labels = Readonly<Record<string, Value>>;

/** What an action function works with; null as result means that the rule fails without trying other alternatives. */
export type ActionFunction = (parser: SyntaxErrorParser, labels: Labels, first: number, parts: readonly Value[]) => Value | null;

interface MemoEntry {
  value: Value | null;
  mark: number;
}

/** How the error parser reads its input. */
export interface SyntaxErrorInput {
  readonly source: string;
  readonly filename: string;
  readonly interactive: boolean;
  readonly dontImplyDedent: boolean;
  readonly maxIntegerDigits: number;
  readonly resolveUnicodeName: (name: string) => string | undefined;
  flufl: boolean;
}

const NO_LABELS: Labels = {};

/** All shapes inside of a value, without single tokens. */
export function shapesIn(value: Value | undefined): Shape[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((part) => shapesIn(part));
  const shape = value as Shape;
  return shape.kind === 'token' ? [] : [shape];
}

/** The single shape of a label; a list (from a group) gives its first shape. */
export function shapeOf(value: Value | undefined): Shape {
  if (value === undefined) throw new Error('a rule for mistakes uses a label that it does not have');
  if (!Array.isArray(value)) return value as Shape;
  return shapeOf((value as readonly Value[])[0]);
}

/** The parser. One instance serves both passes over the same tokens. */
export class SyntaxErrorParser {
  readonly tokens: TokenBuffer;
  readonly input: SyntaxErrorInput;
  /** Whether the rules for mistakes are tried. */
  callsMistakes = false;
  /** Index of the next token. */
  mark = 0;
  private readonly tokenizer: Tokenizer;
  private readonly actions: Readonly<Record<string, ActionFunction>>;
  private readonly rules = syntaxErrorRules();
  private memos: (Map<number, MemoEntry> | undefined)[] = [];
  private started = false;

  constructor(tokenizer: Tokenizer, input: SyntaxErrorInput, actions: Readonly<Record<string, ActionFunction>>) {
    this.tokenizer = tokenizer;
    this.tokens = tokenizer.tokens;
    this.input = input;
    this.actions = actions;
  }

  /** Matches a start rule from the first token; false when it does not match and no rule had anything to say. */
  run(start: string): boolean {
    this.mark = 0;
    this.memos = [];
    return this.matchRule(start) !== null;
  }

  /** The number of tokens read so far. */
  get fill(): number {
    return this.tokens.count;
  }

  /** The type of a token, read from the source if need be. */
  typeAt(index: number): number {
    while (this.tokens.count <= index) this.fetch();
    return this.tokens.types[index] as number;
  }

  private fetch(): void {
    this.tokenizer.next();
    const last = this.tokens.count - 1;
    if (!this.input.interactive) return;
    if (this.tokens.types[last] !== ENDMARKER || !this.started) {
      this.started = true;
      return;
    }
    this.tokens.types[last] = NEWLINE;
    this.started = false;
    if (this.tokenizer.isIndented && !this.input.dontImplyDedent) this.tokenizer.closeIndentation();
  }

  /** The source text of a token. */
  textAt(index: number): string {
    return this.input.source.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  private matchRule(name: string): Value | null {
    const rule = this.rules.get(name);
    if (rule === undefined) throw new Error(`the grammar has no rule ${name}`);
    if (rule.leftRecursive) return this.growLeftRecursive(rule);
    if (rule.memo) {
      const known = this.memos[this.mark]?.get(rule.id);
      if (known !== undefined) {
        this.mark = known.mark;
        return known.value;
      }
    }
    const start = this.mark;
    const calledMistakes = this.callsMistakes;
    if (rule.quiet) this.callsMistakes = false;
    const value = this.matchAlternatives(rule.alternatives);
    this.callsMistakes = calledMistakes;
    if (value === null) this.mark = start;
    if (rule.memo) this.memoize(start, rule, value);
    return value;
  }

  private memoize(start: number, rule: Rule, value: Value | null): MemoEntry {
    const entry = { value, mark: this.mark };
    const memo = (this.memos[start] ??= new Map());
    memo.set(rule.id, entry);
    return entry;
  }

  /** Left recursion by growing a seed: the rule's own result at this place starts as a failure and is replaced while it gets longer. */
  private growLeftRecursive(rule: Rule): Value | null {
    const known = this.memos[this.mark]?.get(rule.id);
    if (known !== undefined) {
      this.mark = known.mark;
      return known.value;
    }
    const start = this.mark;
    let result: Value | null = null;
    let resultMark = start;
    for (;;) {
      this.mark = resultMark;
      this.memoize(start, rule, result);
      this.mark = start;
      const grown = this.matchAlternatives(rule.alternatives);
      if (grown === null || this.mark <= resultMark) break;
      resultMark = this.mark;
      result = grown;
    }
    this.mark = resultMark;
    return result;
  }

  /**
   * Tries alternatives in order. Items are matched in here, not in a function of their own: brackets nested 200 deep go through this function
   * thousands of times, and every frame less lets the parser go deeper before the JavaScript stack ends.
   */
  private matchAlternatives(alternatives: readonly Alternative[]): Value | null {
    const start = this.mark;
    for (const alternative of alternatives) {
      if (alternative.forMistakes && !this.callsMistakes) continue;
      const parts: Value[] = [];
      let labels: Record<string, Value> | null = null;
      let committed = false;
      let matched = true;
      for (const item of alternative.items) {
        if (item.op === 'cut') committed = true;
        const value = item.op === 'rule' ? this.matchRule(item.name) : this.matchItem(item);
        if (value === null) {
          matched = false;
          break;
        }
        if (item.op === 'ahead' || item.op === 'notAhead' || item.op === 'cut') continue;
        parts.push(value);
        if (item.label !== undefined) (labels ??= {})[item.label] = value;
      }
      if (matched) return this.act(alternative.action, parts, labels ?? NO_LABELS, start);
      this.mark = start;
      if (committed) return null;
    }
    return null;
  }

  private matchItem(item: Item): Value | null {
    switch (item.op) {
      case 'token': return this.typeAt(this.mark) === item.type ? this.takeToken('token') : null;
      case 'rule': return this.matchRule(item.name);
      case 'name': return this.typeAt(this.mark) === NAME ? this.takeToken('Name') : null;
      case 'soft': return this.typeAt(this.mark) === NAME && this.tokens.names[this.mark] === item.text ? this.takeToken('Name') : null;
      case 'softKeyword': {
        const soft = this.typeAt(this.mark) === NAME && SOFT_KEYWORDS.has(this.tokens.names[this.mark] as string);
        return soft ? this.takeToken('Name') : null;
      }
      case 'number': return this.typeAt(this.mark) === NUMBER ? this.takeNumber() : null;
      case 'group': return this.matchAlternatives(item.alternatives);
      case 'optional': return this.matchAlternatives(item.alternatives) ?? [];
      case 'repeat': return this.matchRepeated(item.item, item.least);
      case 'gather': return this.matchGathered(item.item, item.separator);
      case 'forced': return this.matchForced(item.item);
      case 'ahead': return this.isAhead(item.item) ? [] : null;
      case 'notAhead': return this.isAhead(item.item) ? null : [];
      case 'cut': return [];
    }
  }

  private takeToken(kind: string): Shape {
    const index = this.mark++;
    return { kind, first: index, last: index, parts: [], labels: NO_LABELS };
  }

  private takeNumber(): Shape {
    try {
      parseNumber(this.textAt(this.mark), this.input.maxIntegerDigits);
    } catch (error) {
      if (!(error instanceof LiteralError)) throw error;
      const line = this.tokens.linenos[this.mark] as number;
      throw this.tokenizer.locatedError('SyntaxError', error.message, line, 0, line, 0);
    }
    return this.takeToken('Constant');
  }

  private isAhead(item: Item): boolean {
    const start = this.mark;
    const value = this.matchItem(item);
    this.mark = start;
    return value !== null;
  }

  private matchRepeated(item: Item, least: number): Value | null {
    const values: Value[] = [];
    for (;;) {
      const start = this.mark;
      const value = this.matchItem(item);
      if (value === null) {
        this.mark = start;
        return values.length < least ? null : values;
      }
      values.push(value);
    }
  }

  private matchGathered(item: Item, separator: Item): Value | null {
    const first = this.matchItem(item);
    if (first === null) return null;
    const values = [first];
    for (;;) {
      const start = this.mark;
      if (this.matchItem(separator) === null) return values;
      const value = this.matchItem(item);
      if (value === null) {
        this.mark = start;
        return values;
      }
      values.push(value);
    }
  }

  private matchForced(item: Item): Value | null {
    const value = this.matchItem(item);
    if (value !== null || item.op !== 'token') return value;
    throw this.errorAt(this.mark, this.mark, `expected '${item.text}'`);
  }

  private act(action: Action, parts: readonly Value[], labels: Labels, start: number): Value | null {
    switch (action.op) {
      case 'pass': return parts.length === 1 ? (parts[0] as Value) : parts;
      case 'shape': return this.shape(action.kind, start, parts, labels);
      case 'label': return labels[action.label] ?? [];
      case 'call': {
        const call = this.actions[action.name];
        if (call === undefined) throw new Error(`no action ${action.name}`);
        return call(this, labels, start, parts);
      }
      case 'target': return this.rejectTarget(action.targets, shapeOf(labels[action.label]));
      case 'error': throw this.errorOf(action.place, action.labels, action.text, labels);
    }
  }

  /** Makes a shape that reaches from a token to the last one consumed. */
  shape(kind: string, first: number, parts: readonly Value[], labels: Labels): Shape {
    return { kind, first, last: this.lastToken(), parts, labels };
  }

  private lastToken(): number {
    let i = this.mark - 1;
    while (i > 0 && ((this.tokens.types[i] as number) === ENDMARKER || ((this.tokens.types[i] as number) >= NEWLINE && (this.tokens.types[i] as number) <= DEDENT))) i--;
    return i;
  }

  private errorOf(place: string, names: readonly string[], template: string, labels: Labels): PySyntaxError {
    const text = template.replace(/\{([a-z])(\.line|\.text)?\}/g, (_, label: string, field: string | undefined) => {
      const shape = shapeOf(labels[label]);
      if (field === '.line') return String(this.tokens.linenos[shape.first]);
      return field === '.text' ? this.textAt(shape.first) : this.kindName(shape);
    });
    switch (place) {
      case 'last': return this.errorAtLast(text);
      case 'next': return this.errorAtNext(text);
      case 'indent': return this.errorAtToken('IndentationError', this.fill - 1, text);
      case 'from': return this.errorFrom(shapeOf(labels[names[0] as string]), text);
      case 'at': return this.errorOver(shapeOf(labels[names[0] as string]), text);
      default: return this.errorAt(shapeOf(labels[names[0] as string]).first, shapeOf(labels[names[1] as string]).last, text);
    }
  }

  /** The error for a range of tokens. */
  errorAt(first: number, last: number, text: string): PySyntaxError {
    this.typeAt(last);
    const { linenos, columns, endLinenos, endColumns } = this.tokens;
    return this.tokenizer.locatedError(
      'SyntaxError', text, linenos[first] as number, (columns[first] as number) + 1, endLinenos[last] as number, (endColumns[last] as number) + 1,
    );
  }

  /** The error for a shape. */
  errorOver(shape: Shape, text: string): PySyntaxError {
    return this.errorAt(shape.first, shape.last, text);
  }

  /** The error from a shape to the place of reading. */
  errorFrom(shape: Shape, text: string): PySyntaxError {
    const { linenos, columns } = this.tokens;
    const line = linenos[shape.first] as number;
    return this.tokenizer.locatedError(
      'SyntaxError', text, line, (columns[shape.first] as number) + 1, this.tokenizer.currentLine, this.tokenizer.currentColumn,
    );
  }

  /** The error at the last token that was read. */
  errorAtLast(text: string): PySyntaxError {
    return this.errorAtToken('SyntaxError', this.fill - 1, text);
  }

  /** The error at the token that would be matched next. */
  errorAtNext(text: string): PySyntaxError {
    this.typeAt(this.mark);
    return this.errorAtToken('SyntaxError', this.mark, text);
  }

  /** An error at a token, or where the tokenizer stands if the token has no text. */
  errorAtToken(kind: SyntaxErrorKind, index: number, text: string): PySyntaxError {
    const { linenos, columns, endLinenos, endColumns } = this.tokens;
    const column = columns[index] as number;
    const endColumn = endColumns[index] as number;
    return this.tokenizer.locatedError(
      kind, text, linenos[index] as number, column < 0 ? this.tokenizer.currentColumn : column + 1, endLinenos[index] as number, endColumn < 0 ? -1 : endColumn + 1,
    );
  }

  /** A dictionary key without a colon: CPython points at the key's last character. */
  missingColonError(key: Shape): PySyntaxError {
    const { linenos, endLinenos, endColumns } = this.tokens;
    const column = endColumns[key.last] as number;
    return this.tokenizer.locatedError(
      'SyntaxError', "':' expected after dictionary key", linenos[key.first] as number, column, endLinenos[key.last] as number, 0,
    );
  }

  private rejectTarget(targets: string, shape: Shape): null {
    const invalid = this.invalidTarget(targets, shape);
    if (invalid === null) return null;
    throw this.errorOver(invalid, `cannot ${targets === 'del' ? 'delete' : 'assign to'} ${this.kindName(invalid)}`);
  }

  /** The part of an expression that keeps it from being a target. */
  private invalidTarget(targets: string, shape: Shape): Shape | null {
    const inside = shapesIn(shape.parts);
    switch (shape.kind) {
      case 'Name':
      case 'Subscript':
      case 'Attribute': return null;
      case 'List':
      case 'Tuple':
        for (const element of inside) {
          const invalid = this.invalidTarget(targets, element);
          if (invalid !== null) return invalid;
        }
        return null;
      case 'Starred': return targets === 'del' ? shape : this.invalidTarget(targets, inside[0] as Shape);
      case 'Compare':
        // `for a in b` was read as a comparison.
        if (targets !== 'for') return shape;
        return this.textAt((inside[0] as Shape).last + 1) === 'in' ? this.invalidTarget(targets, inside[0] as Shape) : null;
      default: return shape;
    }
  }

  /** CPython's name for the kind of an expression. */
  kindName(shape: Shape): string {
    if (shape.kind !== 'Constant') return KIND_NAMES[shape.kind] ?? shape.kind;
    const text = this.textAt(shape.first);
    if (text === '...') return 'ellipsis';
    return text === 'None' || text === 'True' || text === 'False' ? text : 'literal';
  }
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  Attribute: 'attribute', Subscript: 'subscript', Starred: 'starred', Name: 'name', List: 'list', Tuple: 'tuple', Lambda: 'lambda', Call: 'function call',
  BoolOp: 'expression', BinOp: 'expression', UnaryOp: 'expression', GeneratorExp: 'generator expression', Yield: 'yield expression', YieldFrom: 'yield expression',
  Await: 'await expression', ListComp: 'list comprehension', SetComp: 'set comprehension', DictComp: 'dict comprehension', Dict: 'dict literal',
  Set: 'set display', JoinedStr: 'f-string expression', FormattedValue: 'f-string expression', TemplateStr: 't-string expression',
  Interpolation: 't-string expression', Compare: 'comparison', IfExp: 'conditional expression', NamedExpr: 'named expression',
};
