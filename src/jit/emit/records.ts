/**
 * Which values of its record (`core/compiled.ts`) an activation has to write where. Each slot of the frame has one place in the record, so that what a call
 * wrote still stands there at the next one: only what has changed since is written, what a loop does not change before the loop, and what a failed guard
 * leaves behind when it fails.
 *
 * Calls that were inlined have records of their own on top (`Inlining`), from `enter_inlined` to `leave_inlined` or only where their bodies are left: each is a *region*, whose places
 * are told apart by numbers from REGION on. Regions of calls behind each other overlap: nothing is relied on in a region before it is entered.
 *
 * INV-1: between two calls the record holds what the site of the first one names. Nothing else in it is relied on: a collection clears it.
 */
import { RECORD_HEAD, SOURCE_COMPLEX, SOURCE_CONSTANT, SOURCE_COUNT, SOURCE_DOUBLE, SOURCE_ENUMERATE, SOURCE_GENERATOR, SOURCE_KEPT, SOURCE_NUMBER, SOURCE_RANGE, SOURCE_SEQUENCE, SOURCE_TUPLE, SOURCE_UNBOUND, SOURCE_VALUE, SOURCE_ZIP, type SuspendedSource } from '../../core/compiled.ts';
import type { Value } from '../../core/value.ts';
import type { Shape } from '../dominators.ts';
import { edgesOf, isVirtual, slotsOfParts, type Block, type Edge, type Graph, type Inlining, type Node, type Slot, type State, type VirtualObject } from '../ir.ts';
import { canRaise, origin, savesRecord } from '../operations.ts';

/** The values of a record by place. */
type Contents = ReadonlyMap<number, Node>;

/** A value to be written into the record, at `place` (`RecordPlan.offsetOf`); null: what stands there is to be forgotten. */
export interface Write {
  readonly place: number;
  readonly value: Node | null;
}

/** How a record describes a state. */
export interface Layout {
  /** Pairs (SOURCE_*, n) as `Site.sources` has them. */
  readonly sources: Int32Array;
  readonly constants: readonly (Value | undefined)[];
  readonly generators: readonly SuspendedSource[];
  readonly contents: Contents;
  /** See `Site.instance`. */
  readonly instance: number;
}

/** Places that an object in parts takes. */
const PARTS = 3;

/** Numbers of places in each region: more than a frame has slots. */
const REGION = 2 ** 24;

const SOURCES = { range: SOURCE_RANGE, count: SOURCE_COUNT, sequence: SOURCE_SEQUENCE, complex: SOURCE_COMPLEX, tuple: SOURCE_TUPLE, enumerate: SOURCE_ENUMERATE, zip: SOURCE_ZIP, number: SOURCE_NUMBER, generator: SOURCE_GENERATOR };

/** Whether a slot of a state is what the frame had there at the entry. */
function isAsEntered(slot: Slot, i: number): boolean {
  if (isVirtual(slot)) return false;
  const from = origin(slot);
  return from.op === 'entry_slot' && from.imm === i;
}

/**
 * The slots of the entered frame that are not at all calls what they were. A look at frames writes the present ones into the frame, and clears those above; where
 * compiled code is left for good it is left with what the frame has then.
 */
function changedSlots(graph: Graph, frameSize: number): ReadonlySet<number> {
  const changed = new Set<number>();
  for (const { nodes } of graph.blocks) {
    for (const node of nodes.filter(isCall)) {
      const { slots } = outermost(node.state!);
      for (let i = 0; i < frameSize; i++) if (i >= slots.length || !isAsEntered(slots[i]!, i)) changed.add(i);
    }
  }
  return changed;
}

/** The state of the function that was compiled, under those of inlined calls. */
function outermost(state: State): State {
  let s = state;
  while (s.inlining !== null) s = s.inlining.caller;
  return s;
}

