package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random lane programs over random layouts against the plain loops, bit for bit. */
class LoopTaskTest {
  private static final int CASES = 150;
  private static final int[] SIZES = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 100};
  private static final Backend VECTORS = new SimdBackend();

  /** The lane ops that a backend has to know; it gets no others, or leaves them to plain loops. */
  private static final Set<LaneOp> WORDS =
      EnumSet.complementOf(
          EnumSet.of(
              LaneOp.INPUT,
              LaneOp.CONSTANT,
              LaneOp.EXP,
              LaneOp.LOG,
              LaneOp.LOG1P,
              LaneOp.EXPM1,
              LaneOp.TANH,
              LaneOp.ERF,
              LaneOp.SIN,
              LaneOp.COS,
              LaneOp.POW));

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void everyProgramGivesTheSameBits(DType dtype) {
    Set<LaneOp> words = EnumSet.noneOf(LaneOp.class);
    int taken = 0;
    int mixed = 0;
    for (int seed = 0; seed < CASES; seed++) {
      LoopCase run = random(dtype, seed);
      if (VECTORS.tasks(run.step, run.memory(1)).isPresent()) {
        taken++;
        mixed +=
            run.step.inputs().stream()
                    .map(input -> input.type().dtype())
                    .anyMatch(type -> type.isFloat() && type != dtype)
                ? 1
                : 0;
        run.step.program().code().forEach(one -> words.add(one.op()));
        for (int workers = 1; workers <= 3; workers++) {
          assertThat(difference(run, run.step, workers, 0))
              .as("replay: difference(random(%s, %d), step, %d, 0)", dtype, seed, workers)
              .isEmpty();
        }
      }
    }
    assertThat(taken).as("loops on vectors").isGreaterThan(CASES / 3);
    assertThat(mixed).as("with numbers of the other float type").isGreaterThan(CASES / 30);
    assertThat(words).isEqualTo(WORDS);
  }

  /** The comparison sees a program with one wrong lane op. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void aWrongWordIsSeen(DType dtype) {
    int seen = 0;
    for (int seed = 0; seed < 40; seed++) {
      LoopCase run = random(dtype, seed);
      LaneProgram program = run.step.program();
      List<LaneProgram.Instruction> code = new ArrayList<>(program.code());
      LaneProgram.Instruction last = code.removeLast();
      LaneOp wrong = last.dtype() == DType.BOOL ? LaneOp.NOT : LaneOp.NEGATE;
      code.add(new LaneProgram.Instruction(wrong, last.dtype(), last.arguments(), last.target()));
      LaneProgram changed =
          new LaneProgram(
              program.inputs(),
              program.outputs(),
              program.constants(),
              program.registers(),
              ImmutableList.copyOf(code));
      Step.Loop step =
          new Step.Loop(ImmutableList.of(), changed, run.step.inputs(), run.step.outputs());
      seen += difference(run, step, 1, 0).isEmpty() ? 0 : 1;
    }
    assertThat(seen).isGreaterThan(10);
  }

  /** The comparison sees that the last vector, or the last row, is left out. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void aMissingTailIsSeen(DType dtype) {
    int seen = 0;
    for (int seed = 0; seed < 40; seed++) {
      LoopCase run = random(dtype, seed);
      seen += difference(run, run.step, 1, 1).isEmpty() ? 0 : 1;
    }
    assertThat(seen).isGreaterThan(10);
  }

  /** A step, with buffers full of numbers. */
  private record LoopCase(Step.Loop step, List<TensorBuffer> buffers) {
    Backend.Memory memory(int workers) {
      List<TensorBuffer> copies = new ArrayList<>();
      for (TensorBuffer buffer : buffers) {
        TensorBuffer copy = TensorBuffer.allocate(buffer.dtype(), buffer.length());
        copy.copyFrom(buffer, 0, 0, buffer.length());
        copies.add(copy);
      }
      return new Backend.Memory(copies, workers);
    }
  }

  /**
   * Where the results of vectors and plain loops differ; empty if nowhere, or if vectors cannot
   * compute the step.
   *
   * @param step what the vectors do
   * @param left how many units at the end they leave out
   */
  private static String difference(LoopCase run, Step.Loop step, int workers, int left) {
    Backend.Memory plain = run.memory(1);
    Backend.Memory fast = run.memory(workers);
    Optional<List<Task>> tasks = VECTORS.tasks(step, fast);
    if (tasks.isEmpty()) {
      return "";
    }
    compute(Backend.reference().tasks(run.step, plain).orElseThrow(), 1, 0);
    compute(tasks.get(), workers, left);
    for (int slot = 0; slot < plain.buffers().size(); slot++) {
      TensorBuffer expected = plain.buffers().get(slot);
      TensorBuffer actual = fast.buffers().get(slot);
      for (int i = 0; i < expected.length(); i++) {
        boolean bothNaN = Double.isNaN(expected.get(i)) && Double.isNaN(actual.get(i));
        if (!bothNaN && expected.bits(i) != actual.bits(i)) {
          return "slot %d, element %d: %s and %s of %s"
              .formatted(slot, i, expected.get(i), actual.get(i), run.step);
        }
      }
    }
    return "";
  }

  private static void compute(List<Task> tasks, int workers, int left) {
    for (Task task : tasks) {
      int units = task.units() - left;
      for (int worker = workers - 1; worker >= 0; worker--) {
        int to = units * (worker + 1) / workers;
        task.run(units * worker / workers, to, worker);
      }
    }
  }

  private static LoopCase random(DType dtype, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sizes = new int[random.nextInt(1, 4)];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] =
          sizes.length == 1
              ? random.nextInt(1, 4099)
              : SIZES[random.nextInt(sizes.length == 2 ? SIZES.length : 7)];
    }
    List<DType> inputs = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      inputs.add(
          i == 1
              ? dtype
              : switch (random.nextInt(6)) {
                case 0 -> DType.BOOL;
                case 1 -> dtype == DType.F32 ? DType.F64 : DType.F32;
                default -> dtype;
              });
    }
    List<TensorBuffer> buffers = new ArrayList<>();
    List<Operand> operands = new ArrayList<>();
    for (DType type : inputs) {
      boolean spread = type.isFloat() && type != dtype;
      operands.add(operand(random, type, spread, sizes, buffers));
    }
    RandomProgram code = new RandomProgram(random, dtype, inputs);
    List<Operand> outputs = new ArrayList<>();
    for (DType type : code.results) {
      TensorType tensor = TensorType.of(type, sizes);
      Operand free = new Operand(buffers.size(), tensor, IndexMap.identity(sizes));
      Operand first = operands.getFirst();
      boolean inPlace =
          outputs.isEmpty()
              && random.nextBoolean()
              && type == first.type().dtype()
              && first.layout().equals(free.layout());
      if (!inPlace) {
        buffers.add(TensorBuffer.allocate(type, tensor.shape().elements()));
      }
      outputs.add(inPlace ? first : free);
    }
    return new LoopCase(
        new Step.Loop(
            ImmutableList.of(),
            code.program(),
            ImmutableList.copyOf(operands),
            ImmutableList.copyOf(outputs)),
        buffers);
  }

  /**
   * A random operand: dense, a part of something larger, or with one row, column or number for all.
   *
   * @param spread whether it has to be one of the last three
   */
  private static Operand operand(
      SplittableRandom random,
      DType dtype,
      boolean spread,
      int[] sizes,
      List<TensorBuffer> buffers) {
    int[] strides = Ints.toArray(IndexMap.identity(sizes).strides());
    int offset = 0;
    int kind = random.nextInt(spread ? 2 : 5);
    int shared = random.nextInt(sizes.length);
    int length = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    switch (kind) {
      case 0 -> strides[shared] = 0;
      case 1 -> Arrays.fill(strides, 0);
      case 2 -> {
        offset = random.nextInt(5);
        strides[0] += sizes.length == 1 ? 0 : 3;
      }
      default -> {}
    }
    TensorBuffer buffer = TensorBuffer.allocate(dtype, length + offset + 3 * sizes[0]);
    for (int i = 0; i < buffer.length(); i++) {
      buffer.set(i, number(random));
    }
    buffers.add(buffer);
    return new Operand(
        buffers.size() - 1, TensorType.of(dtype, sizes), IndexMap.of(offset, strides));
  }

  private static double number(SplittableRandom random) {
    return switch (random.nextInt(24)) {
      case 0 -> 0.0;
      case 1 -> -0.0;
      case 2 -> Double.NaN;
      case 3 -> Double.POSITIVE_INFINITY;
      case 4 -> Double.NEGATIVE_INFINITY;
      case 5 -> 1e-42 * random.nextInt(100);
      case 6 -> random.nextInt(-9, 10) + 0.5;
      default -> Math.scalb(random.nextDouble(-1, 1), random.nextInt(-12, 12));
    };
  }

  /** A random program, made op by op, with the types of its registers. */
  private static final class RandomProgram {
    private static final int CONSTANTS = 2;

    private final SplittableRandom random;
    private final DType dtype;
    private final List<DType> results = new ArrayList<>();
    private final List<LaneProgram.Instruction> code = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Integer> masks = new ArrayList<>();
    private final int inputs;
    private final List<Double> constants;
    private int registers;

    RandomProgram(SplittableRandom random, DType dtype, List<DType> types) {
      this.random = random;
      this.dtype = dtype;
      inputs = types.size();
      for (int i = 0; i < inputs; i++) {
        if (types.get(i) == dtype) {
          numbers.add(i);
        } else if (types.get(i) == DType.BOOL) {
          masks.add(i);
        }
      }
      int outputs = random.nextInt(1, 4);
      constants = ImmutableList.of(random.nextInt(-8, 8) / 4.0, -0.0);
      registers = inputs + outputs;
      for (int i = 0; i < CONSTANTS; i++) {
        numbers.add(registers++);
      }
      for (int i = 0; i < inputs; i++) {
        if (types.get(i).isFloat() && types.get(i) != dtype) {
          number(LaneOp.CAST, i);
        }
      }
      List<LaneOp> words = List.copyOf(WORDS);
      for (int i = random.nextInt(2, 25); i > 0; i--) {
        word(words.get(random.nextInt(words.size())));
      }
      for (int i = 0; i < outputs; i++) {
        boolean mask = !masks.isEmpty() && random.nextInt(4) == 0;
        DType type = mask ? DType.BOOL : dtype;
        results.add(type);
        add(LaneOp.CAST, type, inputs + i, mask ? latest(masks) : latest(numbers));
      }
    }

    private void word(LaneOp op) {
      switch (op) {
        case ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM -> number(op, any(), any());
        case NEGATE, ABS, SQRT, ROUND, FLOOR, EXPONENT -> number(op, any());
        case FMA -> number(op, any(), any(), any());
        case SCALE -> {
          int value = any();
          number(LaneOp.EXPONENT, any());
          number(op, value, numbers.getLast());
        }
        case LESS, LESS_EQUAL, EQUAL -> mask(op, any(), any());
        case IS_NAN -> mask(op, any());
        case AND, OR -> mask(op, anyMask(), anyMask());
        case NOT -> mask(op, anyMask());
        case SELECT -> {
          if (random.nextInt(3) == 0) {
            mask(op, anyMask(), anyMask(), anyMask());
          } else {
            number(op, anyMask(), any(), any());
          }
        }
        case CAST -> {
          if (random.nextBoolean()) {
            number(op, anyMask());
          } else {
            mask(op, any());
          }
        }
        case INPUT, CONSTANT, EXP, LOG, LOG1P, EXPM1, SIN, COS, TANH, ERF, POW ->
            throw new IllegalArgumentException(op.name());
      }
    }

    private int any() {
      return numbers.get(random.nextInt(numbers.size()));
    }

    private int anyMask() {
      if (masks.isEmpty()) {
        mask(LaneOp.LESS, any(), any());
      }
      return masks.get(random.nextInt(masks.size()));
    }

    private int latest(List<Integer> values) {
      return values.get(values.size() - 1 - random.nextInt(Math.min(3, values.size())));
    }

    private void number(LaneOp op, int... arguments) {
      add(op, dtype, registers, arguments);
      numbers.add(registers++);
    }

    private void mask(LaneOp op, int... arguments) {
      add(op, DType.BOOL, registers, arguments);
      masks.add(registers++);
    }

    private void add(LaneOp op, DType type, int target, int... arguments) {
      code.add(new LaneProgram.Instruction(op, type, Ints.asList(arguments), target));
    }

    LaneProgram program() {
      return new LaneProgram(
          inputs, results.size(), constants, registers, ImmutableList.copyOf(code));
    }
  }
}
