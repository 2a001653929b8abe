/**
 * A parser for XML 1.0 that takes its text in pieces and tells of it through handlers, as expat does. No library offers what pyexpat needs: declarations
 * of the document type, external entities, and places and errors that are expat's.
 *
 *   start ──▶ prolog ──<!DOCTYPE [──▶ subset ──]>──▶ prolog ──root──▶ content ──last end tag──▶ epilog
 *   external entity: start ──▶ external content     external subset: start ──▶ external subset
 *
 * INV-1: a token is handled when it is whole; what is not stays in `text` for the next piece.
 */
import { failWith, XmlFailure } from './codes.ts';
import { comment, Content, processingInstruction } from './content.ts';
import { Accounting, checkStandalone, leave, PARAM_ALWAYS, PARAM_NEVER, PARAM_UNLESS_STANDALONE, type ParseContext } from './context.ts';
import { EntityDecoder, type EncodingTable } from './decoder.ts';
import { Dtd, externalId } from './dtd.ts';
import { noHandlers, type Handlers } from './handlers.ts';
import { Places, type Place } from './places.ts';
import { Cursor, NEED_MORE } from './scan.ts';
import { Subset } from './subset.ts';
import { withWindow, type TextWindow } from './window.ts';

type Phase = 'start' | 'prolog' | 'subset' | 'content' | 'epilog' | 'external content' | 'external subset';

/** What kind of entity is parsed. */
type Kind = 'document' | 'external content' | 'external subset';

const DECLARATION = /^<\?xml([ \t\r\n][^?]*(?:\?(?!>)[^?]*)*)\?>/;

/** Size of expat's conversion buffer. */
const BUFFER_SIZE = 1024;

/** How a parser begins. */
export interface ParserOptions {
  readonly encoding: string | null;
  readonly namespaceSeparator: string | null;
  readonly tableOf: EncodingTable;
  /** What becomes of a name with its namespace before a handler is told; it stays as it is otherwise. */
  readonly finishName?: (name: string) => string;
}

/** See the head of the file. */
export class XmlParser implements ParseContext {
  handlers: Handlers = noHandlers();
  readonly dtd: Dtd;
  readonly accounting: Accounting;
  base: string | null = null;
  readonly namespaceSeparator: string | null;
  readonly finishName: (name: string) => string;
  private triplets = false;
  parameterParsing: number = PARAM_NEVER;
  expandInternal = true;
  readonly isDocument: boolean;
  /** The external subset is asked for even if the document names none. */
  useForeignDtd = false;
  /** A token that was not whole is not tried again before there is much more (expat 2.6). */
  deferral = true;
  errorCode = 0;
  started = false;
  private readonly options: ParserOptions;
  private readonly kind: Kind;
  private readonly content: Content;
  private readonly subset: Subset;
  private decoder: EntityDecoder;
  private phase: Phase = 'start';
  private text = '';
  private at = 0;
  private eventAt = 0;
  private finished = false;
  private hasDoctype = false;
  private doctypeSystemId: string | null = null;
  private doctypePublicId: string | null = null;
  private readonly places = new Places((text) => this.decoder.byteLength(text));
  private triedLength = 0;

  constructor(options: ParserOptions, parent: XmlParser | null = null, context: string | null = null) {
    this.options = options;
    this.namespaceSeparator = options.namespaceSeparator;
    this.finishName = options.finishName ?? ((name) => name);
    this.kind = parent === null ? 'document' : context === null ? 'external subset' : 'external content';
    this.isDocument = parent === null;
    this.dtd = parent?.dtd ?? new Dtd();
    this.accounting = parent?.accounting ?? new Accounting();
    this.decoder = new EntityDecoder(options.encoding, options.tableOf);
    this.content = new Content(this);
    this.subset = new Subset(this, /* isExternal */ parent !== null);
    if (parent === null) return;
    const { base, namespaceTriplets, parameterParsing, expandInternal, deferral } = parent;
    Object.assign(this, { base, namespaceTriplets, parameterParsing, expandInternal, deferral });
    if (context !== null) this.content.enterContext(context);
  }

  /** See ParseContext. */
  get namespaceTriplets(): boolean {
    return this.triplets;
  }

  set namespaceTriplets(wanted: boolean) {
    this.triplets = wanted;
    this.content.namespaces.change();
  }

