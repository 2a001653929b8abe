/** A progress line on a terminal; nothing elsewhere. */

const WIDTH = 24;

/** One line on stderr that is written over. */
export class Progress {
  private readonly active = process.stderr.isTTY === true;

  /** Shows `done` of `total` steps. */
  show(done: number, total: number, label: string): void {
    if (!this.active) return;
    const filled = Math.round((done / Math.max(total, 1)) * WIDTH);
    process.stderr.write(`\r\x1b[K[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${total} ${label}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.active) process.stderr.write('\r\x1b[K');
  }
}
