package io.deltagraph.simd;

import io.deltagraph.plan.LaneProgram;
import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a lane program in vector instructions. Each register of the program is a local variable
 * that holds a vector or a mask.
 */
final class LaneCode {
  private final VectorCode code;
  private final BitsCode bits;
  private final LaneProgram program;
  private final DType dtype;
  private final DType[] types;
  private final int[] locals;

  /**
   * Allocates the local variables of a program that {@link #covers} accepts, and writes its
   * constants.
   *
   * @param code what it is written with
   * @param dtype the float type of its numbers
   * @param inputs the types of its inputs
   */
  LaneCode(VectorCode code, LaneProgram program, DType dtype, List<DType> inputs) {
    this.code = code;
    this.bits = code.bits();
    this.program = program;
    this.dtype = dtype;
    this.types = types(program, dtype, inputs);
    this.locals = new int[program.registers()];
    for (int i = 0; i < locals.length; i++) {
      locals[i] = code.newReference();
    }
    int register = program.inputs() + program.outputs();
    for (double constant : program.constants()) {
      code.constant(constant);
      code.code().astore(locals[register++]);
    }
  }

  private static DType[] types(LaneProgram program, DType dtype, List<DType> inputs) {
    DType[] types = new DType[program.registers()];
    Arrays.fill(types, dtype);
    for (int i = 0; i < inputs.size(); i++) {
      types[i] = inputs.get(i);
    }
    return types;
  }

  /**
   * Whether a program can be written in vector instructions.
   *
   * @param dtype the float type of all its numbers
   * @param inputs the types of its inputs
   */
  static boolean covers(LaneProgram program, DType dtype, List<DType> inputs) {
    if (!dtype.isFloat() || !inputs.stream().allMatch(t -> t == dtype || t == DType.BOOL)) {
      return false;
    }
    DType[] types = types(program, dtype, inputs);
    for (LaneProgram.Instruction one : program.code()) {
      if ((one.dtype() != dtype && one.dtype() != DType.BOOL) || !covers(one, dtype, types)) {
        return false;
      }
      types[one.target()] = one.dtype();
    }
    return true;
  }

  private static boolean covers(LaneProgram.Instruction one, DType dtype, DType[] types) {
    boolean numbers = true;
    boolean masks = true;
    for (int argument : one.arguments()) {
      numbers &= types[argument] == dtype;
      masks &= types[argument] == DType.BOOL;
    }
    return switch (one.op()) {
      case INPUT, CONSTANT, EXP, LOG, LOG1P, EXPM1, SIN, COS, TANH, ERF, POW -> false;
      case CAST -> true;
      case AND, OR, NOT -> masks;
      case SELECT ->
          types[one.arguments().get(0)] == DType.BOOL
              && types[one.arguments().get(1)] == one.dtype()
              && types[one.arguments().get(2)] == one.dtype();
      case ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          NEGATE,
          ABS,
          MINIMUM,
          MAXIMUM,
          SQRT,
          FMA,
          ROUND,
          SCALE,
          EXPONENT,
          FLOOR ->
          numbers && one.dtype() == dtype;
      case LESS, LESS_EQUAL, EQUAL, IS_NAN -> numbers;
    };
  }

  /** The local variable of an input; it has to be stored before the program runs. */
  int input(int index) {
    return locals[index];
  }

  /** The local variable of an output, once the program has run. */
  int output(int index) {
    return locals[program.inputs() + index];
  }

  /** Writes the instructions; once for each time that the program is to run in the kernel. */
  void write() {
    DType[] now = types.clone();
    for (LaneProgram.Instruction one : program.code()) {
      write(one, now);
      code.code().astore(locals[one.target()]);
      now[one.target()] = one.dtype();
    }
  }

  private void push(LaneProgram.Instruction one, int argument) {
    code.code().aload(locals[one.arguments().get(argument)]);
  }

  private void pushAll(LaneProgram.Instruction one) {
    for (int i = 0; i < one.arguments().size(); i++) {
      push(one, i);
    }
  }

  private void write(LaneProgram.Instruction one, DType[] now) {
    switch (one.op()) {
      case ADD -> binary(one, "add");
      case SUBTRACT -> binary(one, "sub");
      case MULTIPLY -> binary(one, "mul");
      case DIVIDE -> binary(one, "div");
      case MINIMUM -> binary(one, "min");
      case MAXIMUM -> binary(one, "max");
      case NEGATE -> unary(one, "neg");
      case ABS -> unary(one, "abs");
      case SQRT -> unary(one, "sqrt");
      case FMA -> {
        pushAll(one);
        code.fma();
      }
      case LESS -> compare(one, "LT");
      case LESS_EQUAL -> compare(one, "LE");
      case EQUAL -> compare(one, "EQ");
      case IS_NAN -> {
        push(one, 0);
        push(one, 0);
        code.compare("NE");
      }
      case AND -> {
        pushAll(one);
        code.masks("and");
      }
      case OR -> {
        pushAll(one);
        code.masks("or");
      }
      case NOT -> {
        push(one, 0);
        code.not();
      }
      case SELECT -> select(one);
      case CAST -> cast(one, now[one.arguments().get(0)]);
      case ROUND -> {
        push(one, 0);
        round();
      }
      case FLOOR -> floor(one);
      case SCALE -> scale(one);
      case EXPONENT -> exponent(one);
      case INPUT, CONSTANT, EXP, LOG, LOG1P, EXPM1, SIN, COS, TANH, ERF, POW ->
          throw new IllegalStateException(one.toString());
    }
  }

