/** The Mersenne Twister MT19937, bit for bit as CPython's `_random.Random`. Source: Matsumoto and Nishimura; CPython Modules/_randommodule.c. */
import { intAbs, normalizeInt, type Int } from './int-arith.ts';

const N = 624;
const M = 397;
const MATRIX = 0x9908b0df;
const UPPER_MASK = 0x80000000;
const LOWER_MASK = 0x7fffffff;

/** A generator; unseeded until `seedInt` or `setState`. */
export class MersenneTwister {
  private readonly state = new Uint32Array(N);
  private index = N + 1;

  private initGenerator(seed: number): void {
    const { state } = this;
    state[0] = seed;
    for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, state[i - 1]! ^ (state[i - 1]! >>> 30)) + i;
    this.index = N;
  }

  /** Seeds from an array of 32-bit numbers; it has at least one. */
  seedArray(key: ArrayLike<number>): void {
    const { state } = this;
    this.initGenerator(19650218);
    let i = 1;
    let k = 0;
    for (let count = Math.max(N, key.length); count > 0; count--) {
      state[i] = (state[i]! ^ Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), 1664525)) + key[k]! + k;
      if (++i >= N) {
        state[0] = state[N - 1]!;
        i = 1;
      }
      if (++k >= key.length) k = 0;
    }
    for (let count = N - 1; count > 0; count--) {
      state[i] = (state[i]! ^ Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), 1566083941)) - i;
      if (++i >= N) {
        state[0] = state[N - 1]!;
        i = 1;
      }
    }
    state[0] = 0x80000000;
  }

  /** Seeds from an int of any size, by its magnitude. */
  seedInt(seed: Int): void {
    const words: number[] = [];
    for (let rest = BigInt(intAbs(seed)); rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
    this.seedArray(words.length === 0 ? [0] : words);
  }

  /** The next 32 random bits. @hot random.random */
  next32(): number {
    if (this.index >= N) this.refill();
    let y = this.state[this.index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  private refill(): void {
    const { state } = this;
    for (let k = 0; k < N; k++) {
      const y = (state[k]! & UPPER_MASK) | (state[k + 1 === N ? 0 : k + 1]! & LOWER_MASK);
      state[k] = state[k + M < N ? k + M : k + M - N]! ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : MATRIX);
    }
    this.index = 0;
  }

  /** A double in [0, 1) of 53 random bits. */
  random(): number {
    const high = this.next32() >>> 5;
    const low = this.next32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** An int of `bits` random bits; bits ≥ 0. */
  getrandbits(bits: number): Int {
    if (bits === 0) return 0;
    if (bits <= 32) return this.next32() >>> (32 - bits);
    const words: number[] = [];
    for (let left = bits; left > 0; left -= 32) words.push(left < 32 ? this.next32() >>> (32 - left) : this.next32());
    if (bits <= 53) return words[1]! * 4294967296 + words[0]!;
    const hex = words.reverse().map((word) => word.toString(16).padStart(8, '0')).join('');
    return normalizeInt(BigInt(`0x${hex}`));
  }

  /** The 624 state words and the index, as `getstate()` lists them. */
  getState(): number[] {
    return [...this.state, this.index];
  }

  /** Takes over what `getState` gave; false when it is no valid state. */
  setState(words: readonly number[]): boolean {
    const index = words[N];
    if (words.length !== N + 1 || index === undefined || index < 0 || index > N) return false;
    this.state.set(words.slice(0, N));
    this.index = index;
    return true;
  }
}
