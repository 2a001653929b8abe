/** `Element` and its iterators (Modules/_elementtree.c). */
import { firstItem } from '../../base/first-item.ts';
import { PyDict, PyList, type HashTable } from '../../core/containers.ts';
import { PySlice } from '../../core/range.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import { EQ } from '../../core/type.ts';
import { alwaysQuiet, ENDED, withQuietForm, withQuietNext } from '../../core/quiet.ts';
import type { Thread } from '../../core/thread.ts';
import { PyFunction } from '../../core/function.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { compareBool } from '../../objects/compare.ts';
import { copyDict } from '../../objects/dict.ts';
import { AttributeError, DeprecationWarning, IndexError, RuntimeError } from '../../objects/exception-types.ts';
import { tableGet, tableGetStr, tableKeys, tableNext, tableSet, tableSetStr } from '../../objects/hash-table.ts';
import { tableOfStrings } from '../../objects/table-making.ts';
import { importModule } from '../../objects/import-hook.ts';
import { isSequenceLike, toArray } from '../../objects/iterate.ts';
import { newDict, newList, newTuple } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { clampSlice, unpackSlice } from '../../objects/slice.ts';
import { tableFindQuiet } from '../../objects/quiet-keys.ts';
import { DICT_TYPE, LIST_TYPE, staticType } from '../../objects/static-types.ts';
import { addressOf, repr } from '../../objects/text.ts';
import { asInt, asStr, typeOf } from '../../objects/type-of.ts';
import { readyType, type GetSet } from '../../objects/type-ready.ts';
import { warn } from '../../objects/warn-hook.ts';
import { isTrue } from '../../objects/truth.ts';

const MODULE = 'xml.etree.ElementTree';

/** `Element`. */
export const ELEMENT_TYPE = staticType('Element', { module: MODULE, baseType: true, hasWeakref: true });
const ITERATOR_TYPE = staticType('_element_iterator', { module: '_elementtree', disallowInstantiation: true });

/** The children of all elements that have had none: nothing is ever put into it. Most elements are leaves. */
const NO_CHILDREN: readonly PyElement[] = [];

/** Attributes: a dict; names and values in turn as a parser gives them, no name twice; or none. */
export type Attributes = PyDict | readonly string[] | null;

/** Dicts of more names have an index. */
const FEW = 8;

/** The dict of attributes. */
export function attributeDict(attributes: PyDict | readonly string[]): PyDict {
  if (attributes instanceof PyDict) return attributes;
  const count = attributes.length >> 1;
  if (count <= FEW) return new PyDict(DICT_TYPE, tableOfStrings(everySecond(attributes, 0), everySecond(attributes, 1)));
  const dict = newDict();
  for (let i = 0; i < attributes.length; i += 2) tableSetStr(dict.table, attributes[i]!, attributes[i + 1]!);
  return dict;
}

function everySecond(flat: readonly string[], first: number): string[] {
  const found = new Array<string>(flat.length >> 1);
  for (let i = 0; i < found.length; i++) found[i] = flat[2 * i + first]!;
  return found;
}

/** An element: name, attributes (made when first asked for), texts and children. */
export class PyElement {
  type: PyType;
  dict: PyDict | null;
  tag: Value;
  text: Value;
  tail: Value;
  /** Those of a parsed element stay as they came until somebody asks for the dict: most are only looked at, and the dict takes four times the memory. */
  private own: Attributes;
  children: readonly PyElement[];

  constructor(type: PyType, tag: Value = null, attributes: Attributes = null) {
    this.type = type;
    this.dict = null;
    this.tag = tag;
    this.text = null;
    this.tail = null;
    this.own = attributes;
    this.children = NO_CHILDREN;
  }

  /** Adds a child at the end. */
  append(child: PyElement): void {
    if (this.children === NO_CHILDREN) this.children = firstItem(child);
    else this.changeable().push(child);
  }

  /** The children, for changes. */
  changeable(): PyElement[] {
    if (this.children === NO_CHILDREN) this.children = [];
    // Every other array of children was made for this element alone.
    return this.children as PyElement[];
  }

  /** Null where there have never been any. */
  get attributes(): PyDict | null {
    const { own } = this;
    return own === null || own instanceof PyDict ? own : (this.own = attributeDict(own));
  }

  set attributes(attributes: Attributes) {
    this.own = attributes;
  }

  /** The attributes as they came; null where there is a dict, or nothing. */
  get flat(): readonly string[] | null {
    const { own } = this;
    return own === null || own instanceof PyDict ? null : own;
  }

