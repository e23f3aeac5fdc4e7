package io.deltagraph.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Writes the loops of kernels, which a rehearsal cuts short. */
final class Turns {
  private static final ClassDesc MATH = ClassDesc.of(Math.class.getName());
  private static final MethodTypeDesc MINIMUM =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  /** More turns than these are worth cutting short; fewer are better known to the compiler. */
  private static final int MANY = 32;

  private Turns() {}

  /**
   * Counts for nothing, up to a number that only a rehearsal is below: the compiler takes the turns
   * of a loop for work done. It leaves the loop out, which does nothing.
   */
  static void rehearse(CodeBuilder code) {
    int counter = code.allocateLocal(TypeKind.INT);
    Label start = code.newLabel();
    Label end = code.newLabel();
    code.aload(0).getfield(Kernels.NAME, Kernels.MOST, ConstantDescs.CD_int).istore(counter);
    code.labelBinding(start).iload(counter).loadConstant(MANY).if_icmpge(end);
    code.iinc(counter, 1).goto_(start).labelBinding(end);
  }

  /**
   * Has the quick compiler refuse the method, which does not compile a handler of exceptions that
   * is entered without one. A long kernel can be too much for it with counters for a profile and
   * not without; if it met that kernel while the queue of the other compiler was long, its code
   * without counters would stay for good.
   */
  static void leaveToOptimizer(CodeBuilder code) {
    Label start = code.newLabel();
    Label handler = code.newLabel();
    code.exceptionCatchAll(start, handler, handler);
    code.labelBinding(start).aconst_null();
    code.labelBinding(handler).pop();
  }

  /** Repeats a body while {@code counter}, which starts at 0, is below a number. */
  static void times(VectorCode vectors, int counter, int count, int step, Runnable body) {
    CodeBuilder code = vectors.code();
    code.iconst_0().istore(counter);
    if (0 < count && count <= step) {
      body.run();
      code.iinc(counter, step);
      return;
    }
    Label start = code.newLabel();
    Label end = code.newLabel();
    int limit = -1;
    if (count > MANY * step) {
      limit = vectors.newInt();
      code.aload(0).getfield(Kernels.NAME, Kernels.MOST, ConstantDescs.CD_int);
      code.loadConstant(step).imul();
      minimum(code, count);
      code.istore(limit);
    }
    code.labelBinding(start).iload(counter);
    if (limit < 0) {
      code.loadConstant(count);
    } else {
      code.iload(limit);
    }
    code.if_icmpge(end);
    body.run();
    code.iinc(counter, step).goto_(start).labelBinding(end);
  }

  /** Puts the smaller one of it and a constant in the place of a number on the stack. */
  static void minimum(CodeBuilder code, int constant) {
    code.loadConstant(constant).invokestatic(MATH, "min", MINIMUM);
  }
}
