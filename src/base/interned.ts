/** One string for all that spell the same name, for this worker. */

const MAX_NAME = 60;
const NAME = /^\w+$/;

/** Declared cache: names by their text, as V8 keeps the names of properties. */
const known = new Map<string, string>();

/**
 * The string that stands for all with the text of a name; other texts are given back as they are. Tables that are asked for a name find it by identity then: a string
 * that was cut out of a longer one is compared by a call out of V8's machine code.
 */
export function interned(text: string): string {
  if (text.length > MAX_NAME || !NAME.test(text)) return text;
  let name = known.get(text);
  if (name === undefined) {
    [name] = Object.keys({ [text]: null }) as [string];
    known.set(text, name);
  }
  return name;
}
