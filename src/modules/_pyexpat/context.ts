/** What the parts of a parser share: handlers, declarations, options and where the current event stands. */
import { failWith } from './codes.ts';
import { Dtd, type Entity } from './dtd.ts';
import type { Handlers } from './handlers.ts';

/** When parameter entities and the external subset are read. */
export const [PARAM_NEVER, PARAM_UNLESS_STANDALONE, PARAM_ALWAYS] = [0, 1, 2] as const;

/** An expansion may make a document so many times larger, as expat allows. */
const MAX_AMPLIFICATION = 100;
/** Below so many bytes nobody asks. */
const AMPLIFICATION_THRESHOLD = 8 << 20;

/** Bytes read from outside and made by entities, for the protection against expansion attacks. Shared with parsers of external entities. */
export class Accounting {
  direct = 0;
  indirect = 0;
  threshold = AMPLIFICATION_THRESHOLD;
  factor = MAX_AMPLIFICATION;

  /** Counts an expansion; raises when it is too much. */
  expand(size: number): void {
    this.indirect += size;
    const total = this.direct + this.indirect;
    if (total > this.threshold && total > this.factor * Math.max(1, this.direct)) failWith('AMPLIFICATION_LIMIT_BREACH');
  }
}

/** See the file. */
export interface ParseContext {
  readonly handlers: Handlers;
  readonly dtd: Dtd;
  readonly accounting: Accounting;
  base: string | null;
  /** Null: no namespaces. */
  readonly namespaceSeparator: string | null;
  /** Names end with their prefix, too. */
  readonly namespaceTriplets: boolean;
  /** What becomes of a name with its namespace. */
  readonly finishName: (name: string) => string;
  parameterParsing: number;
  /** Internal entities are put in; otherwise they go to the `text` handler. */
  expandInternal: boolean;
  /** Pieces of text are no longer than this: expat converts other encodings than UTF-8 by way of a buffer. */
  readonly longestPiece: number;
  /** A document entity, and no external one. */
  readonly isDocument: boolean;
  /** Tells where the event that follows begins: an index in the outermost text. Nested texts tell nothing. */
  setEvent(at: number): void;
}

/** Gives a piece of text that no handler takes to the `text` handler. */
export function leave(context: ParseContext, text: string): void {
  if (text !== '') context.handlers.text?.(text);
}

/** Asks `notStandalone` where the document depends on what is outside. */
export function checkStandalone(context: ParseContext): void {
  if (!context.dtd.standalone && context.handlers.notStandalone !== null && !context.handlers.notStandalone()) failWith('NOT_STANDALONE');
}

/** Whether undeclared entities are errors: nothing was declared outside of what was read. */
export function knowsAllEntities(context: ParseContext): boolean {
  return !context.dtd.hasParameterReferences || context.dtd.standalone;
}

/** Runs over an entity's text; meeting the entity again inside is an error. */
export function expanding(context: ParseContext, entity: Entity, run: (text: string) => void): void {
  if (entity.open) failWith('RECURSIVE_ENTITY_REF');
  const text = entity.value ?? '';
  context.accounting.expand(text.length);
  entity.open = true;
  try {
    run(text);
  } finally {
    entity.open = false;
  }
}
