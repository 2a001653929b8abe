/** The text of UnicodeEncodeError, UnicodeDecodeError and UnicodeTranslateError. */
import type { PyBaseException } from '../core/exception.ts';
import { PyByteArray, PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { str } from './text.ts';
import { asInt, asStr } from './type-of.ts';

function escaped(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `str(exception)`; start and end are clipped to the object as CPython does. */
export function surrogateText(t: Thread, self: PyBaseException, kind: 'encode' | 'decode' | 'translate'): string {
  const get = (name: string): Value => self.fields?.get(name) ?? null;
  const object = get('object');
  const points = asStr(object) !== undefined ? Array.from(asStr(object)!) : null;
  const bytes = object instanceof PyBytes || object instanceof PyByteArray ? object.value : null;
  const size = points?.length ?? bytes?.length ?? 0;
  const start = Math.min(Math.max(Number(asInt(get('start')) ?? 0), 0), Math.max(size - 1, 0));
  const end = Math.min(Math.max(Number(asInt(get('end')) ?? 0), 1), size);
  const reason = str(t, get('reason'));
  const prefix = kind === 'translate' ? "can't translate" : `'${str(t, get('encoding'))}' codec can't ${kind}`;
  if (start < size && end === start + 1) {
    if (bytes !== null) return `${prefix} byte 0x${bytes[start]!.toString(16).padStart(2, '0')} in position ${start}: ${reason}`;
    return `${prefix} character '${escaped(points![start]!.codePointAt(0)!)}' in position ${start}: ${reason}`;
  }
  return `${prefix} ${bytes !== null ? 'bytes' : 'characters'} in position ${start}-${end - 1}: ${reason}`;
}
