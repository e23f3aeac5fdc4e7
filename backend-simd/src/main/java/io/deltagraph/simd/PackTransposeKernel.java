package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;

/**
 * The kernel that packs an operand whose terms lie one after another: it transposes squares of at
 * most as many lines and terms as a vector has lanes. Its arrays are the operand, the panel and a
 * square for its own use. Its unit is a term, and a call takes as many squares as lie in its range.
 *
 * @param dtype the type of all numbers
 * @param lines the number of lines that are packed
 * @param terms the number of terms of a square
 * @param sourceLine the distance from a line to the next in the operand
 * @param targetTerm the distance from a term to the next in the panel
 */
record PackTransposeKernel(DType dtype, int lines, int terms, int sourceLine, int targetTerm)
    implements KernelDescription {

  @Override
  public void write(CodeBuilder builder) {
    new PackTransposeCode(this, new VectorCode(builder, dtype)).write();
  }
}
