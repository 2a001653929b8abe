/** The record that all itertools share: a type and a step function. */
import { ENDED, withQuietNext } from '../../core/quiet.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { NativeDefinition } from '../../core/native.ts';
import { bindArguments, signatureOf } from '../../objects/native-call.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType, type TypeParts } from '../../objects/type-ready.ts';

/** Gives the next item, or undefined: the end. */
export type Step = (t: Thread) => Maybe;

/** A quiet form of it. */
export type QuietStep = (t: Thread) => Maybe | typeof ENDED;

/** An iterator whose `__next__` is `step`; undefined ends it for good. */
export class PyStepIterator extends PyObject {
  step: Step;
  /** As `step`, without Python code and exceptions: ENDED behind the last item, undefined where it cannot say. Null where there is none. */
  quietly: QuietStep | null = null;
  /** For repr and the like. */
  describe: ((t: Thread) => string) | null = null;
  constructor(type: PyType, step: Step) {
    super(type);
    this.step = step;
  }

  /**
   * Sets the quiet form. Not by an assignment where the function is written: V8 makes a function that is assigned to a property in the old space, where it lives until the next large
   * collection, and with it the iterable.
   */
  stepQuietlyBy(quietly: QuietStep): void {
    this.quietly = quietly;
  }

  /** Sets the description, likewise. */
  describeBy(describe: (t: Thread) => string): void {
    this.describe = describe;
  }
}

function stepOf(t: Thread, self: PyStepIterator): Maybe {
  const item = self.step(t);
  if (item === undefined) end(self);
  return item;
}

function stepQuietly(t: Thread, self: PyStepIterator): Maybe | typeof ENDED {
  if (self.quietly === null) return undefined;
  const item = self.quietly(t);
  if (item === ENDED) end(self);
  return item;
}

function end(self: PyStepIterator): void {
  self.step = ended;
  self.quietly = endedQuietly;
}

const endedQuietly: QuietStep = () => ENDED;

const ended = (): Maybe => undefined;

function takesNoKeywords(definition: NativeDefinition): boolean {
  const { positional, positionalOnly, keywordOnly, varKeywords } = signatureOf(definition);
  return positionalOnly === positional.length && keywordOnly.length === 0 && !varKeywords;
}

/** Makes a type of itertools: `make` gets the bound arguments and returns the step function; it may set a quiet one where the type `isQuiet`. */
export function iteratorType(
  name: string,
  signature: string,
  doc: string,
  make: (t: Thread, args: Maybe[], self: PyStepIterator) => Step,
  extra: TypeParts = {},
  isQuiet = false,
): PyType {
  const type = staticType(name, { module: 'itertools', baseType: true });
  const definition = new NativeDefinition(name, () => null, signature, doc, 'method');
  readyType(type, {
    doc,
    textSignature: signature,
    ...extra,
    slots: {
      tp_alloc: (cls) => new PyStepIterator(cls, ended),
      tp_new: (t: Thread, cls: PyType, args: Value[], keywords: KeywordNames) => {
        const self = new PyStepIterator(cls, ended);
        // A subclass may have an __init__ that takes keywords where the type itself takes none.
        const ownOnly = cls.slots.tp_init !== type.slots.tp_init && keywords !== null && takesNoKeywords(definition);
        const given = ownOnly ? args.slice(0, args.length - keywords.length) : args;
        self.step = make(t, bindArguments(definition, name, null, false, given, ownOnly ? null : keywords) as Maybe[], self);
        return self;
      },
      tp_iter: (_t, self) => self,
      tp_iternext: isQuiet ? withQuietNext(stepOf, stepQuietly) : (t: Thread, self: PyStepIterator) => stepOf(t, self),
      ...extra.slots,
    },
  });
  return type;
}
