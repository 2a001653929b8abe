/** `_statistics`: being written by helper H8. */
