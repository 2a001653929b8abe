import { expect, it } from 'vitest';
import { MersenneTwister } from './mersenne-twister.ts';

it('gives the numbers of random.Random(42)', () => {
  const generator = new MersenneTwister();
  generator.seedInt(42);
  expect(generator.random()).toBe(0.6394267984578837);
  expect(generator.random()).toBe(0.025010755222666936);
  const state = generator.getState();
  const bits = generator.getrandbits(100);
  const copy = new MersenneTwister();
  expect(copy.setState(state)).toBe(true);
  expect(copy.getrandbits(100)).toBe(bits);
  expect(copy.setState([1, 2])).toBe(false);
});
