/** `_codecs_cn`, `_codecs_hk`, `_codecs_iso2022`, `_codecs_jp`, `_codecs_kr`, `_codecs_tw`: codecs by name (Modules/cjkcodecs/cjkcodecs.h). */
import type { Value } from '../core/value.ts';
import type { Thread } from '../core/thread.ts';
import type { MultibyteCodec } from '../objects/algorithms/codecs/cjk/codec.ts';
import { HZ_CODEC } from '../objects/algorithms/codecs/cjk/hz.ts';
import { ISO2022_CODECS } from '../objects/algorithms/codecs/cjk/iso2022.ts';
import { STATELESS_CODECS } from '../objects/algorithms/codecs/cjk/stateless.ts';
import { LookupError } from '../objects/exception-types.ts';
import { raise, raiseTypeError } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import { PyMultibyteCodec } from './_multibytecodec.ts';
import type { NativeModule } from './native-module.ts';

const CODECS = new Map<string, MultibyteCodec>();
for (const codec of [...STATELESS_CODECS, HZ_CODEC, ...ISO2022_CODECS]) CODECS.set(codec.name, codec);

/** The codecs whose tables the host does not have, and what they are. */
const WITHOUT_TABLES: Readonly<Record<string, string>> = {
  big5hkscs: 'the Hong Kong Supplementary Character Set',
  shift_jis_2004: 'JIS X 0213', euc_jis_2004: 'JIS X 0213', iso2022_jp_2004: 'JIS X 0213',
  shift_jisx0213: 'JIS X 0213', euc_jisx0213: 'JIS X 0213', iso2022_jp_3: 'JIS X 0213',
};

function codecModule(name: string, codecs: string): NativeModule {
  const names = new Set(codecs.split(' '));
  const getcodec = (_t: Thread, encoding: Value): Value => {
    const wanted = asStr(encoding) ?? raiseTypeError('encoding name must be a string.');
    const codec = names.has(wanted) ? CODECS.get(wanted) : undefined;
    if (codec !== undefined) return new PyMultibyteCodec(codec);
    const missing = names.has(wanted) ? WITHOUT_TABLES[wanted] : undefined;
    return raise(LookupError, missing === undefined ? 'no such codec is supported.' : `encoding ${wanted} is not there: Node.js has no table of ${missing}`);
  };
  return { name, doc: '', functions: { getcodec: [getcodec, '($module, arg, /)', 'The codec of that name.'] } };
}

/** All of them. */
export const CJK_MODULES: readonly NativeModule[] = [
  codecModule('_codecs_cn', 'gb2312 gbk gb18030 hz'),
  codecModule('_codecs_hk', 'big5hkscs'),
  codecModule('_codecs_iso2022', 'iso2022_kr iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext'),
  codecModule('_codecs_jp', 'shift_jis cp932 euc_jp shift_jis_2004 euc_jis_2004 euc_jisx0213 shift_jisx0213'),
  codecModule('_codecs_kr', 'euc_kr cp949 johab'),
  codecModule('_codecs_tw', 'big5 cp950'),
];
