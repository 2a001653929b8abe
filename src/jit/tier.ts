/**
 * The JIT as the tier above the interpreter loop: which code is observed and compiled when, what happens to it when guards fail.
 *
 *   cold ──countdown──▶ observed (feedback) ──countdown──▶ compiled ──guards fail──▶ compiled again without that speculation ──...──▶ given up
 */
import { OP } from '../bytecode/opcodes.ts';
import { RESUME_AT } from '../bytecode/operands.ts';
import { UNWIND, type Site } from '../core/compiled.ts';
import { NEVER, PyFunction, type PyCode, setCountdown, type CompiledCall, type Frame } from '../core/function.ts';
import type { CompiledFrame, Thread, Tier } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { setJitControl, type JitControl, type JitFigures } from '../hooks/jit-control.ts';
import type { Services, Observer } from '../hooks/services.ts';
import { setHotness, setTier } from '../hooks/tier.ts';
import { visitObjects } from '../hooks/visit.ts';
import { passTimes } from './passes/run.ts';
import { chargeFor, CompilationBudget, POSTPONED } from './budget.ts';
import { CannotCompile, TooLong } from './builder.ts';
import { Assumptions, CompiledFor, type Watched } from './assumptions.ts';
import { CodeState, hasLearnt, OPTIMIZED } from './code-state.ts';
import { bodyEntry, callEntry, CompilationInputs, frameEntry, MAX_COMPILATIONS, MAX_SETTLING, type Entry } from './compilation-inputs.ts';
import { compileEntry, helpersFor } from './compile.ts';
import { makeObserver, noteParameters } from './feedback.ts';
import { beginRecord, takeOver, writeRecords, type InlinedExit } from './exits.ts';
import type { Feedback } from './ir.ts';
import { AFTER_OBSERVATION, noteObservation, wantsObservation } from './observation.ts';
import { entryUnit, instructionUnit, isRawUnit } from './units.ts';
import { WeakStates } from './weak-states.ts';
import type { ExactTypes } from './kinds.ts';

/** How eager the JIT is. */
export interface TierOptions {
  /** Calls and back edges until code is observed; 0 compiles at once, without feedback. */
  readonly threshold: number;
  readonly isEnabled: boolean;
  /** Whether a function may be compiled (`-X jitlist`); null for all. */
  allows: ((func: PyFunction) => boolean) | null;
  dump: ((code: PyCode, entry: number, pass: string, text: string) => void) | null;
  log: ((line: string) => void) | null;
  /** Whether the graph is verified behind every pass. */
  readonly verifies: boolean;
  /** Milliseconds of compiling in each second (`-X jitbudget`); 0: no limits. */
  readonly budget: number;
}

/** Instructions observed in one go: when code gets hot, and where compiled code was left. */
const OBSERVED = 1_500;
const OBSERVED_AT_LEAVE = 300;
/** Visits of one place at which something is observed. */
const OBSERVED_VISITS = 2;
/** The same for guards of instances, of which there may be several kinds. */
const OBSERVED_INSTANCES = 8;
const INSTANCES: ReadonlySet<string> = new Set(['guard_shape', 'guard_type', 'guard_members', 'guard_plain', 'poly_index']);
/** What a visit to a place of which nothing had been seen counts for, in failures of a guard. */
const UNSEEN_WEIGHT = 5;
/** Code is compiled anew when leaving it has taken as long as compiling it does: for each failure of a guard it may have so many characters. */
const CHARACTERS_PER_FAILURE = 100;
/** Failures of one guard since it was compiled for which it is left out. */
const HOPELESS = 8;
/** Visits of a loop of a function in tier 0, until the loop is compiled for itself. */
const LOOP_VISITS = 40;
/** Visits of an exception handler until it is compiled. */
const HANDLER_VISITS = 10;
/** Large code, which takes long to compile, needs a visit more of either for each so many units: most activations that left it are done by then. */
const UNITS_PER_LOOP_VISIT = 5;
const UNITS_PER_HANDLER_VISIT = 25;
/** Reasons that are operations: guards, and those that leave when their result does not fit (`int_mul`). Others are instructions. */
const SPECULATION = /^[a-z]+_/;
/** Arithmetic that relies on results of 32 bits. */
const OVERFLOW = /^small_/;
/** Guards of what may change for good: a namespace, a class, how large a number is. How often one fails until its code is compiled anew, and until it is left out. */
const CHANGES: ReadonlySet<string> = new Set(['guard_table', 'guard_version']);
const CHANGE_FAILURES = 2;
const MAX_CHANGES = 12;
function isOfChange(reason: string): boolean {
  return CHANGES.has(reason) || OVERFLOW.test(reason);
}

