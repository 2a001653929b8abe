/** The transitions of a time zone, as a TZif file gives them (through `zoneinfo._common.load_data`), and finding what holds at a moment. */
import { raiseValueError } from '../../objects/raise.ts';
import { parseTzString, ruleAtLocal, ruleAtUtc, type Rule, type ZoneType } from './posix-rule.ts';

/** The content of a file. */
export interface ZoneFile {
  /** Type of each transition, and its time in seconds of UTC. */
  readonly indices: readonly number[];
  readonly transitions: readonly number[];
  readonly offsets: readonly number[];
  readonly isDst: readonly boolean[];
  readonly names: readonly string[];
  /** The POSIX TZ string for times after the last transition; null or '' for none. */
  readonly tzString: string | null;
}

/** Everything known of a zone. */
export interface ZoneData {
  readonly transitions: readonly number[];
  /** The transitions as local clocks show them, for fold 0 and fold 1. */
  readonly local: readonly [readonly number[], readonly number[]];
  readonly types: readonly ZoneType[];
  readonly before: ZoneType | null;
  readonly after: Rule | ZoneType;
  /** The zone never changes: it answers without a moment too. */
  readonly fixed: boolean;
}

/** How far summer time is ahead, per type: the file does not say, so it is what changed against the neighbouring standard time. */
function dstOffsets({ indices, offsets, isDst }: ZoneFile): number[] {
  const result = offsets.map(() => 0);
  const wanted = isDst.filter(Boolean).length;
  let found = 0;
  for (let i = 1; i < indices.length && found < wanted; i++) {
    const type = indices[i]!;
    if (!isDst[type] || result[type] !== 0) continue;
    const previous = indices[i - 1]!;
    let difference = isDst[previous] ? 0 : offsets[type]! - offsets[previous]!;
    const next = indices[i + 1];
    if (difference === 0 && next !== undefined) {
      if (isDst[next]) continue;
      difference = offsets[type]! - offsets[next]!;
    }
    if (difference !== 0) found++;
    result[type] = difference;
  }
  // An hour is a better guess than none.
  return result.map((value, i) => (value === 0 && isDst[i] ? 3600 : value));
}

function localTransitions({ indices, transitions, offsets }: ZoneFile): [number[], number[]] {
  const first: number[] = [];
  const second: number[] = [];
  transitions.forEach((seconds, i) => {
    const before = i === 0 ? offsets[0]! : offsets[indices[i - 1]!]!;
    const after = offsets[indices[i]!]!;
    first.push(seconds + Math.max(before, after));
    second.push(seconds + Math.min(before, after));
  });
  return [first, second];
}

function isRule(after: Rule | ZoneType): after is Rule {
  return 'standard' in after;
}

function sameType(a: ZoneType, b: ZoneType): boolean {
  return a.offset === b.offset && a.dst === b.dst && a.name === b.name;
}

/** Works a file's content out. Raises ValueError for one without any type, and for a wrong TZ string. */
export function zoneData(file: ZoneFile): ZoneData {
  const dst = dstOffsets(file);
  const all = file.offsets.map((offset, i): ZoneType => ({ offset, dst: dst[i]!, name: file.names[i]! }));
  const types = file.indices.map((index) => all[index]!);
  const standard = file.isDst.findIndex((isDst) => !isDst);
  const last = types[types.length - 1] ?? all[all.length - 1];
  const after = file.tzString !== null && file.tzString !== '' ? parseTzString(file.tzString) : (last ?? raiseValueError('No time zone information found.'));
  const fixed = all.length <= 1 && !isRule(after) && (all.length === 0 || sameType(all[0]!, after));
  return { transitions: file.transitions, local: localTransitions(file), types, before: all[standard] ?? types[0] ?? null, after, fixed };
}

/** Number of entries not above `value`. */
function countUpTo(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What holds when local clocks show `seconds`. */
export function typeAtLocal(zone: ZoneData, seconds: number, year: number, fold: number): ZoneType {
  const local = zone.local[fold === 1 ? 1 : 0];
  if (local.length > 0 && seconds < local[0]!) return zone.before!;
  if (local.length === 0 || seconds > local[local.length - 1]!) return isRule(zone.after) ? ruleAtLocal(zone.after, seconds, year, fold) : zone.after;
  return zone.types[countUpTo(local, seconds) - 1]!;
}

/** What holds at a moment of UTC, and whether local clocks show its time for the second time. */
export function typeAtUtc(zone: ZoneData, seconds: number, year: number): { type: ZoneType; fold: boolean } {
  const { transitions, after } = zone;
  const count = transitions.length;
  if (count > 0 && seconds < transitions[0]!) return { type: zone.before!, fold: false };
  const beyond = count === 0 || seconds > transitions[count - 1]!;
  if (beyond && isRule(after)) return ruleAtUtc(after, seconds, year);
  if (count === 0) return { type: after as ZoneType, fold: false };
  const at = countUpTo(transitions, seconds) - 1;
  const first = count === 1 || seconds < transitions[1]!;
  const previous = first ? zone.before! : zone.types[at - 1]!;
  const type = first && beyond ? (after as ZoneType) : zone.types[at]!;
  return { type, fold: previous.offset - type.offset > seconds - transitions[at]! };
}

/** What holds at all times, null when that changes. */
export function typeWithoutMoment(zone: ZoneData): ZoneType | null {
  return zone.fixed ? (zone.after as ZoneType) : null;
}