  /** A parser for an external entity that this one met. */
  subParser(context: string | null, encoding: string | null): XmlParser {
    return new XmlParser({ ...this.options, encoding }, this, context);
  }

  /** Whatever the document says of its encoding, this one holds. Only before the first piece. */
  setEncoding(encoding: string): void {
    if (!this.started) this.decoder = new EntityDecoder(encoding, this.options.tableOf);
  }

  /** Parses a further piece: bytes, or a text, which stands for its bytes in UTF-8 and has no lone surrogates. Throws XmlFailure, and whatever handlers throw. */
  feed(piece: Uint8Array | string, final: boolean): void {
    try {
      if (this.finished || this.errorCode !== 0) failWith('FINISHED');
      this.started = true;
      this.accounting.direct += Buffer.byteLength(piece);
      this.text += typeof piece === 'string' ? this.decoder.decodeText(piece, final) : this.decoder.decode(piece, final);
      this.places.begin(this.decoder.markLength);
      if (this.kind === 'external subset') this.dtd.externalRead = true;
      if (final || !this.isDeferred()) this.content.inContext(() => this.run(final));
      if (final) this.finish();
    } catch (error) {
      this.fail(error);
    }
  }

  private isDeferred(): boolean {
    const waiting = this.text.length - this.at;
    return this.deferral && this.triedLength > 0 && waiting < 2 * this.triedLength;
  }

  private fail(error: unknown): never {
    if (error instanceof XmlFailure) {
      this.errorCode = error.code;
      if (error.at !== null) this.eventAt = error.at;
    }
    throw error;
  }

  private run(final: boolean): void {
    const before = this.at;
    const cursor = new Cursor(this.text, this.at, final);
    try {
      withWindow((window) => this.steps(cursor, window));
      this.eventAt = this.at;
    } catch (error) {
      if (error !== NEED_MORE) throw error;
      if (final) this.failAtEnd();
    }
    this.triedLength = this.at === before ? this.text.length - this.at : 0;
    this.eventAt = this.at;
    this.forget();
  }

  private steps(cursor: Cursor, window: TextWindow): void {
    while (this.at < this.text.length) {
      this.eventAt = this.at;
      this.step(cursor);
      if (this.content.openElements > 0) this.plainSteps(cursor, window);
      this.at = cursor.at;
    }
  }

  /** What most tokens of content are is handled here; what is not, and whatever is wrong, is left to `step`. */
  private plainSteps(cursor: Cursor, window: TextWindow): void {
    this.content.stepPlainly(cursor, window);
    if (this.phase === 'content' && this.content.openElements === 0) this.phase = 'epilog';
  }

  /** The text ends inside the token that begins at `at`. */
  private failAtEnd(): never {
    this.eventAt = this.at;
    if (this.content.isInCdata) failWith('UNCLOSED_CDATA_SECTION', this.text.length);
    const bad = /[\ufffe\uffff]/.exec(this.text.slice(this.at));
    if (bad !== null) failWith(bad[0] === '\ufffe' ? 'PARTIAL_CHAR' : 'INVALID_TOKEN', this.at + (bad[0] === '\ufffe' ? 0 : bad.index));
    return failWith('UNCLOSED_TOKEN');
  }

  /** Drops the text that was handled. */
  private forget(): void {
    if (this.at === 0) return;
    this.places.drop(this.text.slice(0, this.at));
    this.text = this.text.slice(this.at);
    this.eventAt -= this.at;
    this.at = 0;
  }

  private finish(): void {
    this.finished = true;
    if (this.content.isInCdata) failWith('UNCLOSED_CDATA_SECTION');
    if (this.kind === 'external content' && this.content.openElements > 0) failWith('ASYNC_ENTITY');
    if (this.kind === 'external subset' && this.subset.isOpen) failWith('SYNTAX');
    if (this.kind === 'document' && this.phase !== 'epilog') failWith('NO_ELEMENTS');
  }

  /** See ParseContext. */
  get longestPiece(): number {
    return this.decoder.isUtf8 ? Infinity : BUFFER_SIZE;
  }

  /** See ParseContext. */
  setEvent(at: number): void {
    this.eventAt = at;
  }

  /** Line, column and byte where the current event, or the error, is. */
  get place(): Place {
    return this.started ? this.places.at(this.text, this.eventAt) : { line: 1, column: 0, byte: -1 };
  }

  /** The text from the current event on, as far as it has come. */
  get inputContext(): string {
    return this.text.slice(this.eventAt);
  }