/** Calls of a coroutine that is awaited at once, until it is compiled for that. */
const BEGIN_CALLS = 20;
/** Under which what is compiled for that is kept, among entries. */
const BEGUN = -2;

/** Whether the site is that of a guard of an instruction's result: tier 0 goes on behind the instruction. */
function isOfResult({ reason, at, pc, continues }: Site): boolean {
  return reason === 'guard_kind' && at >= 0 && pc > at && !continues;
}

/** The tier. */
export class JitTier implements Tier, JitControl {
  readonly services: Services;
  readonly options: TierOptions;
  readonly types: ExactTypes;
  readonly states = new WeakStates<CodeState>();
  isEnabled: boolean;
  threshold: number;
  private isOff = false;
  private wantsObservation = false;
  private readonly observer: Observer;
  private readonly helpers: ReadonlyMap<string, unknown>;
  private readonly budget: CompilationBudget;
  private readonly inputs: CompilationInputs;
  readonly counts = { compiled: 0, failed: 0, left: 0, milliseconds: 0 };

  constructor(services: Services, options: TierOptions) {
    this.services = services;
    this.options = options;
    this.budget = new CompilationBudget(options.budget);
    this.isEnabled = options.isEnabled;
    this.threshold = options.threshold;
    this.types = services.facts;
    this.inputs = new CompilationInputs(this, new Assumptions(services.facts.interpreter, (what, dependents) => this.retire(what, dependents)));
    this.observer = makeObserver((code) => this.stateOf(code).feedback, services.facts);
    const leave = (t: Thread, base: number, site: Site, ...values: unknown[]): Value | symbol => {
      takeOver(t, base, site, values);
      this.noteLeave(site);
      return services.doors.leave(t, base);
    };
    const leaveLeaf = (t: Thread, func: PyFunction, site: Site, ...values: unknown[]): Value | symbol => leave(t, beginRecord(t, func), site, ...values);
    const restart = (t: Thread, func: PyFunction, site: Site, ...args: Maybe[]): typeof UNWIND => {
      t.depth++;
      this.noteLeave(site);
      return services.doors.overflow(t, func, args);
    };
    const enterLeaf = (code: PyCode, t: Thread, func: PyFunction, ...args: Maybe[]): Maybe | symbol => {
      if (t.depth < services.facts.interpreter.recursionLimit) return services.doors.interpretBound(code, t, func, ...args);
      t.depth++;
      return services.doors.overflow(t, func, args);
    };
    const raisedAt = (t: Thread, base: number, thrown: unknown, site: Site, ...values: unknown[]): Value | symbol => {
      takeOver(t, base, site, values);
      return services.doors.caught(t, base, thrown);
    };
    const raisedHere = (t: Thread, base: number, thrown: unknown, site: Site, ...values: unknown[]): Value | symbol => {
      takeOver(t, base, site, values);
      return services.doors.caughtHere(t, base, thrown);
    };
    const leaveInlined = (t: Thread, base: number, exit: InlinedExit, ...values: unknown[]): Value | symbol => {
      writeRecords(t, base, exit, values);
      this.noteLeave(exit.site, exit.owner);
      return services.doors.leave(t, base);
    };
    const leaveLeafInlined = (t: Thread, func: PyFunction, exit: InlinedExit, ...values: unknown[]): Value | symbol => leaveInlined(t, beginRecord(t, func), exit, ...values);
    const raisedAtInlined = (t: Thread, base: number, thrown: unknown, exit: InlinedExit, ...values: unknown[]): Value | symbol => {
      writeRecords(t, base, exit, values);
      return services.doors.caught(t, base, thrown);
    };
    this.helpers = helpersFor(services, { leave, leaveLeaf, restart, enterLeaf, raisedAt, raisedHere, leaveInlined, leaveLeafInlined, raisedAtInlined });
  }

