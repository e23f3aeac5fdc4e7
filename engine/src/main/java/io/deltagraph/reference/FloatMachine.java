package io.deltagraph.reference;

import io.deltagraph.backend.Elements;
import io.deltagraph.backend.Strided;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.LaneProgram.Instruction;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a lane program of single precision numbers and truth values, as {@link LaneMachine} does, to
 * the same bits: in half the memory, and without rounding what double precision made.
 */
final class FloatMachine implements ElementMachine {
  private final Pass[] passes;
  private final float[][] registers;
  private final int inputs;

  /** One instruction for a number of elements. */
  private interface Pass {
    void run(int count);
  }

  FloatMachine(LaneProgram program, int block) {
    inputs = program.inputs();
    registers = new float[program.registers()][block];
    int register = inputs + program.outputs();
    for (double constant : program.constants()) {
      Arrays.fill(registers[register++], (float) constant);
    }
    passes = program.code().stream().map(this::pass).toArray(Pass[]::new);
  }

  /**
   * Whether all of a program is in single precision. Another input may be there if it is cast only:
   * loading it does that.
   *
   * @param inputs the types of the inputs
   */
  static boolean takes(LaneProgram program, List<DType> inputs) {
    for (Instruction instruction : program.code()) {
      DType dtype = instruction.dtype();
      boolean cast = instruction.op() == LaneOp.CAST;
      if (dtype != DType.F32 && (dtype != DType.BOOL || cast)) {
        return false;
      }
      for (int argument : instruction.arguments()) {
        if (!cast && argument < inputs.size() && !isSingle(inputs.get(argument))) {
          return false;
        }
      }
    }
    return program.constants().stream().allMatch(c -> Double.compare(c, (float) (double) c) == 0);
  }

  private static boolean isSingle(DType dtype) {
    return dtype == DType.F32 || dtype == DType.BOOL;
  }

  @Override
  public void load(
      int input, Strided layout, TensorBuffer source, int base, int from, int count, int at) {
    layout.load(source, base, from, count, registers[input], at);
  }

  @Override
  public void run(int count) {
    for (Pass pass : passes) {
      pass.run(count);
    }
  }

  @Override
  public void store(int output, TensorBuffer to, int at, int count) {
    Elements.store(registers[inputs + output], to, at, count);
  }

  private Pass pass(Instruction instruction) {
    float[] to = registers[instruction.target()];
    float[] a = registers[instruction.arguments().getFirst()];
    return switch (instruction.op().arity()) {
      case 1 -> unary(instruction.op(), a, to);
      case 2 -> binary(instruction.op(), a, registers[instruction.arguments().get(1)], to);
      default ->
          ternary(
              instruction.op(),
              a,
              registers[instruction.arguments().get(1)],
              registers[instruction.arguments().get(2)],
              to);
    };
  }

  private static Pass unary(LaneOp op, float[] a, float[] to) {
    return switch (op) {
      case NEGATE -> n -> FloatLoops.negate(a, to, n);
      case ABS -> n -> FloatLoops.abs(a, to, n);
      case SQRT -> n -> FloatLoops.sqrt(a, to, n);
      case ROUND -> n -> FloatLoops.round(a, to, n);
      case EXPONENT -> n -> FloatLoops.exponent(a, to, n);
      case SIN -> n -> FloatLoops.sin(a, to, n);
      case COS -> n -> FloatLoops.cos(a, to, n);
      case FLOOR -> n -> FloatLoops.floor(a, to, n);
      case NOT -> n -> FloatLoops.not(a, to, n);
      case IS_NAN -> n -> FloatLoops.isNaN(a, to, n);
      case CAST -> n -> System.arraycopy(a, 0, to, 0, n);
      case INPUT,
          CONSTANT,
          EXP,
          LOG,
          LOG1P,
          EXPM1,
          TANH,
          ERF,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MINIMUM,
          MAXIMUM,
          POW,
          FMA,
          SCALE,
          LESS,
          LESS_EQUAL,
          EQUAL,
          AND,
          OR,
          SELECT ->
          throw new IllegalStateException(op.toString());
    };
  }

  private static Pass binary(LaneOp op, float[] a, float[] b, float[] to) {
    return switch (op) {
      case ADD -> n -> FloatLoops.add(a, b, to, n);
      case SUBTRACT -> n -> FloatLoops.subtract(a, b, to, n);
      case MULTIPLY, AND -> n -> FloatLoops.multiply(a, b, to, n);
      case DIVIDE -> n -> FloatLoops.divide(a, b, to, n);
      case MINIMUM -> n -> FloatLoops.minimum(a, b, to, n);
      case MAXIMUM, OR -> n -> FloatLoops.maximum(a, b, to, n);
      case POW -> n -> FloatLoops.pow(a, b, to, n);
      case SCALE -> n -> FloatLoops.scale(a, b, to, n);
      case LESS -> n -> FloatLoops.less(a, b, to, n);
      case LESS_EQUAL -> n -> FloatLoops.lessEqual(a, b, to, n);
      case EQUAL -> n -> FloatLoops.equal(a, b, to, n);
      case INPUT,
          CONSTANT,
          NEGATE,
          ABS,
          FMA,
          SQRT,
          ROUND,
          EXPONENT,
          EXP,
          LOG,
          LOG1P,
          EXPM1,
          SIN,
          COS,
          TANH,
          ERF,
          FLOOR,
          NOT,
          SELECT,
          CAST,
          IS_NAN ->
          throw new IllegalStateException(op.toString());
    };
  }

  private static Pass ternary(LaneOp op, float[] a, float[] b, float[] c, float[] to) {
    return op == LaneOp.SELECT
        ? n -> FloatLoops.select(a, b, c, to, n)
        : n -> FloatLoops.fma(a, b, c, to, n);
  }
}
