/** Instructions of attributes: load, store, delete, super. The caches are filled by `../attribute-cache.ts`. */
import type { Value } from '../../core/value.ts';
import { CACHE_INSTANCE_SLOT, CACHE_METHOD } from '../../core/inline-cache.ts';
import { PyInstance, setSlotAt, slotAt } from '../../core/instance.ts';
import { setAttr } from '../../objects/attributes.ts';
import { loadAttr, loadMethod, storeAttr } from '../attribute-cache.ts';
import { loadSpecial, loadSuperAttr } from '../super-attr.ts';
import { NEXT, type Machine, type Outcome } from '../machine.ts';

/**
 * `owner.name`; with the operand's low bit the method and self, unbound, for a call. @manual @source bytecodes.c LOAD_ATTR
 * @hot bench/programs/attributes.py
 */
export function LOAD_ATTR(m: Machine, oparg: number): Outcome {
  const owner = m.stack[m.sp - 1] as Value;
  const cache = m.code.caches[m.pc];
  if ((oparg & 1) !== 0) {
    if (cache != null && cache.kind === CACHE_METHOD && owner instanceof PyInstance && owner.shape === cache.shape && cache.type!.version === cache.version && cache.shape !== null) {
      m.stack[m.sp - 1] = cache.value;
      m.stack[m.sp++] = owner;
      return NEXT;
    }
    const method = loadMethod(m.t, m.code, m.pc, owner, m.code.names[oparg >> 1]!);
    m.stack[m.sp - 1] = method;
    m.stack[m.sp++] = m.t.methodSelf;
    return NEXT;
  }
  if (cache != null && cache.kind === CACHE_INSTANCE_SLOT && owner instanceof PyInstance && owner.shape === cache.shape && cache.type!.version === cache.version) {
    m.stack[m.sp - 1] = slotAt(owner, cache.slot);
    return NEXT;
  }
  m.stack[m.sp - 1] = loadAttr(m.t, m.code, m.pc, owner, m.code.names[oparg >> 1]!);
  return NEXT;
}

/** `owner.name = value` @source bytecodes.c STORE_ATTR */
export function STORE_ATTR(m: Machine, oparg: number, value: Value, owner: Value): Outcome {
  const cache = m.code.caches[m.pc];
  if (cache != null && cache.kind === CACHE_INSTANCE_SLOT && owner instanceof PyInstance && owner.shape === cache.shape && cache.type!.version === cache.version) {
    setSlotAt(owner, cache.slot, value);
    if (cache.nextShape !== null) owner.shape = cache.nextShape;
    return NEXT;
  }
  storeAttr(m.t, m.code, m.pc, owner, m.code.names[oparg]!, value);
  return NEXT;
}

/** `del owner.name` @source bytecodes.c DELETE_ATTR */
export function DELETE_ATTR(m: Machine, oparg: number, owner: Value): Outcome {
  setAttr(m.t, owner, m.code.names[oparg]!, undefined);
  return NEXT;
}

/** `super(class, self).name` without making the super object; low bit: for a call; bit 1: two-argument form. @manual @source bytecodes.c LOAD_SUPER_ATTR */
export function LOAD_SUPER_ATTR(m: Machine, oparg: number): Outcome {
  const self = m.stack[m.sp - 1] as Value;
  const cls = m.stack[m.sp - 2] as Value;
  const superObject = m.stack[m.sp - 3] as Value;
  m.sp -= 3;
  const attribute = loadSuperAttr(m.t, m.code, m.pc, superObject, cls, self, oparg);
  m.stack[m.sp++] = attribute;
  if ((oparg & 1) !== 0) m.stack[m.sp++] = m.t.methodSelf;
  return NEXT;
}

/** A special method of the top and self, for a call (`with`). @manual @source bytecodes.c LOAD_SPECIAL */
export function LOAD_SPECIAL(m: Machine, oparg: number): Outcome {
  const owner = m.stack[m.sp - 1] as Value;
  m.stack[m.sp - 1] = loadSpecial(m.t, owner, oparg);
  m.stack[m.sp++] = m.t.methodSelf;
  return NEXT;
}
