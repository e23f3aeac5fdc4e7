package io.deltagraph.simd;

import io.deltagraph.type.DType;

/**
 * Where the elements of an operand lie that is read or written in rows and columns.
 *
 * @param dtype the type of the elements
 * @param row the distance from a row to the next, in elements
 * @param column the distance from a column to the next: 1, or 0 where all columns share a number
 */
record MatrixStrides(DType dtype, int row, int column) {}