  get attrib(): PyDict {
    return (this.attributes ??= newDict());
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyElement extends PyObject {}
linkToPyObject(PyElement);

/** An element; `attributes` becomes its own. */
export function newElement(tag: Value, attributes: Attributes): PyElement {
  return new PyElement(ELEMENT_TYPE, tag, attributes);
}

/** The element that an argument must be. */
export function elementArgument(value: Value, where: string): PyElement {
  return value instanceof PyElement ? value : raiseTypeError(`${where} must be ${MODULE}.Element, not ${typeName(value)}`);
}

/** Attributes of a call: a dict and keywords, as a new dict, or null for none. */
export function attributesOf(t: Thread, attrib: Maybe, keywords: ReadonlyMap<string, Value>, where: string): PyDict | null {
  if (keywords.size === 0) return copiedAttributes(attrib, where);
  const isKeyword = attrib === undefined && keywords.has('attrib');
  const dict = copiedAttributes(isKeyword ? keywords.get('attrib') : attrib, where);
  if (isKeyword && keywords.size === 1) return dict;
  const all = dict ?? newDict();
  for (const [name, value] of keywords) if (!isKeyword || name !== 'attrib') tableSetStr(all.table, name, value);
  return all;
}

function copiedAttributes(given: Maybe, where: string): PyDict | null {
  if (given === undefined) return null;
  if (!(given instanceof PyDict)) raiseTypeError(`${where} must be dict, not ${typeName(given)}`);
  return given.table.used === 0 ? null : copyDict(given);
}

function element_init(t: Thread, self: PyElement, args: Value[], names: KeywordNames): void {
  const count = args.length - (names?.length ?? 0);
  const keywords = new Map((names ?? []).map((name, i) => [name, args[count + i]!]));
  const positional = args.slice(0, count);
  if (positional.length === 0 && keywords.has('tag')) {
    positional.push(keywords.get('tag')!);
    keywords.delete('tag');
  }
  if (positional.length === 0) raiseTypeError('Element() takes at least 1 argument (0 given)');
  if (positional.length > 2) raiseTypeError(`Element() takes at most 2 arguments (${positional.length} given)`);
  self.attributes = attributesOf(t, positional[1], keywords, positional.length > 1 ? 'Element() argument 2' : 'attrib');
  self.tag = positional[0]!;
  self.text = null;
  self.tail = null;
}

function element_repr(t: Thread, self: PyElement): string {
  if (self.tag === null) return `<Element at ${addressOf(self)}>`;
  if (t.reprGuard.has(self)) raise(RuntimeError, `reentrant call inside ${self.type.name}.__repr__`);
  t.reprGuard.add(self);
  try {
    return `<Element ${repr(t, self.tag)} at ${addressOf(self)}>`;
  } finally {
    t.reprGuard.delete(self);
  }
}

// ---------------------------------------------------------------- children

interface Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** Start, stop and step of a slice of the children; undefined for what is no slice. The length is asked for last, as the bounds may change it. */
function sliceRange(t: Thread, index: Value, self: PyElement): Range | undefined {
  if (!(index instanceof PySlice)) return undefined;
  const bounds = unpackSlice(t, index);
  return clampSlice(bounds, self.children.length);
}

function places({ start, stop, step }: Range): number[] {
  const found: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) found.push(i);
  return found;
}

function indexArgument(t: Thread, index: Value): number {
  if (asInt(index) === undefined && typeOf(index).slots.nb_index === null) raiseTypeError('element indices must be integers');
  return Number(toIndex(t, index));
}

function childIndex(t: Thread, self: PyElement, index: Value, message: string): number {
  const at = indexArgument(t, index);
  const place = at < 0 ? at + self.children.length : at;
  return place >= 0 && place < self.children.length ? place : raise(IndexError, message);
}

function element_subscript(t: Thread, self: PyElement, index: Value): Value {
  const range = sliceRange(t, index, self);
  if (range !== undefined) return newList(places(range).map((i) => self.children[i]!));
  return self.children[childIndex(t, self, index, 'child index out of range')]!;
}

function element_ass_subscript(t: Thread, self: PyElement, index: Value, value: Maybe): void {
  const range = sliceRange(t, index, self);
  if (range === undefined) {
    const at = childIndex(t, self, index, 'child assignment index out of range');
    if (value === undefined) self.changeable().splice(at, 1);
    else self.changeable()[at] = value instanceof PyElement ? value : raiseNotElement(value);
    return;
  }
  if (value === undefined) {
    const gone = new Set(places(range));
    self.children = self.children.filter((_, i) => !gone.has(i));
    return;
  }
  assignSlice(t, self, range, value);
}

function raiseNotElement(value: Value): never {
  return raiseTypeError(`expected an Element, not "${typeName(value)}"`);
}

function elementsOf(t: Thread, value: Value, message: string): PyElement[] {
  const { slots } = typeOf(value);
  if (slots.tp_iter === null && !isSequenceLike(value)) raiseTypeError(message);
  return toArray(t, value).map((item) => (item instanceof PyElement ? item : raiseNotElement(item)));
}

function assignSlice(t: Thread, self: PyElement, range: Range, value: Value): void {
  const items = elementsOf(t, value, 'assignment expects an iterable');
  if (range.step === 1) {
    self.changeable().splice(range.start, Math.max(0, range.stop - range.start), ...items);
    return;
  }
  const targets = places(range);
  if (items.length !== targets.length) raiseValueError(`attempt to assign sequence of size ${items.length} to extended slice of size ${targets.length}`);
  const children = self.changeable();
  targets.forEach((at, i) => (children[at] = items[i]!));
}

function element_remove(t: Thread, self: PyElement, child: Value): void {
  const element = elementArgument(child, 'remove() argument');
  for (let i = 0; i < self.children.length; i++) {
    const candidate = self.children[i]!;
    if (candidate !== element && !compareBool(t, candidate, element, EQ)) continue;
    // The comparison may have changed the children.
    if (self.children[i] === candidate) self.changeable().splice(i, 1);
    return;
  }
  return raiseValueError('Element.remove(x): element not found');
}

function element_insert(t: Thread, self: PyElement, index: Value, child: Value): void {
  const at = Number(toIndex(t, index));
  const element = elementArgument(child, 'insert() argument 2');
  self.changeable().splice(at < 0 ? Math.max(0, at + self.children.length) : at, 0, element);
}

function element_clear(self: PyElement): void {
  self.attributes = null;
  self.children = NO_CHILDREN;
  self.text = null;
  self.tail = null;
}

// ---------------------------------------------------------------- searching

const SPECIAL_PATH = /[/*[@.]/;

/** Whether a path is more than a tag: then the library's ElementPath finds. */
function isPath(path: Value, namespaces: Maybe): boolean {
  if (namespaces !== undefined && namespaces !== null) return true;
  const text = asStr(path);
  if (text === undefined || text.startsWith('{*}') || text.startsWith('{}')) return true;
  return SPECIAL_PATH.test(text.replace(/\{[^}]*\}/g, ''));
}

function elementPath(t: Thread, name: string, self: PyElement, ...args: Value[]): Value {
  return call(t, getAttr(t, importModule(t, 'xml.etree.ElementPath'), name), [self, ...args]);
}

function hasTag(t: Thread, element: PyElement, tag: Value): boolean {
  if (element.tag === tag) return true;
  return (typeof tag !== 'string' || typeof element.tag !== 'string') && compareBool(t, element.tag, tag, EQ);
}

function firstNamed(t: Thread, self: PyElement, tag: Value): PyElement | undefined {
  return self.children.slice().find((child) => hasTag(t, child, tag));
}

function element_find(t: Thread, self: PyElement, path: Value, namespaces?: Value): Value {
  return isPath(path, namespaces) ? elementPath(t, 'find', self, path, namespaces ?? null) : (firstNamed(t, self, path) ?? null);
}

function element_findtext(t: Thread, self: PyElement, path: Value, fallback: Value = null, namespaces?: Value): Value {
  if (isPath(path, namespaces)) return elementPath(t, 'findtext', self, path, fallback, namespaces ?? null);
  const found = firstNamed(t, self, path);
  return found === undefined ? fallback : found.text === null ? '' : found.text;
}

function element_findall(t: Thread, self: PyElement, path: Value, namespaces?: Value): Value {
  if (isPath(path, namespaces)) return elementPath(t, 'findall', self, path, namespaces ?? null);
  return newList(self.children.slice().filter((child) => hasTag(t, child, path)));
}

/** Goes through an element and all below, or through their texts. */
class PyElementIterator extends PyObject {
  /** The open elements, and beside each the number of its child that is next; above `depth` stand old ones. */
  private readonly open: PyElement[] = [];
  private readonly nextChild: number[] = [];
  private depth = -1;
  private root: PyElement | null;
  private readonly tag: Value;
  private readonly texts: boolean;
  private waiting: Value[] = NO_TEXTS;

