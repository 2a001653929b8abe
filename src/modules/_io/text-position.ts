/** Positions in decoded text: the cookies of `TextIOWrapper.tell` and `seek`, and how one is found (Modules/_io/textio.c). */
import type { Value } from '../../core/value.ts';
import { normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { strLength } from '../../objects/algorithms/str-code-points.ts';
import { OSError } from '../../objects/exception-types.ts';
import { raise } from '../../objects/raise.ts';
import type { PyTextIOWrapper } from './text-io.ts';

/** A position as `tell` gives it: a byte position, the decoder's flags there, bytes to feed it and characters to skip. */
export interface Cookie {
  readonly position: bigint;
  readonly flags: number;
  readonly bytes: number;
  readonly skip: number;
  readonly eof: boolean;
}

/** The cookie as one int, in CPython's layout. */
export function packCookie(c: Cookie): Value {
  return normalizeInt(c.position | (BigInt(c.flags) << 64n) | (BigInt(c.bytes) << 96n) | (BigInt(c.skip) << 128n) | (BigInt(c.eof ? 1 : 0) << 160n));
}

/** The cookie in an int. */
export function unpackCookie(value: bigint): Cookie {
  const part = (shift: bigint): number => Number((value >> shift) & 0xffffffffn);
  return { position: value & 0xffffffffffffffffn, flags: part(64n), bytes: part(96n), skip: part(128n), eof: ((value >> 160n) & 1n) === 1n };
}

/** Decoder flags as CPython has them: the newline decoder's bit is the lowest where there is one. */
export function outerFlags(self: PyTextIOWrapper, flags: number, pendingCr: boolean): number {
  return self.state === null ? flags : flags * 2 + (pendingCr ? 1 : 0);
}

/** Puts the decoder into a state. */
export function restore(self: PyTextIOWrapper, kept: Uint8Array, flags: number, pendingCr: boolean): void {
  self.decoder!.setState(kept, flags);
  if (self.state !== null) self.state.pendingCr = pendingCr;
}

/** Decodes, newlines included. */
export function feed(self: PyTextIOWrapper, bytes: Uint8Array, final: boolean): string {
  const text = self.decoder!.decode(bytes, final);
  return self.state === null ? text : self.state.feed(text, final);
}

/** Feeds the snapshot's input byte by byte until the characters given out are reached, noting the last place where the decoder holds nothing. */
export function locate(self: PyTextIOWrapper, position: bigint, startFlags: number): Cookie {
  const { kept, flags, pendingCr, input } = self.snapshot!;
  const guess = guessLength(self, input);
  if (guess >= 0) {
    restore(self, kept, flags, pendingCr);
    const text = feed(self, input.subarray(0, guess), /* final */ false);
    const state = self.decoder!.getState();
    if (state.kept.length === 0 && text === self.decoded.slice(0, self.used) && !(self.state?.pendingCr ?? false)) {
      return { position: position + BigInt(guess), flags: outerFlags(self, state.flags, false), bytes: 0, skip: 0, eof: false };
    }
  }
  restore(self, kept, flags, pendingCr);
  let safe = { bytes: 0, chars: 0, flags: startFlags };
  let chars = 0;
  for (let i = 0; i < input.length; i++) {
    chars += feed(self, input.subarray(i, i + 1), /* final */ false).length;
    const state = self.decoder!.getState();
    if (state.kept.length === 0 && chars <= self.used) safe = { bytes: i + 1, chars, flags: outerFlags(self, state.flags, self.state?.pendingCr ?? false) };
    if (chars >= self.used) return cookieAt(self, position, safe, i + 1);
  }
  chars += feed(self, new Uint8Array(0), /* final */ true).length;
  if (chars < self.used) raise(OSError, "can't reconstruct logical file position");
  return { ...cookieAt(self, position, safe, input.length), eof: true };
}

function cookieAt(self: PyTextIOWrapper, position: bigint, safe: { bytes: number; chars: number; flags: number }, fed: number): Cookie {
  const skipUnits = self.used - safe.chars;
  const skip = skipUnits === 0 ? 0 : strLength(self.decoded.slice(safe.chars, self.used));
  return { position: position + BigInt(safe.bytes), flags: safe.flags, bytes: skip === 0 ? 0 : fed - safe.bytes, skip, eof: false };
}

/** Bytes that the characters given out probably took, or -1. */
function guessLength(self: PyTextIOWrapper, input: Uint8Array): number {
  const text = self.decoded.slice(0, self.used);
  const length = self.encoding.toLowerCase().startsWith('utf') ? Buffer.byteLength(text, 'utf8') : text.length;
  return length <= input.length ? length : -1;
}
