package io.deltagraph.simd;

/**
 * A place in an array that a kernel reads or writes.
 *
 * @param array the local variable that holds the array
 * @param index the local variable that holds an index in it
 */
record Cursor(int array, int index) {}
