/** `mappingproxy`: a read-only view of a mapping (Objects/descrobject.c). */
import { PyObject, type Value } from '../core/value.ts';
import type { Thread } from '../core/thread.ts';
import { callMethod } from './call.ts';
import { richCompare } from './compare.ts';
import { hashOf } from './hash-value.ts';
import { getIterator } from './iterate.ts';
import { binaryOperator } from './operators.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { MAPPINGPROXY_TYPE } from './static-types.ts';
import { contains, getItem } from './subscript.ts';
import { repr, str } from './text.ts';
import { lengthOf } from './truth.ts';
import { readyType } from './type-ready.ts';
import { typeOf } from './type-of.ts';
import { bindArguments } from './native-call.ts';
import { NativeDefinition } from '../core/native.ts';

/** `mappingproxy`. */
export class PyMappingProxy extends PyObject {
  readonly mapping: Value;
  constructor(mapping: Value) {
    super(MAPPINGPROXY_TYPE);
    this.mapping = mapping;
  }
}

const unwrap = (value: Value): Value => (value instanceof PyMappingProxy ? value.mapping : value);
const OR = 7;
const NEW = new NativeDefinition('mappingproxy', () => null, '(mapping)', '', 'method');

function mappingproxy_get(t: Thread, self: PyMappingProxy, key: Value, fallback?: Value): Value {
  return callMethod(t, self.mapping, 'get', key, fallback ?? null);
}

readyType(MAPPINGPROXY_TYPE, {
  doc: 'Read-only proxy of a mapping.',
  textSignature: '(mapping)',
  slots: {
    tp_new: (t, _type, args, keywords) => {
      const [mapping] = bindArguments(NEW, 'mappingproxy', null, false, args, keywords) as [Value];
      const slots = typeOf(mapping).slots;
      if (slots.mp_subscript === null || typeOf(mapping).flags.sequence) raiseTypeError(`mappingproxy() argument must be a mapping, not ${typeName(mapping)}`);
      return new PyMappingProxy(mapping);
    },
    tp_repr: (t, self: PyMappingProxy) => `mappingproxy(${repr(t, self.mapping)})`,
    tp_str: (t, self: PyMappingProxy) => str(t, self.mapping),
    tp_hash: (t, self: PyMappingProxy) => hashOf(t, self.mapping),
    tp_iter: (t, self: PyMappingProxy) => getIterator(t, self.mapping),
    tp_richcompare: (t, self: PyMappingProxy, other, op) => richCompare(t, self.mapping, unwrap(other), op),
    mp_length: (t, self: PyMappingProxy) => lengthOf(t, self.mapping),
    mp_subscript: (t, self: PyMappingProxy, key) => getItem(t, self.mapping, key),
    sq_contains: (t, self: PyMappingProxy, key) => contains(t, self.mapping, key),
    nb_or: (t, left, right) => binaryOperator(t, unwrap(left), unwrap(right), OR),
    nb_inplace_or: (_t, left) => raiseTypeError(`'|=' is not supported by ${typeName(left)}; use '|' instead`),
  },
  methods: {
    get: [mappingproxy_get, '!($self, key, default=None, /)', 'Return the value for key if key is in the mapping, else default.'],
    keys: [(t, self: PyMappingProxy) => callMethod(t, self.mapping, 'keys'), '!($self, /)', 'The keys of the mapping.'],
    values: [(t, self: PyMappingProxy) => callMethod(t, self.mapping, 'values'), '!($self, /)', 'The values of the mapping.'],
    items: [(t, self: PyMappingProxy) => callMethod(t, self.mapping, 'items'), '!($self, /)', 'The items of the mapping.'],
    copy: [(t, self: PyMappingProxy) => callMethod(t, self.mapping, 'copy'), '!($self, /)', 'A shallow copy of the mapping.'],
    __reversed__: [(t, self: PyMappingProxy) => callMethod(t, self.mapping, '__reversed__'), '!($self, /)', 'Reverse iterator.'],
    __class_getitem__: [(_t, type: Value) => type, '!($type, object, /)', 'See PEP 585', 'class'],
  },
});
