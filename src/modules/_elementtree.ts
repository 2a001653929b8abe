/** `_elementtree` (Modules/_elementtree.c): elements, their builder and their parser, as `xml.etree.ElementTree` takes them. */
import type { Thread } from '../core/thread.ts';
import { PyDict } from '../core/containers.ts';
import { withQuietForm } from '../core/quiet.ts';
import type { Maybe, Value } from '../core/value.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { isCallable } from '../objects/call.ts';
import { DICT_TYPE } from '../objects/static-types.ts';
import { BUILDER_TYPE, setFactories } from './_elementtree/builder.ts';
import { attributesOf, ELEMENT_TYPE, elementArgument, newElement, PyElement } from './_elementtree/element.ts';
import { PARSE_ERROR, PARSER_TYPE } from './_elementtree/parser.ts';
import type { NativeModule } from './native-module.ts';

function subElement(t: Thread, parent: Value, tag: Value, args: Value[], keywords: Map<string, Value>): Value {
  const element = elementArgument(parent, 'SubElement() argument 1');
  if (args.length > 1) raiseTypeError(`SubElement() takes at most 3 arguments (${args.length + 2} given)`);
  const child = newElement(tag, attributesOf(t, args[0], keywords, 'SubElement() argument 3'));
  element.append(child);
  return child;
}

withQuietForm(subElement, {
  call: (t: Thread, parent: Value, tag: Value, args: Value[], keywords: Map<string, Value>): Maybe => {
    const isPlain = args.length === 0 || (args.length === 1 && args[0] instanceof PyDict && args[0].type === DICT_TYPE);
    return parent instanceof PyElement && isPlain && !keywords.has('attrib') ? subElement(t, parent, tag, args, keywords) : undefined;
  },
  effect: 'change', result: ELEMENT_TYPE,
});

function checkedFactories(t: Thread, comment: Value, instruction: Value): Value {
  if (comment !== null && !isCallable(comment)) raiseTypeError(`Comment factory must be callable, not ${typeName(comment)}`);
  if (instruction !== null && !isCallable(instruction)) raiseTypeError(`PI factory must be callable, not ${typeName(instruction)}`);
  return setFactories(t, comment, instruction);
}

/** The table. */
export const ELEMENTTREE_MODULE: NativeModule = {
  name: '_elementtree',
  doc: '',
  types: { Element: ELEMENT_TYPE, TreeBuilder: BUILDER_TYPE, XMLParser: PARSER_TYPE, ParseError: PARSE_ERROR },
  functions: {
    SubElement: [subElement, '!($module, parent, tag, /, *args, **extra)', 'Makes an element and adds it to another.'],
    _set_factories: [checkedFactories, '($module, comment_factory, pi_factory, /)', 'Change the factories used to create comments and processing instructions.'],
  },
};
