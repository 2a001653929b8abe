/** How arrays begin that mostly stay short. */

/** An array of one item, with room for three more: V8 gives one that grows from nothing room for 17. @hot hash tables, XML elements */
export function firstItem<T>(item: T): T[] {
  const items = [item, item, item, item];
  items.pop();
  items.pop();
  items.pop();
  return items;
}
