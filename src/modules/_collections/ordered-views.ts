/** Views of an OrderedDict and their iterator (Objects/odictobject.c). */
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { PyDictView } from '../../objects/dict-views.ts';
import { tableGet } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { toArray } from '../../objects/iterate.ts';
import { newList, newTuple } from '../../objects/make.ts';
import { raiseKeyError, raiseRuntimeError } from '../../objects/raise.ts';
import { readyType } from '../../objects/type-ready.ts';
import type { OrderNode } from './order-list.ts';
import { ODICT_ITEMS_TYPE, ODICT_ITERATOR_TYPE, ODICT_KEYS_TYPE, ODICT_VALUES_TYPE, type PyOrderedDict } from './ordered-dict-record.ts';

type Kind = 'keys' | 'values' | 'items';

/** An iterator in list order or against it. */
export class PyOrderedIterator extends PyObject {
  private source: PyOrderedDict | null;
  private current: OrderNode | null;
  private readonly kind: Kind;
  private readonly reverse: boolean;
  private readonly state: number;
  /** -1 once the change of size was told of. */
  private size: number;

  constructor(source: PyOrderedDict, kind: Kind, reverse: boolean) {
    super(ODICT_ITERATOR_TYPE);
    this.source = source;
    this.kind = kind;
    this.reverse = reverse;
    this.current = reverse ? source.order.last : source.order.first;
    this.state = source.order.state;
    this.size = source.table.used;
  }

  /** The next item, or undefined; raises RuntimeError when the dict was changed. */
  next(t: Thread): Maybe {
    const { source, current } = this;
    if (source === null || current === null) return this.finish();
    this.checkUnchanged(source);
    this.current = this.reverse ? current.previous : current.next;
    const { key } = current;
    if (this.kind === 'keys') return key;
    const value = tableGet(t, source.table, key);
    if (value === undefined) {
      this.finish();
      raiseKeyError(key);
    }
    return this.kind === 'values' ? value : newTuple([key, value]);
  }

  private checkUnchanged(source: PyOrderedDict): void {
    if (source.order.state !== this.state) {
      this.finish();
      raiseRuntimeError('OrderedDict mutated during iteration');
    }
    if (source.table.used !== this.size) {
      this.size = -1;
      raiseRuntimeError('OrderedDict changed size during iteration');
    }
  }

  private finish(): undefined {
    this.source = null;
    this.current = null;
    return undefined;
  }

  /** The items that are left, without taking them. */
  rest(t: Thread): Value[] {
    if (this.source === null) return [];
    const copy = new PyOrderedIterator(this.source, this.kind, this.reverse);
    copy.current = this.current;
    return toArray(t, copy);
  }
}

readyType(ODICT_ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: (t, self: PyOrderedIterator) => self.next(t) },
  methods: {
    __reduce__: [
      (t: Thread, self: PyOrderedIterator) => newTuple([getAttr(t, importModule(t, 'builtins'), 'iter'), newTuple([newList(self.rest(t))])]),
      '($self, /)', 'Return state information for pickling',
    ],
  },
});

const over = (view: PyDictView, kind: Kind, reverse: boolean): PyOrderedIterator => new PyOrderedIterator(view.source as PyOrderedDict, kind, reverse);

for (const [type, kind] of [[ODICT_KEYS_TYPE, 'keys'], [ODICT_VALUES_TYPE, 'values'], [ODICT_ITEMS_TYPE, 'items']] as const) {
  readyType(type, {
    slots: { tp_iter: (_t, self: PyDictView) => over(self, kind, /* reverse */ false) },
    methods: { __reversed__: [(_t: Thread, self: PyDictView) => over(self, kind, /* reverse */ true), '!($self, /)', `Return a reverse iterator over the ${kind}.`] },
  });
}
