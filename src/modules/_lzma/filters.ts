/** Filters before LZMA: differences, and absolute addresses in machine code (the .xz format's filters). They change bytes in place. */

/** Changes as many bytes of `bytes[0..length)` as it can tell; returns how many. `position` is that of the first byte in the stream. */
export type BranchFilter = (bytes: Uint8Array, length: number, position: number, encoding: boolean) => number;

function little(bytes: Uint8Array, i: number): number {
  return bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
}

function big(bytes: Uint8Array, i: number): number {
  return (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
}

function setBig(bytes: Uint8Array, i: number, value: number): void {
  bytes.set([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff], i);
}

function moved(target: number, place: number, encoding: boolean): number {
  return encoding ? (target + place) | 0 : (target - place) | 0;
}

const powerpc: BranchFilter = (bytes, length, position, encoding) => {
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const word = big(bytes, i);
    if ((word & 0xfc000003) >>> 0 !== 0x48000001) continue;
    setBig(bytes, i, 0x48000001 | (moved(word & 0x03fffffc, position + i, encoding) & 0x03fffffc));
  }
  return i;
};

const arm: BranchFilter = (bytes, length, position, encoding) => {
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    if (bytes[i + 3] !== 0xeb) continue;
    const target = (little(bytes, i) & 0xffffff) << 2;
    const value = moved(target, position + i + 8, encoding) >>> 2;
    bytes.set([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff], i);
  }
  return i;
};

const armThumb: BranchFilter = (bytes, length, position, encoding) => {
  let i = 0;
  for (; i + 4 <= length; i += 2) {
    if ((bytes[i + 1]! & 0xf8) !== 0xf0 || (bytes[i + 3]! & 0xf8) !== 0xf8) continue;
    const target = (((bytes[i + 1]! & 7) << 19) | (bytes[i]! << 11) | ((bytes[i + 3]! & 7) << 8) | bytes[i + 2]!) << 1;
    const value = moved(target, position + i + 4, encoding) >>> 1;
    bytes.set([(value >>> 11) & 0xff, 0xf0 | ((value >>> 19) & 7), value & 0xff, 0xf8 | ((value >>> 8) & 7)], i);
    i += 2;
  }
  return i;
};

const sparc: BranchFilter = (bytes, length, position, encoding) => {
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const word = big(bytes, i);
    const head = word >>> 22;
    if (head !== 0x100 && head !== 0x1ff) continue;
    const value = moved(word << 2, position + i, encoding) >>> 2;
    const sign = -((value >>> 22) & 1);
    setBig(bytes, i, ((sign << 22) & 0x3fffffff) | (value & 0x3fffff) | 0x40000000);
  }
  return i;
};

/** Which of the three 41-bit slots of a bundle hold branches, by its template. */
const IA64_BRANCHES = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0];

const ia64: BranchFilter = (bytes, length, position, encoding) => {
  let i = 0;
  for (; i + 16 <= length; i += 16) {
    const mask = IA64_BRANCHES[bytes[i]! & 0x1f]!;
    for (let slot = 0; slot < 3; slot++) if (((mask >> slot) & 1) !== 0) ia64Slot(bytes, i, slot, position + i, encoding);
  }
  return i;
};

function ia64Slot(bytes: Uint8Array, bundle: number, slot: number, place: number, encoding: boolean): void {
  const bit = 5 + 41 * slot;
  const start = bundle + (bit >> 3);
  const shift = BigInt(bit & 7);
  let word = 0n;
  for (let i = 0; i < 6; i++) word |= BigInt(bytes[start + i]!) << BigInt(8 * i);
  let instruction = word >> shift;
  if (((instruction >> 37n) & 0xfn) !== 5n || ((instruction >> 9n) & 7n) !== 0n) return;
  const target = (Number((instruction >> 13n) & 0xfffffn) | (Number((instruction >> 36n) & 1n) << 20)) << 4;
  const value = moved(target, place, encoding) >>> 4;
  instruction = (instruction & ~(0x8fffffn << 13n)) | (BigInt(value & 0xfffff) << 13n) | (BigInt((value >>> 20) & 1) << 36n);
  word = (word & ((1n << shift) - 1n)) | (instruction << shift);
  for (let i = 0; i < 6; i++) bytes[start + i] = Number((word >> BigInt(8 * i)) & 0xffn);
}

