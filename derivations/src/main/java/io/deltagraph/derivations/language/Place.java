package io.deltagraph.derivations.language;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column in code points, from 1
 */
public record Place(int line, int column) {}
