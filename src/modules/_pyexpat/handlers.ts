/** What a parser tells of a document. A handler that is null is not called; its piece of text goes to `text` then, if that is there. */
import type { ContentModel } from './dtd.ts';

/** See the file. Names are with their namespace if the parser knows namespaces. */
export interface Handlers {
  startElement: ((name: string, attributes: readonly string[], specified: number) => void) | null;
  endElement: ((name: string) => void) | null;
  characterData: ((text: string) => void) | null;
  /** Whether pieces of text that follow one another may come as one. */
  joinsLines: boolean;
  processingInstruction: ((target: string, data: string) => void) | null;
  comment: ((text: string) => void) | null;
  startCdata: (() => void) | null;
  endCdata: (() => void) | null;
  /** Text of the document that no other handler takes. */
  text: ((text: string) => void) | null;
  startNamespace: ((prefix: string | null, uri: string | null) => void) | null;
  endNamespace: ((prefix: string | null) => void) | null;
  /** `standalone` is -1 where it is not said. */
  xmlDeclaration: ((version: string | null, encoding: string | null, standalone: number) => void) | null;
  startDoctype: ((name: string, systemId: string | null, publicId: string | null, hasInternalSubset: number) => void) | null;
  endDoctype: (() => void) | null;
  entityDeclaration: ((name: string, isParameter: number, value: string | null, base: string | null, systemId: string | null, publicId: string | null, notation: string | null) => void) | null;
  unparsedEntity: ((name: string, base: string | null, systemId: string | null, publicId: string | null, notation: string) => void) | null;
  notation: ((name: string, base: string | null, systemId: string | null, publicId: string | null) => void) | null;
  elementDeclaration: ((name: string, model: ContentModel) => void) | null;
  attributeDeclaration: ((element: string, name: string, type: string, value: string | null, required: number) => void) | null;
  /** False stops the parser. */
  notStandalone: (() => boolean) | null;
  /** False stops the parser. `context` is null for the external subset. */
  externalEntity: ((context: string | null, base: string | null, systemId: string | null, publicId: string | null) => boolean) | null;
  skippedEntity: ((name: string, isParameter: number) => void) | null;
}

/** No handlers. */
export function noHandlers(): Handlers {
  return {
    startElement: null, endElement: null, characterData: null, joinsLines: false, processingInstruction: null, comment: null, startCdata: null, endCdata: null, text: null, startNamespace: null,
    endNamespace: null, xmlDeclaration: null, startDoctype: null, endDoctype: null, entityDeclaration: null, unparsedEntity: null, notation: null, elementDeclaration: null,
    attributeDeclaration: null, notStandalone: null, externalEntity: null, skippedEntity: null,
  };
}
