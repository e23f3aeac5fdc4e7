package io.deltagraph.simd;

/**
 * Where the elements of a fold's input lie.
 *
 * @param result the distance from the first element of a result to that of the next result
 * @param element the distance from an element of a result to its next one
 */
record FoldStrides(int result, int element) {}
