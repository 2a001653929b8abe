/**
 * The start pack: the library code that a start needs, in one file beside the code cache. The supervisor reads it while the first worker boots and puts
 * its parts into the immortal heap, where the worker finds them instead of reading and checking a file for each module.
 *
 *   file    [magic, version, checksum, bytes, parts] | parts: [name at, name bytes, code at, code bytes] ... | names | codes, each at a multiple of eight
 *
 * All words are 32 bits, low byte first. The checksum covers everything behind it.
 */
import { checksumWords } from './checksum.ts';

/** Version of encoded code (`bytecode/serialise.ts`): grows with every change of its layout or of the instructions. */
export const CODE_FORMAT_VERSION = 3;

const MAGIC = 0x50444e4c; // 'LNDP'
const VERSION = 1;
const AT = { MAGIC: 0, VERSION: 1, CHECKSUM: 2, BYTES: 3, PARTS: 4 } as const;
const HEADER_WORDS = 6;
const PART_WORDS = 4;

/** Where the pack of a code cache's folder lies. */
export const PACK_NAME = 'start.lpack';

/** The folder of a code cache, below the cache folder: code is good for one format, one version of Ladon and one optimisation level. */
export function codeFolderName(formatVersion: number, ladonVersion: string, optimize: number): string {
  return `v${formatVersion}-${ladonVersion}-O${optimize}`;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** The bytes of a pack. */
export function encodePack(parts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...parts.keys()].map((name) => Buffer.from(name, 'utf8'));
  const codes = [...parts.values()];
  let at = (HEADER_WORDS + names.length * PART_WORDS) * 4;
  const nameAt = names.map((name) => (at += name.length) - name.length);
  const codeAt = codes.map((code) => {
    const start = aligned(at);
    at = start + code.length;
    return start;
  });
  const out = new Uint8Array(aligned(at));
  const words = new Int32Array(out.buffer);
  names.forEach((name, i) => {
    out.set(name, nameAt[i]!);
    out.set(codes[i]!, codeAt[i]!);
    words.set([nameAt[i]!, name.length, codeAt[i]!, codes[i]!.length], HEADER_WORDS + i * PART_WORDS);
  });
  words[AT.MAGIC] = MAGIC;
  words[AT.VERSION] = VERSION;
  words[AT.BYTES] = out.length;
  words[AT.PARTS] = names.length;
  words[AT.CHECKSUM] = checksumWords(words, AT.CHECKSUM + 1);
  return out;
}

/** The parts of a pack, as views of its bytes; undefined when it is damaged or of another version. */
export function decodePack(bytes: Uint8Array): Map<string, Uint8Array> | undefined {
  if (bytes.length < HEADER_WORDS * 4 || bytes.length % 8 !== 0) return undefined;
  const own = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(own.buffer, own.byteOffset, own.length / 4);
  if (words[AT.MAGIC] !== MAGIC || words[AT.VERSION] !== VERSION || words[AT.BYTES] !== own.length || words[AT.CHECKSUM] !== checksumWords(words, AT.CHECKSUM + 1)) return undefined;
  const parts = new Map<string, Uint8Array>();
  for (let i = 0; i < words[AT.PARTS]!; i++) {
    const [nameAt, nameBytes, codeAt, codeBytes] = words.subarray(HEADER_WORDS + i * PART_WORDS, HEADER_WORDS + (i + 1) * PART_WORDS) as unknown as [number, number, number, number];
    parts.set(Buffer.from(own.buffer, own.byteOffset + nameAt, nameBytes).toString('utf8'), own.subarray(codeAt, codeAt + codeBytes));
  }
  return parts;
}
