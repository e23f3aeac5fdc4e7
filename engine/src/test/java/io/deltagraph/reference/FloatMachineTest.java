package io.deltagraph.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.backend.Strided;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.LaneProgram.Instruction;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In single precision each word gives the bits that double precision gives, rounded. */
class FloatMachineTest {
  private static final Set<LaneOp> MASKS =
      EnumSet.of(LaneOp.LESS, LaneOp.LESS_EQUAL, LaneOp.EQUAL, LaneOp.IS_NAN);
  private static final Set<LaneOp> OF_MASKS = EnumSet.of(LaneOp.AND, LaneOp.OR, LaneOp.NOT);
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    2.5f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    16_777_215f,
    1e-38f,
    3e38f
  };

  private static TensorBuffer run(
      ElementMachine machine, List<TensorBuffer> inputs, DType result, int count) {
    Strided layout = new Strided(0, new int[] {count}, new int[] {1});
    for (int i = 0; i < inputs.size(); i++) {
      machine.load(i, layout, inputs.get(i), 0, 0, count, 0);
    }
    machine.run(count);
    TensorBuffer to = TensorBuffer.allocate(result, count);
    machine.store(0, to, 0, count);
    return to;
  }

  private static TensorBuffer numbers(DType dtype, Random random, boolean powers, int count) {
    TensorBuffer buffer = TensorBuffer.allocate(dtype, count);
    for (int i = 0; i < count; i++) {
      buffer.set(
          i,
          dtype == DType.BOOL
              ? random.nextInt(2)
              : powers
                  ? random.nextInt(505) - 252
                  : random.nextInt(3) == 0
                      ? SPECIAL[random.nextInt(SPECIAL.length)]
                      : random.nextInt(2) == 0
                          ? Float.intBitsToFloat(random.nextInt())
                          : 4 * random.nextFloat() - 2);
    }
    return buffer;
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INPUT", "CONSTANT", "EXP", "LOG", "LOG1P", "EXPM1", "TANH", "ERF"})
  void bitsAreThoseOfDoublePrecisionRounded(LaneOp op) {
    int arity = op.arity();
    DType result = MASKS.contains(op) || OF_MASKS.contains(op) ? DType.BOOL : DType.F32;
    List<DType> dtypes = new ArrayList<>(Collections.nCopies(arity, DType.F32));
    if (OF_MASKS.contains(op)) {
      Collections.fill(dtypes, DType.BOOL);
    } else if (op == LaneOp.SELECT) {
      dtypes.set(0, DType.BOOL);
    }
    List<Integer> arguments = IntStream.range(0, arity).boxed().toList();
    LaneProgram program =
        new LaneProgram(
            arity, 1, List.of(), arity + 1, List.of(new Instruction(op, result, arguments, arity)));
    assertThat(FloatMachine.takes(program, dtypes)).isTrue();
    int count = LaneMachine.BLOCK;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<TensorBuffer> inputs = new ArrayList<>();
      for (int i = 0; i < arity; i++) {
        inputs.add(numbers(dtypes.get(i), random, op == LaneOp.SCALE && i == 1, count));
      }
      TensorBuffer single = run(new FloatMachine(program, count), inputs, result, count);
      TensorBuffer twice = run(new LaneMachine(program, count), inputs, result, count);
      for (int i = 0; i < count; i++) {
        assertThat(bits(single, i))
            .as("%s, seed %d, element %d of %s", op, seed, i, inputs)
            .isEqualTo(bits(twice, i));
      }
    }
  }

  /** Which NaN comes of two is up to the compiler, which may swap a sum's operands. */
  private static long bits(TensorBuffer buffer, int index) {
    return Double.isNaN(buffer.get(index))
        ? Double.doubleToLongBits(Double.NaN)
        : buffer.bits(index);
  }

  @Test
  void aProgramWithOtherNumbersIsLeftToDoublePrecision() {
    Lane wide = Lane.input(0, DType.F64);
    Lane single = Lane.input(1, DType.F32);
    List<DType> dtypes = List.of(DType.F64, DType.F32);
    assertThat(takes(dtypes, wide.plus(1))).isFalse();
    assertThat(takes(dtypes, wide.plus(1).cast(DType.F32).times(single))).isFalse();
    assertThat(takes(dtypes, single.cast(DType.F64))).isFalse();
    assertThat(takes(dtypes, wide.cast(DType.F32).times(single))).isTrue();
    assertThat(takes(dtypes, single.times(2))).isTrue();
  }

  private static boolean takes(List<DType> inputs, Lane output) {
    return FloatMachine.takes(LaneProgram.of(inputs.size(), List.of(output)), inputs);
  }
}
