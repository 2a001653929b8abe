/**
 * Measures programs in systems side by side.
 *
 * INV-1: at any time one system works; the others wait for their next line. Samples are interleaved: each round takes one of every system, and
 * every round begins with another one, so that what the machine does besides falls upon all alike.
 */
import { Session, type Curve, type System, type WarmUp } from './systems.ts';

/** One program in one system; times are seconds of one call of `run()`. */
export interface Measured {
  readonly warmUp: WarmUp;
  readonly samples: readonly number[];
}

/** Why a program gave no figures. */
export interface Failed {
  readonly error: string;
}

/** One line of the table: a program, and what each system made of it, in their order. */
export interface Row<Figures> {
  readonly program: string;
  readonly figures: readonly (Figures | Failed)[];
}

/** Whether there are no figures. */
export function isFailed(figures: object): figures is Failed {
  return 'error' in figures;
}

async function attempt<T>(work: () => Promise<T>): Promise<T | Failed> {
  try {
    return await work();
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** All samples of one program. A system whose program fails is left out of its row. */
export async function measureProgram(systems: readonly System[], path: string, samples: number, warmUpSeconds: ReadonlyMap<System, number>): Promise<(Measured | Failed)[]> {
  const sessions = systems.map((): Session | null => null);
  const results: { warmUp: WarmUp; samples: number[] }[] = [];
  const failures = new Map<number, Failed>();
  try {
    for (const [i, system] of systems.entries()) {
      const session = (sessions[i] = new Session(system, ['--serve', path, String(warmUpSeconds.get(system))]));
      const warmUp = await attempt(async () => (await session.answer()) as WarmUp);
      if (isFailed(warmUp)) failures.set(i, warmUp);
      else results[i] = { warmUp, samples: [] };
    }
    for (let round = 0; round < samples; round++) {
      for (let k = 0; k < systems.length; k++) {
        const i = (round + k) % systems.length;
        if (failures.has(i)) continue;
        const sample = await attempt(() => sessions[i]!.sample());
        if (typeof sample === 'number') results[i]!.samples.push(sample);
        else failures.set(i, sample);
      }
    }
  } finally {
    for (const session of sessions) session?.close();
  }
  return systems.map((_, i) => failures.get(i) ?? results[i]!);
}

/** The warm-up curves of one program, one system after the other. */
export async function measureCurves(systems: readonly System[], path: string, seconds: number): Promise<(Curve | Failed)[]> {
  const curves: (Curve | Failed)[] = [];
  for (const system of systems) {
    const session = new Session(system, ['--curve', path, String(seconds)]);
    curves.push(await attempt(async () => (await session.answer()) as Curve));
    session.close();
  }
  return curves;
}

/** Programs whose results differ between systems: each is as `EXPECTED` says, but `==` is not identity (`1 == 1.0`). */
export function differing(rows: readonly Row<Measured>[]): string[] {
  return rows.filter((row) => new Set(row.figures.flatMap((figures) => (isFailed(figures) ? [] : [figures.warmUp.result]))).size > 1).map((row) => row.program);
}