/** How a record describes a generator whose parts begin at `first`. */
function suspendedSource({ generator, parts }: VirtualObject, first: number): SuspendedSource {
  const { func, code, pc, point, form } = generator!;
  const sources: number[] = [];
  let next = 0;
  for (const slot of slotsOfParts(form, parts)) {
    sources.push(isVirtual(slot) ? SOURCES[slot.virtual] : slot.isDouble ? SOURCE_DOUBLE : SOURCE_VALUE, first + next);
    next += isVirtual(slot) ? slot.parts.length : 1;
  }
  return { func, code, pc, point: point as SuspendedSource['point'], sources: Int32Array.from(sources) };
}

/** Gives the states of one activation their places. */
class Layouts {
  private readonly known = new Map<State, Layout>();
  /** The first of the places for the parts of the object in a slot. */
  private readonly parts = new Map<number, { readonly first: number; readonly count: number }>();
  private next: number;
  private readonly changed: ReadonlySet<number> | null;

  /** The places behind `frameSize` are for parts of objects. `changed` are the slots of the entered frame that are not kept; null where no frame is entered. */
  constructor(frameSize: number, changed: ReadonlySet<number> | null) {
    this.next = frameSize;
    this.changed = changed;
  }

  isKept(slot: Slot, i: number): boolean {
    return this.changed !== null && !this.changed.has(i) && isAsEntered(slot, i);
  }

  get places(): number {
    return this.next;
  }

  of(state: State): Layout {
    let layout = this.known.get(state);
    if (layout === undefined) this.known.set(state, (layout = this.make(state)));
    return layout;
  }

  private make(state: State): Layout {
    const sources: number[] = [];
    const constants: (Value | undefined)[] = [];
    const generators: SuspendedSource[] = [];
    const contents = new Map<number, Node>();
    const places = new Map<Node, number>();
    state.slots.forEach((slot, i) => {
      if (isVirtual(slot)) {
        const first = this.addParts(i, slot, contents);
        if (slot.generator === null) sources.push(SOURCES[slot.virtual], first);
        else sources.push(SOURCE_GENERATOR, generators.push(suspendedSource(slot, first)) - 1);
        return;
      }
      if (this.isKept(slot, i)) {
        sources.push(SOURCE_KEPT, 0);
        return;
      }
      const value = origin(slot);
      if (value.op === 'const') {
        if (value.imm === undefined) sources.push(SOURCE_UNBOUND, 0);
        else sources.push(SOURCE_CONSTANT, constants.push(value.imm as Value) - 1);
        return;
      }
      let place = places.get(value);
      if (place === undefined) {
        place = i;
        places.set(value, i);
        contents.set(i, value);
      }
      sources.push(slot.isDouble ? SOURCE_DOUBLE : SOURCE_VALUE, place);
    });
    return { sources: Int32Array.from(sources), constants, generators, contents, instance: state.inlines ? this.instancePlace(state, contents) : -1 };
  }

  /** The place of the instance whose `__init__` is inlined. */
  private instancePlace({ constructs }: State, contents: Map<number, Node>): number {
    if (constructs === null) return -1;
    contents.set(this.next, origin(constructs));
    return this.next++;
  }

  private addParts(slot: number, object: VirtualObject, contents: Map<number, Node>): number {
    const count = Math.max(PARTS, object.parts.length);
    let places = this.parts.get(slot);
    if (places === undefined || places.count < count) {
      places = { first: this.next, count };
      this.next += count;
      this.parts.set(slot, places);
    }
    const { first } = places;
    object.parts.forEach((part, i) => contents.set(first + i, origin(part)));
    return first;
  }
}

function isCall(node: Node): boolean {
  return node.state !== null && savesRecord(node);
}

/** What a block parameter gets along an edge stands in the record already: under the parameter's name from there on. */
function contentsAlong(edge: Edge, contents: Contents): Contents {
  const { params } = edge.target;
  if (params.length === 0 || contents.size === 0) return contents;
  const names = new Map(params.map((param, i) => [origin(edge.args[i]!), param]));
  return new Map([...contents].map(([place, node]) => [place, names.get(node) ?? node]));
}

