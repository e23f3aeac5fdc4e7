package io.deltagraph.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * Writes what {@link PackCopyCode} and {@link PackTransposeCode} share: the way through the terms.
 */
final class PackCode {
  private final VectorCode code;
  private final CodeBuilder b;
  private final int sourceTerm;
  private final int targetTerm;
  private final Cursor source;
  private final Cursor target;
  private final int square;
  private int term;

  PackCode(VectorCode code, int sourceTerm, int targetTerm) {
    this.code = code;
    this.sourceTerm = sourceTerm;
    this.targetTerm = targetTerm;
    b = code.code();
    int from = code.array(0);
    int to = code.array(1);
    square = code.array(2);
    source = new Cursor(from, code.place(0, sourceTerm));
    target = new Cursor(to, code.place(1, targetTerm));
  }

  /** Where the next term lies in the operand. */
  Cursor source() {
    return source;
  }

  /** Where the next term comes to lie. */
  Cursor target() {
    return target;
  }

  /** The local variable of the third array. */
  int square() {
    return square;
  }

  /** Starts at the first term of the kernel's range. */
  void start() {
    term = code.newInt();
    b.iload(GeneratedKernels.FROM).istore(term);
  }

  /**
   * Repeats a body, which takes {@code step} terms, up to the end of the kernel's range or some
   * terms before it.
   */
  void repeat(int termsLeft, int step, Runnable body) {
    Label start = b.newLabel();
    Label end = b.newLabel();
    b.labelBinding(start).iload(term).loadConstant(termsLeft).iadd();
    b.iload(GeneratedKernels.TO).if_icmpge(end);
    body.run();
    code.advance(source, step * sourceTerm);
    code.advance(target, step * targetTerm);
    b.iinc(term, step).goto_(start).labelBinding(end);
  }
}