  constructor(root: PyElement, tag: Value, texts: boolean) {
    super(ITERATOR_TYPE);
    this.root = root;
    this.tag = tag;
    this.texts = texts;
  }

  /** The next element or text, or undefined. */
  next(t: Thread): Maybe {
    for (;;) {
      if (this.waiting.length > 0) return this.waiting.shift();
      const element = this.step(t);
      if (element === undefined) {
        if (this.waiting.length === 0) return undefined;
        continue;
      }
      if (this.texts) this.giveText(t, element);
      else if (this.tag === null || hasTag(t, element, this.tag)) return element;
    }
  }

  /** The next element by tags that are strs or functions, as those of comments and instructions, which run no code. @hot `iter`, paths */
  nextQuietly(): Maybe | typeof ENDED {
    const { open, nextChild, tag } = this;
    if (this.texts) return undefined;
    for (;;) {
      let element = this.root;
      if (element === null) {
        // What is behind its last child is left, as `step` would: nobody can tell.
        while (this.depth >= 0 && nextChild[this.depth]! >= open[this.depth]!.children.length) this.depth--;
        if (this.depth < 0) {
          open.length = 0;
          return ENDED;
        }
        element = open[this.depth]!.children[nextChild[this.depth]!]!;
      }
      const isWanted = tag === null || element.tag === tag;
      if (!isWanted && (typeof tag !== 'string' || (typeof element.tag !== 'string' && !(element.tag instanceof PyFunction)))) return undefined;
      if (this.root === null) nextChild[this.depth]!++;
      this.root = null;
      this.enter(element);
      if (isWanted) return element;
    }
  }

