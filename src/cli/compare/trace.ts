/** A Chrome trace (opens in Perfetto): one track per interpreter and one for the GIL, from the spans of the last samples. */
import type { Series } from './sampler.ts';
import { labelOf } from './sampler.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, string>>;
}

/** The text of the trace file. Times are microseconds since the first event. */
export function chromeTrace(series: readonly Series[]): string {
  const events: TraceEvent[] = [];
  const start = Math.min(...series.flatMap((one) => one.timeline.map((span) => span.start)));
  series.forEach((one, i) => {
    const pid = i + 1;
    events.push({ name: 'process_name', ph: 'M', pid, tid: 0, args: { name: labelOf(one.configuration) } });
    for (const id of new Set(one.timeline.map((span) => span.interpreter))) events.push({ name: 'thread_name', ph: 'M', pid, tid: id + 1, args: { name: `interpreter ${id}` } });
    if (one.configuration.mode === 'gil') events.push({ name: 'thread_name', ph: 'M', pid, tid: 0, args: { name: 'GIL' } });
    for (const span of one.timeline) {
      const times = { ts: (span.start - start) * 1000, dur: (span.end - span.start) * 1000 };
      events.push({ name: 'runs Python', ph: 'X', pid, tid: span.interpreter + 1, ...times });
      if (one.configuration.mode === 'gil') events.push({ name: `interpreter ${span.interpreter}`, ph: 'X', pid, tid: 0, ...times });
    }
  });
  return `${JSON.stringify({ traceEvents: events, displayTimeUnit: 'ms' })}\n`;
}
