package io.deltagraph.simd;

/**
 * Where the elements of a product's operand lie. A <em>line</em> is what the operand gives to the
 * output: a row of the first operand, or a column of the second one. Each line has a number for
 * each term of the sums.
 *
 * @param line the distance from a line to the next
 * @param term the distance from a term to the next
 */
record OperandStrides(int line, int term) {}
