/**
 * Generates the Unicode 16 tables under `objects/algorithms/unicode` from the `unicodedata` of the CPython that pyodide carries.
 *
 * Layout of a table: distinct records, then distinct blocks of 256 code points (run lengths of record numbers), then the block number of
 * each block of the code space (run lengths again). `unicode/trie.ts` decodes it.
 * Source: Unicode 16.0 as seen through CPython 3.14's `unicodedata`, `str` and `_sre`.
 */
import { UNICODE_ALIASES } from './unicode-aliases.ts';

const PYTHON_PRELUDE = `
import unicodedata as u, _sre, json, re
LAST = 0x110000
DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'
def b36(n):
    if n < 0: return '-' + b36(-n)
    s = ''
    while True:
        n, r = divmod(n, 36)
        s = DIGITS[r] + s
        if not n: return s
def runs(items):
    out = []; i = 0
    while i < len(items):
        j = i
        while j < len(items) and items[j] == items[i]: j += 1
        out.append(b36(items[i]) + ('' if j - i == 1 else ':' + b36(j - i)))
        i = j
    return ' '.join(out)
def trie(record_of):
    records = {}; blocks = {}; index = []
    for base in range(0, LAST, 256):
        block = tuple(records.setdefault(record_of(c), len(records)) for c in range(base, base + 256))
        index.append(blocks.setdefault(block, len(blocks)))
    return {'records': list(records), 'blocks': ';'.join(runs(b) for b in blocks), 'index': runs(index)}
`;

const CASE_TABLE = `
SPECIAL = {'U': {}, 'L': {}, 'T': {}, 'F': {}}
def delta(kind, c, s):
    if len(s) == 1: return ord(s) - c
    SPECIAL[kind][c] = s
    return 0
def case_ignorable(ch):
    return ('A\\u03a3' + ch + 'A').lower()[1] == '\\u03c3' and ('A\\u03a3' + ch + ' ').lower()[1] == '\\u03c2'
def case_record(c):
    ch = chr(c)
    lower = ch.islower(); upper = ch.isupper(); title = ch.istitle() and not upper
    bits = (ch.isalpha(), ch.isdecimal(), ch.isdigit(), ch.isnumeric(), ch.isprintable(), ch.isidentifier(), ('a' + ch).isidentifier(),
            ch.isspace(), lower, upper, title, case_ignorable(ch))
    flags = sum(bit << i for i, bit in enumerate(bits))
    fold = ch.casefold()
    return (flags, u.digit(ch, -1), delta('U', c, ch.upper()), delta('L', c, ch.lower()), delta('T', c, ch.title()),
            delta('F', c, fold), _sre.unicode_tolower(c) - c)
t = trie(case_record)
t['records'] = ';'.join(','.join(map(b36, r)) for r in t['records'])
t['special'] = {k: ''.join(chr(c) + chr(len(s)) + s for c, s in v.items()) for k, v in SPECIAL.items()}
json.dumps(t)
`;

const DATABASE_TABLE = `
NUMERIC = {}
def data_record(c):
    ch = chr(c)
    n = u.numeric(ch, None)
    number = -1 if n is None else NUMERIC.setdefault(n, len(NUMERIC))
    return (u.category(ch), u.bidirectional(ch), u.combining(ch), u.east_asian_width(ch), u.mirrored(ch), number)
t = trie(data_record)
t['records'] = ';'.join('%s,%s,%s,%s,%s,%s' % (r[0], r[1], b36(r[2]), r[3], r[4], b36(r[5])) for r in t['records'])
t['numeric'] = [repr(n) for n in NUMERIC]
old = trie(lambda c: (u.ucd_3_2_0.category(chr(c)), u.ucd_3_2_0.bidirectional(chr(c)), u.ucd_3_2_0.east_asian_width(chr(c)), u.ucd_3_2_0.mirrored(chr(c))))
t['oldRecords'] = ';'.join(','.join(map(str, r)) for r in old['records']); t['oldBlocks'] = old['blocks']; t['oldIndex'] = old['index']
t['oldDecomposition'] = [[c, u.ucd_3_2_0.decomposition(chr(c))] for c in range(LAST) if u.ucd_3_2_0.category(chr(c)) != 'Cn' and u.ucd_3_2_0.decomposition(chr(c)) != u.decomposition(chr(c))]
tags = ['composable', 'canonical']; entries = []; last = 0
for c in range(LAST):
    d = u.decomposition(chr(c))
    if not d: continue
    parts = d.split()
    if parts[0][0] == '<':
        if parts[0] not in tags: tags.append(parts[0])
        tag = tags.index(parts.pop(0))
    else:
        tag = 0 if len(parts) == 2 and u.normalize('NFC', chr(c)) == chr(c) else 1
    entries.append(b36(c - last) + ',' + b36(tag) + ',' + ','.join(b36(int(p, 16)) for p in parts))
    last = c
t['tags'] = tags; t['decompositions'] = ';'.join(entries)
json.dumps(t)
`;

