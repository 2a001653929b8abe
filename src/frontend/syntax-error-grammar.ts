/** Reads the notation of syntax-error-rules.ts into a structure that syntax-error-parser.ts walks. */
import { SYNTAX_ERROR_RULES } from './syntax-error-rules.ts';
import { KEYWORDS, NAME, NUMBER, OPERATORS, SOFT_KEYWORD, TOKEN_NAMES } from './token-types.ts';

/** One thing to match, perhaps with a label. */
export type Item = (
  | { readonly op: 'token'; readonly type: number; readonly text: string }
  | { readonly op: 'name' | 'number' | 'softKeyword' | 'cut' }
  | { readonly op: 'soft'; readonly text: string }
  | { readonly op: 'rule'; readonly name: string }
  | { readonly op: 'group' | 'optional'; readonly alternatives: readonly Alternative[] }
  | { readonly op: 'repeat'; readonly item: Item; readonly least: number }
  | { readonly op: 'gather'; readonly separator: Item; readonly item: Item }
  | { readonly op: 'ahead' | 'notAhead' | 'forced'; readonly item: Item }
) & { readonly label?: string };

/** What a matched alternative makes. */
export type Action =
  | { readonly op: 'pass' }
  | { readonly op: 'shape'; readonly kind: string }
  | { readonly op: 'label'; readonly label: string }
  | { readonly op: 'call'; readonly name: string }
  | { readonly op: 'error'; readonly place: string; readonly labels: readonly string[]; readonly text: string }
  | { readonly op: 'target'; readonly targets: string; readonly label: string };

/** One way to match a rule. */
export interface Alternative {
  readonly items: readonly Item[];
  readonly action: Action;
  /** Whether the alternative is only a rule for mistakes, which the first pass leaves out. */
  readonly forMistakes: boolean;
}

/** A rule of the grammar. */
export interface Rule {
  readonly name: string;
  readonly id: number;
  readonly memo: boolean;
  readonly leftRecursive: boolean;
  /** Whether rules for mistakes are left out below this rule. */
  readonly quiet: boolean;
  readonly alternatives: readonly Alternative[];
}

const LEXEME = /\s*('[^']*'|"[^"]*"|[A-Za-z_][A-Za-z0-9_]*=|[A-Za-z_][A-Za-z0-9_]*|&&|[&!~()[\]*+|.])/y;
const PLACES = /^(at|range|from|last|next|indent)((?: [a-z])*): (.*)$/s;

/** Reads the items of one alternative. */
class ItemReader {
  private readonly lexemes: string[] = [];
  private index = 0;

  constructor(text: string) {
    LEXEME.lastIndex = 0;
    for (let match = LEXEME.exec(text); match !== null; match = LEXEME.exec(text)) this.lexemes.push(match[1] as string);
  }

  alternatives(): Alternative[] {
    const result = [this.alternative()];
    while (this.lexemes[this.index] === '|') {
      this.index++;
      result.push(this.alternative());
    }
    return result;
  }

  private alternative(): Alternative {
    return { items: this.items(), action: { op: 'pass' }, forMistakes: false };
  }

  items(): Item[] {
    const items: Item[] = [];
    for (;;) {
      const lexeme = this.lexemes[this.index];
      if (lexeme === undefined || lexeme === ')' || lexeme === ']' || lexeme === '|') return items;
      items.push(this.labelled());
    }
  }

  private labelled(): Item {
    const lexeme = this.lexemes[this.index] as string;
    if (!lexeme.endsWith('=') || lexeme.startsWith("'") || lexeme.startsWith('"')) return this.prefixed();
    this.index++;
    return { ...this.prefixed(), label: lexeme.slice(0, -1) };
  }