  private give(text: Value): void {
    if (this.waiting === NO_TEXTS) this.waiting = [text];
    else this.waiting.push(text);
  }

  private giveText(t: Thread, element: PyElement): void {
    // Comments and instructions have no text of the document.
    if (asStr(element.tag) === undefined && element.tag !== null) {
      this.close(t);
      return;
    }
    const { text } = element;
    if (text !== null && isTrue(t, text)) this.give(text);
  }

  private close(t: Thread): void {
    const element = this.open[this.depth--]!;
    if (this.depth < 0) {
      this.open.length = 0;
      return;
    }
    if (!this.texts) return;
    const { tail } = element;
    if (tail !== null && isTrue(t, tail)) this.give(tail);
  }

  private enter(element: PyElement): PyElement {
    const depth = ++this.depth;
    this.open[depth] = element;
    this.nextChild[depth] = 0;
    return element;
  }

  /** The element that is entered next; undefined at the end, and where texts are waiting. @hot `iter`, paths */
  private step(t: Thread): PyElement | undefined {
    const { open, nextChild, root } = this;
    if (root !== null) {
      this.root = null;
      return this.enter(root);
    }
    while (this.depth >= 0 && this.waiting.length === 0) {
      const { children } = open[this.depth]!;
      const at = nextChild[this.depth]!;
      if (at < children.length) {
        nextChild[this.depth] = at + 1;
        return this.enter(children[at]!);
      }
      this.close(t);
    }
    return undefined;
  }
}

/** What waits in an iterator that goes through elements: nothing is ever put into it. */
const NO_TEXTS: Value[] = [];

readyType(ITERATOR_TYPE, { slots: { tp_iter: (_t, self) => self, tp_iternext: withQuietNext((t: Thread, self: PyElementIterator) => self.next(t), (_t: Thread, self: PyElementIterator) => self.nextQuietly()) } });

// ---------------------------------------------------------------- copies and states

function element_get(t: Thread, self: PyElement, key: Value, fallback: Value = null): Value {
  const { flat } = self;
  if (flat === null || typeof key !== 'string') {
    const value = self.attributes === null ? undefined : tableGet(t, self.attributes.table, key);
    return value === undefined ? fallback : value;
  }
  for (let i = 0; i < flat.length; i += 2) if (flat[i] === key) return flat[i + 1]!;
  return fallback;
}

withQuietForm(element_get, {
  call: (_t: Thread, self: PyElement, key: Value, fallback: Value = null): Maybe => {
    if (typeof key !== 'string') return undefined;
    const { flat } = self;
    if (flat === null) {
      const dict = self.attributes;
      const entry = dict === null ? -1 : tableFindQuiet(_t, dict.table, key);
      return entry === undefined ? undefined : entry < 0 ? fallback : dict!.table.values[entry];
    }
    for (let i = 0; i < flat.length; i += 2) if (flat[i] === key) return flat[i + 1];
    return fallback;
  },
  effect: 'look', result: 'any',
});

function element_items(self: PyElement): Value {
  const { flat } = self;
  if (flat === null) return newList(self.attributes === null ? [] : tableItems(self.attributes.table));
  const pairs: Value[] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push(newTuple([flat[i]!, flat[i + 1]!]));
  return newList(pairs);
}

/** Keys and values as pairs (`PyDict_Items`). */
function tableItems(table: HashTable): Value[] {
  const pairs = new Array<Value>(table.used);
  let count = 0;
  for (let i = tableNext(table, 0); i >= 0; i = tableNext(table, i + 1)) pairs[count++] = newTuple([table.keys[i]!, table.values[i]!]);
  return pairs;
}

function element_copy(self: PyElement): Value {
  // The dict is the same one, as CPython's.
  const copy = newElement(self.tag, self.attributes);
  copy.text = self.text;
  copy.tail = self.tail;
  copy.children = self.children.slice();
  return copy;
}

function element_deepcopy(t: Thread, self: PyElement, memo: Value): Value {
  if (!(memo instanceof PyDict)) raiseTypeError(`Element.__deepcopy__() argument must be dict, not ${typeName(memo)}`);
  const deepcopy = getAttr(t, importModule(t, 'copy'), 'deepcopy');
  const deep = (value: Value): Value => (value === null || typeof value !== 'object' ? value : call(t, deepcopy, [value, memo]));
  const copy = newElement(deep(self.tag), null);
  copy.text = deep(self.text);
  copy.tail = deep(self.tail);
  if (self.attributes !== null) copy.attributes = deep(self.attributes) as PyDict;
  const id = call(t, tableGetStr(t.interpreter.builtins.table, 'id')!, [self]);
  // Copying a child may change the children.
  for (let i = 0; i < self.children.length; i++) {
    const twin = deep(self.children[i]!);
    copy.append(twin instanceof PyElement ? twin : raiseNotElement(twin));
  }
  tableSet(t, memo.table, id, copy);
  return copy;
}

function element_getstate(self: PyElement): Value {
  const state = newDict();
  const rows: Record<string, Value> = { tag: self.tag, _children: newList(self.children.slice()), attrib: self.attrib, text: self.text, tail: self.tail };
  for (const [name, value] of Object.entries(rows)) tableSetStr(state.table, name, value);
  return state;
}

function element_setstate(_t: Thread, self: PyElement, state: Value): void {
  if (!(state instanceof PyDict)) raiseTypeError(`Don't know how to unpickle "${repr(_t, state)}" as an Element`);
  const get = (name: string): Value => tableGetStr(state.table, name) ?? null;
  const attrib = get('attrib');
  const children = get('_children');
  if (attrib !== null && !(attrib instanceof PyDict)) raiseTypeError(`argument 2 must be dict, not ${typeName(attrib)}`);
  if (children !== null && !(children instanceof PyList)) raiseTypeError(`argument 5 must be list, not ${typeName(children)}`);
  self.tag = get('tag');
  self.attributes = attrib;
  self.text = get('text');
  self.tail = get('tail');
  self.children = (children?.items ?? []).map((child) => (child instanceof PyElement ? child : raiseNotElement(child)));
}

function element_bool(t: Thread, self: PyElement): boolean {
  warn(t, DeprecationWarning, "Testing an element's truth value will always return True in future versions.  Use specific 'len(elem)' or 'elem is not None' test instead.");
  return self.children.length > 0;
}

function given(value: Maybe): Value {
  return value === undefined ? raise(AttributeError, "can't delete element attribute") : value;
}

// Spelled out: one function for all would read a field that it is told of, which is slower.
const TAG: GetSet = { quiet: true, get: (_t, self) => (self as PyElement).tag, set: (_t, self, value) => void ((self as PyElement).tag = given(value)) };
const TEXT: GetSet = { quiet: true, get: (_t, self) => (self as PyElement).text, set: (_t, self, value) => void ((self as PyElement).text = given(value)) };
const TAIL: GetSet = { quiet: true, get: (_t, self) => (self as PyElement).tail, set: (_t, self, value) => void ((self as PyElement).tail = given(value)) };

function setAttributes(self: PyElement, value: Maybe): void {
  if (value === undefined) raise(AttributeError, "can't delete element attribute");
  self.attributes = value instanceof PyDict ? value : raiseTypeError(`attrib must be dict, not ${typeName(value)}`);
}

const element_append = withQuietForm((_t: Thread, self: PyElement, child: Value) => self.append(elementArgument(child, 'append() argument 1')), {
  call: (_t: Thread, self: PyElement, child: Value): Maybe => (child instanceof PyElement ? (self.append(child), null) : undefined), effect: 'change', result: 'none',
});
const element_length = alwaysQuiet((_t: Thread, self: PyElement) => self.children.length, 'look', 'int');

readyType(ELEMENT_TYPE, {
  doc: 'An XML element.',
  slots: {
    tp_alloc: (type: PyType) => new PyElement(type),
    tp_new: (_t, type) => new PyElement(type),
    tp_init: element_init,
    tp_repr: element_repr,
    nb_bool: element_bool,
    sq_length: element_length,
    mp_length: element_length,
    sq_item: withQuietForm((_t: Thread, self: PyElement, index: number) => self.children[index] ?? raise(IndexError, 'child index out of range'), {
      call: (_t: Thread, self: PyElement, index: number) => self.children[index], effect: 'look', result: 'any',
    }),
    mp_subscript: element_subscript,
    mp_ass_subscript: element_ass_subscript,
  },
  methods: {
    clear: [(_t: Thread, self: PyElement) => element_clear(self), '($self, /)', 'Takes attributes, texts and children away.'],
    get: [element_get, '($self, /, key, default=None)', 'The value of an attribute.'],
    set: [(t: Thread, self: PyElement, key: Value, value: Value) => tableSet(t, self.attrib.table, key, value), '($self, key, value, /)', 'Sets an attribute.'],
    items: [alwaysQuiet((_t: Thread, self: PyElement) => element_items(self), 'new', LIST_TYPE), '($self, /)', 'Names and values of the attributes.'],
    keys: [(_t: Thread, self: PyElement) => newList(self.attributes === null ? [] : tableKeys(self.attributes.table)), '($self, /)', 'Names of the attributes.'],
    find: [element_find, '($self, /, path, namespaces=None)', 'The first element that a tag or path leads to.'],
    findtext: [element_findtext, '($self, /, path, default=None, namespaces=None)', 'Its text.'],
    findall: [element_findall, '($self, /, path, namespaces=None)', 'All elements that a tag or path leads to.'],
    iterfind: [(t: Thread, self: PyElement, path: Value, namespaces?: Value) => elementPath(t, 'iterfind', self, path, namespaces ?? null), '($self, /, path, namespaces=None)', 'Goes through them.'],
    append: [element_append, '($self, subelement, /)', 'Adds a child at the end.'],
    extend: [(t: Thread, self: PyElement, elements: Value) => elementsOf(t, elements, "'elements' must be an iterable").forEach((child) => self.append(child)), '($self, elements, /)', 'Adds children at the end.'],
    insert: [element_insert, '($self, index, subelement, /)', 'Adds a child at a place.'],
    remove: [element_remove, '($self, subelement, /)', 'Takes a child away.'],
    iter: [(t: Thread, self: PyElement, tag: Value = null) => new PyElementIterator(self, asStr(tag) === '*' ? null : tag, /* texts */ false), '($self, /, tag=None)', 'Goes through the element and all below it.'],
    itertext: [(_t: Thread, self: PyElement) => new PyElementIterator(self, null, /* texts */ true), '($self, /)', 'Goes through all texts in the element.'],
    makeelement: [
      (_t: Thread, _self: PyElement, tag: Value, attrib: Value) => newElement(tag, attrib instanceof PyDict ? copyDict(attrib) : raiseTypeError(`makeelement() argument 2 must be dict, not ${typeName(attrib)}`)),
      '($self, tag, attrib, /)', 'A new element of the same kind.',
    ],
    __copy__: [(_t: Thread, self: PyElement) => element_copy(self), '($self, /)', ''],
    __deepcopy__: [element_deepcopy, '($self, memo, /)', ''],
    __getstate__: [(_t: Thread, self: PyElement) => element_getstate(self), '($self, /)', ''],
    __setstate__: [element_setstate, '($self, state, /)', ''],
    __sizeof__: [(_t: Thread, self: PyElement) => 56 + 8 * self.children.length + (self.attributes === null ? 0 : 64), '($self, /)', ''],
  },
  getset: { tag: TAG, text: TEXT, tail: TAIL, attrib: { quiet: true, get: (_t, self) => (self as PyElement).attrib, set: (_t, self, value) => setAttributes(self as PyElement, value) } },
});
