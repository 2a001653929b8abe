#!/usr/bin/env node
/**
 * The `ladon` command.
 *
 * Starts the main interpreter's worker before anything else is loaded: while it boots on another core, this thread loads the supervisor and reads
 * the command line. Reason and figures: docs/benchmarks.md, "Cold start".
 */
import { bootFirstWorker, needsInterpreter } from './host/first-worker.ts';
import { earlyOptions, enablePerfSupport } from './host/early-options.ts';

const args = process.argv.slice(2);
const { perf, pack } = earlyOptions(args, process.env);
if (perf !== null) enablePerfSupport(perf);
const firstWorker = needsInterpreter(args) ? bootFirstWorker(import.meta.dirname, pack) : null;
void import('./cli/command.ts').then(({ main }) => main(args, firstWorker));
