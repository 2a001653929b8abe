/** `zlib`: being written by helper H8. */
