/** How much time compiling may take: per function, and per second of the program's run. */

/** What a clock reads, in milliseconds since some moment. */
export interface Readings {
  wall(): number;
  /** CPU time of all threads of the process. */
  cpu(): number;
}

const OF_THE_PROCESS: Readings = {
  wall: () => performance.now(),
  cpu() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * Starts a clock and returns what reads it: milliseconds of work since then. Node 20 does not tell the CPU time of a thread, but it is never more than the wall time, nor than the
 * process's CPU time: the lesser of both does not charge to the code what other processes of a busy machine have taken.
 */
export function startClock({ wall, cpu } = OF_THE_PROCESS): () => number {
  const [wallAtStart, cpuAtStart] = [wall(), cpu()];
  return () => Math.min(wall() - wallAtStart, cpu() - cpuAtStart);
}

/** Milliseconds that compiling one code object may take, over all its entries and attempts. */
const PER_CODE = 1000;
/** Milliseconds of compiling in each second, unless the user says otherwise: hot code waits in tier 0 for more. */
export const PER_SECOND = 250;
/** The part of a second's time that is there at once. */
const AT_ONCE = 0.2;
/** Calls and back edges until code that had to wait asks again. */
export const POSTPONED = 200;

/** Keeps the account: time for compiling comes in as the program runs (a token bucket that holds a second's worth). One per interpreter. */
export class CompilationBudget {
  private readonly perSecond: number;
  private credit: number;
  private since = performance.now();

  /** `perSecond` in milliseconds; 0: no limits. */
  constructor(perSecond: number) {
    this.perSecond = perSecond;
    this.credit = perSecond * AT_ONCE;
  }

  /** Whether code on which so many milliseconds have gone already may be compiled now. */
  allows(spentOnCode: number): boolean {
    if (this.perSecond === 0) return true;
    if (spentOnCode > PER_CODE) return false;
    const now = performance.now();
    this.credit = Math.min(this.perSecond, this.credit + (this.perSecond * (now - this.since)) / 1000);
    this.since = now;
    return this.credit > 0;
  }

  /** Notes that compiling took so many milliseconds. */
  spend(milliseconds: number): void {
    this.credit -= milliseconds;
  }
}
