/** The open elements of a document: tells handlers of those that open and close. */
import { leave, type ParseContext } from './context.ts';
import type { Binding, Namespaces } from './attributes.ts';

/** Most elements bind no prefixes. */
const NONE_BOUND: readonly Binding[] = [];

/** An open element. Records are used again: nobody keeps one. */
export interface OpenElement {
  /** As written, which the end tag repeats. */
  raw: string;
  /** The codes of `raw`; null where it was not met as codes. */
  codes: readonly number[] | null;
  /** As handlers are told. */
  name: string;
  bound: readonly Binding[];
  /** The state of the namespaces before the element. */
  outerState: number;
}

/** See the file. */
export class OpenElements {
  private readonly context: ParseContext;
  private readonly namespaces: Namespaces;
  private readonly records: OpenElement[] = [];
  count = 0;

  constructor(context: ParseContext, namespaces: Namespaces) {
    this.context = context;
    this.namespaces = namespaces;
  }

  /** The innermost one; there is one. */
  get innermost(): Readonly<OpenElement> {
    return this.records[this.count - 1]!;
  }

  /** Adds one; `codes` are those of `raw` where it was met as codes. */
  push(raw: string, codes: readonly number[] | null, name: string): OpenElement {
    let record = this.records[this.count];
    if (record === undefined) this.records.push((record = { raw, codes, name, bound: NONE_BOUND, outerState: 0 }));
    else {
      record.raw = raw;
      record.codes = codes;
      record.name = name;
      record.bound = NONE_BOUND;
    }
    this.count++;
    return record;
  }

  /** Closes the innermost. The end tag stands in the text from `start` to `end`, which are equal where there is none to be left to the `text` handler. */
  close(text: string, start: number, end: number): void {
    const { handlers } = this.context;
    const { name, bound, outerState } = this.records[--this.count]!;
    if (handlers.endElement !== null) handlers.endElement(name);
    else leave(this.context, text.slice(start, end));
    if (bound.length > 0) this.unbind(bound, outerState);
  }

  private unbind(bound: readonly Binding[], outerState: number): void {
    const { handlers } = this.context;
    for (let i = bound.length - 1; i >= 0; i--) {
      const binding = bound[i]!;
      handlers.endNamespace?.(binding[0] === '' ? null : binding[0]);
      this.namespaces.restore(binding);
    }
    this.namespaces.state = outerState;
  }
}
