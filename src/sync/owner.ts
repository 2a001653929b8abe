/** Owner ids, and the errors of locks whose owner died. */

/** Ids of owners: positive and below this, so that a lock word has room for the id and two flags. Whoever makes threads gives them out, never twice. */
export const MAX_OWNER = 0x3fff_ffff;
/** In a lock word: somebody may sleep on it. */
export const CONTENDED = 0x4000_0000;
/** In a lock word (its sign): the owner died; the rest is the dead owner's id. */
export const POISONED = -0x8000_0000;

/** The owner died while it held the lock, so what the lock protects may be half changed. */
export class LockPoisoned extends Error {
  override readonly name = 'LockPoisoned';
  /** Id of the dead owner. */
  readonly owner: number;
  constructor(owner: number) {
    super(`the lock's owner ${owner} died while it held the lock`);
    this.owner = owner;
  }
}

/** A lock was released by somebody who does not hold it. */
export class NotOwner extends Error {
  override readonly name = 'NotOwner';
}