/** What is needed and not there. */
function missing(contents: Contents, needed: Contents): Write[] {
  const writes: Write[] = [];
  for (const [place, value] of needed) if (contents.get(place) !== value) writes.push({ place, value });
  return writes;
}

/** What still stands where others were written. */
function without(contents: Contents, writes: readonly Write[]): Contents {
  const left = new Map(contents);
  for (const { place } of writes) left.delete(place);
  return left;
}

function intersect(all: readonly Contents[]): Map<number, Node> {
  const result = new Map(all[0] ?? []);
  for (const contents of all.slice(1)) for (const [place, node] of result) if (contents.get(place) !== node) result.delete(place);
  return result;
}

/** The record of an activation. */
interface Region {
  readonly layouts: Layouts;
  /** The number of its first place. */
  readonly first: number;
  /** That of its caller, on which it stands. */
  readonly under: Region | null;
}

/** See the file's head. */
export class RecordPlan {
  /** Whether anything is called that could look at the record, or handles what was raised with it. */
  readonly calls: boolean;
  private readonly root: Region;
  private readonly locals: number;
  private readonly regions: Region[];
  /** By inlining, or what several have in common. */
  private readonly inlined = new Map<object, Region>();
  private readonly contentsOf = new Map<State, Contents>();
  private readonly shape: Shape;
  private readonly definedIn = new Map<Node, Block>();
  private readonly ends = new Map<Block, Contents>();
  private readonly beforeCall = new Map<Node, readonly Write[]>();
  private readonly onFailure = new Map<Node | Block, readonly Write[]>();
  private readonly onEdge = new Map<Edge, readonly Write[]>();

  /** `code` has `locals` variables and a frame of `frameSize` slots. */
  constructor(graph: Graph, shape: Shape, code: { readonly locals: number; readonly frameSize: number }) {
    this.root = { layouts: new Layouts(code.frameSize, graph.parameters < 0 ? changedSlots(graph, code.frameSize) : null), first: 0, under: null };
    this.locals = code.locals;
    this.regions = [this.root];
    this.shape = shape;
    for (const block of graph.blocks) for (const node of [...block.params, ...block.nodes]) this.definedIn.set(node, block);
    for (const block of graph.blocks) this.planBlock(block);
    this.calls = this.beforeCall.size > 0 || graph.blocks.some(({ nodes }) => nodes.some((node) => node.catches && canRaise(node)));
  }

  private region(inlining: Inlining | null): Region {
    if (inlining === null) return this.root;
    const key = inlining.activation ?? inlining;
    let region = this.inlined.get(key);
    if (region === undefined) {
      const { code, caller } = inlining;
      // Its number comes behind that of the region under it, which may be new as well.
      const under = this.region(caller.inlining);
      region = { layouts: new Layouts(code.frameSize, null), first: this.regions.length * REGION, under };
      this.inlined.set(key, region);
      this.regions.push(region);
    }
    return region;
  }

  /** What the records have to hold for a state, those of callers included. */
  private needed(state: State): Contents {
    let contents = this.contentsOf.get(state);
    if (contents === undefined) this.contentsOf.set(state, (contents = this.collect(state)));
    return contents;
  }

  private collect(state: State): Contents {
    const { inlining } = state;
    const own = this.layoutOf(state).contents;
    if (inlining === null) return own;
    const { first } = this.region(inlining);
    const contents = new Map(this.needed(inlining.caller));
    for (const [place, value] of own) contents.set(first + place, value);
    return contents;
  }

  /** Whether the entered frame has a slot of a state in its place already. */
  isKept(slot: Slot, i: number): boolean {
    return this.root.layouts.isKept(slot, i);
  }

  /** How its record describes a state. */
  layoutOf(state: State): Layout {
    return this.region(state.inlining).layouts.of(state);
  }

  /** Entries of the record of every activation of the function, or of one that was inlined, its head included. */
  sizeOf(inlining: Inlining | null): number {
    return RECORD_HEAD + this.region(inlining).layouts.places;
  }

