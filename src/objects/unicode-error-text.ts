/** The text of UnicodeEncodeError, UnicodeDecodeError and UnicodeTranslateError. */
import type { PyBaseException } from '../core/exception.ts';
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { raiseTypeError } from './raise.ts';
import { str } from './text.ts';
import { asInt, asStr } from './type-of.ts';

function escaped(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `str(exception)`. Raises TypeError when the object is none of the kind, or has gone while other attributes were read. */
export function surrogateText(t: Thread, self: PyBaseException, kind: 'encode' | 'decode' | 'translate'): string {
  const get = (name: string): Value => self.fields?.get(name) ?? null;
  if (self.fields?.get('object') === undefined) return '';
  const reason = str(t, get('reason'));
  const prefix = kind === 'translate' ? "can't translate" : `'${str(t, get('encoding'))}' codec can't ${kind}`;
  const object = get('object');
  const bytes = kind === 'decode' ? (object instanceof PyBytes ? object.value : raiseTypeError("UnicodeError 'object' attribute must be a bytes")) : null;
  const points = kind === 'decode' ? null : Array.from(asStr(object) ?? raiseTypeError("UnicodeError 'object' attribute must be a string"));
  const size = points?.length ?? bytes!.length;
  const start = Number(asInt(get('start')) ?? 0);
  const end = Number(asInt(get('end')) ?? 0);
  if (start >= 0 && start < size && end === start + 1) {
    if (bytes !== null) return `${prefix} byte 0x${bytes[start]!.toString(16).padStart(2, '0')} in position ${start}: ${reason}`;
    return `${prefix} character '${escaped(points![start]!.codePointAt(0)!)}' in position ${start}: ${reason}`;
  }
  return `${prefix} ${bytes !== null ? 'bytes' : 'characters'} in position ${start}-${end - 1}: ${reason}`;
}
