/** Arrays of items that have no room for more (`MAX_ITEMS`). */
import { MAX_ITEMS } from '../core/containers.ts';
import { raiseMemoryError } from './raise.ts';

/** Longer arrays that are exactly as long as their items, as `slice` and `concat` make them, could not grow by a single item. */
const MAX_EXACT = 89_000_000;

/** Raises MemoryError for a number of items that no array can have. */
export function checkItemCount(count: number): void {
  if (count > MAX_ITEMS) raiseMemoryError();
}

/** Appends an item. Raises MemoryError when there are too many. @hot list.append, comprehensions */
export function pushItem<T>(items: T[], item: T): void {
  if (items.length >= MAX_ITEMS) raiseMemoryError();
  items.push(item);
}

/** `items`, or a copy of it that can grow where it could not; for arrays that the engine has just made. */
export function growable<T>(items: T[]): T[] {
  if (items.length <= MAX_EXACT) return items;
  const copy: T[] = [];
  for (const item of items) copy.push(item);
  return copy;
}
