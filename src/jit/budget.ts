/** How much time compiling may take: per function, and per second of the program's run. */

/** Milliseconds charged at most for a character of the JavaScript that was made: cold code of the compiler needs less (95 of 100 compilations, docs/jit.md), a thread that others push aside more. */
const PER_CHARACTER = 0.002;

/**
 * What is charged for a compilation that took so many milliseconds and made so many characters. On a busy machine most of the time went to other processes; Node 20 does not tell the
 * CPU time of a thread, and that of the process takes a system call, which on such a machine costs more than the compilation.
 */
export function chargeFor(milliseconds: number, characters: number): number {
  return Math.min(milliseconds, characters * PER_CHARACTER);
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
