/** The machine that figures were taken on, for their headings. */
import { cpus } from 'node:os';

/** Processor, cores and Node version. */
export function machine(): string {
  const processors = cpus();
  return `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores, Node ${process.versions.node}`;
}
