/** Random regular expressions, and texts to match them with. */
import { Random } from './random.ts';

const ATOMS = ['a', 'b', 'c', '.', '\\d', '\\w', '\\s', '\\W', '\\S', '[ab]', '[^a]', '[a-c]', '[^\\d]', '[\\w-]', 'é', '[à-ÿ]', '[^ab]', 'ab', '€', '[€-₿]', '1'];
const PLACES = ['^', '$', '\\A', '\\Z', '\\b', '\\B'];
const REPEATS = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{0,2}?', '{2,}', '*+', '++', '?+', '{1,2}+'];
const BEHIND = ['a', 'b', 'ab', '[ab]', '\\w'];
const FLAGS = ['0', '0', '0', 're.I', 're.M', 're.S', 're.A', 're.I | re.M'];
const ALPHABETS = [['a', 'b'], ['a', 'b', 'c', '1'], ['a', 'b', 'c', '1', ' ', '\n', 'é', '€', '-', '😀']];

class PatternGenerator {
  private readonly random: Random;
  private groups = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** A row of one to four parts, groups nested to some depth. */
  row(depth: number): string {
    let text = '';
    for (let count = 1 + this.random.below(4); count > 0; count--) text += this.part(depth);
    return text;
  }

  private part(depth: number): string {
    const kind = this.random.next();
    if (kind < 0.08) return this.random.pick(PLACES);
    const part = depth > 0 && kind < 0.5 ? this.group(depth - 1) : this.groups > 0 && kind < 0.6 ? this.reference() : this.random.pick(ATOMS);
    if (this.random.next() < 0.5) return part;
    return (part.length === 1 || '\\[('.includes(part[0]!) ? part : `(?:${part})`) + this.random.pick(REPEATS);
  }

  private alternatives(depth: number): string {
    return Array.from({ length: 2 + this.random.below(3) }, () => this.row(depth)).join('|');
  }

  private capture(inside: string): string {
    this.groups++;
    return `(${inside})`;
  }

  private group(depth: number): string {
    switch (this.random.below(9)) {
      case 0: case 1: return this.capture(this.row(depth));
      case 2: return this.capture(this.alternatives(depth));
      case 3: return `(?:${this.row(depth)})`;
      case 4: return `(?:${this.alternatives(depth)})`;
      case 5: return `(?=${this.row(0)})`;
      case 6: return `(?!${this.row(0)})`;
      case 7: return `(?>${this.row(depth)})`;
      default: return `(?<${this.random.pick(['=', '!'])}${this.random.pick(BEHIND)})`;
    }
  }

  private reference(): string {
    const number = 1 + this.random.below(this.groups);
    return this.random.next() < 0.6 ? `\\${number}` : `(?(${number})${this.random.pick(ATOMS)}|${this.random.pick(ATOMS)})`;
  }
}

function text(random: Random): string {
  const alphabet = random.pick(ALPHABETS);
  return Array.from({ length: random.below(13) }, () => random.pick(alphabet)).join('');
}

/**
 * A program that prints what a pattern finds in some texts. Before that it matches the pattern WARM times with nothing: the namespace in which it runs says how often. The pattern
 * may be one that is refused.
 */
export function generatePattern(seed: number): string {
  const random = new Random(seed);
  const pattern = new PatternGenerator(random).row(2);
  const texts = Array.from({ length: 20 }, () => text(random));
  return `import re
def spans(m): return m and (m.regs, m.lastindex)
try: r = re.compile(${JSON.stringify(pattern)}, ${random.pick(FLAGS)})
except re.error as error: print(error)
else:
    for _ in range(WARM): r.match('')
    for s in ${JSON.stringify(texts)}:
        print(spans(r.match(s)), spans(r.fullmatch(s)), spans(r.search(s, 1)), [spans(m) for m in r.finditer(s)], ascii(r.sub('-', s)))
`;
}
