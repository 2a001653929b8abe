/** Private names of classes: one rule for the compiler, which mangles identifiers, and for `type()`, which mangles `__slots__`. */
const UNDERSCORE = 0x5f;

/** Private name mangling: `__name` in class `C` becomes `_C__name`. `privateName` is the class, or null outside of classes. */
export function mangle(privateName: string | null, name: string): string {
  if (privateName === null || name.charCodeAt(0) !== UNDERSCORE || name.charCodeAt(1) !== UNDERSCORE) return name;
  const length = name.length;
  const isDunder = name.charCodeAt(length - 1) === UNDERSCORE && name.charCodeAt(length - 2) === UNDERSCORE;
  // A dot occurs only in the names of imported packages.
  if (isDunder || name.includes('.')) return name;
  let start = 0;
  while (privateName.charCodeAt(start) === UNDERSCORE) start++;
  return start === privateName.length ? name : `_${privateName.slice(start)}${name}`;
}
