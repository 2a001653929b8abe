/** Random small Python programs for differential tests: deterministic in the seed, they always end, and print what they compute. */
import { Random } from './random.ts';

const VARIABLES = ['a', 'b', 'c', 'd'];
const INTS = ['0', '1', '-1', '7', '255', '2**31', '2**53', '-2**63', '10**20'];
const OPERATORS = ['+', '-', '*', '//', '%', '&', '|', '^', '<', '<=', '==', '!='];

class Generator {
  private readonly random: Random;
  private depth = 0;
  constructor(seed: number) {
    this.random = new Random(seed);
  }

  expression(): string {
    if (this.depth > 3) return this.random.pick([...VARIABLES, ...INTS]);
    this.depth++;
    const text = this.compound();
    this.depth--;
    return text;
  }

  private compound(): string {
    const e = (): string => this.expression();
    switch (this.random.below(12)) {
      case 0: return this.random.pick(INTS);
      case 1: case 2: return this.random.pick(VARIABLES);
      case 3: case 4: case 5: return `(${e()} ${this.random.pick(OPERATORS)} ${e()})`;
      case 6: return `(${e()} if ${e()} else ${e()})`;
      case 7: return `len(str(${e()}))`;
      case 8: return `sum(x * ${e()} for x in range(${this.random.below(5)}))`;
      case 9: return `[${e()}, ${e()}][${this.random.below(2)}]`;
      case 10: return `(not ${e()})`;
      default: return `abs(${e()})`;
    }
  }

  statement(indent: string): string {
    if (this.depth > 2) return `${indent}${this.random.pick(VARIABLES)} = ${this.expression()}\n`;
    this.depth++;
    const text = this.block(indent);
    this.depth--;
    return text;
  }

  private block(indent: string): string {
    const inner = `${indent}    `;
    const body = (): string => this.statement(inner) + this.statement(inner);
    switch (this.random.below(7)) {
      case 0: return `${indent}for ${this.random.pick(VARIABLES)} in range(${this.random.below(4)}):\n${body()}`;
      case 1: return `${indent}if ${this.expression()}:\n${body()}${indent}else:\n${body()}`;
      case 2: return `${indent}try:\n${body()}${indent}except ZeroDivisionError as e:\n${inner}print("caught", e)\n${indent}finally:\n${inner}print("finally")\n`;
      case 3: return `${indent}${this.random.pick(VARIABLES)} = f(${this.expression()}, ${this.expression()})\n`;
      case 4: return `${indent}print(${this.expression()}, ${this.expression()})\n`;
      default: return `${indent}${this.random.pick(VARIABLES)} = ${this.expression()}\n`;
    }
  }
}

/** A program for a seed. Exceptions that are not caught inside are caught and printed at the end. */
export function generateProgram(seed: number): string {
  const generator = new Generator(seed);
  const statements = Array.from({ length: 6 }, () => generator.statement('        ')).join('');
  return `def f(x, y):\n    return x - y if x > y else y\n\ndef main():\n    a, b, c, d = 1, 2, 3, 4\n    try:\n${statements}    except Exception as e:\n        print(type(e).__name__, e)\n    print(a, b, c, d)\n\nmain()\n`;
}
