/** The C3 linearisation of a class's bases (Objects/typeobject.c, mro_implementation). */
import type { PyType } from '../core/type.ts';
import { raiseTypeError } from './raise.ts';

/** The MRO of `type`, whose bases have theirs; raises TypeError when no consistent order exists. */
export function mergeMro(type: PyType): PyType[] {
  const seen = new Set<PyType>();
  for (const base of type.bases) {
    if (seen.has(base)) raiseTypeError(`duplicate base class ${base.name}`);
    seen.add(base);
  }
  if (type.bases.length === 1) return [type, ...type.bases[0]!.mro];
  const mro: PyType[] = [type];
  const lines = [...type.bases.map((base) => base.mro.slice()), type.bases.slice()];
  for (;;) {
    const open = lines.filter((line) => line.length > 0);
    if (open.length === 0) return mro;
    const candidate = open.find((line) => !open.some((other) => other.indexOf(line[0]!) > 0));
    if (candidate === undefined) raiseInconsistent(open);
    const head = candidate[0]!;
    mro.push(head);
    for (const line of open) if (line[0] === head) line.shift();
  }
}

function raiseInconsistent(lines: readonly (readonly PyType[])[]): never {
  const heads = [...new Set(lines.map((line) => line[0]!.name))];
  raiseTypeError(`Cannot create a consistent method resolution order (MRO) for bases ${heads.join(', ')}`);
}