const NAMES_TABLE = `
prefixes = []; entries = []; words = {}
for c in range(LAST):
    name = u.name(chr(c), None)
    if name is None or 0xac00 <= c <= 0xd7a3: continue
    suffix = '%04X' % c
    if name.endswith('-' + suffix):
        prefix = name[:-len(suffix)]
        if prefixes and prefixes[-1][0] == prefix and prefixes[-1][2] == c - 1: prefixes[-1][2] = c
        else: prefixes.append([prefix, c, c])
        continue
    parts = name.split(' ')
    for w in parts: words[w] = words.get(w, 0) + 1
    entries.append((c, parts))
order = sorted(words, key=lambda w: (-words[w], w)); rank = {w: i for i, w in enumerate(order)}
ALPHABET = [chr(i) for i in range(33, 127) if chr(i) not in '"\\\\\`$~|{']
N = len(ALPHABET); SMALL = N - 6
def token(i):
    if i < SMALL - 2: return ALPHABET[i]
    i -= SMALL - 2
    if i < 6 * N: return ALPHABET[N - 6 + i // N] + ALPHABET[i % N]
    i -= 6 * N
    return ALPHABET[SMALL - 2 + i // (N * N)] + ALPHABET[i // N % N] + ALPHABET[i % N]
out = []; last = -1; previous = []
for c, parts in entries:
    shared = 0
    while shared < len(parts) and shared < len(previous) and parts[shared] == previous[shared] and shared < N - 1: shared += 1
    gap = '' if c == last + 1 else '~' + b36(c - last) + '~'
    out.append(gap + ALPHABET[shared] + ''.join(token(rank[w]) for w in parts[shared:]))
    last = c; previous = parts
aliases = [[a, u.lookup(a)] for a in ALIASES]
json.dumps({'prefixes': prefixes, 'words': ' '.join(order), 'entries': '|'.join(out), 'alphabet': ''.join(ALPHABET),
            'aliases': '|'.join(a + '=' + '+'.join(b36(ord(ch)) for ch in s) for a, s in aliases)})
`;

/** What the generator writes: file name under `objects/algorithms/unicode` and its text. */
export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

type Table = Readonly<Record<string, unknown>>;

function renderFile(purpose: string, constants: readonly (readonly [string, string, unknown])[]): string {
  const header = `// Generated by src/tools/generate-unicode.ts from CPython's unicodedata (Unicode 16.0); do not edit.\n/** ${purpose} */\n`;
  const body = constants.map(([name, doc, value]) => `\n/** ${doc} */\nexport const ${name} = ${JSON.stringify(value)};\n`);
  return header + body.join('');
}

function caseFile(table: Table): string {
  return renderFile('Class flags and case mappings of every code point, packed; decoded by `ctype.ts`.', [
    ['CASE_RECORDS', 'flags, digit, upper, lower, title, fold and simple-lower differences, in base 36.', table['records']],
    ['CASE_BLOCKS', 'Distinct blocks of 256 record numbers.', table['blocks']],
    ['CASE_INDEX', 'Block numbers.', table['index']],
    ['CASE_SPECIAL', 'Mappings to more than one character: code point, length (as a character), mapping.', table['special']],
  ]);
}

function databaseFile(table: Table): string {
  return renderFile('What `unicodedata` tells of every code point, packed; decoded by `database.ts`.', [
    ['DATA_RECORDS', 'category, bidirectional class, combining class, east-asian width, mirrored, number index.', table['records']],
    ['DATA_BLOCKS', 'Distinct blocks of 256 record numbers.', table['blocks']],
    ['DATA_INDEX', 'Block numbers.', table['index']],
    ['NUMERIC_VALUES', 'Numeric values by number index.', (table['numeric'] as string[]).map(Number)],
    ['DECOMPOSITION_TAGS', 'Kinds of decomposition.', table['tags']],
    ['DECOMPOSITIONS', 'Difference of the code point, tag, mapping, in base 36.', table['decompositions']],
    ['OLD_RECORDS', 'Unicode 3.2: category, bidirectional class, east-asian width, mirrored.', table['oldRecords']],
    ['OLD_BLOCKS', 'Unicode 3.2: distinct blocks.', table['oldBlocks']],
    ['OLD_INDEX', 'Unicode 3.2: block numbers.', table['oldIndex']],
    ['OLD_DECOMPOSITIONS', 'Unicode 3.2: decompositions that differ.', table['oldDecomposition']],
  ]);
}

function namesFile(table: Table): string {
  return renderFile('Names of characters, packed; decoded by `names.ts`.', [
    ['NAME_PREFIXES', 'Ranges whose names end in the code point: prefix, first, last.', table['prefixes']],
    ['NAME_ALPHABET', 'The characters that tokens are written with.', table['alphabet']],
    ['NAME_WORDS', 'Words, most frequent first.', table['words']],
    ['NAME_ENTRIES', 'Per name: gap in code points, shared words with the name before, further word tokens.', table['entries']],
    ['NAME_ALIASES', 'Aliases and named sequences with their code points in base 36.', table['aliases']],
  ]);
}

/** Asks CPython for everything and renders the three generated files; takes about a minute. */
export async function generateUnicode(): Promise<GeneratedFile[]> {
  const { loadPyodide } = await import('pyodide');
  const python = await loadPyodide();
  const ask = (script: string): Table => JSON.parse(python.runPython(PYTHON_PRELUDE + script) as string) as Table;
  const aliases = `ALIASES = ${JSON.stringify(UNICODE_ALIASES)}\n`;
  return [
    { name: 'case.generated.ts', text: caseFile(ask(CASE_TABLE)) },
    { name: 'database.generated.ts', text: databaseFile(ask(DATABASE_TABLE)) },
    { name: 'names.generated.ts', text: namesFile(ask(aliases + NAMES_TABLE)) },
  ];
}
