/**
 * Double-double arithmetic: a value is the exact sum of two floats, the second at most half a unit of the first, which gives about 32 decimal digits. V8 makes no
 * objects of what is used up in the function that asks for it.
 */

/** An unevaluated sum of two floats. */
export interface Double2 {
  readonly hi: number;
  readonly lo: number;
}

export const LN2: Double2 = { hi: 0.6931471805599453, lo: 2.3190468138462996e-17 };
export const ONE: Double2 = { hi: 1, lo: 0 };
/** 2 ** 27 + 1: splits a float into halves whose products are exact. */
export const SPLITTER = 134217729;

/** `a + b`, exactly, where `a` is the larger of the two. */
export function quickSum(a: number, b: number): Double2 {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** `a + b`, exactly. */
export function sum(a: number, b: number): Double2 {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
}

/** `a * b`, exactly, away from overflow (factors below 2 ** 996) and underflow. */
export function product(a: number, b: number): Double2 {
  const hi = a * b;
  const aTop = SPLITTER * a - (SPLITTER * a - a);
  const bTop = SPLITTER * b - (SPLITTER * b - b);
  const aRest = a - aTop;
  const bRest = b - bTop;
  return { hi, lo: aTop * bTop - hi + aTop * bRest + aRest * bTop + aRest * bRest };
}

/** `a + b` */
export function plus(a: Double2, b: Double2): Double2 {
  const top = sum(a.hi, b.hi);
  const low = sum(a.lo, b.lo);
  const middle = quickSum(top.hi, top.lo + low.hi);
  return quickSum(middle.hi, middle.lo + low.lo);
}

/** `a * b` of a float. */
export function times(a: Double2, b: number): Double2 {
  const top = product(a.hi, b);
  return quickSum(top.hi, top.lo + a.lo * b);
}

/** `a * b` */
export function multiply(a: Double2, b: Double2): Double2 {
  const top = product(a.hi, b.hi);
  return quickSum(top.hi, top.lo + (a.hi * b.lo + a.lo * b.hi));
}

/** `a / n` of a float. */
export function divide(a: Double2, n: number): Double2 {
  const hi = a.hi / n;
  const back = product(hi, n);
  return quickSum(hi, (a.hi - back.hi - back.lo + a.lo) / n);
}
