/**
 * Host-neutral constants: what a literal is between the parser, the compiler and the interpreter.
 *
 * The parser and the compiler know nothing of the object model, so a literal travels as plain data; `interp` turns it into a
 * value when a code object is first used. `None` is `null`; a `number` is always a safe integer (an `int`), a `bigint` is an
 * `int` outside of that range; floats are wrapped because 1.0 must differ from 1.
 */

/** A `float` literal. NaN cannot be written in Python; infinities can (1e999). */
export class ConstFloat {
  readonly kind = 'float';
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A `complex` value: an imaginary literal, or a folded sum. */
export class ConstComplex {
  readonly kind = 'complex';
  readonly real: number;
  readonly imag: number;
  constructor(real: number, imag: number) {
    this.real = real;
    this.imag = imag;
  }
}

/** A `bytes` literal; the array is never written after construction. */
export class ConstBytes {
  readonly kind = 'bytes';
  readonly value: Uint8Array;
  constructor(value: Uint8Array) {
    this.value = value;
  }
}

/** `...` */
export class ConstEllipsis {
  readonly kind = 'ellipsis';
}

/** The one `Ellipsis` constant. */
export const ELLIPSIS = new ConstEllipsis();

/** What a `Constant` node of the tree can hold. */
export type Literal = null | boolean | number | bigint | string | ConstFloat | ConstComplex | ConstBytes | ConstEllipsis;
