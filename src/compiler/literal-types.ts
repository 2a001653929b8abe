/** The Python types of displays and literals, as the compiler's warnings name them. */
import type { Const } from '../bytecode/code.ts';
import type { Expr } from '../frontend/ast.ts';

/** The name of the type that an expression certainly has, or null when that is not certain. */
export function literalTypeName(e: Expr): string | null {
  switch (e.kind) {
    case 'Tuple': return 'tuple';
    case 'List': case 'ListComp': return 'list';
    case 'Dict': case 'DictComp': return 'dict';
    case 'Set': case 'SetComp': return 'set';
    case 'GeneratorExp': return 'generator';
    case 'Lambda': return 'function';
    case 'TemplateStr': case 'Interpolation': return 'string.templatelib.Template';
    case 'JoinedStr': case 'FormattedValue': return 'str';
    case 'Constant': return constTypeName(e.value);
    default: return null;
  }
}

/** The name of the type of a constant. */
export function constTypeName(value: Const): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean': return 'bool';
    case 'string': return 'str';
    case 'number': case 'bigint': return 'int';
    default: return value.kind;
  }
}
