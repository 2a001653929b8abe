/** When an interpreter held its GIL: a bounded record for timelines and traces. */

/** Spans kept; the oldest go first. Two numbers each, so the record stays below a megabyte. */
const MAX_SPANS = 50_000;

/** Milliseconds since the epoch with the resolution of `performance.now`, comparable between workers. */
export function absoluteNow(): number {
  return performance.timeOrigin + performance.now();
}

/** A record of spans `[start, end]`. */
export class SpanRecorder {
  private spans: number[] = [];
  private openedAt = 0;

  /** A span begins. */
  begin(): void {
    this.openedAt = absoluteNow();
  }

  /** The span ends. */
  end(): void {
    if (this.openedAt === 0) return;
    this.spans.push(this.openedAt, absoluteNow());
    this.openedAt = 0;
    if (this.spans.length > 2 * MAX_SPANS) this.spans = this.spans.slice(MAX_SPANS);
  }

  /** All spans so far, start and end alternating; empties the record. */
  take(): number[] {
    const { spans } = this;
    this.spans = [];
    return spans;
  }
}
