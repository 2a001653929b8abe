/**
 * Editing one line on a terminal, in readline's emacs mode. Pure: keys come in, text for the terminal goes out.
 *
 *   editing ──^R──▶ searching ──other key──▶ editing ──Enter──▶ accepted        ^D on an empty line ──▶ ended
 */
import { LineBuffer } from './line-buffer.ts';

/** What the editor takes from outside. */
export interface EditorParts {
  readonly prompt: string;
  readonly columns: number;
  /** Lines of before, oldest first. */
  readonly history: readonly string[];
  write(text: string): void;
  /** The Tab key, if it is bound to completion; otherwise it inserts a tab. */
  readonly complete: ((buffer: LineBuffer) => void) | null;
}

/** `\001` and `\002` enclose what has no width; so have escape sequences. */
function visible(prompt: string): string {
  return prompt.replace(/\x01[^\x02]*\x02|\x1b\[[0-9;?]*[A-Za-z]/g, '');
}

/** Columns that a text takes: wide characters two, combining ones none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const c of text) {
    if (/\p{M}|\p{Cf}/u.test(c)) continue;
    width += /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(c) ? 2 : 1;
  }
  return width;
}

/** How a control character is shown. */
function shown(text: string): string {
  return text.replace(/[\x00-\x1f\x7f]/g, (c) => (c === '\t' ? '    ' : `^${String.fromCharCode((c.charCodeAt(0) + 64) & 127)}`));
}

/** See the head of the file. */
export class LineEditor {
  readonly buffer = new LineBuffer();
  state: 'editing' | 'accepted' | 'ended' = 'editing';
  private readonly parts: EditorParts;
  private historyAt: number;
  private draft = '';
  private search: { text: string; at: number } | null = null;
  /** Row of the cursor within the lines that were drawn. */
  private row = 0;

  constructor(parts: EditorParts) {
    this.parts = parts;
    this.historyAt = parts.history.length;
  }

  /** Handles one key (`keys.ts`) and redraws. */
  press(key: string): void {
    if (this.search !== null && this.inSearch(key)) return this.draw();
    this.command(key);
    if (this.state === 'editing') this.draw();
    else this.finish();
  }

  private command(key: string): void {
    const { buffer } = this;
    const row = COMMANDS[key];
    if (row !== undefined) return row(buffer, this);
    if (key === '^I' && this.parts.complete !== null) return this.parts.complete(buffer);
    if (key === '^I') return buffer.insert('\t');
    if ([...key].length === 1) buffer.insert(key);
  }

  /** Ends with the line, or with nothing on an empty line. */
  accept(): void {
    this.state = 'accepted';
  }

  /** ^D: the end of input on an empty line. */
  endOrDelete(): void {
    if (this.buffer.length === 0) this.state = 'ended';
    else this.buffer.deleteTo(this.buffer.cursor + 1, { keep: false });
  }

  /** Goes to an older (-1) or newer (1) line. */
  recall(step: number): void {
    const { history } = this.parts;
    const at = this.historyAt + step;
    if (at < 0 || at > history.length) return;
    if (this.historyAt === history.length) this.draft = this.buffer.text;
    this.historyAt = at;
    this.buffer.replace(at === history.length ? this.draft : history[at]!);
  }

  /** ^L. */
  clearScreen(): void {
    this.parts.write('\x1b[H\x1b[2J');
    this.row = 0;
  }

  /** ^R: searches backwards for what is typed next. */
  startSearch(): void {
    this.search = { text: '', at: this.parts.history.length };
  }

  /** Whether the key belonged to the search. */
  private inSearch(key: string): boolean {
    const search = this.search!;
    if (key === '^R') this.find(search.at - 1);
    else if (key === 'backspace') {
      search.text = search.text.slice(0, -1);
      this.find(this.parts.history.length - 1);
    } else if ([...key].length === 1) {
      search.text += key;
      this.find(Math.min(search.at, this.parts.history.length - 1));
    } else {
      this.search = null;
      return key === '^G';
    }
    return true;
  }

  private find(from: number): void {
    const search = this.search!;
    for (let at = from; at >= 0; at--) {
      if (!this.parts.history[at]!.includes(search.text)) continue;
      search.at = at;
      this.buffer.replace(this.parts.history[at]!);
      return;
    }
  }

  /** Writes prompt and text anew; the cursor of the terminal ends where the buffer's is. */
  draw(): void {
    const { columns, write } = this.parts;
    const prompt = this.search === null ? this.parts.prompt : `(reverse-i-search)\`${this.search.text}': `;
    const before = widthOf(visible(prompt)) + widthOf(shown(this.buffer.before));
    const total = widthOf(visible(prompt)) + widthOf(shown(this.buffer.text));
    const up = this.row > 0 ? `\x1b[${this.row}A` : '';
    let text = `${up}\r\x1b[J${prompt.replace(/[\x01\x02]/g, '')}${shown(this.buffer.text)}`;
    // A terminal waits in the last column until something follows.
    if (total > 0 && total % columns === 0) text += '\r\n';
    this.row = Math.floor(before / columns);
    const rowsBelow = Math.floor(total / columns) - this.row;
    if (rowsBelow > 0) text += `\x1b[${rowsBelow}A`;
    write(`${text}\r${before % columns > 0 ? `\x1b[${before % columns}C` : ''}`);
  }

  private finish(): void {
    this.buffer.moveTo(this.buffer.length);
    this.draw();
    this.parts.write('\r\n');
  }
}

type Command = (buffer: LineBuffer, editor: LineEditor) => void;

const COMMANDS: Readonly<Record<string, Command>> = {
  '^M': (_, editor) => editor.accept(),
  '^J': (_, editor) => editor.accept(),
  '^D': (_, editor) => editor.endOrDelete(),
  '^A': (buffer) => buffer.moveTo(0),
  home: (buffer) => buffer.moveTo(0),
  '^E': (buffer) => buffer.moveTo(buffer.length),
  end: (buffer) => buffer.moveTo(buffer.length),
  '^B': (buffer) => buffer.moveTo(buffer.cursor - 1),
  left: (buffer) => buffer.moveTo(buffer.cursor - 1),
  '^F': (buffer) => buffer.moveTo(buffer.cursor + 1),
  right: (buffer) => buffer.moveTo(buffer.cursor + 1),
  '^H': (buffer) => buffer.deleteTo(buffer.cursor - 1, { keep: false }),
  backspace: (buffer) => buffer.deleteTo(buffer.cursor - 1, { keep: false }),
  delete: (buffer) => buffer.deleteTo(Math.min(buffer.cursor + 1, buffer.length), { keep: false }),
  '^K': (buffer) => buffer.deleteTo(buffer.length, { keep: true }),
  '^U': (buffer) => buffer.deleteTo(0, { keep: true }),
  '^W': (buffer) => buffer.deleteTo(buffer.wordStart({ space: true }), { keep: true }),
  '^Y': (buffer) => buffer.yank(),
  '^T': (buffer) => buffer.transpose(),
  '^_': (buffer) => buffer.undo(),
  'M-b': (buffer) => buffer.moveTo(buffer.wordStart()),
  'M-f': (buffer) => buffer.moveTo(buffer.wordEnd()),
  'M-d': (buffer) => buffer.deleteTo(buffer.wordEnd(), { keep: true }),
  'M-backspace': (buffer) => buffer.deleteTo(buffer.wordStart(), { keep: true }),
  '^P': (_, editor) => editor.recall(-1),
  up: (_, editor) => editor.recall(-1),
  '^N': (_, editor) => editor.recall(1),
  down: (_, editor) => editor.recall(1),
  '^L': (_, editor) => editor.clearScreen(),
  '^R': (_, editor) => editor.startSearch(),
};
