/**
 * Finalisers that do not look at their object: `def __del__(self)` that never reads `self` (in `xml.etree.ElementTree.iterparse`: `if close_source: source.close()`).
 *
 * The object need not be held for them (`finalize.ts`), nor what it holds: another instance of the class will do, one without attributes. Until a collection finds that the object is
 * gone, an *entry* tells its class:
 *
 *   entries (strong) ──▶ entry ──WeakRef──▶ token ◀──WeakMap── object
 *
 * V8's collections of the young free the object, though they hold what a WeakRef points to: that is the token, which is small.
 */
import { listInstructions } from '../bytecode/instruction-list.ts';
import { hasLocal, OP } from '../bytecode/opcodes.ts';
import { PyFunction, type PyCode } from '../core/function.ts';
import { PyInstance, setSlots } from '../core/instance.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe } from '../core/value.ts';
import { tableGetStr } from './hash-table.ts';
import { newWeakReference } from './js-collector.ts';
import { newDict } from './make.ts';

interface Entry {
  readonly type: PyType;
  token: WeakRef<Token> | null;
  isCancelled: boolean;
}

/** Lives as long as the object. */
interface Token {
  readonly entry: Entry;
}

const tokens = new WeakMap<PyInstance, Token>();
let entries: Entry[] = [];

/** Names by which code gets at variables without an instruction that reads them. */
const READERS: ReadonlySet<string> = new Set(['locals', 'vars', 'dir', 'eval', 'exec', 'super', '__class__', '_getframe', 'currentframe', 'f_locals', 'f_back', 'tb_frame', 'settrace', 'setprofile']);

/** Declared cache: whether code ignores its first argument. */
const known = new WeakMap<PyCode, boolean>();

/** Two indices of locals in one argument. */
const isPair = (op: number): boolean =>
  op === OP.LOAD_FAST_LOAD_FAST || op === OP.LOAD_FAST_BORROW_LOAD_FAST_BORROW || op === OP.STORE_FAST_LOAD_FAST || op === OP.STORE_FAST_STORE_FAST;

function readsFirst(op: number, oparg: number): boolean {
  if (op === OP.MAKE_CELL) return oparg === 0;
  if (isPair(op)) return oparg >> 4 === 0 || (oparg & 15) === 0;
  return hasLocal(op) && oparg === 0;
}

function ignoresFirst(code: PyCode): boolean {
  const { names } = code.code;
  return code.simpleArgcount === 1 && !code.isGenerator && !names.some((name) => READERS.has(name)) && !listInstructions(code.code).some(({ op, oparg }) => readsFirst(op, oparg));
}

function finalizerOf(type: PyType): Maybe {
  for (const { attributes } of type.mro) {
    const finalizer = tableGetStr(attributes.table, '__del__');
    if (finalizer !== undefined) return finalizer;
  }
  return undefined;
}

/** Whether `__del__` of the class does not look at its object. */
function isBlind(type: PyType): boolean {
  const finalizer = finalizerOf(type);
  if (!(finalizer instanceof PyFunction)) return false;
  const { code } = finalizer;
  let ignores = known.get(code);
  if (ignores === undefined) known.set(code, (ignores = ignoresFirst(code)));
  return ignores;
}

/** Watches a new instance whose class has a finaliser; false where that looks at its object. */
export function watchBlindly(instance: PyInstance): boolean {
  if (!isBlind(instance.type)) return false;
  const entry: Entry = { type: instance.type, token: null, isCancelled: false };
  const token: Token = { entry };
  entry.token = newWeakReference(token);
  tokens.set(instance, token);
  entries.push(entry);
  return true;
}

/** The instance gets another class. Returns whether it was watched here; it is no more. */
export function cancelBlind(instance: PyInstance): boolean {
  const token = tokens.get(instance);
  if (token === undefined) return false;
  token.entry.isCancelled = true;
  tokens.delete(instance);
  return true;
}

/** What the finaliser gets in place of the object; undefined where the class has got another finaliser meanwhile, which looks at the object. */
function standIn({ type, isCancelled }: Entry): PyInstance | undefined {
  if (isCancelled || !isBlind(type)) return undefined;
  const instance = new PyInstance(type, null, null);
  setSlots(instance, new Array<Maybe>(type.memberCount).fill(undefined));
  if (type.flags.hasDict) instance.dict = newDict();
  return instance;
}

function standIns(gone: readonly Entry[]): PyInstance[] {
  return gone.map(standIn).filter((instance): instance is PyInstance => instance !== undefined);
}

/** Behind a collection: stands for those that are gone, the oldest first, which are watched no more. */
export function takeBlindDead(): PyInstance[] {
  const gone = entries.filter(({ token }) => token!.deref() === undefined);
  if (gone.length > 0) entries = entries.filter(({ token }) => token!.deref() !== undefined);
  return standIns(gone);
}

/** At the end of the interpreter: stands for all that are watched. */
export function takeBlind(): PyInstance[] {
  const all = entries;
  entries = [];
  return standIns(all);
}

/** How many are watched, or gone and not finalised yet. */
export function blindCount(): number {
  return entries.length;
}

/** A new interpreter begins. */
export function startBlindFinalizers(): void {
  entries = [];
}
