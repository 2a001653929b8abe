/** Token numbers of Python 3.14 (Grammar/Tokens), the parser's own numbers for keywords, and the tables that map text to them. */

// The constants have type `number` on purpose: literal types would make TypeScript believe that the current token stays what it was last seen to be.

export const ENDMARKER: number = 0;
export const NAME: number = 1;
export const NUMBER: number = 2;
export const STRING: number = 3;
export const NEWLINE: number = 4;
export const INDENT: number = 5;
export const DEDENT: number = 6;
export const LPAR: number = 7;
export const RPAR: number = 8;
export const LSQB: number = 9;
export const RSQB: number = 10;
export const COLON: number = 11;
export const COMMA: number = 12;
export const SEMI: number = 13;
export const PLUS: number = 14;
export const MINUS: number = 15;
export const STAR: number = 16;
export const SLASH: number = 17;
export const VBAR: number = 18;
export const AMPER: number = 19;
export const LESS: number = 20;
export const GREATER: number = 21;
export const EQUAL: number = 22;
export const DOT: number = 23;
export const PERCENT: number = 24;
export const LBRACE: number = 25;
export const RBRACE: number = 26;
export const EQEQUAL: number = 27;
export const NOTEQUAL: number = 28;
export const LESSEQUAL: number = 29;
export const GREATEREQUAL: number = 30;
export const TILDE: number = 31;
export const CIRCUMFLEX: number = 32;
export const LEFTSHIFT: number = 33;
export const RIGHTSHIFT: number = 34;
export const DOUBLESTAR: number = 35;
export const PLUSEQUAL: number = 36;
export const MINEQUAL: number = 37;
export const STAREQUAL: number = 38;
export const SLASHEQUAL: number = 39;
export const PERCENTEQUAL: number = 40;
export const AMPEREQUAL: number = 41;
export const VBAREQUAL: number = 42;
export const CIRCUMFLEXEQUAL: number = 43;
export const LEFTSHIFTEQUAL: number = 44;
export const RIGHTSHIFTEQUAL: number = 45;
export const DOUBLESTAREQUAL: number = 46;
export const DOUBLESLASH: number = 47;
export const DOUBLESLASHEQUAL: number = 48;
export const AT: number = 49;
export const ATEQUAL: number = 50;
export const RARROW: number = 51;
export const ELLIPSIS_TOKEN: number = 52;
export const COLONEQUAL: number = 53;
export const EXCLAMATION: number = 54;
export const OP: number = 55;
export const TYPE_IGNORE: number = 56;
export const TYPE_COMMENT: number = 57;
export const SOFT_KEYWORD: number = 58;
export const FSTRING_START: number = 59;
export const FSTRING_MIDDLE: number = 60;
export const FSTRING_END: number = 61;
export const TSTRING_START: number = 62;
export const TSTRING_MIDDLE: number = 63;
export const TSTRING_END: number = 64;
export const COMMENT: number = 65;
export const NL: number = 66;
export const ERRORTOKEN: number = 67;

/** Keywords have token numbers of their own, from here on; CPython calls all of them NAME outside of its parser. */
export const FIRST_KEYWORD: number = 80;
export const KW_FALSE: number = 80;
export const KW_NONE: number = 81;
export const KW_TRUE: number = 82;
export const KW_AND: number = 83;
export const KW_AS: number = 84;
export const KW_ASSERT: number = 85;
export const KW_ASYNC: number = 86;
export const KW_AWAIT: number = 87;
export const KW_BREAK: number = 88;
export const KW_CLASS: number = 89;
export const KW_CONTINUE: number = 90;
export const KW_DEF: number = 91;
export const KW_DEL: number = 92;
export const KW_ELIF: number = 93;
export const KW_ELSE: number = 94;
export const KW_EXCEPT: number = 95;
export const KW_FINALLY: number = 96;
export const KW_FOR: number = 97;
export const KW_FROM: number = 98;
export const KW_GLOBAL: number = 99;
export const KW_IF: number = 100;
export const KW_IMPORT: number = 101;
export const KW_IN: number = 102;
export const KW_IS: number = 103;
export const KW_LAMBDA: number = 104;
export const KW_NONLOCAL: number = 105;
export const KW_NOT: number = 106;
export const KW_OR: number = 107;
export const KW_PASS: number = 108;
export const KW_RAISE: number = 109;
export const KW_RETURN: number = 110;
export const KW_TRY: number = 111;
export const KW_WHILE: number = 112;
export const KW_WITH: number = 113;
export const KW_YIELD: number = 114;

