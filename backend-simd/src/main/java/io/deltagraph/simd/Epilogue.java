package io.deltagraph.simd;

import io.deltagraph.plan.LaneProgram;
import java.util.List;

/**
 * What a product does to its sums before they are stored: adds a bias, say.
 *
 * @param program from a sum and the extra operands to an element of the output
 * @param isIdentity whether the sums are stored as they are
 * @param extras where the extra operands lie
 */
record Epilogue(LaneProgram program, boolean isIdentity, List<MatrixStrides> extras) {}
