/** `_tokenize`: the tokenizer as an iterator, for `tokenize.py` (Python/Python-tokenize.c). */
import type { Thread } from '../core/thread.ts';
import { NativeDefinition } from '../core/native.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { PySyntaxError } from '../frontend/errors.ts';
import { TokenIterator } from '../frontend/token-iterator.ts';
import { syntaxErrorException } from '../interp/compile-source.ts';
import { bytesLike } from '../objects/buffer.ts';
import { call } from '../objects/call.ts';
import { decodeBytes } from '../objects/codec-registry.ts';
import { StopIteration } from '../objects/exception-types.ts';
import { newTuple } from '../objects/make.ts';
import { bindArguments } from '../objects/native-call.ts';
import { isRaised, raiseTypeError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType } from '../objects/type-ready.ts';
import { asStr } from '../objects/type-of.ts';
import type { NativeModule } from './native-module.ts';

/** The source is read whole at the first token: the front end works on a complete text. */
class PyTokenizerIter extends PyObject {
  readonly readline: Value;
  readonly encoding: string | undefined;
  readonly extraTokens: boolean;
  tokens: TokenIterator | null = null;
  constructor(readline: Value, encoding: string | undefined, extraTokens: boolean) {
    super(TOKENIZER_ITER_TYPE);
    this.readline = readline;
    this.encoding = encoding;
    this.extraTokens = extraTokens;
  }
}

const TOKENIZER_ITER_TYPE = staticType('TokenizerIter', { module: '_tokenize' });

const NEW = new NativeDefinition('tokenizeriter', () => null, '(readline, /, *, extra_tokens, encoding=None)', '', 'method');

function readAll(t: Thread, self: PyTokenizerIter): string {
  const lines: string[] = [];
  for (;;) {
    let line: Value;
    try {
      line = call(t, self.readline, []);
    } catch (caught) {
      if (isRaised(caught, StopIteration)) break;
      throw caught;
    }
    const text = lineText(t, self, line);
    if (text === '') break;
    lines.push(text);
  }
  return lines.join('');
}

function lineText(t: Thread, self: PyTokenizerIter, line: Value): string {
  const text = asStr(line);
  if (self.encoding === undefined) return text ?? raiseTypeError(`readline() returned a non-string object`);
  const bytes = bytesLike(t, line);
  if (bytes === undefined) raiseTypeError(`readline() returned a non-bytes object`);
  return decodeBytes(t, bytes, self.encoding, 'replace');
}

function next(t: Thread, self: PyTokenizerIter): Maybe {
  self.tokens ??= new TokenIterator(readAll(t, self), '<string>', self.extraTokens);
  try {
    const token = self.tokens.next();
    if (token === null) return undefined;
    return newTuple([token.type, token.text, newTuple([token.lineno, token.column]), newTuple([token.endLineno, token.endColumn]), token.line]);
  } catch (caught) {
    throw caught instanceof PySyntaxError ? syntaxErrorException(caught) : caught;
  }
}

readyType(TOKENIZER_ITER_TYPE, {
  slots: {
    tp_new: (t, _type, args, keywords) => {
      const [readline, extraTokens, encoding] = bindArguments(NEW, 'tokenizeriter', null, false, args, keywords) as [Value, Value, Maybe];
      const name = encoding === undefined || encoding === null ? undefined : asStr(encoding) ?? raiseTypeError(`tokenizeriter() argument 'encoding' must be str, not ${typeName(encoding)}`);
      return new PyTokenizerIter(readline, name, isTrue(t, extraTokens));
    },
    tp_iter: (_t, self) => self,
    tp_iternext: next,
  },
});

/** The table. */
export const TOKENIZE_MODULE: NativeModule = { name: '_tokenize', doc: '', functions: {}, types: { TokenizerIter: TOKENIZER_ITER_TYPE } };
