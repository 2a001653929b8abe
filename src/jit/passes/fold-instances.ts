/**
 * An instance that is made and gets its attributes before anybody else has it is made with all of them: `new_instance` and the stores that follow become one
 * `build_instance`, whose slots are known.
 */
import type { PyType } from '../../core/type.ts';
import type { Shape } from '../../core/shape.ts';
import { constant, resolve, settleOperands, stateValues, Node, type Block, type Graph } from '../ir.ts';
import { OBJECT, UNBOUND } from '../kinds.ts';
import type { AddedSlot, BuiltInstance, ShapeFact } from '../operations.ts';

/** An instance that nobody else has yet. */
interface Fresh {
  readonly node: Node;
  readonly type: PyType;
  shape: Shape | null;
  readonly slots: (Node | undefined)[];
}

class Folder {
  private readonly block: Block;
  private readonly fresh = new Map<Node, Fresh>();
  private out: Node[] = [];

  constructor(block: Block) {
    this.block = block;
  }

  run(): void {
    for (const node of this.block.nodes) {
      node.args = node.args.map(resolve);
      this.visit(node);
    }
    for (const fresh of [...this.fresh.values()]) this.make(fresh);
    this.block.nodes = this.out;
  }

  private visit(node: Node): void {
    const type = node.imm as PyType;
    if (node.op === 'new_instance' && (type.rootShape !== null || !type.flags.hasDict) && type.slots.tp_finalize === null) {
      this.fresh.set(node, { node, type, shape: type.rootShape, slots: new Array<undefined>(type.memberCount).fill(undefined) });
      return;
    }
    const owner = node.args.length > 0 ? this.fresh.get(node.args[0]!) : undefined;
    if (owner !== undefined && this.absorb(owner, node)) return;
    this.escape(node);
    this.out.push(node);
  }

  /** Takes over what a node does to an instance; false where it is something else. */
  private absorb(owner: Fresh, node: Node): boolean {
    switch (node.op) {
      case 'guard_shape':
        if ((node.imm as ShapeFact).shape !== owner.shape) return false;
        node.alias = owner.node;
        return true;
      case 'guard_type': case 'guard_members':
        if ((node.imm as ShapeFact).type !== owner.type || (node.op === 'guard_members' && owner.shape !== null)) return false;
        node.alias = owner.node;
        return true;
      case 'slot_add': {
        const { slot, shape } = node.imm as AddedSlot;
        if (slot !== owner.slots.length || this.fresh.has(node.args[1]!)) return false;
        owner.slots.push(node.args[1]!);
        owner.shape = shape as Shape;
        return true;
      }
      case 'slot_set':
        if ((node.imm as number) >= owner.slots.length || this.fresh.has(node.args[1]!)) return false;
        owner.slots[node.imm as number] = node.args[1]!;
        return true;
      case 'slot_get': {
        const value = owner.slots[node.imm as number];
        if (value !== undefined) node.alias = value;
        return value !== undefined;
      }
      default: return false;
    }
  }

  /** Makes the instances that a node gets hold of. */
  private escape(node: Node): void {
    if (this.fresh.size === 0) return;
    const values = [...node.args, ...(node.state === null ? [] : stateValues(node.state))];
    for (const value of values) {
      const fresh = this.fresh.get(resolve(value));
      if (fresh !== undefined) this.make(fresh);
    }
  }

  private unset(): Node {
    const node = constant(undefined, UNBOUND);
    node.block = this.block;
    this.out.push(node);
    return node;
  }

  private make({ node, type, shape, slots }: Fresh): void {
    this.fresh.delete(node);
    if (slots.length === 0) {
      this.out.push(node);
      return;
    }
    const made = new Node('build_instance', Array.from(slots, (value) => value ?? this.unset()), { type, shape, room: type.slotRoom } satisfies BuiltInstance);
    made.kinds = OBJECT;
    made.hint = node.hint;
    made.block = this.block;
    node.alias = made;
    this.out.push(made);
  }
}

/** See the file's head. */
export function foldInstances(graph: Graph): void {
  const blocks = graph.blocks.filter(({ nodes }) => nodes.some(({ op }) => op === 'new_instance'));
  for (const block of blocks) new Folder(block).run();
  if (blocks.length > 0) settleOperands(graph);
}