  stateOf(code: PyCode): CodeState {
    let state = code.tierData as CodeState | null;
    if (state === null) {
      state = new CodeState(code);
      code.tierData = state;
      this.states.add(state);
    }
    return state;
  }

  hot(t: Thread, f: Frame): CompiledFrame | null {
    const { code } = f;
    const state = this.stateOf(code);
    if (state.givenUp === '' && this.options.allows?.(f.func) === false) state.givenUp = 'not in the list';
    if (state.givenUp !== '' || !this.isEnabled) {
      code.countdown = NEVER;
      return null;
    }
    if (this.threshold > 0 && wantsObservation(state, f.pc)) {
      code.countdown = this.patience(noteObservation(state));
      if (this.isFunctionStart(f)) noteParameters(state.feedback, f, this.types);
      this.services.doors.observe(t, f, OBSERVED, this.observer);
      return null;
    }
    const known = state.entries.get(f.pc);
    if (known !== undefined) {
      code.countdown = known === null ? 1_000 : 0;
      return known;
    }
    if (this.isFirstVisit(state, f)) {
      code.countdown = this.threshold;
      return null;
    }
    if (this.threshold > 0 && !this.budget.allows(state.milliseconds)) {
      code.countdown = POSTPONED;
      return null;
    }
    if (this.isFunctionStart(f)) {
      noteParameters(state.feedback, f, this.types);
      if (state.call === null && this.compileCall(state, f.func)) {
        code.countdown = this.patience(AFTER_OBSERVATION);
        return null;
      }
    }
    if (this.isTooEarly(state, f)) return null;
    const run = this.compileFrame(state, f);
    state.entries.set(f.pc, run);
    // Behind the RESUME of a yield: the next suspended frame goes on there without asking.
    if ((code.words[f.pc - 1]! & 255) === OP.RESUME) {
      state.pointAt(f.pc - 1).run = run;
      if (code.isGenerator && code.words[f.pc - 1]! >> 8 === RESUME_AT.FUNC_START) code.start = run;
    }
    code.countdown = 0;
    return run;
  }

  handler(t: Thread, f: Frame): CompiledFrame | null {
    const { code } = f;
    const state = code.tierData as CodeState | null;
    if (state === null || state.givenUp !== '' || !this.isEnabled || this.isOff || t.interpreter.frameEvaluator !== null) return null;
    const known = state.entries.get(f.pc);
    if (known !== undefined) return known;
    const visits = (state.visits.get(f.pc) ?? 0) + 1;
    state.visits.set(f.pc, visits);
    if (this.threshold > 0) {
      if (visits <= OBSERVED_VISITS) this.wantsObservation = true;
      if (visits < this.patience(Math.max(HANDLER_VISITS, code.words.length / UNITS_PER_HANDLER_VISIT)) || !this.budget.allows(state.milliseconds)) return null;
      if (this.isNewHandler(state, f.pc)) {
        this.options.log?.(`anew ${code.code.qualname}: its handler at ${f.pc} is visited often`);
        this.discard(state);
        code.countdown = Math.min(code.countdown, this.patience(AFTER_OBSERVATION));
        return null;
      }
    }
    const run = this.compileFrame(state, f);
    state.entries.set(f.pc, run);
    return run;
  }

  /** Whether a handler that is visited often was not known when code was compiled: then it becomes a part of that. Once each, as some ways to a handler lead through tier 0 always. */
  private isNewHandler(state: CodeState, target: number): boolean {
    if (state.joined.has(target) || state.emitted.size === 0 || Math.max(...state.compilations.values()) > MAX_SETTLING) return false;
    // The next code has all that have been seen by then.
    for (const handler of state.seenHandlers()) state.joined.add(handler);
    state.joined.add(target);
    return true;
  }

