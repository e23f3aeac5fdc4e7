package io.deltagraph.reference;

import io.deltagraph.backend.Elements;
import io.deltagraph.backend.Strided;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.LaneProgram.Instruction;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.Arrays;

/**
 * Runs a lane program over up to {@link #BLOCK} elements at once. Registers are doubles; each
 * result is rounded to its type, which for sums, products, quotients and roots of single precision
 * numbers is what single precision arithmetic gives (double precision has more than twice its
 * digits). Operations that a program expands never come here. One thread at a time uses a machine.
 */
final class LaneMachine implements ElementMachine {
  /** The most elements of one run. */
  static final int BLOCK = 512;

  private final Instruction[] code;
  private final double[][] registers;
  private final int inputs;

  /** A machine for runs of up to {@code block} elements, at most {@link #BLOCK}. */
  LaneMachine(LaneProgram program, int block) {
    this.code = program.code().toArray(new Instruction[0]);
    this.inputs = program.inputs();
    this.registers = new double[program.registers()][block];
    int register = inputs + program.outputs();
    for (double constant : program.constants()) {
      Arrays.fill(registers[register++], constant);
    }
  }

  /** The array of an input, to be filled before a run. */
  double[] input(int index) {
    return registers[index];
  }

  /** Lets an input be read from {@code array}, as long as the others. */
  void input(int index, double[] array) {
    registers[index] = array;
  }

  /** The array of an output, filled by a run. */
  double[] output(int index) {
    return registers[inputs + index];
  }

  /** Lets an output be written to {@code array}, which no input is read from. */
  void output(int index, double[] array) {
    registers[inputs + index] = array;
  }

  @Override
  public void load(
      int input, Strided layout, TensorBuffer source, int base, int from, int count, int at) {
    layout.load(source, base, from, count, registers[input], at);
  }

  @Override
  public void store(int output, TensorBuffer to, int at, int count) {
    Elements.store(registers[inputs + output], to, at, count);
  }

  @Override
  public void run(int count) {
    for (Instruction instruction : code) {
      double[] to = registers[instruction.target()];
      double[] a = registers[instruction.arguments().get(0)];
      switch (instruction.op().arity()) {
        case 1 -> unary(instruction, a, to, count);
        case 2 -> binary(instruction, a, registers[instruction.arguments().get(1)], to, count);
        default ->
            ternary(
                instruction,
                a,
                registers[instruction.arguments().get(1)],
                registers[instruction.arguments().get(2)],
                to,
                count);
      }
      round(instruction.dtype(), to, count);
    }
  }

  private static void unary(Instruction instruction, double[] a, double[] to, int count) {
    switch (instruction.op()) {
      case NEGATE -> LaneLoops.negate(a, to, count);
      case ABS -> LaneLoops.abs(a, to, count);
      case SQRT -> LaneLoops.sqrt(a, to, count);
      case ROUND -> LaneLoops.round(a, to, count);
      case EXPONENT -> {
        if (instruction.dtype() == DType.F32) {
          LaneLoops.exponentOfFloat(a, to, count);
        } else {
          LaneLoops.exponent(a, to, count);
        }
      }
      case SIN -> LaneLoops.sin(a, to, count);
      case COS -> LaneLoops.cos(a, to, count);
      case FLOOR -> LaneLoops.floor(a, to, count);
      case NOT -> LaneLoops.not(a, to, count);
      case IS_NAN -> LaneLoops.isNaN(a, to, count);
      case CAST -> System.arraycopy(a, 0, to, 0, count);
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
          throw new IllegalStateException(instruction.toString());
    }
  }

  private static void binary(
      Instruction instruction, double[] a, double[] b, double[] to, int count) {
    switch (instruction.op()) {
      case ADD -> LaneLoops.add(a, b, to, count);
      case SUBTRACT -> LaneLoops.subtract(a, b, to, count);
      case MULTIPLY -> LaneLoops.multiply(a, b, to, count);
      case DIVIDE -> LaneLoops.divide(a, b, to, count);
      case MINIMUM -> LaneLoops.minimum(a, b, to, count);
      case MAXIMUM -> LaneLoops.maximum(a, b, to, count);
      case POW -> LaneLoops.pow(a, b, to, count);
      case SCALE -> {
        if (instruction.dtype() == DType.F32) {
          LaneLoops.scaleFloat(a, b, to, count);
        } else {
          LaneLoops.scale(a, b, to, count);
        }
      }
      case LESS -> LaneLoops.less(a, b, to, count);
      case LESS_EQUAL -> LaneLoops.lessEqual(a, b, to, count);
      case EQUAL -> LaneLoops.equal(a, b, to, count);
      case AND -> LaneLoops.multiply(a, b, to, count);
      case OR -> LaneLoops.maximum(a, b, to, count);
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
          throw new IllegalStateException(instruction.toString());
    }
  }

  private static void ternary(
      Instruction instruction, double[] a, double[] b, double[] c, double[] to, int count) {
    if (instruction.op() == LaneOp.SELECT) {
      LaneLoops.select(a, b, c, to, count);
    } else if (instruction.dtype() == DType.F32) {
      LaneLoops.fmaOfFloats(a, b, c, to, count);
    } else {
      LaneLoops.fma(a, b, c, to, count);
    }
  }

  private static void round(DType dtype, double[] to, int count) {
    switch (dtype) {
      case F64 -> {}
      case F32 -> LaneLoops.roundToFloat(to, count);
      case I64, I32, BOOL -> {
        for (int i = 0; i < count; i++) {
          to[i] = dtype.round(to[i]);
        }
      }
    }
  }
}
