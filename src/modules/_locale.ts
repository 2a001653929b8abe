/** `_locale`: being written by helper H8. */
