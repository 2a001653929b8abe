/** Limits that every interpreter's worker is started with. */

/** JavaScript stack of a worker: deep native recursion must meet Python's limit first. */
export const STACK_SIZE_MB = 256;
/** Semi-space of a worker's heap: Python programs allocate many short-lived objects, and a collection of a small one copies live objects too often. */
export const YOUNG_GENERATION_MB = 64;