  /** Where the record of an activation begins, from that of the function on. */
  baseOf(inlining: Inlining | null): number {
    return this.baseOfRegion(this.region(inlining));
  }

  private baseOfRegion({ under }: Region): number {
    return under === null ? 0 : this.baseOfRegion(under) + RECORD_HEAD + under.layouts.places;
  }

  /** Where a place is, from the beginning of the function's record on. */
  offsetOf(place: number): number {
    const region = this.regions[Math.floor(place / REGION)]!;
    return this.baseOfRegion(region) + RECORD_HEAD + place - region.first;
  }

  /** What is to be written before a call. */
  writesBefore(call: Node): readonly Write[] {
    return this.beforeCall.get(call)!;
  }

  /** What is to be written where a guard fails, or a block leaves to tier 0. */
  writesLeaving(place: Node | Block): readonly Write[] {
    return this.onFailure.get(place)!;
  }

  /** What is to be written on the way along an edge: what the loop that it leads to needs and does not change. */
  writesAlong(edge: Edge): readonly Write[] {
    return this.onEdge.get(edge) ?? [];
  }

  private planBlock(block: Block): void {
    let contents = this.contentsAt(block);
    for (const node of block.nodes) {
      const { state } = node;
      if (state === null) continue;
      const needed = this.needed(state);
      const writes = missing(contents, needed);
      // A call may have a check before it, with the same state.
      this.onFailure.set(node, writes);
      // Where its exception is handled in the code, that goes on with what was left behind.
      if (node.catches && !isCall(node)) contents = without(contents, writes);
      if (!isCall(node)) continue;
      this.beforeCall.set(node, [...writes, ...this.forgotten(contents, needed)]);
      contents = needed;
    }
    if (block.end.kind === 'exit') this.onFailure.set(block, missing(contents, this.needed(block.end.state)));
    this.ends.set(block, contents);
  }

  /** Variables that have lost their values: the record would hold them until the function returns. */
  private forgotten(contents: Contents, needed: Contents): Write[] {
    return [...contents.keys()].filter((place) => place < this.locals && !needed.has(place)).map((place) => ({ place, value: null }));
  }

  private contentsAt(block: Block): Contents {
    const order = this.shape.order.get(block)!;
    const entering = new Set(this.shape.predecessors.get(block)!.filter((from) => this.shape.order.get(from)! < order));
    const edges = [...entering].flatMap((from) => edgesOf(from).filter((edge) => edge.target === block).map((edge) => ({ edge, contents: this.ends.get(from)! })));
    const body = this.shape.loops.get(block);
    if (body === undefined) return intersect(edges.map(({ edge, contents }) => contentsAlong(edge, contents)));
    return this.contentsOfLoop(edges, body);
  }

  /** The records that do not last from one iteration to the next. */
  private enteredIn(body: ReadonlySet<Block>): ReadonlySet<Region> {
    return new Set([...body].flatMap((block) => block.nodes.filter(({ op }) => op === 'enter_inlined').map((node) => this.region(node.imm as Inlining))));
  }

  /** A loop keeps what all its calls find in the same place; what they do not find there yet is written on the way into the loop. */
  private contentsOfLoop(edges: readonly { edge: Edge; contents: Contents }[], body: ReadonlySet<Block>): Contents {
    // The entry of the function leads to the loop without an edge.
    if (edges.length === 0) return new Map();
    const needs = [...body].flatMap((block) => block.nodes.filter(isCall).map((node) => this.needed(node.state!)));
    if (needs.length === 0) return intersect(edges.map(({ contents }) => contents));
    const entered = this.enteredIn(body);
    const kept = new Map([...intersect(needs)].filter(([place, node]) => !body.has(this.definedIn.get(node)!) && !entered.has(this.regions[Math.floor(place / REGION)]!)));
    for (const { edge, contents } of edges) {
      const writes = missing(contents, kept);
      if (writes.length > 0) this.onEdge.set(edge, writes);
    }
    return kept;
  }
}
