/** The text being edited, its cursor and what was cut: the editing commands of readline's emacs mode. Pure, in code points. */

const WORD = /[\p{L}\p{N}]/u;

/** One line under edit. */
export class LineBuffer {
  /** Code points. */
  private points: string[] = [];
  cursor = 0;
  private cut = '';
  private undone: { points: string[]; cursor: number }[] = [];

  /** The whole text. */
  get text(): string {
    return this.points.join('');
  }

  /** The text left of the cursor. */
  get before(): string {
    return this.points.slice(0, this.cursor).join('');
  }

  /** Number of code points. */
  get length(): number {
    return this.points.length;
  }

  /** Takes another text; the cursor stands at its end. */
  replace(text: string): void {
    this.remember();
    this.points = [...text];
    this.cursor = this.points.length;
  }

  /** Inserts at the cursor. */
  insert(text: string): void {
    this.remember();
    const added = [...text];
    this.points.splice(this.cursor, 0, ...added);
    this.cursor += added.length;
  }

  /** Replaces the code points from `start` to the cursor. */
  replaceBack(start: number, text: string): void {
    this.remember();
    const added = [...text];
    this.points.splice(start, this.cursor - start, ...added);
    this.cursor = start + added.length;
  }

  /** Moves the cursor, within the text. */
  moveTo(cursor: number): void {
    this.cursor = Math.min(Math.max(cursor, 0), this.points.length);
  }

  /** Deletes from the cursor to another place; a cut text can be inserted again. */
  deleteTo(place: number, options: { keep: boolean }): void {
    this.remember();
    const [from, to] = [Math.max(Math.min(this.cursor, place), 0), Math.max(this.cursor, place)];
    const removed = this.points.splice(from, to - from).join('');
    if (options.keep) this.cut = removed;
    this.cursor = from;
  }

  /** Inserts what was cut last. */
  yank(): void {
    this.insert(this.cut);
  }

  /** Exchanges the characters around the cursor. */
  transpose(): void {
    if (this.points.length < 2 || this.cursor === 0) return;
    this.remember();
    const at = this.cursor === this.points.length ? this.cursor - 1 : this.cursor;
    [this.points[at - 1], this.points[at]] = [this.points[at]!, this.points[at - 1]!];
    this.cursor = at + 1;
  }

  /** Where the word at or before the cursor starts. `space` takes words as what stands between blanks. */
  wordStart(options: { space: boolean } = { space: false }): number {
    const inWord = (i: number): boolean => (options.space ? !/\s/.test(this.points[i]!) : WORD.test(this.points[i]!));
    let at = this.cursor;
    while (at > 0 && !inWord(at - 1)) at--;
    while (at > 0 && inWord(at - 1)) at--;
    return at;
  }

  /** Where the word at or behind the cursor ends. */
  wordEnd(): number {
    let at = this.cursor;
    while (at < this.points.length && !WORD.test(this.points[at]!)) at++;
    while (at < this.points.length && WORD.test(this.points[at]!)) at++;
    return at;
  }

  /** Where the word before the cursor starts that is bounded by `delimiters`: what completion completes. */
  completionStart(delimiters: string): number {
    let at = this.cursor;
    while (at > 0 && !delimiters.includes(this.points[at - 1]!)) at--;
    return at;
  }

  /** Takes the last change back. */
  undo(): void {
    const state = this.undone.pop();
    if (state !== undefined) ({ points: this.points, cursor: this.cursor } = state);
  }

  private remember(): void {
    this.undone.push({ points: this.points.slice(), cursor: this.cursor });
  }
}