  // ------------------------------------------------------------------ phases

  private step(cursor: Cursor): void {
    switch (this.phase) {
      case 'start': return this.start(cursor);
      case 'prolog': return this.prolog(cursor);
      case 'subset': return this.inSubset(cursor);
      case 'external subset': return this.subset.step(cursor);
      case 'epilog': return this.epilog(cursor);
      default: this.content.step(cursor);
    }
    if (this.phase === 'content' && this.content.openElements === 0) this.phase = 'epilog';
  }

  private start(cursor: Cursor): void {
    const head = '<?xml';
    if (!cursor.final && cursor.text.length <= head.length && head.startsWith(cursor.text.slice(0, head.length))) throw NEED_MORE;
    if (/^<\?xml[^-:.\w\u00b7-\uffff]/.test(cursor.text)) this.xmlDeclaration(cursor);
    this.phase = this.kind === 'document' ? 'prolog' : this.kind;
  }

  private xmlDeclaration(cursor: Cursor): void {
    const found = DECLARATION.exec(cursor.text);
    if (found === null) throw cursor.text.includes('?>') ? new XmlFailure('XML_DECL', '<?xml'.length) : NEED_MORE;
    const isText = this.kind !== 'document';
    const attributes = pseudoAttributes(found[1]!, isText ? 'TEXT_DECL' : 'XML_DECL', '<?xml'.length);
    const { version = null, encoding = null, standalone } = attributes;
    if (!isText && version === null) failWith('XML_DECL', '<?xml '.length);
    if (isText && (encoding === null || standalone !== undefined)) failWith('TEXT_DECL');
    if (standalone === 'yes') this.dtd.standalone = true;
    cursor.at = found[0].length;
    if (this.handlers.xmlDeclaration !== null) this.handlers.xmlDeclaration(version, encoding, standalone === undefined ? -1 : standalone === 'yes' ? 1 : 0);
    else leave(this, found[0]);
  }

  private prolog(cursor: Cursor): void {
    const start = cursor.at;
    const space = cursor.space();
    if (space !== '') return leave(this, space);
    if (cursor.peek() !== '<') return strayName(cursor, start);
    cursor.at++;
    if (cursor.peek() === '?') return processingInstruction(this, cursor, start);
    if (cursor.peek() === '!') return this.prologDeclaration(cursor, start);
    // The root: content takes it from its beginning.
    cursor.name();
    cursor.at = start;
    this.beforeRoot();
    this.phase = 'content';
    this.content.step(cursor);
    if (this.content.openElements === 0) this.phase = 'epilog';
  }

  private beforeRoot(): void {
    if (this.useForeignDtd && !this.hasDoctype) this.readExternalSubset();
  }

  private prologDeclaration(cursor: Cursor, start: number): void {
    cursor.at++;
    if (cursor.peek() === '-') return comment(this, cursor, start);
    if (!/[A-Z]/.test(cursor.peek())) cursor.invalid();
    if (!cursor.take('DOCTYPE') || this.hasDoctype) failWith('SYNTAX', start);
    this.doctype(cursor, start);
  }

