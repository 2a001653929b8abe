/** Pieces of f-strings and t-strings: joining their parts, and the source text of their expressions. */
import type * as Ast from './ast.ts';
import { makeConstant } from './ast-factory.ts';

/** Flattens nested joined strings, folds neighbouring constants into one, and drops empty ones. */
export function concatenateParts(parts: readonly Ast.Expr[]): Ast.Expr[] {
  const flat: Ast.Expr[] = [];
  for (const part of parts) {
    if (part.kind === 'JoinedStr' || part.kind === 'TemplateStr') flat.push(...part.values);
    else flat.push(part);
  }
  const folded: Ast.Expr[] = [];
  for (let i = 0; i < flat.length; i++) {
    const part = flat[i] as Ast.Expr;
    if (part.kind !== 'Constant') {
      folded.push(part);
      continue;
    }
    let last = part;
    const texts = [part.value as string];
    for (let next = flat[i + 1]; next?.kind === 'Constant'; next = flat[i + 1]) {
      last = next;
      texts.push(next.value as string);
      i++;
    }
    const text = texts.join('');
    if (text === '') continue;
    if (texts.length === 1) folded.push(part);
    else folded.push(makeConstant(text, part.u_kind, part.lineno, part.col_offset, last.end_lineno, last.end_col_offset));
  }
  return folded;
}

/** The parts without constants that are the empty string. */
export function withoutEmptyStrings(parts: readonly Ast.Expr[]): Ast.Expr[] {
  return parts.filter((part) => part.kind !== 'Constant' || part.value !== '');
}

/** The text of an f-string's expression without its comments; quotes are tracked as CPython does, character by character. */
export function stripComments(text: string): string {
  if (!text.includes('#')) return text;
  let result = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === '\\') {
      result += text.slice(i, i + 2);
      i++;
      continue;
    }
    if (character === '"' || character === "'") {
      if (quote === '') quote = character;
      else if (quote === character) quote = '';
    }
    if (character !== '#' || quote !== '') {
      result += character;
      continue;
    }
    const newline = text.indexOf('\n', i);
    if (newline < 0) break;
    result += '\n';
    i = newline;
  }
  return result;
}
