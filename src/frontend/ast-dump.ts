/** Prints a tree exactly as Python's `ast.dump(tree, include_attributes=True)`, for comparison with CPython. */
import { ConstBytes, ConstComplex, ConstEllipsis, ConstFloat, type Literal } from '../base/constants.ts';
import { ASDL_ATTRIBUTES, asdlNodes, type AsdlField } from './asdl.ts';
import type { AstNode } from './ast.ts';

/** The dump of one node and all below it. */
export function dumpAst(node: AstNode): string {
  const type = asdlNodes().get(node.kind);
  if (type === undefined) throw new Error(`not a node type: ${node.kind}`);
  // The table and the interfaces have the same fields, so the record is a view of the node.
  const record = node as unknown as Record<string, unknown>;
  const parts: string[] = [];
  for (const field of type.fields) {
    const text = dumpField(record[node.kind === 'Constant' && field.name === 'kind' ? 'u_kind' : field.name], field);
    if (text !== null) parts.push(`${field.name}=${text}`);
  }
  if (type.located) for (const name of ASDL_ATTRIBUTES) parts.push(`${name}=${String(record[name])}`);
  return `${node.kind}(${parts.join(', ')})`;
}

/** The text of a field's value; null when `ast.dump` leaves it out because it is empty. */
function dumpField(value: unknown, field: AsdlField): string | null {
  if (Array.isArray(value)) return value.length === 0 ? null : `[${value.map((item) => dumpItem(item, field.type)).join(', ')}]`;
  if (field.quantity === 'optional' && value === null) return null;
  return dumpItem(value, field.type);
}

function dumpItem(value: unknown, type: string): string {
  switch (type) {
    case 'constant': return reprLiteral(value as Literal);
    case 'identifier':
    case 'string': return reprString(value as string);
    case 'int': return String(value);
    case 'expr_context':
    case 'boolop':
    case 'operator':
    case 'unaryop':
    case 'cmpop': return `${value as string}()`;
    default: return value === null ? 'None' : dumpAst(value as AstNode);
  }
}

function reprLiteral(value: Literal): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return reprString(value);
  if (value instanceof ConstFloat) return reprFloat(value.value);
  if (value instanceof ConstComplex) return `${reprFloat(value.imag).replace(/\.0$/, '')}j`;
  if (value instanceof ConstBytes) return reprBytes(value.value);
  if (value instanceof ConstEllipsis) return 'Ellipsis';
  return String(value);
}

function reprFloat(value: number): string {
  if (!Number.isFinite(value)) return 'inf';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 16) {
    const plain = plainDecimal(digits.replace('.', ''), exponent);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const sign = exponent < 0 ? '-' : '+';
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function plainDecimal(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, '0');
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function quoteFor(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function reprString(text: string): string {
  const quote = quoteFor(text);
  let result = quote;
  for (const character of text) result += reprCharacter(character, quote);
  return result + quote;
}

function reprCharacter(character: string, quote: string): string {
  const escape = ESCAPES[character];
  if (escape !== undefined) return escape;
  if (character === quote) return `\\${quote}`;
  if (character === ' ' || !/[\p{C}\p{Z}]/u.test(character)) return character;
  const code = character.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function reprBytes(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes);
  const quote = quoteFor(text);
  let result = `b${quote}`;
  for (const character of text) {
    const code = character.charCodeAt(0);
    const escape = ESCAPES[character];
    if (escape !== undefined) result += escape;
    else if (character === quote) result += `\\${quote}`;
    else if (code < 0x20 || code > 0x7e) result += `\\x${code.toString(16).padStart(2, '0')}`;
    else result += character;
  }
  return result + quote;
}
