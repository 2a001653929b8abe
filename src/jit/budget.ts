/** How much time compiling may take: per function, and per second of the program's run. */

/** Milliseconds that compiling one code object may take, over all its entries and attempts. */
const PER_CODE = 1000;
/** Milliseconds of compiling in each second, unless the user says otherwise: hot code waits in tier 0 for the next. */
export const PER_SECOND = 500;
/** Calls and back edges until code that had to wait asks again. */
export const POSTPONED = 200;

/** Keeps the account. One per interpreter. */
export class CompilationBudget {
  private second = 0;
  private spent = 0;
  private readonly perSecond: number;

  /** `perSecond` in milliseconds; 0: no limits. */
  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  /** Whether code on which so many milliseconds have gone already may be compiled now. */
  allows(spentOnCode: number): boolean {
    if (this.perSecond === 0) return true;
    if (spentOnCode > PER_CODE) return false;
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.spent = Math.max(0, this.spent - this.perSecond);
    }
    return this.spent < this.perSecond;
  }

  /** Notes that compiling took so many milliseconds. */
  spend(milliseconds: number): void {
    this.spent += milliseconds;
  }
}
