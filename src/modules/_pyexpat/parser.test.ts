/** The XML parser without Python: events, pieces, places, errors. Expectations come from expat. */
import { describe, expect, test } from 'vitest';
import { ERRORS, XmlFailure } from './codes.ts';
import { noHandlers, type Handlers } from './handlers.ts';
import { XmlParser } from './parser.ts';

function newParser(options: { namespaceSeparator?: string; handlers?: Partial<Handlers> } = {}): XmlParser {
  const parser = new XmlParser({ encoding: null, namespaceSeparator: options.namespaceSeparator ?? null, tableOf: () => { throw new Error('no such encoding'); } });
  parser.handlers = { ...noHandlers(), ...options.handlers };
  return parser;
}

function events(document: string | Uint8Array, options: { step?: number; namespaceSeparator?: string } = {}): string[] {
  const seen: string[] = [];
  const parser = newParser({
    ...options,
    handlers: {
      startElement: (name, attributes) => seen.push(`<${[name, ...attributes].join(' ')}>`), endElement: (name) => seen.push(`</${name}>`),
      characterData: (text) => seen.push(text), comment: (text) => seen.push(`#${text}`), processingInstruction: (target, data) => seen.push(`?${target} ${data}`),
      startNamespace: (prefix, uri) => seen.push(`+${prefix}=${uri}`), endNamespace: (prefix) => seen.push(`-${prefix}`), skippedEntity: (name) => seen.push(`skip ${name}`),
      startCdata: () => seen.push('['), endCdata: () => seen.push(']'), entityDeclaration: (name, _p, value) => seen.push(`entity ${name}=${value}`),
    },
  });
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  const step = options.step ?? bytes.length;
  for (let i = 0; i < bytes.length; i += step) parser.feed(bytes.subarray(i, i + step), false);
  parser.feed(new Uint8Array(0), true);
  return seen;
}

function failure(document: string): string {
  const parser = newParser();
  try {
    parser.feed(new TextEncoder().encode(document), true);
  } catch (error) {
    if (!(error instanceof XmlFailure)) throw error;
    const { line, column } = parser.place;
    return `${ERRORS[error.code - 1]![0]} ${line}:${column}`;
  }
  return 'none';
}

describe('events', () => {
  test('are those of the document', () => {
    expect(events('<a x="1" y=\'&lt;2\'>t&amp;<b/><!--c--><?p d?><![CDATA[<]]></a>')).toEqual(['<a x 1 y <2>', 't', '&', '<b>', '</b>', '#c', '?p d', '[', '<', ']', '</a>']);
  });

  test('are the same whatever pieces the document comes in', () => {
    const document = '<?xml version="1.0"?><!DOCTYPE é [<!ENTITY e "x<i>y</i>">]>\n<é q="ü😀">&e;]] text <![CDATA[a]]]]><!-- c --></é>\n';
    const whole = events(document).join('');
    for (const step of [1, 2, 3, 5, 7]) expect(events(document, { step }).join('')).toBe(whole);
  });

  test('line ends are newlines of their own', () => {
    expect(events('<a>1\r\n2\r3\n</a>')).toEqual(['<a>', '1', '\n', '2', '\n', '3', '\n', '</a>']);
  });

  test('namespaces stand before names', () => {
    expect(events('<p:a xmlns:p="u" p:x="1" y="2"><b xmlns="v"/></p:a>', { namespaceSeparator: ' ' })).toEqual(
      ['+p=u', '<u a u x 1 y 2>', '+null=v', '<v b>', '</v b>', '-null', '</u a>', '-p']);
  });

  test('declared attributes have defaults and types', () => {
    expect(events("<!DOCTYPE a [<!ATTLIST a d CDATA 'def' n NMTOKENS #IMPLIED>]><a n='  x   y '/>")).toEqual(['<a n x y d def>', '</a>']);
  });

  test('encodings are found by mark and declaration', () => {
    expect(events(Buffer.from('\ufeff<a>é</a>', 'utf16le'))).toEqual(['<a>', 'é', '</a>']);
    expect(events(Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>', 'latin1'))).toEqual(['<a>', 'é', '</a>']);
    expect(events(Buffer.from('\ufeff<a>é</a>'))).toEqual(['<a>', 'é', '</a>']);
  });
});

describe('errors', () => {
  test.each([
    ['<a></b>', 'TAG_MISMATCH 1:5'], ['<a>', 'NO_ELEMENTS 1:3'], ['', 'NO_ELEMENTS 1:0'], ['<a/><b/>', 'JUNK_AFTER_DOC_ELEMENT 1:4'], ['<a b=1/>', 'INVALID_TOKEN 1:5'],
    ['<a b="1" b="2"/>', 'DUPLICATE_ATTRIBUTE 1:9'], ['<a>\n &x;</a>', 'UNDEFINED_ENTITY 2:1'], ['<a>]]></a>', 'INVALID_TOKEN 1:5'], ['<a>&#0;</a>', 'BAD_CHAR_REF 1:3'], ['<a', 'UNCLOSED_TOKEN 1:0'],
    ['<!DOCTYPE a [<!ENTITY e "&e;">]><a>&e;</a>', 'RECURSIVE_ENTITY_REF 1:35'], ['<!DOCTYPE a [<!ENTITY e "<b>">]><a>&e;</a></b>', 'ASYNC_ENTITY 1:35'],
    ['<a><![CDATA[x</a>', 'UNCLOSED_CDATA_SECTION 1:17'], [' <?xml version="1.0"?><a/>', 'MISPLACED_XML_PI 1:1'], ['<a/>', 'none'],
  ])('%s', (document, expected) => expect(failure(document)).toBe(expected));

  test('an entity that grows without measure is refused', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
    expect(failure(`<!DOCTYPE a [<!ENTITY e0 "lolololol">${levels}]><a>&e9;</a>`)).toContain('AMPLIFICATION_LIMIT_BREACH');
  });
});

describe('external entities', () => {
  test('are parsed by a parser made for them', () => {
    const seen: string[] = [];
    const parser = newParser({ handlers: { characterData: (text) => seen.push(text), startElement: (name) => seen.push(`<${name}>`) } });
    parser.handlers.externalEntity = (context, _base, systemId) => {
      const sub = parser.subParser(context, null);
      sub.handlers = { ...parser.handlers };
      sub.feed(new TextEncoder().encode(`<i/>from ${systemId}`), true);
      return true;
    };
    parser.feed(new TextEncoder().encode('<!DOCTYPE a [<!ENTITY e SYSTEM "file">]><a>&e;</a>'), true);
    expect(seen).toEqual(['<a>', '<i>', 'from file']);
  });

  test('declarations of the external subset count, with conditional sections and parameter entities', () => {
    const seen: string[] = [];
    const parser = newParser({ handlers: { characterData: (text) => seen.push(text) } });
    parser.setParameterParsing(2);
    parser.handlers.externalEntity = (context) => {
      parser.subParser(context, null).feed(new TextEncoder().encode('<!ENTITY % on "INCLUDE"><![%on;[<!ENTITY e "yes">]]><![IGNORE[<!ENTITY e "no">]]>'), true);
      return true;
    };
    parser.feed(new TextEncoder().encode('<!DOCTYPE a SYSTEM "d"><a>&e;</a>'), true);
    expect(seen).toEqual(['yes']);
  });
});
