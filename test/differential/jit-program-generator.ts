/**
 * Random programs for what a compiler gets wrong: loops that run often enough, values that change their kind on the way, big results, exceptions in the
 * middle, generators, coroutines (every second program), classes and globals that are changed while compiled code relies on them, frames and tracebacks of what is inlined. Deterministic in the seed; they
 * always end.
 */
import { Random } from './random.ts';

const INTS = ['0', '1', '-1', '2', '7', '-13', '255', '2**31', '2**53 - 1', '-2**53 + 1', '10**20', 'True'];
const FLOATS = ['0.0', '-0.0', '0.5', '-1.5', '3.0', '1e10', '1e308', 'float("inf")'];
const BINARY = ['+', '-', '*', '+', '-', '*', '//', '%', '&', '|', '^', '<<', '>>', '/', '**'];
const COMPARE = ['<', '<=', '==', '!=', '>', '>='];
/** Identity of others depends on how values are kept. */
const SINGLETONS = ['None', 'True', 'False'];

/** What coroutines await. */
const COROUTINES = `from types import coroutine
@coroutine
def pause(v):
    got = yield v
    return v if got is None else got
async def co(a, b=2):
    if a: return b
    if b: return await pause(a)
    return a
async def coro(n):
    try:
        return n if n < 1 else await coro(n - 1) + (await pause(n) and 1)
    finally:
        G2.append(n)
async def awaits(v):
    cell = v
    def inner(): return cell
    try:
        cell = await co(v, inner())
        return 10 // (await co(v) and 0 if v == 3 else 1)
    except ZeroDivisionError:
        return await pause(7)
class Manager:
    def __init__(self, v): self.v = v
    async def __aenter__(self): return await co(self.v) if self.v else self.v
    async def __aexit__(self, *exception):
        await pause(None)
        return exception[0] is TypeError
class Numbers:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        self.n -= 1
        if self.n < 0: raise StopAsyncIteration
        return await co(self.n)
async def agen(n):
    for k in range(n): yield await co(k)
async def later(self, by):
    self.n += 1
    return by if self.n % 3 else await pause(by)
P.later = later
def drive(coroutine):
    got = None
    for k in range(10**6):
        try: coroutine.send(got)
        except StopIteration as stop: return stop.value
        got = k % 5 if k % 3 else None
`;

