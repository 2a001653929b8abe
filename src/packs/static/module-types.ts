/** What a module says about types: the names that it has imported from `__static__`, and the classes with typed fields, which are rewritten to have members. */
import type { ClassDef, Expr, Located, Mod, Module, Stmt } from '../../frontend/ast.ts';
import { makeAssign, makeAttribute, makeCall, makeConstant, makeKeyword, makeName, makeTuple } from '../../frontend/ast-factory.ts';
import type { Primitive } from './primitives.ts';

/** The module that asks for the pack. */
export const STATIC = '__static__';

const PRIMITIVES: ReadonlySet<string> = new Set<Primitive>(['int64', 'double']);

/** Field → type, of one class. */
export type Fields = ReadonlyMap<string, Primitive>;

/** The types of a module. */
export interface ModuleTypes {
  /** Name in the module → primitive type. */
  readonly names: ReadonlyMap<string, Primitive>;
  /** Classes at the top of the module that have typed fields. */
  readonly classes: ReadonlyMap<string, Fields>;
}

function importedNames(body: readonly Stmt[]): Map<string, Primitive> | null {
  const names = new Map<string, Primitive>();
  let asks = false;
  // A module that also runs without the pack tries to import from it.
  for (const s of body.flatMap((part) => (part.kind === 'Try' ? part.body : [part]))) {
    if (s.kind === 'Import') asks ||= s.names.some(({ name }) => name === STATIC);
    if (s.kind !== 'ImportFrom' || s.module !== STATIC) continue;
    asks = true;
    for (const { name, asname } of s.names) if (PRIMITIVES.has(name)) names.set(asname ?? name, name as Primitive);
  }
  return asks ? names : null;
}

/** The primitive type that an annotation names, or null. */
export function annotated(names: ReadonlyMap<string, Primitive>, annotation: Expr | null): Primitive | null {
  return annotation !== null && annotation.kind === 'Name' ? names.get(annotation.id) ?? null : null;
}

/** Names of annotated fields without a value, and the types of those that are primitive. */
function fieldsOf(names: ReadonlyMap<string, Primitive>, s: ClassDef): { all: string[]; typed: Map<string, Primitive> } {
  const all: string[] = [];
  const typed = new Map<string, Primitive>();
  for (const part of s.body) {
    if (part.kind !== 'AnnAssign' || part.target.kind !== 'Name' || part.value !== null) continue;
    all.push(part.target.id);
    const type = annotated(names, part.annotation);
    if (type !== null) typed.set(part.target.id, type);
  }
  return { all, typed };
}

/** Maker of nodes that stand where `at` does. */
function nodesAt({ lineno, col_offset, end_lineno, end_col_offset }: Located) {
  const place = [lineno, col_offset, end_lineno, end_col_offset] as const;
  const text = (value: string): Expr => makeConstant(value, null, ...place);
  const load = (id: string): Expr => makeName(id, 'Load', ...place);
  return {
    /** `__slots__ = (names...)` */
    slots: (names: readonly string[]): Stmt => makeAssign([makeName('__slots__', 'Store', ...place)], makeTuple(names.map(text), 'Load', ...place), null, ...place),
    /** `__import__('__static__').typed_fields(name='type', ...)` */
    decorator: (typed: Fields): Expr => makeCall(
      makeAttribute(makeCall(load('__import__'), [text(STATIC)], [], ...place), 'typed_fields', 'Load', ...place),
      [], [...typed].map(([name, type]) => makeKeyword(name, text(type), ...place)), ...place,
    ),
  };
}

function hasSlots(s: ClassDef): boolean {
  return s.body.some((part) => part.kind === 'Assign' && part.targets.some((target) => target.kind === 'Name' && target.id === '__slots__'));
}

/** Gives a class with typed fields members and the decorator that makes them typed. */
function rewriteClass(s: ClassDef, all: readonly string[], typed: Fields): void {
  const nodes = nodesAt(s);
  if (!hasSlots(s)) {
    const docs = s.body[0]?.kind === 'Expr' && s.body[0].value.kind === 'Constant' ? 1 : 0;
    s.body.splice(docs, 0, nodes.slots(all));
  }
  s.decorator_list.push(nodes.decorator(typed));
}

function readClasses(module: Module, names: ReadonlyMap<string, Primitive>): Map<string, Fields> {
  const classes = new Map<string, Fields>();
  for (const s of module.body) {
    if (s.kind !== 'ClassDef') continue;
    const inherited = s.bases.flatMap((base) => (base.kind === 'Name' ? [...(classes.get(base.id) ?? [])] : []));
    const { all, typed } = fieldsOf(names, s);
    if (typed.size > 0) rewriteClass(s, all, typed);
    if (typed.size + inherited.length > 0) classes.set(s.name, new Map([...inherited, ...typed]));
  }
  return classes;
}

/** Reads a module's types and rewrites its classes; null for a module that does not ask for the pack. */
export function readModule(tree: Mod): ModuleTypes | null {
  if (tree.kind !== 'Module') return null;
  const names = importedNames(tree.body);
  return names === null ? null : { names, classes: readClasses(tree, names) };
}
