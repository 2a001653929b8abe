/**
 * The length of a vector of two doubles as the C library's `hypot` gives it, to the bit (Borges, "An Improved Algorithm for hypot(a,b)", 2019, without fused
 * operations). JavaScript's `Math.hypot` is less exact and several times slower.
 */

/** Beyond this the squares overflow; below the other they lose bits. */
const LARGE = 2 ** 511;
const SMALL = 2 ** -459;
const SCALE = 2 ** 600;
const EPSILON = 2 ** -54;

/** For `x >= y > 0`, neither so large nor so small that a square is not exact enough. */
function kernel(x: number, y: number): number {
  const h = Math.sqrt(x * x + y * y);
  let first: number;
  let second: number;
  if (h <= 2 * y) {
    const delta = h - y;
    first = x * (2 * delta - x);
    second = (delta - 2 * (x - y)) * delta;
  } else {
    const delta = h - x;
    first = 2 * delta * (x - 2 * y);
    second = (4 * delta - y) * y + delta * delta;
  }
  return h - (first + second) / (2 * h);
}

/** `sqrt(a*a + b*b)` without overflow on the way; infinity when either is infinite, even beside NaN. @source glibc sysdeps/ieee754/dbl-64/e_hypot.c */
export function hypot(a: number, b: number): number {
  const left = Math.abs(a);
  const right = Math.abs(b);
  const x = left < right ? right : left;
  const y = left < right ? left : right;
  // Also where one is NaN, or both are zero.
  if (!(x < LARGE && y > SMALL)) return atTheEdges(x, y, left, right);
  return y <= x * EPSILON ? x + y : kernel(x, y);
}

function atTheEdges(x: number, y: number, left: number, right: number): number {
  if (left === Infinity || right === Infinity) return Infinity;
  if (Number.isNaN(left) || Number.isNaN(right)) return NaN;
  if (y === 0 || y <= x * EPSILON) return x + y;
  if (x >= LARGE) return kernel(x / SCALE, y / SCALE) * SCALE;
  return kernel(x * SCALE, y * SCALE) / SCALE;
}
