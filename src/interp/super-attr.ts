/** LOAD_SUPER_ATTR and LOAD_SPECIAL. */
import { SPECIAL_METHODS } from '../bytecode/operands.ts';
import { PyFunction, type PyCode } from '../core/function.ts';
import { PyMethodDescriptor, PyWrapperDescriptor } from '../core/native.ts';
import { CACHE_SUPER, InlineCache, type SpecialSite } from '../core/inline-cache.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { getAttr, typeLookup } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { PyClassMethod } from '../objects/class-method.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { METHOD_DESCRIPTOR_TYPE, SUPER_TYPE } from '../objects/static-types.ts';
import { superLookup, superStart } from '../objects/super.ts';
import { PyStaticMethod } from '../objects/type-ready.ts';
import { isSubtype, typeOf, shownTypeName } from '../objects/type-of.ts';

/**
 * `super(cls, self).name`. With bit 0 of `oparg` the callable for a call: sets `t.methodSelf` as `loadMethod` does.
 * Falls back to calling whatever `super` is now when the name is shadowed.
 */
export function loadSuperAttr(t: Thread, code: PyCode, pc: number, superObject: Value, cls: Value, self: Value, oparg: number): Value {
  const name = code.names[oparg >> 2]!;
  if (superObject !== SUPER_TYPE) {
    // Bit 1: the program wrote the arguments; otherwise the zero-argument form finds them itself.
    const made = call(t, superObject, (oparg & 2) !== 0 ? [cls, self] : []);
    return bound(t, getAttr(t, made, name));
  }
  if (!(cls instanceof PyType)) raiseTypeError(`super() argument 1 must be a type, not ${typeName(cls)}`);
  const cache = code.caches[pc] ?? (code.caches[pc] = new InlineCache());
  const isCall = (oparg & 1) !== 0;
  if (isCall && cache.kind === CACHE_SUPER && cache.owner === cls && cache.type === typeOf(self) && cache.type.version === cache.version) {
    t.methodSelf = self;
    return cache.value;
  }
  const start = superStart(t, cls, self);
  if (name !== '__class__') {
    const found = superLookup(start, cls, name);
    if (isCall && start !== self && found !== undefined && isMethodOf(start, found)) {
      if (start === typeOf(self)) {
        cache.kind = CACHE_SUPER;
        cache.owner = cls;
        cache.type = start;
        cache.version = start.version;
        cache.value = found;
      }
      t.methodSelf = self;
      return found;
    }
    if (found !== undefined && bindsSimply(found)) {
      const get = typeOf(found).slots.tp_descr_get;
      return bound(t, get === null ? found : get(t, found, start === self ? undefined : self, start));
    }
  }
  return bound(t, getAttr(t, call(t, SUPER_TYPE, [cls, self]), name));
}

/** Whether a `super` object gives this without running code or raising: none is made to ask. */
function bindsSimply(found: Value): boolean {
  return found instanceof PyFunction || found instanceof PyClassMethod || found instanceof PyStaticMethod || typeOf(found).slots.tp_descr_get === null;
}

/** Whether what a class has found for an instance of it is called with that in front of the arguments, without being bound. */
function isMethodOf(type: PyType, found: Value): boolean {
  if (found instanceof PyWrapperDescriptor) return isSubtype(type, found.owner);
  return found instanceof PyFunction || (found instanceof PyMethodDescriptor && found.type === METHOD_DESCRIPTOR_TYPE);
}

/** Notes that `value` is bound already. Done last: the lookup may have run Python code, which loads methods of its own. */
function bound(t: Thread, value: Value): Value {
  t.methodSelf = undefined;
  return value;
}

const SPECIAL_ERRORS: Readonly<Record<string, string>> = {
  __enter__: 'the context manager protocol (missed __enter__ method)',
  __exit__: 'the context manager protocol (missed __exit__ method)',
  __aenter__: 'the asynchronous context manager protocol (missed __aenter__ method)',
  __aexit__: 'the asynchronous context manager protocol (missed __aexit__ method)',
};

/** A special method of `owner` by number (`SPECIAL_METHODS`); sets `t.methodSelf` as `loadMethod` does. */
export function loadSpecial(t: Thread, owner: Value, number: number): Value {
  const name = SPECIAL_METHODS[number]!;
  const type = typeOf(owner);
  const attribute = typeLookup(type, name);
  if (attribute === undefined) raiseMissingSpecial(type, name);
  if (attribute instanceof PyFunction || (attribute instanceof PyMethodDescriptor && attribute.type === METHOD_DESCRIPTOR_TYPE)) {
    t.methodSelf = owner;
    return attribute;
  }
  const get = typeOf(attribute).slots.tp_descr_get;
  return bound(t, get === null ? attribute : get(t, attribute, owner, type));
}

/** As `loadSpecial`, at a place in compiled code. @hot `with` and `async with` */
export function loadSpecialAt(t: Thread, site: SpecialSite, owner: Value, number: number): Value {
  const type = typeOf(owner);
  if (site.type === type && site.version === type.version) {
    t.methodSelf = owner;
    return site.value;
  }
  const method = loadSpecial(t, owner, number);
  if (t.methodSelf === owner && typeLookup(type, SPECIAL_METHODS[number]!) === method) {
    site.type = type;
    site.version = type.version;
    site.value = method;
  }
  return method;
}

function raiseMissingSpecial(type: PyType, name: string): never {
  const isAsync = name.startsWith('__a');
  const other = isAsync ? ['__enter__', '__exit__'] : ['__aenter__', '__aexit__'];
  const otherWay = other.every((method) => typeLookup(type, method) !== undefined);
  const hint = otherWay ? ` but it supports the ${isAsync ? '' : 'asynchronous '}context manager protocol. Did you mean to use '${isAsync ? 'with' : 'async with'}'?` : '';
  raiseTypeError(`'${shownTypeName(type)}' object does not support ${SPECIAL_ERRORS[name]}${hint}`);
}
