/** Limits that several passes share. */

/** From this many values on, code avoids keeping all of them on the stack. */
export const STACK_USE_GUIDELINE = 30;
