/** IPv4 and IPv6 addresses between text and bytes (inet_pton, inet_ntop, inet_aton of the C library). */

/** Bytes of a dotted address with exactly four decimal parts; undefined for anything else. */
export function parseIPv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)) return undefined;
  return Uint8Array.from(parts, Number);
}

/** As `inet_aton`: one to four parts, decimal, octal or hexadecimal; the last part fills what is left. */
export function parseIPv4Loosely(text: string): Uint8Array | undefined {
  const parts = text.trim().split('.');
  if (parts.length > 4) return undefined;
  const numbers = parts.map((part) => (/^0x[0-9a-f]+$/i.test(part) ? parseInt(part, 16) : /^0[0-7]*$/.test(part) ? parseInt(part, 8) : /^[1-9]\d*$/.test(part) ? Number(part) : NaN));
  const last = numbers.pop()!;
  const room = 4 - numbers.length;
  if (Number.isNaN(last) || numbers.some((number) => Number.isNaN(number) || number > 255) || last >= 256 ** room) return undefined;
  const bytes = new Uint8Array(4);
  bytes.set(numbers);
  for (let i = 0; i < room; i++) bytes[3 - i] = Math.floor(last / 256 ** i) & 255;
  return bytes;
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1 && part.includes('.')) {
      const tail = parseIPv4(part);
      if (tail === undefined) return undefined;
      groups.push((tail[0]! << 8) | tail[1]!, (tail[2]! << 8) | tail[3]!);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** Bytes of an IPv6 address without scope; undefined for anything else. */
export function parseIPv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!);
  const tail = halves.length === 2 ? parseGroups(halves[1]!) : [];
  if (head === undefined || tail === undefined) return undefined;
  const count = head.length + tail.length;
  if (halves.length === 2 ? count > 7 : count !== 8) return undefined;
  const groups = [...head, ...new Array<number>(8 - count).fill(0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/** `1.2.3.4` */
export function formatIPv4(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** The canonical text: the longest run of zero groups is `::`, mapped IPv4 addresses end in dots. */
export function formatIPv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const mapped = best.at === 0 && (best.length === 6 || (best.length === 5 && groups[5] === 0xffff));
  const texts = groups.map((group) => group.toString(16));
  if (mapped) texts.splice(6, 2, formatIPv4(bytes.subarray(12)));
  if (best.at < 0) return texts.join(':');
  return `${texts.slice(0, best.at).join(':')}::${texts.slice(best.at + best.length).join(':')}`;
}

/** 4, 6, or 0 for what is no address; a scope (`%eth0`) may follow an IPv6 address. */
export function ipVersion(text: string): 0 | 4 | 6 {
  if (parseIPv4(text) !== undefined) return 4;
  return parseIPv6(text.replace(/%[^%]+$/, '')) !== undefined ? 6 : 0;
}