  private void binary(LaneProgram.Instruction one, String method) {
    pushAll(one);
    code.binary(method);
  }

  private void unary(LaneProgram.Instruction one, String method) {
    push(one, 0);
    code.unary(method);
  }

  private void compare(LaneProgram.Instruction one, String comparison) {
    pushAll(one);
    code.compare(comparison);
  }

  private void select(LaneProgram.Instruction one) {
    if (one.dtype() == DType.BOOL) {
      push(one, 0);
      push(one, 1);
      code.masks("and");
      push(one, 0);
      code.not();
      push(one, 2);
      code.masks("and");
      code.masks("or");
    } else {
      push(one, 2);
      push(one, 1);
      push(one, 0);
      code.blend();
    }
  }

  private void cast(LaneProgram.Instruction one, DType from) {
    if (from == one.dtype()) {
      push(one, 0);
    } else if (from == DType.BOOL) {
      code.constant(0);
      code.constant(1);
      push(one, 0);
      code.blend();
    } else {
      push(one, 0);
      code.constant(0);
      code.compare("NE");
    }
  }

  private boolean isSingle() {
    return dtype == DType.F32;
  }

  /** The number of bits of a float's fraction, which lie below those of its exponent. */
  private int fractionBits() {
    return isSingle() ? 23 : 52;
  }

  /** What is added to an exponent to get its bits. */
  private int exponentBias() {
    return isSingle() ? Float.MAX_EXPONENT : Double.MAX_EXPONENT;
  }

  /**
   * Expects x; rounds it to the nearest whole number, and halves to even. Adding and subtracting
   * 2²³ (2⁵² for f64) rounds the absolute value; then the sign bit of x is put back. Numbers that
   * large are whole.
   */
  private void round() {
    double big = isSingle() ? 0x1p23 : 0x1p52;
    int x = code.newReference();
    int size = code.newReference();
    code.code().astore(x).aload(x);
    code.unary("abs");
    code.code().astore(size).aload(x).aload(size);
    code.constant(big);
    code.binary("add");
    code.constant(big);
    code.binary("sub");
    bits.toBits();
    code.code().aload(x);
    bits.toBits();
    bits.combine(BitsCode.Operator.AND, isSingle() ? Integer.MIN_VALUE : Long.MIN_VALUE);
    bits.combine(BitsCode.Operator.OR);
    bits.fromBits();
    code.code().aload(size);
    code.constant(big);
    code.compare("LT");
    code.blend();
  }

  /** Rounds to the nearest whole number; subtracts 1 if that is greater. */
  private void floor(LaneProgram.Instruction one) {
    int nearest = code.newReference();
    push(one, 0);
    round();
    code.code().astore(nearest).aload(nearest).aload(nearest);
    code.constant(1);
    code.binary("sub");
    code.code().aload(nearest);
    push(one, 0);
    code.compare("GT");
    code.blend();
  }

  /** Multiplies by a power of two, in two halves: the whole power may be no normal number. */
  private void scale(LaneProgram.Instruction one) {
    int power = code.newReference();
    int half = code.newReference();
    push(one, 1);
    bits.toIntegers();
    code.code().astore(power).aload(power);
    bits.combine(BitsCode.Operator.ASHR, 1);
    code.code().astore(half);
    push(one, 0);
    code.code().aload(half);
    powerOfTwo();
    code.binary("mul");
    code.code().aload(power).aload(half);
    bits.combine(BitsCode.Operator.SUB);
    powerOfTwo();
    code.binary("mul");
  }

  /** Expects integers; gives two to their powers, made of the bits of the exponent. */
  private void powerOfTwo() {
    bits.combine(BitsCode.Operator.ADD, exponentBias());
    bits.combine(BitsCode.Operator.LSHL, fractionBits());
    bits.fromBits();
  }

  /**
   * The exponent, from its bits. A subnormal number has none of its own there: it is first made
   * larger by a power of two, which is then subtracted from the exponent.
   */
  private void exponent(LaneProgram.Instruction one) {
    int small = code.newReference();
    int exponent = code.newReference();
    push(one, 0);
    code.unary("abs");
    code.constant(isSingle() ? Float.MIN_NORMAL : Double.MIN_NORMAL);
    code.compare("LT");
    code.code().astore(small);
    push(one, 0);
    push(one, 0);
    code.constant(isSingle() ? 0x1p23 : 0x1p52);
    code.binary("mul");
    code.code().aload(small);
    code.blend();
    code.unary("abs");
    bits.toBits();
    bits.combine(BitsCode.Operator.LSHR, fractionBits());
    bits.combine(BitsCode.Operator.ADD, -exponentBias());
    bits.fromIntegers();
    code.code().astore(exponent).aload(exponent).aload(exponent);
    code.constant(fractionBits());
    code.binary("sub");
    code.code().aload(small);
    code.blend();
  }
}