  /** How often something happens until it is compiled: no more often than calls. */
  private patience(times: number): number {
    return Math.min(times, this.threshold);
  }

  /** Whether this is the first look at a loop of a module or a class body, which runs once: each of its loops has to become hot by itself. */
  private isFirstVisit(state: CodeState, f: Frame): boolean {
    if ((f.code.code.flags & OPTIMIZED) !== 0 || this.threshold === 0 || state.visits.has(f.pc)) return false;
    state.visits.set(f.pc, 0);
    return true;
  }

  /** Whether a loop of a function is better left to its next call: code that starts at the loop serves the activations that are in it only. */
  private isTooEarly(state: CodeState, f: Frame): boolean {
    if (this.threshold === 0 || (f.code.code.flags & OPTIMIZED) === 0) return false;
    const visits = (state.visits.get(f.pc) ?? 0) + 1;
    state.visits.set(f.pc, visits);
    state.code.countdown = 0;
    return visits < this.patience(Math.max(LOOP_VISITS, state.code.words.length / UNITS_PER_LOOP_VISIT));
  }

  /** Whether the frame stands behind the RESUME at the start of a function. */
  private isFunctionStart(f: Frame): boolean {
    const { code } = f;
    return (code.code.flags & OPTIMIZED) !== 0 && !code.isGenerator && f.sp === code.nlocalsplus && (code.words[f.pc - 1]! & 255) === OP.RESUME;
  }

  private compileCall(state: CodeState, func: PyFunction): boolean {
    const run = this.compile(state, func, callEntry(state));
    if (run === null) return false;
    state.call = run as CompiledCall;
    this.install(state);
    return true;
  }

  begins(func: PyFunction): void {
    const { code } = func;
    const state = this.stateOf(code);
    if (state.givenUp !== '' || !this.isEnabled || this.isOff || state.begun === NEVER) return;
    if (this.threshold > 0 && (code.start === null || ++state.begun < this.patience(BEGIN_CALLS) || !this.budget.allows(state.milliseconds))) return;
    if (this.options.allows?.(func) === false) return;
    state.begun = NEVER;
    state.begin = this.compile(state, func, bodyEntry(state)) as CompiledCall | null;
    this.install(state);
  }

  private install(state: CodeState): void {
    if (this.isOff) return;
    if (state.call !== null) state.code.useCompiled(state.call);
    if (state.begin !== null) state.code.begin = state.begin;
  }

  /** Sends calls through tier 0 while somebody wants events, and back. */
  instrumentedChanged(isInstrumented: boolean): void {
    this.isOff = isInstrumented;
    for (const state of this.states) {
      if (isInstrumented) state.code.useInterpreter();
      else this.install(state);
    }
  }

  private compileFrame(state: CodeState, f: Frame): CompiledFrame | null {
    return this.compile(state, f.func, frameEntry(f, this.services)) as CompiledFrame | null;
  }

  private compile(state: CodeState, func: PyFunction, entry: Entry): CompiledCall | CompiledFrame | null {
    const { code } = state;
    const key = entry.isFrame ? entry.entry : entry.begins ? BEGUN : -1;
    if (state.refused.has(key)) return null;
    const times = (state.compilations.get(key) ?? 0) + 1;
    state.compilations.set(key, times);
    if (times > MAX_COMPILATIONS) {
      this.options.log?.(`given up ${code.code.qualname} at ${entry.entry}: compiled ${MAX_COMPILATIONS} times`);
      return null;
    }
    const start = performance.now();
    let characters = Infinity;
    state.failed = 0;
    try {
      const input = this.inputs.of(state, func, entry, times);
      const { dump, verifies } = this.options;
      const { run, emitted } = compileEntry(input, this.helpers, { verifies, dump: dump === null ? null : (pass, text) => dump(code, entry.begins ? BEGUN : entry.entry, pass, text) });
      state.noteEmitted(key, emitted);
      characters = emitted.text.length;
      this.counts.compiled++;
      this.options.log?.(`compiled ${code.code.qualname} (${code.code.filename}:${code.code.firstlineno}) at ${entry.entry}, ${characters} characters in ${(performance.now() - start).toFixed(1)} ms`);
      return run;
    } catch (error) {
      // An error of the compiler itself leaves the function to tier 0, unless somebody looks for such errors. (A RangeError: the stack has overflowed.)
      if (!(error instanceof CannotCompile) && (this.options.verifies || !(error instanceof Error) || error instanceof RangeError)) throw error;
      this.counts.failed++;
      if (error instanceof TooLong) state.refused.add(key);
      this.options.log?.(`cannot compile ${code.code.qualname} (${code.code.filename}:${code.code.firstlineno}) at ${entry.entry}: ${error.message}`);
      return null;
    } finally {
      const taken = performance.now() - start;
      const charge = chargeFor(taken, characters);
      this.counts.milliseconds += taken;
      state.milliseconds += charge;
      this.budget.spend(charge);
    }
  }

