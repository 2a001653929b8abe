/** `_random`: the Mersenne Twister as a class (Modules/_randommodule.c). */
import { PyTuple } from '../core/containers.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { MersenneTwister } from '../objects/algorithms/mersenne-twister.ts';
import { hashOf } from '../objects/hash-value.ts';
import { newFloat, newTuple } from '../objects/make.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseMemoryError, raiseOverflowError, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { asInt } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const RANDOM_TYPE = staticType('Random', { module: '_random', baseType: true });
const STATE_LENGTH = 625;

class PyRandom extends PyObject {
  readonly twister = new MersenneTwister();
}

function random_seed(t: Thread, self: PyRandom, n?: Value): void {
  if (n === undefined || n === null) {
    const words = new Uint32Array(STATE_LENGTH - 1);
    crypto.getRandomValues(words);
    self.twister.seedArray([...words]);
    return;
  }
  const int = asInt(n);
  if (int !== undefined) return self.twister.seedInt(int);
  const hash = BigInt(hashOf(t, n));
  return self.twister.seedInt(BigInt.asUintN(64, hash));
}

function random_setstate(_t: Thread, self: PyRandom, state: Value): void {
  if (!(state instanceof PyTuple)) raiseTypeError('state vector must be a tuple');
  if (state.items.length !== STATE_LENGTH) raiseValueError('state vector is the wrong size');
  const words = state.items.map((item) => Number(asInt(item) ?? raiseTypeError('an integer is required')));
  if (!self.twister.setState(words)) raiseValueError('invalid state');
}

/** Bits of the largest int of the engine. */
const MAX_BITS = 2 ** 30;

function random_getrandbits(t: Thread, self: PyRandom, k: Value): Value {
  const bits = toIndex(t, k);
  if (bits < 0) raiseValueError('Cannot convert negative int');
  if (typeof bits !== 'number') raiseOverflowError('Python int too large to convert to C unsigned long');
  if (bits > MAX_BITS) raiseMemoryError();
  return self.twister.getrandbits(bits);
}

function newRandom(t: Thread, type: PyType, args: Value[]): Value {
  const self = new PyRandom(type);
  if (args.length > 1) raiseTypeError(`Random() takes at most 1 argument (${args.length} given)`);
  random_seed(t, self, args[0]);
  return self;
}

readyType(RANDOM_TYPE, {
  doc: 'Random() -> create a random number generator with its own internal state.',
  slots: {
    tp_alloc: (type) => new PyRandom(type),
    tp_new: (t, type, args) => newRandom(t, type, type === RANDOM_TYPE ? args : args.slice(0, 1)),
    tp_init: (t, self: PyRandom, args) => random_seed(t, self, args[0]),
  },
  methods: {
    random: [(_t: Thread, self: PyRandom) => newFloat(self.twister.random()), '($self, /)', 'random() -> x in the interval [0, 1).'],
    seed: [random_seed, '($self, n=None, /)', 'seed([n]) -> None.'],
    getstate: [(_t: Thread, self: PyRandom) => newTuple(self.twister.getState()), '($self, /)', 'getstate() -> tuple containing the current state.'],
    setstate: [random_setstate, '($self, state, /)', 'setstate(state) -> None.  Restores generator state.'],
    getrandbits: [random_getrandbits, '($self, k, /)', 'getrandbits(k) -> x.  Generates an int with k random bits.'],
  },
});

/** The table. */
export const RANDOM_MODULE: NativeModule = { name: '_random', doc: 'Module implements the Mersenne Twister random number generator.', functions: {}, types: { Random: RANDOM_TYPE } };
