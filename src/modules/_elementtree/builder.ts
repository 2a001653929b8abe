/** `TreeBuilder` (Modules/_elementtree.c): makes a tree of start, data and end calls. */
import { PyDict } from '../../core/containers.ts';
import type { KeywordNames } from '../../core/type.ts';
import { NativeDefinition, PyBuiltinFunction } from '../../core/native.ts';
import { quietFormOf } from '../../core/quiet.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { setAttr, getAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { IndexError } from '../../objects/exception-types.ts';
import { newDict, newList, newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { raise, raiseTypeError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { attributeDict, ELEMENT_TYPE, newElement, PyElement, type Attributes } from './element.ts';

/** `TreeBuilder`. */
export const BUILDER_TYPE = staticType('TreeBuilder', { module: 'xml.etree.ElementTree', baseType: true });

const FACTORIES = '_elementtree factories';

/** `_set_factories`: what makes comments and processing instructions; returns what made them before. */
export function setFactories(t: Thread, comment: Value, instruction: Value): Value {
  const { moduleState } = t.interpreter;
  const before = (moduleState.get(FACTORIES) as [Value, Value] | undefined) ?? [null, null];
  moduleState.set(FACTORIES, [comment, instruction]);
  return newTuple([...before]);
}

/** What `start` and its like are told to report, by name (`XMLPullParser`). */
export interface EventQueue {
  readonly append: Value;
  /** What `append` does where it is a builtin that runs no code of the program's; else null. */
  readonly quietly: ((t: Thread, event: Value) => Maybe) | null;
  readonly names: ReadonlySet<string>;
}

// The form gets what the function gets: here, the queue and one argument.
type QuietAppend = (t: Thread, queue: Value, event: Value) => Maybe;

/** The queue behind an `append`. */
export function eventQueue(append: Value, names: ReadonlySet<string>): EventQueue {
  const isBound = append instanceof PyBuiltinFunction && append.bound;
  const form = isBound ? quietFormOf(append.definition.implementation) : undefined;
  return { append, quietly: isBound && form !== undefined ? (t, event) => (form.call as QuietAppend)(t, append.self, event) : null, names };
}

/** Puts an event into a queue. */
export function putEvent(t: Thread, queue: EventQueue, name: string, value: Value): void {
  const event = newTuple([name, value]);
  if (queue.quietly === null || queue.quietly(t, event) === undefined) call(t, queue.append, [event]);
}

/** A builder of a tree. */
export class PyTreeBuilder extends PyObject {
  private elementFactory: Value = null;
  private commentFactory: Value = null;
  private instructionFactory: Value = null;
  private insertsComments = false;
  private insertsInstructions = false;
  private root: Value = null;
  private readonly path: Value[] = [];
  private last: Value = null;
  private afterEnd = false;
  /** Text that waits for its end: in one piece as long as it is strs, as texts of a parser are. */
  private text: Maybe = undefined;
  /** Its pieces, where some are no strs. */
  private pieces: Value[] | null = null;
  events: EventQueue | null = null;

  /** `__init__`. */
  configure(t: Thread, args: Value[], keywords: KeywordNames): void {
    const [element, comment, instruction, comments, instructions] = bindArguments(INIT, 'TreeBuilder', null, false, args, keywords) as Maybe[];
    const [commentDefault, instructionDefault] = (t.interpreter.moduleState.get(FACTORIES) as [Value, Value] | undefined) ?? [null, null];
    this.elementFactory = element ?? null;
    this.commentFactory = comment ?? commentDefault;
    this.instructionFactory = instruction ?? instructionDefault;
    this.insertsComments = comments !== undefined && isTrue(t, comments);
    this.insertsInstructions = instructions !== undefined && isTrue(t, instructions);
  }

  private report(t: Thread, name: string, value: Value): void {
    if (this.events !== null && this.events.names.has(name)) putEvent(t, this.events, name, value);
  }

  private flush(t: Thread): void {
    if (this.text !== undefined) this.give(t);
  }

  private give(t: Thread): void {
    const { last, pieces } = this;
    const single = this.text!;
    this.text = undefined;
    this.pieces = null;
    if (last === null) return;
    const text = pieces === null ? single : callMethod(t, '', 'join', newList(pieces));
    if (last instanceof PyElement && last.type === ELEMENT_TYPE) {
      if (this.afterEnd) last.tail = join(t, last.tail, text);
      else last.text = join(t, last.text, text);
      return;
    }
    const name = this.afterEnd ? 'tail' : 'text';
    setAttr(t, last, name, join(t, getAttr(t, last, name), text));
  }

  private add(t: Thread, element: Value): void {
    const parent = this.path[this.path.length - 1];
    if (parent === undefined) return;
    if (parent instanceof PyElement && parent.type === ELEMENT_TYPE && element instanceof PyElement) parent.append(element);
    else callMethod(t, parent, 'append', element);
  }

  /** Opens an element. */
  start(t: Thread, tag: Value, attrib: Value): Value {
    if (!(attrib instanceof PyDict)) raiseTypeError(`start() argument 2 must be dict, not ${typeName(attrib)}`);
    return this.open(t, tag, attrib);
  }

  /** As `start`; null for no attributes. */
  open(t: Thread, tag: Value, attrib: Attributes): Value {
    const element = this.elementFactory === null ? newElement(tag, attrib instanceof PyDict && attrib.table.used === 0 ? null : attrib) : call(t, this.elementFactory, [tag, attrib === null ? newDict() : attributeDict(attrib)]);
    this.flush(t);
    if (this.path.length > 0) this.add(t, element);
    else if (this.root === null) this.root = element;
    this.path.push(element);
    this.last = element;
    this.afterEnd = false;
    this.report(t, 'start', element);
    return element;
  }

  /** Closes the innermost element. */
  end(t: Thread): Value {
    this.flush(t);
    const element = this.path.pop();
    if (element === undefined) raise(IndexError, 'pop from empty stack');
    this.last = element;
    this.afterEnd = true;
    this.report(t, 'end', element);
    return element;
  }

  /** Adds text. */
  data(text: Value): void {
    if (this.last === null) return;
    const before = this.text;
    if (before === undefined) this.text = text;
    else if (typeof before === 'string' && typeof text === 'string' && this.pieces === null) this.text = before + text;
    else (this.pieces ??= [before]).push(text);
  }

  /** A comment. */
  comment(t: Thread, text: Value): Value {
    const made = this.commentFactory === null ? text : call(t, this.commentFactory, [text]);
    if (this.commentFactory !== null && this.insertsComments) this.insert(t, made);
    this.report(t, 'comment', made);
    return made;
  }

  /** A processing instruction. */
  instruction(t: Thread, target: Value, text: Value): Value {
    const made = this.instructionFactory === null ? newTuple([target, text]) : call(t, this.instructionFactory, [target, text]);
    if (this.instructionFactory !== null && this.insertsInstructions) this.insert(t, made);
    this.report(t, 'pi', made);
    return made;
  }

  private insert(t: Thread, element: Value): void {
    this.flush(t);
    this.add(t, element);
    this.last = element;
    this.afterEnd = true;
  }

  /** The tree. */
  close(): Value {
    return this.root;
  }

  /** Reports the start of a namespace. */
  startNamespace(t: Thread, prefix: string, uri: string): void {
    this.report(t, 'start-ns', newTuple([prefix, uri]));
  }

  /** Reports the end of a namespace. */
  endNamespace(t: Thread): void {
    this.report(t, 'end-ns', null);
  }
}

function join(t: Thread, before: Value, text: Value): Value {
  if (before === null) return text;
  const [a, b] = [asStr(before), asStr(text)];
  return a !== undefined && b !== undefined ? a + b : callMethod(t, '', 'join', newList([before, text]));
}

const INIT = new NativeDefinition('TreeBuilder', () => null, '(element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False)', '', 'method');

readyType(BUILDER_TYPE, {
  doc: 'Makes a tree of elements.',
  slots: {
    tp_alloc: (type) => new PyTreeBuilder(type),
    tp_new: (_t, type) => new PyTreeBuilder(type),
    tp_init: (t, self: PyTreeBuilder, args, keywords) => self.configure(t, args, keywords),
  },
  methods: {
    start: [(t: Thread, self: PyTreeBuilder, tag: Value, attrs: Value) => self.start(t, tag, attrs), '($self, tag, attrs, /)', 'Opens an element.'],
    end: [(t: Thread, self: PyTreeBuilder, _tag: Value) => self.end(t), '($self, tag, /)', 'Closes it.'],
    data: [(_t: Thread, self: PyTreeBuilder, data: Value) => self.data(data), '($self, data, /)', 'Adds text.'],
    comment: [(t: Thread, self: PyTreeBuilder, text: Value) => self.comment(t, text), '($self, text, /)', 'Makes a comment.'],
    pi: [(t: Thread, self: PyTreeBuilder, target: Value, text: Value = null) => self.instruction(t, target, text), '($self, target, text=None, /)', 'Makes a processing instruction.'],
    close: [(_t: Thread, self: PyTreeBuilder) => self.close(), '($self, /)', 'The tree.'],
  },
});