class JitGenerator {
  private readonly random: Random;
  private depth = 0;
  /** Whether `run` is a coroutine function. */
  private readonly awaits: boolean;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.awaits = seed % 2 === 1;
  }

  private int(): string {
    return this.random.pick(INTS);
  }

  /** A name of a local: ints mostly in a, b, floats in x, y, anything in v. */
  private variable(): string {
    return this.random.pick(['a', 'b', 'a', 'b', 'x', 'y', 'v', 'i']);
  }

  private expression(): string {
    if (this.depth > 2) return this.random.pick([this.variable(), this.variable(), this.int(), this.random.pick(FLOATS)]);
    this.depth++;
    const text = this.compound();
    this.depth--;
    return text;
  }

  private compound(): string {
    const e = (): string => this.expression();
    if (this.awaits && this.random.below(5) === 0) return this.awaited(e);
    switch (this.random.below(35)) {
      case 31: case 32: case 33: return this.small(e);
      case 27: return this.random.pick(['s', '(s + x)', '(s / 2)', '(s > y)', 'abs(s)', '(s is x)']);
      case 0: return this.int();
      case 28: return this.unpacked(e);
      case 1: return this.random.pick(FLOATS);
      case 2: case 3: case 4: return this.variable();
      case 5: case 6: case 7: case 8: return this.binary(e(), e());
      case 9: return this.random.pick([`(${e()} ${this.random.pick(COMPARE)} ${e()})`, `(${this.variable()} is${this.random.pick(['', ' not'])} ${this.random.pick(SINGLETONS)})`]);
      case 10: return `(${e()} if ${e()} else ${e()})`;
      case 11: return `items[${this.random.pick(['0', '1', '-1', 'i % 5', 'i % 7', '-2'])}]`;
      case 12: return this.sized(e);
      case 13: return `p.${this.random.pick(['n', 'w', 'total'])}`;
      case 14: return this.random.pick([`p.step(${e()})`, `p.mix(${e()})`, `p(${e()})`, `p(${e()}, more=${e()})`, `${this.random.pick(['p', 'u', 'helper'])}(${e()})`]);
      case 15: return `helper(${e()}, ${e()})`;
      case 16: return `G`;
      // The last bit of abs(z) is another one with the C library of CPython in wasm.
      case 24: return this.random.pick(['z', 'z.real', '(abs(z) > 1.5)', 'z.imag', '(z + x)', '(-z)', '(z * z)', '(x - z)']);
      case 21: return `floats[${this.random.pick(['0', '1', '-1', 'i % 3', 'i % 4'])}]`;
      case 22: return `((number(${e()}) * ${this.random.pick(['31', '1103515245', '-7'])} + number(${e()})) & ${this.random.pick(['0xFFFFFFFF', '0x7FFFFFFF', '255', '2**40 - 1'])})`;
      case 23: return this.random.pick(['sum(floats)', 'max(floats)', 'len(floats)', '[q * 0.5 for q in floats][0]', '(x in floats)', 'floats[1:][0]']);
      case 17: return `(-${this.variable()})`;
      case 18: return `abs(${this.variable()})`;
      case 19: return `table.get(${this.random.pick(['"k"', '"q"', 'i % 3'])}, ${e()})`;
      case 20: return this.random.pick([`min(${e()}, ${e()})`, `max(${e()}, ${e()})`, `sum([q * 2 for q in items[:2]])`, `sum(q for q in gen(2))`]);
      default: return `(not ${e()})`;
    }
  }

  /** Calls with `*args` and `**kwargs`. */
  private unpacked(e: () => string): string {
    return this.random.pick([
      `spread(${e()}, *more)[${this.random.below(2)}]`, `spread(*more, k=${e()}, **opts)[2]`, `spread(${e()}, k=${e()}, q=1, **opts)[${2 + this.random.below(2)}]`, `spread(*(${e()}, a), *more)[1]`, `forward(${e()}, *more)`, `forward(${e()}, **opts)`,
      `forward(*more, **opts)`, `CONTEXT.run(helper, ${e()}, *more)`, `CONTEXT.run(p.step, *more)`, `CONTEXT.run(helper, ${e()}, **opts)`, `abs(*more)`, `max(${e()}, *more)`, `len([*more, a])`, `len({"b": a, **opts})`,
    ]);
  }

  /** Parts, sums and lengths of containers, identities, and the truth of `o`, which may be None. */
  private sized(e: () => string): string {
    const bound = (): string => this.random.pick(['', '1', '-2', 'i % 4', '-i', '9', 'a']);
    return this.random.pick([
      'len(items)', 'len(found)', 'len(table)', `len(items[${bound()}:${bound()}])`, `(items[${bound()}:${bound()}] + items[:2])[0]`, `((a, x) + (y, 3)[${bound()}:])[1]`, `len(floats[${bound()}:] + floats)`,
      `(${e()} in found)`, '(id(v) == id(v))', '(id(items) == id(table))', '(2 if o else x)', '(not o)', `(${e()} in items)`, `(${e()} in (1, "k", 2.5))`, '("s" in ["a", o])', 'len({**table, i % 4: v})', 'list(table)[0]', 'len(set(items[:2]))', 'len(dict(table))', 'tuple(floats)[0]', 'max(items[:2], key=lambda q: -q)', `(o or ${e()})`, 'len(o or "ab")',
    ]);
  }

  /** Calls of what is small enough to be inlined: methods that change things, properties, operators, constructors, closures, loops. */
  private small(e: () => string): string {
    const other = (): string => this.random.pick(['u', 't2', `V(${e()}, 2)`, `V(${e()})`, 'Wide(x)', '[u, t2][i % 2]']);
    return this.random.pick([
      `(u + ${other()}).x`, `u.both(${e()}, ${e()})`, `(${other()} * ${e()}).size`, 'u.size', 't2.ratio', `(u == ${other()})`, `(${e()} in ${other()})`, `bump(${e()})`, `S(${e()}).get()`, 'len(evens(i % 6))', `${other()}.put(${e()})`,
      `(u < ${other()})`, `[u, t2, Wide(a)][i % 3].both(1, ${e()})`, `(u if i % 3 else t2).put(${e()})`, `(${other()} + ${other()}).size`, `digits(${this.random.pick(['i', 'a', 'b', 'v'])})[::-1][:1]`, `items[::${this.random.pick(['-1', '2', '-2'])}][0]`, `items[i % 4::-1][-1]`, `len((a, x, v)[::-1])`,
      `[bumper()(${e()}) for q in (1, 2)][1]`, `(not ${other()})`, `${other()}.first`,
      `${other()}.push(${e()})`, `u.chain(${e()}, ${e()})`, `${other()}.chain(${e()}, ${this.random.pick(['13', '7', 'i', 'a'])})`, `Noted(${e()}, ${e()}).put(1)`, `bump(${e()}) + noting()(${e()})`, `len(u.counts(${e()}, i % 4))`, `${other()}.counted`,
    ]);
  }

  /** Changes of the instances that `small` asks. */
  private changed(indent: string): string {
    const e = (): string => this.expression();
    return this.random.pick([
      `${indent}u = u + V(${e()}, ${e()})\n`, `${indent}u.swap()\n`, `${indent}u = u * ${this.random.pick(['0.5', '2', 'x', '"s"'])}\n`, `${indent}t2 = ${this.random.pick(['V', 'Wide'])}(${e()}, ${e()})\n`, `${indent}u.x = ${e()}\n`, `${indent}bump = bumper()\n`,
      `${indent}items[i % 3:i % 5] = [${e()}, a]\n${indent}items = items[-6:] + [1, 2, 3]\n`, `${indent}items[:2] = items[1::-1]\n`, `${indent}if i == ${this.random.below(40)}: change_small()\n`, `${indent}u.extra = ${e()}\n`, `${indent}for q in range(3):\n${indent}    u = u + t2\n${indent}    v = u.size\n`,
    ]);
  }

  /** What goes into `found`, `table` and `o`. */
  private kept(indent: string): string {
    return this.random.pick([
      `${indent}found.add(${this.random.pick(['i % 7', '"k"', 'None', 'a', 'x', '(i % 2, "t")', 'P', 'True'])})\n`, `${indent}table[${this.random.pick(['i % 3', 'True', '"k"', 'None', 'P', '(1, i % 2)', '0.0', '-0.0'])}] = ${this.expression()}\n`,
      `${indent}o = ${this.random.pick(['None', 'p', 'items[:i % 2]', '"s"', '""', 'i % 2', 'table', '(x,)', 'found', 'floats[:1]'])}\n`, `${indent}found.discard(i % 7)\n`, `${indent}${this.random.pick(['a, *o, b = items', 'a, *o = items[:2]', '*o, b = (a, x)', 'a, b, *o = a, b, i', '(a, b), [x, y] = (b, a), [y, x]', '[x, y] = [y, a]', 'a, *o, b = floats[:i % 4]', 'v = helper(*items[:2])', 'v = helper(*(a, b))'])}\n`, `${indent}items = (items + floats[:1])[-5:]\n`,
    ]);
  }

  /** What raises, or may. */
  private raising(e: () => string): string {
    return this.random.pick([
      `fails(${this.random.pick(['i', 'v', e()])})`, `fails(i % ${2 + this.random.below(6)})`, 'table["no"]', 'table[i % 4]', 'int("1x"[:i % 3])', 'float("x" * (i % 2) + "1")', 'next(iter(items[:i % 2]))', `deep(i % 6, ${this.random.below(5)})`,
      'p.absent', '[1, 2][i % 3]', 'floats.index(i)', 'items[i % 7]', `quick(i % 4)`, `quick(${e()})`, 'none.get', '(1, 2)[i % 4]', `fails(quick(i % 5))`, '{1: 2}.pop(i % 3)', 'items.remove("no")', 'u.first', 'next(few)', '"abc".index("abcd"[i % 4])', 'absent', 'getattr(p, "wn"[i % 2] + "n"[:i % 3])',
    ]);
  }

  /** The beginning of an `except`, and what its block may say of the exception. */
  private handler(indent: string, inner: string, e: () => string): string {
    const kinds = this.random.pick(['KeyError', 'ValueError', 'LookupError', '(ValueError, KeyError)', 'Own', '(Own, TypeError)', 'StopIteration', 'Exception', 'IndexError', 'AttributeError', 'KINDS', '(LookupError, ArithmeticError)']);
    if (this.random.below(2) === 0) {
      const body = this.random.pick(['pass', 'a += 1', `v = ${e()}`, 'continue', 'v = None', 'x = x * 0.5', 'v = caught()', 'p.n = i', 'v = quick(i % 4)', 'v = kind(sys.exception())', 'raise', 'b = quick(2); raise Own(b)', 'table[i % 3] = i', 's += 1']);
      return `${indent}except ${kinds}:\n${inner}${body}\n`;
    }
    const body = this.random.pick(['v = kind(error)', 'v = trail(error)', 'v = len(error.args)', 'v = links(error)', 'G2.append(error)', 'raise Own(1) from error', 'raise ValueError(2)', 'del error', 'error = 3', 'v = error.args', 'raise error', 'v = error; continue', 'v = error.__traceback__.tb_lineno - LINE', 'v = error.__context__ is None']);
    return `${indent}except ${kinds} as error:\n${inner}${body}\n`;
  }

  /** Exceptions that are raised and handled in one function, or pass through it. */
  private tried(indent: string, inner: string): string {
    const e = (): string => this.expression();
    const deeper = `${inner}    `;
    const what = (at: string): string => this.random.pick([`${at}${this.variable()} = ${this.raising(e)}\n`, `${at}${this.raising(e)}\n`, `${at}${this.random.pick(['a += ', 'v = ', 'x = 1.0 * '])}${this.raising(e)}\n`, `${at}if i % ${1 + this.random.below(4)} == 0: raise ${this.random.pick(['KeyError', 'KeyError(i)', 'ValueError("v")', 'Own', 'Own(i)', 'IndexError(a) from None', 'StopIteration(v)', 'Exception', 'fails', 'kept'])}\n${this.statement(at)}`]);
    const handlers = (at: string): string => Array.from({ length: 1 + this.random.below(2) }, () => this.handler(at, `${at}    `, e)).join('');
    const last = (at: string): string => this.random.pick(['', `${at}else:\n${this.statement(`${at}    `)}`, `${at}finally:\n${at}    ${this.random.pick(['a += 1', 'v = caught()', 'G2.append(i)', 's += 1', `b = ${e()}`])}\n`]);
    return this.random.pick([
      () => `${indent}try:\n${what(inner)}${handlers(indent)}${last(indent)}`,
      () => `${indent}try:\n${what(inner)}${this.statement(inner)}${handlers(indent)}${last(indent)}${indent}v = v if caught() is None else caught()\n`,
      () => `${indent}try:\n${inner}try:\n${what(deeper)}${handlers(inner)}${last(inner)}${what(inner)}${handlers(indent)}`,
      () => `${indent}for j in range(${1 + this.random.below(4)}):\n${inner}try:\n${what(deeper)}${handlers(inner)}`,
      () => `${indent}try:\n${what(inner)}${indent}finally:\n${this.statement(inner)}`,
      () => `${indent}with Suppress(${this.random.pick(['KeyError', 'ValueError', 'Exception', 'Own'])}):\n${what(inner)}`,
      () => `${indent}few = iter(items[:i % 3])\n${indent}try:\n${inner}v = next(few)\n${inner}v = next(few)\n${indent}except StopIteration:\n${inner}v = ${e()}\n`,
      () => `${indent}try:\n${inner}for v in some(i % 4):\n${what(deeper)}${handlers(indent)}`,
    ])();
  }

  private awaited(e: () => string): string {
    return this.random.pick([`(await co(${e()}))`, `(await co(${e()}, ${e()}))`, `(await co(${e()}, b=${e()}))`, `(await p.later(${e()}))`, `(await pause(${e()}))`, `(await awaits(${e()}))`, `(await coro(2))`]);
  }

  /** Statements that only coroutines have. */
  private asyncStatement(indent: string, inner: string): string {
    return this.random.pick([
      `${indent}async with Manager(${this.expression()}) as v:\n${this.statement(inner)}`, `${indent}async for v in Numbers(${this.random.below(5)}):\n${this.statement(inner)}`,
      `${indent}async for v in agen(3):\n${this.statement(inner)}`, `${indent}v = sum([q async for q in Numbers(2)])\n`, `${indent}${this.variable()} = await co(${this.expression()})\n`,
    ]);
  }

  private binary(left: string, right: string): string {
    const operator = this.random.pick(BINARY);
    // Shifts and powers of what may be large would not end.
    if (operator === '<<' || operator === '>>' || operator === '**') return `(small(${left}) ${operator} (small(${right}) % 5))`;
    return `(${left} ${operator} ${right})`;
  }

  private statement(indent: string): string {
    const inner = `${indent}    `;
    if (this.depth > 2) return `${indent}${this.variable()} = ${this.expression()}\n`;
    this.depth++;
    const text = this.choice(indent, inner);
    this.depth--;
    return text;
  }

  /** What is a float but for its first value: `s` begins as an int, `w` as nothing. */
  private number(indent: string, inner: string): string {
    const other = this.random.pick(['x', 'y', '0.25', 'i', 'a', '1']);
    return this.random.pick([
      `${indent}s = s * 0.5 + ${other}\n`, `${indent}s += ${other}\n`, `${indent}s = 0\n`, `${indent}w = ${other} * 0.75\n`, `${indent}for j in range(3):\n${inner}w = x * j\n${inner}s += w\n`,
      `${indent}try:\n${inner}v = w ${this.random.pick(['+', '*', '-', '<'])} ${other}\n${indent}except UnboundLocalError as error:\n${inner}v = kind(error)\n`,
      `${indent}try:\n${inner}del w\n${indent}except UnboundLocalError:\n${inner}w = ${other}\n`, `${indent}s = s if abs(s) < 1e6 else ${this.random.pick(['0', '0.5', '-0.0'])}\n${this.statement(indent)}`,
    ]);
  }

  /** A loop that calls nothing, over lists of floats of which one may be another. */
  private kernel(indent: string, inner: string): string {
    const at = (): string => this.random.pick(['j', 'j - 1', '-1', 'j + 1', '0', 'i % 3']);
    const list = (): string => this.random.pick(['floats', 'floats', 'row', 'items']);
    const rows = this.random.pick(['row = floats', 'row = floats[:]', 'row = items', 'row = [0.5] * 4', 'row = []', 'row = [x, y]']);
    const statement = (): string => this.random.pick([
      `${list()}[${at()}] = ${list()}[${at()}] * 0.5 + x`, `${list()}[${at()}] -= ${list()}[${at()}] * 0.25`, `x = x * 0.5 + ${list()}[${at()}]`, `a = (a + j * ${this.random.pick(['3', 'i'])}) & 1023`, `row[${at()}] = a * 0.5`,
      `if j < 2: row.append(x)`, `y = ${list()}[${at()}] if x < 1 else y`, `row[${at()}] = 1e308 * 10 * ${this.random.pick(['0', '1'])}`, `p.w = j`, `if x > 2: break`,
    ]);
    const head = this.random.pick(['for j in range(3):', 'for j in range(len(row)):', 'for x in row[:5]:', 'for j in range(1, 3):']);
    return `${indent}${rows}\n${indent}j = 0\n${indent}try:\n${inner}${head}\n${inner}    ${statement()}\n${inner}    ${statement()}\n${indent}except (IndexError, TypeError, OverflowError) as error:\n${inner}v = kind(error)\n`;
  }

  private choice(indent: string, inner: string): string {
    const e = (): string => this.expression();
    const s = (at: string): string => this.statement(at);
    if (this.awaits && this.random.below(5) === 0) return this.asyncStatement(indent, inner);
    switch (this.random.below(40)) {
      case 31: case 32: return this.changed(indent);
      case 33: case 34: case 35: case 36: return this.tried(indent, inner);
      case 26: return this.random.pick([this.number(indent, inner), this.kept(indent)]);
      case 23: return `${indent}more = ${this.random.pick(['(a,)', '(a, x)', '()', '[a, b]', '(i, i, i)', '"ab"', 'None'])}\n`;
      case 24: return `${indent}opts = ${this.random.pick(['{}', '{"b": a}', '{"k": x}', '{"q": i}', '{"k": 1, "b": 2}', 'table', '{}'])}\n`;
      case 0: return `${indent}for i in range(${this.random.below(5)}):\n${s(inner)}`;
      case 1: return `${indent}if ${e()}:\n${s(inner)}${indent}else:\n${s(inner)}`;
      case 2: return `${indent}try:\n${s(inner)}${s(inner)}${indent}except (ZeroDivisionError, TypeError, OverflowError, MemoryError, ValueError, IndexError, RuntimeError) as error:\n${inner}v = kind(error)\n`;
      case 3: return `${indent}items[i % 5] = ${e()}\n`;
      case 4: return `${indent}table[${this.random.pick(['"k"', '"q"', 'i % 3'])}] = ${e()}\n`;
      case 5: return `${indent}p.${this.random.pick(['n', 'w'])} ${this.random.pick(['=', '+=', '-='])} ${e()}\n`;
      case 6: return `${indent}for v in ${this.random.pick(['items[:6]', 'tuple(items[:5])', 'gen(3)', '(1, 2.5)', 'list(table.values())[:3]', '"ab"'])}:\n${s(inner)}`;
      case 7: return `${indent}if i == ${this.random.below(40)}: ${this.random.pick(['change_global()', 'change_class()', 'change_builtin()', 'p.extra = 1', 'items.append(i)', 'a = None', 'x = "s"', 'b = 2**60'])}\n`;
      case 8: {
        // A counter for each depth, which nothing else sets.
        const count = `c${indent.length}`;
        return `${indent}${count} = ${this.random.pick(['0', '-1', '0.5'])}\n${indent}while ${count} < ${this.random.below(4)}:\n${inner}${count} += 1\n${s(inner)}`;
      }
      case 9: return `${indent}a, ${this.random.pick(['b', 'v'])} = ${e()}, ${e()}\n`;
      case 10: return `${indent}if ${e()}: continue\n`;
      case 21: return `${indent}for ${this.random.pick(['k2, v', 'x, y', 'pair'])} in ${this.random.pick(['enumerate(items[:4])', 'enumerate((a, x))', 'zip(floats, items)', 'zip(items, (a, b, x))', 'table.items()', 'zip(floats, floats)'])}:\n${s(inner)}`;
      case 22: return `${indent}for v in ${this.random.pick(['table', 'table.values()', 'floats', 'floats[:2]'])}:\n${s(inner)}`;
      case 20: return `${indent}z = ${this.random.pick(['z * z + x', 'z * 0.5 + 1j', 'x * z - 1j', '-z', 'complex(x, 1.5)', 'z + i'])}\n${indent}z = z if abs(z) < 1e9 else 0j\n`;
      case 14: return this.random.pick([this.kernel(indent, inner), `${indent}a = (a * ${this.random.pick(['3', '7', '31', '2**20'])} + i) % ${this.random.pick(['10007', '2**40', '97'])}\n`]);
      case 15: return `${indent}floats[${this.random.pick(['0', 'i % 3', '-2'])}] = ${this.random.pick(['x', 'x * 0.5', 'y', e()])}\n`;
      case 16: return this.random.pick([`${indent}for x in floats:\n${s(inner)}`, `${indent}floats = [q * 0.5 for q in floats][:3] or [0.5]\n`, `${indent}x, y, v = floats[:3]\n`, `${indent}floats.append(y)\n${indent}del floats[0]\n`]);
      case 17: return `${indent}floats = ${this.random.pick(['[x, y, 0.5]', '([0.25] * 3)', '[1.5, 2.5, float("nan")]', '(floats * 2)'])}[:3]\n`;
      case 11: return `${indent}if i > 30 and ${e()}: raise ValueError(i)\n`;
      case 12: return `${indent}v = lambda q: (q, ${this.random.pick(['a', 'x', '1'])})\n${indent}v = v(${e()})[0]\n`;
      case 13: return `${indent}x = x * 0.5 + ${this.random.pick(['y', 'a', '1', 'i'])}\n`;
      default: return `${indent}${this.variable()} = ${e()}\n`;
    }
  }

  program(): string {
    const body = Array.from({ length: 3 + this.random.below(4) }, () => this.statement('                ')).join('');
    const generatorBody = this.random.pick(['        yield k\n', '        yield k * 2\n        k += 1\n', '        got = yield k\n        if got: k = got\n', '        try:\n            yield k\n        except KeyError:\n            yield -k\n        G2.append(k)\n']);
    return `import gc, sys
from contextvars import copy_context
G = ${this.int()}
G2 = []
class P:
    total = ${this.int()}
    def __init__(self, n):
        self.n = n
        self.w = 1.5
    def step(self, by):
        self.n += by
        return self.n
    def mix(self, by):
        return self.w if by else self.n
    def __call__(self, by, more=1):
        if by: self.n = by
        return self.w if more else self.n
class Q(P):
    def step(self, by):
        return super().step(by)
    @property
    def total(self): return self.n
class V:
    def __init__(self, x, y=1):
        self.x = x
        self.y = y
    def __add__(self, other):
        return V(self.x + other.x, self.y + other.y)
    def __mul__(self, by):
        if type(by) is str: return NotImplemented
        return V(self.x * by, self.y * by)
    def __eq__(self, other): return self.x == other.x
    def __lt__(self, other): return self.x < other.x
    def __contains__(self, v): return v == self.x or v == self.y
    def __bool__(self): return self.x != self.y
    def both(self, a, b):
        self.x += a
        self.y += b
        return self.x
    def swap(self): self.x, self.y = self.y, self.x
    def put(self, v):
        if v: self.x = v
        else: self.y = self.y + 1
        return self.y
    @property
    def size(self): return self.x * self.x + self.y
    @property
    def ratio(self): return self.x / self.y
    def push(self, v):
        self.x = v
        self.y += 1
        return note(self, v)
    def chain(self, a, b):
        self.x += a
        got = self.push(b)
        self.y = self.y + (1 if got else a)
        return note(self, got)
    def counts(self, a, n):
        out = []
        for k in range(n):
            self.y += k
            out.append(note(self, a))
        return out
    @property
    def counted(self):
        self.y = self.y + 1
        return note(self, self.x)
    @property
    def first(self):
        if self.y: return self.x
        raise ValueError(1)
class Wide(V):
    def put(self, v):
        self.last = v
        return super().put(1)
class Noted(V):
    def __init__(self, x, y):
        self.noted = note(self, x)
        super().__init__(x, y)
        self.last = self.x + 1
def note(owner, v):
    if v == 13: raise ZeroDivisionError(len(G2))
    if v == 7:
        f = sys._getframe(1)
        G2.append([f.f_code.co_name, f.f_lineno, len(f.f_locals), f.f_back.f_code.co_name])
    if v is None: gc.collect()
    return v
def noting():
    count = 0
    def step(v):
        nonlocal count
        count += 1
        return note(None, count + v)
    return step
class S:
    __slots__ = ('q', 'r')
    def __init__(self, q):
        self.q = q
    def get(self): return self.q
def bumper():
    count = 0
    def bump(by):
        nonlocal count
        count += by
        return count
    return bump
def evens(n):
    out = []
    for k in range(n):
        if k % 2 == 0: out.append(k)
    return out
def digits(n):
    out = []
    n = abs(n) if type(n) is int else 7
    while n:
        out.append(n % 10)
        n //= 10
    return out
def change_small():
    V.size = property(lambda self: self.y)
    V.both = lambda self, a, b: a
    V.__call__ = lambda self, a, b=3: (self.x, a, b)
    V.__add__ = lambda self, other: V(1, 2)
def small(v):
    return v % 64 if type(v) is int else int(bool(v))
def number(v):
    return v if type(v) is int or type(v) is float else 3
def helper(a, b=2):
    if a: return b
    return a
def spread(first=0, *rest, k=0, **others):
    return [first, len(rest), k, len(others)]
def forward(*args, **options):
    return helper(*args, **options)
CONTEXT = copy_context()
class Own(ValueError):
    def __init__(self, *args):
        super().__init__(*args)
        self.at = len(args)
kept = KeyError("kept")
none = None
KINDS = (KeyError, (Own), IndexError)
def fails(n):
    if n == 1: raise ValueError(n)
    if n == 2: raise KeyError(n)
    if n == 3: raise Own(n)
    if n == 4: return [1, 2][n]
    return n
def quick(n):
    if n == 2: raise ValueError(n)
    return n
def deep(n, k):
    if n <= 0: return fails(k)
    try:
        return deep(n - 1, k)
    except KeyError:
        if n % 2: raise
        return n
    finally:
        G2.append(n)
def some(n):
    for k in range(n):
        try:
            yield fails(k)
        except ValueError as error:
            yield kind(error)
class Suppress:
    def __init__(self, *kinds): self.kinds = kinds
    def __enter__(self): return self
    def __exit__(self, kind, value, traceback):
        if kind is None: return False
        G2.append(traceback.tb_lineno - LINE)
        return issubclass(kind, self.kinds)
def caught():
    error = sys.exception()
    return None if error is None else kind(error)
def trail(error):
    lines, tb = [], error.__traceback__
    while tb is not None and len(lines) < 9:
        lines.append((tb.tb_lineno - LINE, tb.tb_frame.f_code.co_name, tb.tb_frame.f_locals.get('i', 0)))
        tb = tb.tb_next
    return lines
def links(error):
    found = []
    while error is not None and len(found) < 9:
        found.append((kind(error), error.__cause__ is None, error.__suppress_context__))
        error = error.__context__
    return found
LINE = sys._getframe().f_lineno
def gen(n):
    for k in range(n):
${generatorBody}def change_global():
    global G, helper
    G = "g"
    helper = lambda a, b=3: a
def change_class():
    P.step = lambda self, by: by
    P.total = 2.5
def change_builtin():
    global len
    len = lambda v: 99
def show(v):
    if type(v) is float or type(v) is complex: return repr(v)
    if type(v) is int and abs(v) > 10**30: return hex(v % 2**64)
    return repr(v) if type(v) in (int, str, bool, list, tuple, type(None)) else type(v).__name__
def kind(error):
    trail, entry = [], error.__traceback__
    while entry is not None:
        trail.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
        entry = entry.tb_next
    G2.append(trail)
    # A size that is too much for an index on one machine is too much for the memory of another.
    return "too much" if isinstance(error, (OverflowError, MemoryError)) else type(error).__name__
${this.awaits ? COROUTINES : ''}${this.awaits ? 'async ' : ''}def run(n, a, x, p):
    b, y, v, i, z, s, o, found, few = 1, 0.25, 3, 0, 1j, 0, None, set(), iter(())
    items = [1, 2, 3, 4.5, 5]
    table = {"k": 1, 0: 2.5}
    floats = [0.5, 1.5, 2.5]
    more, opts = (a, 2), {}
    u, t2, bump = V(a, x), Wide(1.5, 2), bumper()
    try:
        for i in range(n):
            if type(a) is int and abs(a) > 10**18 or type(b) is int and abs(b) > 10**18 or type(v) is int and abs(v) > 10**18:
                a, b, v = 5, 6, 7
            try:
${body}            except (TypeError, ZeroDivisionError, OverflowError, MemoryError, LookupError, RuntimeError, AttributeError, NameError, StopIteration, Own) as error:
                v = kind(error)
                a, b, x, y = 1, 2, 0.5, 1.5
            if type(p.n) is not int or abs(p.n) > 10**15: p.n = 1
            if any(type(q) not in (int, float) or not -1e9 < q < 1e9 for q in (u.x, u.y)): u = V(1, 2)
            if any(type(q) not in (int, float) or not -1e9 < q < 1e9 for q in (t2.x, t2.y)): t2 = Wide(1, 2.5)
    except Exception as error:
        print("stopped", error if type(error) is ValueError else kind(error), links(error), trail(error))
    print(show(a), show(b), show(x), show(y), show(v), show(items[:6]), show(floats[:3]), show(z), show(p.n), show(p.w), len(table), show(s), show(locals().get('w')), len(found), show(o), show(u.x), show(u.y), show(t2.x), show(t2.y))
for k in range(4):
    ${this.awaits ? 'drive' : ''}(run(45, k, k + 0.5, P(k) if k % 2 else Q(k)))
print(show(G), len(G2), [row for row in G2 if type(row) is list][-8:])
`;
  }
}

/** A program for a seed. */
export function generateJitProgram(seed: number): string {
  return new JitGenerator(seed).program();
}
