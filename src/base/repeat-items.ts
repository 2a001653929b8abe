/**
 * Arrays that repeat others. They are slices of templates: V8 has no other way to make a packed array of a given size, and one that grows item by item takes four times as long.
 *
 * An array of ints of 32 bits, of floats, and of other values is of another kind to V8 each, so each has a template.
 */

/** Items of a template; longer arrays are put together of such. */
const CHUNK = 4096;

function filled<T>(value: T): T[] {
  const items: T[] = [];
  for (let i = 0; i < CHUNK; i++) items.push(value);
  return items;
}

/** The templates, made when they are first needed. */
const templates: { values: undefined[] | null; ints: number[] | null; doubles: number[] | null } = { values: null, ints: null, doubles: null };

function areSmall(items: readonly unknown[]): boolean {
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (typeof item !== 'number' || (item | 0) !== item || Object.is(item, -0)) return false;
  }
  return true;
}

/** From so many items on `fill` is faster than a loop, for all that it costs to begin. */
const MANY = 256;

function fillWith<T>(array: T[], item: T): T[] {
  if (array.length >= MANY) return array.fill(item);
  for (let i = 0; i < array.length; i++) array[i] = item;
  return array;
}

function fillTemplate<T>(template: readonly unknown[], items: readonly T[], count: number): T[] {
  const result = template.slice(0, items.length * count) as T[];
  if (items.length === 1) return fillWith(result, items[0]!);
  for (let n = 0, k = 0; n < count; n++) for (let i = 0; i < items.length; i++) result[k++] = items[i]!;
  return result;
}

function repeatBy<T>(template: readonly unknown[], items: readonly T[], count: number): T[] {
  if (items.length * count <= CHUNK) return fillTemplate(template, items, count);
  const times = Math.floor(CHUNK / items.length);
  if (times < 2) return items.concat(...new Array<readonly T[]>(count - 1).fill(items));
  const chunk = fillTemplate(template, items, times);
  const whole = Math.floor(count / times);
  return chunk.concat(...new Array<readonly T[]>(whole - 1).fill(chunk), fillTemplate(template, items, count - whole * times));
}

/** `items` one after the other, `count` times (more than 0), in a new array. @hot `[0] * n` */
export function repeated<T>(items: readonly T[], count: number): T[] {
  if (areSmall(items)) return repeatBy((templates.ints ??= filled(0)), items, count);
  return repeatBy((templates.values ??= filled(undefined)), items, count);
}

/** The same for floats. @hot `[0.0] * n` */
export function repeatedDoubles(items: readonly number[], count: number): number[] {
  return repeatBy((templates.doubles ??= filled(0.5)), items, count);
}
