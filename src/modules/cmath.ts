/** `cmath`: being written by helper H8. */
