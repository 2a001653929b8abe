/** Limits that every interpreter's worker is started with. */

/** JavaScript stack of a worker: deep native recursion must meet Python's limit first. */
export const STACK_SIZE_MB = 256;
/**
 * Room for young objects in a worker's heap, in three parts: Python programs allocate many short-lived objects, and a collection of small parts copies live ones too often. Times of `bench/programs/`
 * after two seconds, geometric means: 64 MB 1.00, 96 MB 0.94, 192 MB 0.92; the largest no longer fits into the processor's caches (`exceptions` 1.6 times slower). It is used up only where objects survive.
 */
export const YOUNG_GENERATION_MB = 96;