const X86_ALLOWED = [true, true, true, false, true, false, false, false];
const X86_BIT = [0, 1, 2, 2, 3, 3, 3, 3];

/** State of the x86 filter: which of the last bytes looked like the start of a call or jump. */
interface X86State {
  mask: number;
  last: number;
}

const isSign = (byte: number): boolean => byte === 0 || byte === 0xff;

function x86(state: X86State): BranchFilter {
  return (bytes, length, position, encoding) => {
    if (length < 5) return 0;
    if (position - state.last > 5) state.last = position - 5;
    let i = 0;
    for (; i <= length - 5; ) {
      if (bytes[i] !== 0xe8 && bytes[i] !== 0xe9) {
        i++;
        continue;
      }
      i += x86Branch(state, bytes, i, position + i, encoding);
    }
    return i;
  };
}

/** A byte that may start a branch; returns how many bytes to go on. */
function x86Branch(state: X86State, bytes: Uint8Array, i: number, place: number, encoding: boolean): number {
  const gap = place - state.last;
  state.last = place;
  if (gap > 5) state.mask = 0;
  else for (let n = 0; n < gap; n++) state.mask = (state.mask & 0x77) << 1;
  const top = bytes[i + 4]!;
  if (isSign(top) && X86_ALLOWED[(state.mask >> 1) & 7]! && state.mask >> 1 < 0x10) {
    let source = little(bytes, i + 1);
    let target = moved(source, place + 5, encoding);
    while (state.mask !== 0) {
      const index = X86_BIT[state.mask >> 1]!;
      const byte = (target >>> (24 - index * 8)) & 0xff;
      if (!isSign(byte)) break;
      source = target ^ ((1 << (32 - index * 8)) - 1);
      target = moved(source, place + 5, encoding);
    }
    const sign = -((target >>> 24) & 1) & 0xff;
    bytes.set([target & 0xff, (target >>> 8) & 0xff, (target >>> 16) & 0xff, sign], i + 1);
    state.mask = 0;
    return 5;
  }
  state.mask |= 1;
  if (isSign(top)) state.mask |= 0x10;
  return 1;
}

/** The branch filter of a filter id (.xz format), or undefined. */
export function branchFilter(id: number): BranchFilter | undefined {
  switch (id) {
    case 4: return x86({ mask: 0, last: -5 });
    case 5: return powerpc;
    case 6: return ia64;
    case 7: return arm;
    case 8: return armThumb;
    case 9: return sparc;
    default: return undefined;
  }
}

/** A filter over a stream in pieces. */
export interface Stage {
  /** What can be told of further bytes. */
  feed(bytes: Uint8Array): Uint8Array;
  /** The rest. */
  finish(): Uint8Array;
}

/** Differences to the byte `distance` before. */
export function deltaStage(distance: number, encoding: boolean): Stage {
  const history = new Uint8Array(distance);
  let at = 0;
  return {
    feed: (bytes) => {
      const result = new Uint8Array(bytes.length);
      for (let i = 0; i < bytes.length; i++) {
        const byte = encoding ? bytes[i]! - history[at]! : bytes[i]! + history[at]!;
        result[i] = byte;
        history[at] = encoding ? bytes[i]! : byte;
        at = (at + 1) % distance;
      }
      return result;
    },
    finish: () => new Uint8Array(0),
  };
}

/** A branch filter over a stream; bytes that it cannot tell yet wait. */
export function branchStage(filter: BranchFilter, startOffset: number, encoding: boolean): Stage {
  let waiting: Uint8Array = new Uint8Array(0);
  let position = startOffset;
  return {
    feed: (bytes) => {
      const all = new Uint8Array(waiting.length + bytes.length);
      all.set(waiting);
      all.set(bytes, waiting.length);
      const done = filter(all, all.length, position, encoding);
      position += done;
      waiting = all.slice(done);
      return all.subarray(0, done);
    },
    finish: () => waiting,
  };
}