  private doctype(cursor: Cursor, start: number): void {
    if (cursor.space() === '') cursor.invalid();
    const name = cursor.name();
    cursor.space();
    const external = externalId(cursor, { systemOptional: false });
    const identifierEnd = cursor.at;
    cursor.space();
    const hasSubset = cursor.peek() === '[';
    if (!hasSubset && cursor.peek() !== '>') failWith('SYNTAX', cursor.at);
    cursor.at++;
    this.hasDoctype = true;
    this.doctypeSystemId = external?.systemId ?? null;
    this.doctypePublicId = external?.publicId ?? null;
    if (external !== null) {
      this.dtd.hasParameterReferences = true;
      this.eventAt = identifierEnd - (external.systemId?.length ?? 0) - 2;
      if (this.parameterParsing === PARAM_NEVER) checkStandalone(this);
    }
    this.eventAt = cursor.at - 1;
    const { startDoctype } = this.handlers;
    if (startDoctype !== null) startDoctype(name, this.doctypeSystemId, this.doctypePublicId, hasSubset ? 1 : 0);
    else for (const piece of cursor.text.slice(start, cursor.at - (hasSubset ? 0 : 1)).match(/<!DOCTYPE|\s+|"[^"]*"|'[^']*'|\[|[^\s"'[]+/g) ?? []) leave(this, piece);
    if (hasSubset) this.phase = 'subset';
    else this.endDoctype('>');
  }

  private inSubset(cursor: Cursor): void {
    if (cursor.peek() !== ']' || this.subset.isOpen) return this.subset.step(cursor);
    const start = cursor.at++;
    cursor.space();
    if (cursor.peek() !== '>') failWith('SYNTAX', cursor.at);
    this.eventAt = cursor.at++;
    this.phase = 'prolog';
    if (this.handlers.endDoctype === null) leave(this, cursor.text.slice(start, cursor.at - 1));
    this.endDoctype('>');
  }

  private endDoctype(raw: string): void {
    if (this.doctypeSystemId !== null || this.useForeignDtd) this.readExternalSubset();
    if (this.handlers.endDoctype !== null) this.handlers.endDoctype();
    else leave(this, raw);
  }

  private readExternalSubset(): void {
    const mode = this.parameterParsing === PARAM_UNLESS_STANDALONE && this.dtd.standalone ? PARAM_NEVER : this.parameterParsing;
    const before = this.dtd.hasParameterReferences;
    this.useForeignDtd = false;
    this.dtd.hasParameterReferences = true;
    if (mode === PARAM_NEVER || this.handlers.externalEntity === null) return;
    this.dtd.externalRead = false;
    if (!this.handlers.externalEntity(null, this.base, this.doctypeSystemId, this.doctypePublicId)) failWith('EXTERNAL_ENTITY_HANDLING');
    if (this.dtd.externalRead) checkStandalone(this);
    else if (this.doctypeSystemId === null) this.dtd.hasParameterReferences = before;
  }

  private epilog(cursor: Cursor): void {
    const start = cursor.at;
    const space = cursor.space();
    if (space !== '') return leave(this, space);
    if (cursor.peek() !== '<') failWith(/[\ufffe\uffff]/.test(cursor.peek()) ? 'INVALID_TOKEN' : 'JUNK_AFTER_DOC_ELEMENT', start);
    cursor.at++;
    if (cursor.peek() === '?') return processingInstruction(this, cursor, start);
    if (cursor.peek() !== '!') failWith('JUNK_AFTER_DOC_ELEMENT', start);
    cursor.at++;
    if (cursor.peek() !== '-') failWith('JUNK_AFTER_DOC_ELEMENT', start);
    comment(this, cursor, start);
  }

  /** Sets when parameter entities are read; false once parsing has begun. */
  setParameterParsing(mode: number): boolean {
    if (this.started || mode < PARAM_NEVER || mode > PARAM_ALWAYS) return false;
    this.parameterParsing = mode;
    return true;
  }
}

/** Text where markup must stand: the error is behind its name, if something follows that cannot. */
function strayName(cursor: Cursor, start: number): never {
  if (!/[\p{L}\p{N}_:]/u.test(cursor.peek())) cursor.invalid();
  const rest = cursor.text.slice(start);
  const end = start + /^[\p{L}\p{N}_:.-]+/u.exec(rest)![0].length;
  if (end >= cursor.text.length && !cursor.final) throw NEED_MORE;
  if (end < cursor.text.length && !/[\s>),|[%?+*]/.test(cursor.text[end]!)) cursor.invalid(end);
  return failWith('SYNTAX', start);
}

/** Version, encoding and standalone of a declaration, which stand in this order. */
function pseudoAttributes(text: string, failure: string, offset: number): Record<string, string> {
  const found: Record<string, string> = {};
  const pattern = /([ \t\r\n]+)([a-z]+)[ \t\r\n]*=[ \t\r\n]*(?:"([-A-Za-z0-9._:]*)"|'([-A-Za-z0-9._:]*)')/y;
  const order = ['version', 'encoding', 'standalone'];
  let next = 0;
  for (;;) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      if (text.slice(at).trim() !== '') failWith(failure, offset + at + (/^\s*/.exec(text.slice(at))![0].length));
      return found;
    }
    const [, gap, name, double, single] = match;
    const place = order.indexOf(name!);
    if (place < next) failWith(failure, offset + at + gap!.length);
    next = place + 1;
    const value = double ?? single!;
    if ((name === 'standalone' && value !== 'yes' && value !== 'no') || (name === 'encoding' && !/^[A-Za-z]/.test(value))) failWith(failure, offset + at + match[0].length - value.length - 1);
    found[name!] = value;
  }
}
