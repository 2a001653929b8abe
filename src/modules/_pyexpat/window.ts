/**
 * A part of a document's text as character codes: an array is read several times faster than a string, whose representation is asked for at every character.
 *
 * INV-1: behind the codes stands STOP, which is part of no token: loops need no other end.
 */

/** Codes in a window: few enough for the processor's nearer caches. */
const SIZE = 1 << 15;

/** See INV-1. */
export const STOP = 0;

/** See the file. */
export class TextWindow {
  readonly codes = new Uint16Array(SIZE + 1);
  private readonly buffer = Buffer.from(this.codes.buffer);
  text = '';
  /** Where in the text the first code stands, and the place behind the last. */
  base = 0;
  private end = 0;

  /** Makes the window show the text at a place, unless it does. */
  show(text: string, at: number): void {
    if (text === this.text && at >= this.base && at < this.end) return;
    this.text = text;
    this.base = at;
    this.end = Math.min(text.length, at + SIZE);
    this.codes[this.buffer.write(text.slice(at, this.end), 'utf16le') >> 1] = STOP;
  }

  /** Forgets the text. */
  leave(): void {
    this.text = '';
    this.end = 0;
  }
}

// Declared cache: a window that nobody looks through. A parser that runs inside of another's handler makes one of its own.
let spare: TextWindow | null = null;

/** Runs with a window of its own. */
export function withWindow(run: (window: TextWindow) => void): void {
  const window = spare ?? new TextWindow();
  spare = null;
  try {
    run(window);
  } finally {
    window.leave();
    spare = window;
  }
}
