/** From the bytes of a terminal to keys: characters, control characters (`^A`), escape sequences (`M-b`, `left`). Pure. */

const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[H': 'home', '[F': 'end', OA: 'up', OB: 'down', OC: 'right', OD: 'left', OH: 'home', OF: 'end',
  '[1~': 'home', '[3~': 'delete', '[4~': 'end', '[7~': 'home', '[8~': 'end', '[1;5C': 'M-f', '[1;5D': 'M-b', '[1;3C': 'M-f', '[1;3D': 'M-b',
};

/** Decodes keys byte by byte. */
export class KeyDecoder {
  private readonly decoder = new TextDecoder('utf-8');
  private escape: string | null = null;

  /** The key that a byte completes, or null. */
  feed(byte: number): string | null {
    const text = this.decoder.decode(Uint8Array.of(byte), { stream: true });
    if (text === '') return null;
    if (this.escape !== null) return this.inEscape(text);
    if (text === '\x1b') {
      this.escape = '';
      return null;
    }
    return nameOf(text);
  }

  private inEscape(text: string): string | null {
    const sequence = this.escape! + text;
    const isControl = sequence.startsWith('[') || (sequence.startsWith('O') && sequence.length > 1);
    const done = isControl ? sequence.length > 1 && /[A-Za-z~]$/.test(sequence) : sequence !== 'O' && sequence !== '[';
    this.escape = done ? null : sequence;
    if (!done) return null;
    return isControl ? (SEQUENCES[sequence] ?? 'unknown') : `M-${nameOf(text)}`;
  }
}

function nameOf(text: string): string {
  const code = text.codePointAt(0)!;
  if (code === 0x7f) return 'backspace';
  return code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : text;
}