  /** Drops what is compiled of a code object; activations that run finish. */
  discard(state: CodeState): void {
    state.clear();
    state.code.useInterpreter();
  }

  /** A class has changed that code relied on, or a function. */
  private retire(what: Watched, dependents: Iterable<CompiledFor>): void {
    this.services.doors.retire(dependents);
    for (const compiled of dependents) {
      const { state } = compiled;
      if (![...state.emitted.values()].some((emitted) => emitted.compiled === compiled)) continue;
      this.options.log?.(`anew ${state.code.code.qualname}: ${what.name} has changed`);
      state.startAgain();
      this.discard(state);
      state.code.countdown = Math.min(state.code.countdown, this.patience(AFTER_OBSERVATION));
    }
  }

  left(t: Thread): void {
    if (!this.wantsObservation) return;
    this.wantsObservation = false;
    const frame = t.frame!;
    if (this.isFunctionStart(frame)) noteParameters(this.stateOf(frame.code).feedback, frame, this.types);
    this.services.doors.observe(t, frame, OBSERVED_AT_LEAVE, this.observer);
  }

  /** Compiled code was left: because a guard failed, or at a place of which nothing had been seen. `compiled` is what was compiled, where the site is that of an inlined call. */
  private noteLeave(site: Site, compiled: PyCode = site.code): void {
    this.counts.left++;
    const own = this.stateOf(site.code);
    const state = this.stateOf(compiled);
    const { failures } = own;
    const key = `${site.at} ${site.reason}`;
    failures.set(key, (failures.get(key) ?? 0) + 1);
    const isUnseen = site.reason === 'unseen';
    if (!isUnseen && !SPECULATION.test(site.reason)) return;
    if (++site.failures <= (INSTANCES.has(site.reason) ? OBSERVED_INSTANCES : OBSERVED_VISITS)) this.wantsObservation = true;
    if (OVERFLOW.test(site.reason)) own.noteLarge(site.at);
    state.failed += isUnseen ? UNSEEN_WEIGHT : 1;
    // What changed once for all fails at each visit: the next code knows it as it is now.
    const hasChanged = isOfChange(site.reason) && site.failures >= CHANGE_FAILURES && failures.get(key)! < MAX_CHANGES;
    if (hasChanged || state.failed >= Math.max(state.limit, state.size / CHARACTERS_PER_FAILURE)) {
      this.options.log?.(`anew ${compiled.code.qualname}: ${hasChanged ? `${key} changed` : `left ${state.failed} times`}`);
      this.reconsider(state);
    }
  }