  private prefixed(): Item {
    switch (this.lexemes[this.index]) {
      case '&': this.index++; return { op: 'ahead', item: this.suffixed() };
      case '!': this.index++; return { op: 'notAhead', item: this.suffixed() };
      case '&&': this.index++; return { op: 'forced', item: this.suffixed() };
      case '~': this.index++; return { op: 'cut' };
      default: return this.suffixed();
    }
  }

  private suffixed(): Item {
    const item = this.atom();
    switch (this.lexemes[this.index]) {
      case '*': this.index++; return { op: 'repeat', item, least: 0 };
      case '+': this.index++; return { op: 'repeat', item, least: 1 };
      case '.': {
        this.index++;
        const element = this.atom();
        this.index++;
        return { op: 'gather', separator: item, item: element };
      }
      default: return item;
    }
  }

  private atom(): Item {
    const lexeme = this.lexemes[this.index++] as string;
    if (lexeme === '(' || lexeme === '[') {
      const alternatives = this.alternatives();
      this.index++;
      return { op: lexeme === '(' ? 'group' : 'optional', alternatives };
    }
    if (lexeme.startsWith("'") || lexeme.startsWith('"')) return literalItem(lexeme);
    return nameItem(lexeme);
  }
}

function literalItem(lexeme: string): Item {
  const text = lexeme.slice(1, -1);
  const type = OPERATORS.get(text) ?? KEYWORDS.get(text);
  if (type !== undefined) return { op: 'token', type, text };
  return { op: 'soft', text };
}

function nameItem(lexeme: string): Item {
  if (!/^[A-Z]/.test(lexeme)) return { op: 'rule', name: lexeme };
  const type = TOKEN_NAMES.indexOf(lexeme);
  switch (type) {
    case NAME: return { op: 'name' };
    case NUMBER: return { op: 'number' };
    case SOFT_KEYWORD: return { op: 'softKeyword' };
    default: return { op: 'token', type, text: lexeme };
  }
}

function readAction(text: string): Action {
  if (text === '') return { op: 'pass' };
  if (text.startsWith('=')) return { op: 'label', label: text.slice(1) };
  if (text.startsWith('@')) return { op: 'call', name: text.slice(1) };
  if (text.startsWith('target ')) {
    const [, targets, label] = text.split(' ') as [string, string, string];
    return { op: 'target', targets, label };
  }
  const error = PLACES.exec(text);
  if (error === null) return { op: 'shape', kind: text };
  return { op: 'error', place: error[1] as string, labels: (error[2] as string).trim().split(' '), text: error[3] as string };
}

function readAlternative(line: string): Alternative {
  const arrow = line.indexOf(' => ');
  const items = new ItemReader(arrow < 0 ? line : line.slice(0, arrow)).items();
  const only = items.length === 1 ? items[0] : undefined;
  const forMistakes = only?.op === 'rule' && only.name.startsWith('invalid_');
  return { items, action: readAction(arrow < 0 ? '' : line.slice(arrow + 4)), forMistakes };
}

function readRules(): ReadonlyMap<string, Rule> {
  const rules = new Map<string, Rule>();
  let alternatives: Alternative[] = [];
  for (const line of SYNTAX_ERROR_RULES.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('  | ')) {
      alternatives.push(readAlternative(line.slice(4)));
      continue;
    }
    const match = /^([a-z_]+)(?: \((memo|left|quiet)\))?:(?: (.*))?$/.exec(line) as RegExpExecArray;
    const [, name = '', mark, rest] = match;
    alternatives = rest === undefined ? [] : [readAlternative(rest)];
    rules.set(name, {
      name,
      id: rules.size,
      memo: mark === 'memo' || mark === 'left',
      leftRecursive: mark === 'left',
      quiet: mark === 'quiet',
      alternatives,
    });
  }
  return rules;
}

let rules: ReadonlyMap<string, Rule> | null = null;

/** The rules by name; read on first use, and then kept. */
export function syntaxErrorRules(): ReadonlyMap<string, Rule> {
  rules ??= readRules();
  return rules;
}
