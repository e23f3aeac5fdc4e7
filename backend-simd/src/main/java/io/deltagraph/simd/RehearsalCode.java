package io.deltagraph.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes what lets a kernel be compiled early and well: loops that a rehearsal can cut short, and
 * the first instructions of each kernel, which compute nothing but steer the JVM's compilers.
 */
final class RehearsalCode {
  private static final ClassDesc MATH = ClassDesc.of(Math.class.getName());
  private static final MethodTypeDesc MINIMUM =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  /**
   * The most repetitions of a loop that a rehearsal does not cut short: its number of repetitions
   * stays a constant, of which the compiler makes better code.
   */
  private static final int ALWAYS_WHOLE = 32;

  private RehearsalCode() {}

  /** Writes what every kernel begins with. */
  static void begin(CodeBuilder code) {
    leaveToSecondCompiler(code);
    makeUpForRepetitions(code);
  }

  /**
   * Makes the JVM's first compiler (C1) refuse the method, so that it goes from the interpreter
   * straight to the second one (C2). C1 does not compile an exception handler that is also entered
   * without an exception. Without this, a long kernel can get stuck: while C2's queue is long, C1
   * compiles it without a profile, and the next level, C1 with a profile, fails on methods of that
   * length; C2 then never sees it.
   */
  private static void leaveToSecondCompiler(CodeBuilder code) {
    Label start = code.newLabel();
    Label handler = code.newLabel();
    code.exceptionCatchAll(start, handler, handler);
    code.labelBinding(start).aconst_null();
    code.labelBinding(handler).pop();
  }

  /**
   * Writes an empty loop that only a rehearsal runs. The JVM decides what to compile by counting
   * calls and repetitions of loops, and a rehearsal cuts its loops short; this one makes up for
   * them. The compiler removes it from the compiled code.
   */
  private static void makeUpForRepetitions(CodeBuilder code) {
    int counter = code.allocateLocal(TypeKind.INT);
    Label start = code.newLabel();
    Label end = code.newLabel();
    loadLimit(code);
    code.istore(counter);
    code.labelBinding(start).iload(counter).loadConstant(ALWAYS_WHOLE).if_icmpge(end);
    code.iinc(counter, 1).goto_(start).labelBinding(end);
  }

  private static void loadLimit(CodeBuilder code) {
    code.aload(0)
        .getfield(GeneratedKernels.GENERATED, GeneratedKernels.REPETITIONS, ConstantDescs.CD_int);
  }

  /**
   * Writes a loop {@code for (counter = 0; counter < count; counter += step)}; a rehearsal may
   * leave it earlier.
   *
   * @param counter the local variable that counts
   */
  static void loop(CodeBuilder code, int counter, int count, int step, Runnable body) {
    code.iconst_0().istore(counter);
    if (0 < count && count <= step) {
      body.run();
      code.iinc(counter, step);
      return;
    }
    Label start = code.newLabel();
    Label end = code.newLabel();
    int limit = -1;
    if (count > ALWAYS_WHOLE * step) {
      limit = code.allocateLocal(TypeKind.INT);
      loadLimit(code);
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

  /** Expects an int on the stack; replaces it by the constant if that is smaller. */
  static void minimum(CodeBuilder code, int constant) {
    code.loadConstant(constant).invokestatic(MATH, "min", MINIMUM);
  }
}