  /** Has code compiled anew with what was learnt: guards that fail are left out. */
  private reconsider(state: CodeState): void {
    state.limit *= 2;
    state.failed = 0;
    // Asked once for all entries in which a place has failed.
    const learnt = new Map<Feedback | undefined, boolean>();
    for (const emitted of state.emitted.values()) {
      for (const site of emitted.sites) {
        // What is inlined is known by its own code.
        const { hopeless, hopelessResults, failures, feedback } = this.stateOf(site.code);
        if (site.failures < HOPELESS || !SPECULATION.test(site.reason) || hopeless.has(site.at)) continue;
        if (site.reason === 'guard_kind' && site.at === entryUnit(0)) continue;
        if (isOfChange(site.reason) && failures.get(`${site.at} ${site.reason}`)! < MAX_CHANGES) continue;
        // A key that is not there: the next code has what handles that.
        if ((site.reason === 'dict_get' || site.reason === 'entry_get') && this.stateOf(site.code).expectHandler(site.at)) continue;
        const row = feedback.rows.get(instructionUnit(site.at));
        if (!learnt.has(row)) learnt.set(row, hasLearnt(row));
        if (learnt.get(row) === true) continue;
        if (isRawUnit(site.at) && row !== undefined) row.isRaw = false;
        (isOfResult(site) ? hopelessResults : hopeless).add(site.at);
        this.options.log?.(`${site.reason} failed ${site.failures} times in ${site.code.code.qualname} at ${site.at}`);
      }
    }
    this.discard(state);
    state.code.countdown = Math.min(state.code.countdown, AFTER_OBSERVATION);
  }

  enable(): void {
    this.isEnabled = true;
    this.recount();
  }

  disable(discard: boolean): void {
    this.isEnabled = false;
    setCountdown(NEVER);
    if (discard) for (const state of this.states) this.discard(state);
  }

  setThreshold(calls: number): void {
    this.threshold = calls;
    if (this.isEnabled) this.recount();
  }

  /** Counts all code that is not compiled anew from the threshold: what was there before the JIT was enabled, too. */
  private recount(): void {
    setHotness(this.services.facts.interpreter, this.threshold, (code) => !code.isCompiled && ((code.tierData as CodeState | null)?.givenUp ?? '') === '');
  }

  forceCompile(func: PyFunction): boolean {
    const state = this.stateOf(func.code.ready());
    if (state.call !== null) return true;
    const { flags } = func.code.code;
    return state.givenUp === '' && (flags & OPTIMIZED) !== 0 && !func.code.isGenerator && this.compileCall(state, func);
  }

  forceUncompile(func: PyFunction): boolean {
    const state = func.code.tierData as CodeState | null;
    if (state === null || state.emitted.size === 0) return false;
    this.discard(state);
    func.code.countdown = this.threshold;
    return true;
  }

  isCompiled(func: PyFunction): boolean {
    return func.code.isCompiled;
  }

  disassemble(func: PyFunction): string | null {
    const state = func.code.tierData as CodeState | null;
    return state === null || state.emitted.size === 0 ? null : [...state.emitted.values()].map((emitted) => emitted.text).join('\n');
  }

  compiledFunctions(): PyFunction[] {
    const found: PyFunction[] = [];
    visitObjects(this.services.facts.interpreter, (object) => {
      if (object instanceof PyFunction && ((object.code.tierData as CodeState | null)?.emitted.size ?? 0) > 0) found.push(object);
      return true;
    });
    return found;
  }

  setSuppressed(func: PyFunction, isSuppressed: boolean): void {
    const state = this.stateOf(func.code);
    state.givenUp = isSuppressed ? 'suppressed' : '';
    if (isSuppressed) this.discard(state);
    else func.code.countdown = this.threshold;
  }

  figures(): JitFigures {
    const failures = [...this.states].flatMap((state) => state.failureRows()).sort((a, b) => b.count - a.count);
    let size = 0;
    for (const state of this.states) for (const emitted of state.emitted.values()) size += emitted.text.length;
    const { compiled, failed, left, milliseconds } = this.counts;
    return { compiled, refused: failed, left, milliseconds, size, passMilliseconds: passTimes, failures };
  }
}

/** Installs the JIT in an interpreter. */
export function installJit(services: Services, options: TierOptions): JitTier {
  const tier = new JitTier(services, options);
  setTier(services.facts.interpreter, tier);
  setJitControl(services.facts.interpreter, tier);
  setCountdown(options.isEnabled ? options.threshold : NEVER);
  return tier;
}
