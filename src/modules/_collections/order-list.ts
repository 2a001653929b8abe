/**
 * The order of an OrderedDict: a doubly linked list of its keys, beside the hash table that holds the values (Objects/odictobject.c).
 *
 *   first ⇄ node ⇄ node ⇄ last        nodes: key → node
 *
 * INV-1: a node's key is the key object that the table stores, so that `nodes`, which compares as JavaScript does, finds it again.
 * The table may be changed behind the list (`dict.__setitem__(ordered, ...)`): then the list keeps its keys and says nothing of the new ones.
 */
import type { Value } from '../../core/value.ts';

/** One key in the list. */
export interface OrderNode {
  readonly key: Value;
  previous: OrderNode | null;
  next: OrderNode | null;
}

/** The list. */
export class OrderList {
  first: OrderNode | null = null;
  last: OrderNode | null = null;
  /** Changes with every change of the list: what iterators compare. */
  state = 0;
  private nodes = new Map<Value, OrderNode>();

  /** Number of keys. */
  get size(): number {
    return this.nodes.size;
  }

  /** The node of a stored key. */
  find(key: Value): OrderNode | undefined {
    return this.nodes.get(key);
  }

  /** Adds a key at the end. */
  append(key: Value): void {
    const node: OrderNode = { key, previous: null, next: null };
    this.nodes.set(key, node);
    this.link(node, /* atEnd */ true);
  }

  /** Takes a key out; nothing happens when it is not there. */
  remove(key: Value): void {
    const node = this.nodes.get(key);
    if (node === undefined) return;
    this.nodes.delete(key);
    this.unlink(node);
  }

  /** Moves a node to one end. */
  move(node: OrderNode, toEnd: boolean): void {
    this.unlink(node);
    this.link(node, toEnd);
  }

  /** Takes everything out. */
  clear(): void {
    this.nodes = new Map();
    this.first = null;
    this.last = null;
    this.state++;
  }

  private link(node: OrderNode, atEnd: boolean): void {
    if (atEnd) {
      node.previous = this.last;
      node.next = null;
      if (this.last === null) this.first = node;
      else this.last.next = node;
      this.last = node;
    } else {
      node.previous = null;
      node.next = this.first;
      if (this.first === null) this.last = node;
      else this.first.previous = node;
      this.first = node;
    }
    this.state++;
  }

  private unlink(node: OrderNode): void {
    const { previous, next } = node;
    if (previous === null) this.first = next;
    else previous.next = next;
    if (next === null) this.last = previous;
    else next.previous = previous;
    this.state++;
  }
}