/** One more than the largest token number: the size of tables indexed by token. */
export const TOKEN_LIMIT: number = 115;

/** The hard keywords in the order of their numbers. */
export const KEYWORD_TEXTS: readonly string[] = [
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except',
  'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while',
  'with', 'yield',
];

/** Token number of each hard keyword. */
export const KEYWORDS: ReadonlyMap<string, number> = new Map(KEYWORD_TEXTS.map((text, i) => [text, FIRST_KEYWORD + i]));

/** The names that are keywords only where the grammar asks for them. */
export const SOFT_KEYWORDS: ReadonlySet<string> = new Set(['_', 'case', 'match', 'type']);

/** Token number of each operator and delimiter by its text. `<>` is none: it is two tokens that the parser may take for `!=`. */
export const OPERATORS: ReadonlyMap<string, number> = new Map([
  ['(', LPAR], [')', RPAR], ['[', LSQB], [']', RSQB], [':', COLON], [',', COMMA], [';', SEMI], ['+', PLUS], ['-', MINUS], ['*', STAR], ['/', SLASH],
  ['|', VBAR], ['&', AMPER], ['<', LESS], ['>', GREATER], ['=', EQUAL], ['.', DOT], ['%', PERCENT], ['{', LBRACE], ['}', RBRACE], ['==', EQEQUAL],
  ['!=', NOTEQUAL], ['<=', LESSEQUAL], ['>=', GREATEREQUAL], ['~', TILDE], ['^', CIRCUMFLEX], ['<<', LEFTSHIFT], ['>>', RIGHTSHIFT],
  ['**', DOUBLESTAR], ['+=', PLUSEQUAL], ['-=', MINEQUAL], ['*=', STAREQUAL], ['/=', SLASHEQUAL], ['%=', PERCENTEQUAL], ['&=', AMPEREQUAL],
  ['|=', VBAREQUAL], ['^=', CIRCUMFLEXEQUAL], ['<<=', LEFTSHIFTEQUAL], ['>>=', RIGHTSHIFTEQUAL], ['**=', DOUBLESTAREQUAL], ['//', DOUBLESLASH],
  ['//=', DOUBLESLASHEQUAL], ['@', AT], ['@=', ATEQUAL], ['->', RARROW], ['...', ELLIPSIS_TOKEN], [':=', COLONEQUAL], ['!', EXCLAMATION],
]);

/** CPython's names of its own token numbers (not of the keywords). */
export const TOKEN_NAMES: readonly string[] = [
  'ENDMARKER', 'NAME', 'NUMBER', 'STRING', 'NEWLINE', 'INDENT', 'DEDENT', 'LPAR', 'RPAR', 'LSQB', 'RSQB', 'COLON', 'COMMA', 'SEMI', 'PLUS', 'MINUS',
  'STAR', 'SLASH', 'VBAR', 'AMPER', 'LESS', 'GREATER', 'EQUAL', 'DOT', 'PERCENT', 'LBRACE', 'RBRACE', 'EQEQUAL', 'NOTEQUAL', 'LESSEQUAL',
  'GREATEREQUAL', 'TILDE', 'CIRCUMFLEX', 'LEFTSHIFT', 'RIGHTSHIFT', 'DOUBLESTAR', 'PLUSEQUAL', 'MINEQUAL', 'STAREQUAL', 'SLASHEQUAL',
  'PERCENTEQUAL', 'AMPEREQUAL', 'VBAREQUAL', 'CIRCUMFLEXEQUAL', 'LEFTSHIFTEQUAL', 'RIGHTSHIFTEQUAL', 'DOUBLESTAREQUAL', 'DOUBLESLASH',
  'DOUBLESLASHEQUAL', 'AT', 'ATEQUAL', 'RARROW', 'ELLIPSIS', 'COLONEQUAL', 'EXCLAMATION', 'OP', 'TYPE_IGNORE', 'TYPE_COMMENT', 'SOFT_KEYWORD',
  'FSTRING_START', 'FSTRING_MIDDLE', 'FSTRING_END', 'TSTRING_START', 'TSTRING_MIDDLE', 'TSTRING_END', 'COMMENT', 'NL', 'ERRORTOKEN',
];
