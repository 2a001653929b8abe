/** Huffman codes of bounded length for writing. */

/** bzip2 writes no longer codes, though it reads up to 20 bits. */
const LONGEST = 17;

/** Code lengths for symbols with these frequencies. Too long ones are avoided by making frequencies more alike. */
export function codeLengths(frequencies: ArrayLike<number>): Uint8Array {
  // Every symbol gets a code, as the decoder expects.
  let weights = Array.from(frequencies, (count) => Math.max(1, count));
  for (;;) {
    const lengths = lengthsOf(weights);
    if (lengths.every((length) => length <= LONGEST)) return lengths;
    weights = weights.map((weight) => 1 + Math.floor(weight / 2));
  }
}

/** Two queues: leaves by weight, and inner nodes, which come out in order of weight by themselves. */
function lengthsOf(weights: readonly number[]): Uint8Array {
  const count = weights.length;
  const leaves = weights.map((_, i) => i).sort((a, b) => weights[a]! - weights[b]! || a - b);
  const weight = [...weights];
  const parent = new Int32Array(2 * count);
  let leaf = 0;
  let inner = count;
  const smallest = (): number => (leaf < count && (inner >= weight.length || weight[leaves[leaf]!]! <= weight[inner]!) ? leaves[leaf++]! : inner++);
  for (let made = 1; made < count; made++) {
    const [a, b] = [smallest(), smallest()];
    parent[a] = weight.length;
    parent[b] = weight.length;
    weight.push(weight[a]! + weight[b]!);
  }
  const root = weight.length - 1;
  return Uint8Array.from({ length: count }, (_, symbol) => {
    let depth = 0;
    for (let node = symbol; node !== root; node = parent[node]!) depth++;
    return Math.max(1, depth);
  });
}

/** Codes of these lengths, shorter ones first and equal ones in order of their symbols. */
export function canonicalCodes(lengths: Uint8Array): Int32Array {
  const codes = new Int32Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= LONGEST; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) codes[symbol] = code++;
    code <<= 1;
  }
  return codes;
}
