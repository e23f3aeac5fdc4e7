package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;

/**
 * The kernel that packs an operand whose lines lie one after another: it copies them term by term.
 * With several panels at a time, what lies far apart is read in longer pieces. Its arrays are the
 * operand, the panels and an unused one; its unit is a term.
 *
 * @param dtype the type of all numbers
 * @param lines the number of lines of a panel
 * @param panels the number of panels
 * @param sourceTerm the distance from a term to the next in the operand
 * @param panelDistance the distance from a panel to the next after packing
 */
record PackCopyKernel(DType dtype, int lines, int panels, int sourceTerm, int panelDistance)
    implements KernelDescription {

  @Override
  public void write(CodeBuilder builder) {
    new PackCopyCode(this, new VectorCode(builder, dtype)).write();
  }
}
