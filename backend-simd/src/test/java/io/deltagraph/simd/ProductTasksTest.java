package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products have the bits of a plain sum by {@code Math.fma}, whatever their sizes and layouts. */
class ProductTasksTest {
  private static final int[] SIZES = {1, 2, 3, 4, 6, 7, 8, 9, 13, 15, 16, 17, 24, 31, 32, 33, 49};

  private static final String[] FORMS = {
    "ik,kj->ij", "ki,kj->ij", "ik,jk->ij", "ki,jk->ij", "ik,kj->ji", "ki,jk->ji", "i,j->ij",
    "ik,k->i", "k,kj->j", "k,k->", "bik,bkj->bij", "bik,kj->bij", "bki,bjk->bij", "bik,bkj->ibj",
    "ik,bkj->bij", "bik,bjk->bji", "ikl,klj->ij", "ikl,jkl->ij", "bck,ckj->bcj"
  };

  /** What is done to the sums before they are stored. */
  private enum EpilogueKind {
    NONE,
    BIAS_AND_RELU,
    IN_PLACE
  }

  /** A step, with buffers full of numbers. */
  private record ProductCase(String name, Step.Product step, List<TensorBuffer> buffers) {
    TensorBuffer output() {
      return buffers.get(step.output().slot());
    }

    /** The same step on copies of the buffers. */
    ProductCase copy() {
      List<TensorBuffer> copies = new ArrayList<>();
      for (TensorBuffer buffer : buffers) {
        TensorBuffer copy = TensorBuffer.allocate(buffer.dtype(), buffer.length());
        copy.copyFrom(buffer, 0, 0, buffer.length());
        copies.add(copy);
      }
      return new ProductCase(name, step, copies);
    }

    Optional<List<Task>> tasks(Backend backend, int workers) {
      return backend.tasks(step, new Backend.Memory(buffers, workers));
    }
  }

  private static ProductCase random(
      Random random, DType dtype, String form, int[] sizes, EpilogueKind finish) {
    Subscripts subscripts = Subscripts.parse(form);
    String letters = "bcijkl";
    List<TensorBuffer> buffers = new ArrayList<>();
    Operand left = operand(random, dtype, subscripts.left(), letters, sizes, buffers);
    Operand right = operand(random, dtype, subscripts.right(), letters, sizes, buffers);
    ImmutableList.Builder<Operand> extras = ImmutableList.builder();
    LaneProgram program = LaneProgram.of(1, List.of(Lane.input(0, dtype)));
    Operand output;
    if (finish == EpilogueKind.NONE) {
      output = output(dtype, subscripts.output(), letters, sizes, buffers);
    } else if (finish == EpilogueKind.IN_PLACE) {
      output = output(dtype, subscripts.output(), letters, sizes, buffers);
      fill(random, buffers.getLast());
      extras.add(output);
      Lane sum = Lane.input(0, dtype);
      Lane old = Lane.input(1, dtype);
      program = LaneProgram.of(2, List.of(old.minus(sum.times(sum.constant(0.01)))));
    } else {
      output = output(dtype, subscripts.output(), letters, sizes, buffers);
      int[] strides = Ints.toArray(output.layout().strides());
      for (int axis = 0; axis + 1 < strides.length; axis++) {
        strides[axis] = 0;
      }
      TensorBuffer bias = TensorBuffer.allocate(dtype, output.elements());
      fill(random, bias);
      buffers.add(bias);
      extras.add(new Operand(buffers.size() - 1, output.type(), IndexMap.of(0, strides)));
      Lane biased = Lane.input(0, dtype).plus(Lane.input(1, dtype));
      program = LaneProgram.of(2, List.of(biased.less(0).select(biased.constant(0), biased)));
    }
    String name = form + " " + dtype + " " + Arrays.toString(sizes) + " of bcijkl, " + finish;
    return new ProductCase(
        name,
        new Step.Product(
            ImmutableList.of(), subscripts, left, right, program, extras.build(), output),
        buffers);
  }

  private static int[] sizes(String labels, String letters, int[] sizes) {
    return labels.chars().map(letter -> sizes[letters.indexOf(letter)]).toArray();
  }

  /**
   * A random operand: row-major, or with its axes in reverse order, or a part of something larger.
   */
  private static Operand operand(
      Random random,
      DType dtype,
      String labels,
      String letters,
      int[] all,
      List<TensorBuffer> buffers) {
    int[] sizes = sizes(labels, letters, all);
    int[] strides = new int[sizes.length];
    int gap = random.nextInt(4) == 0 ? 3 : 0;
    int length = 1;
    boolean reversed = random.nextInt(3) == 0;
    for (int i = 0; i < sizes.length; i++) {
      int axis = reversed ? i : sizes.length - 1 - i;
      strides[axis] = length;
      length *= sizes[axis] + (i == 0 ? gap : 0);
    }
    int offset = random.nextInt(3);
    TensorBuffer buffer = TensorBuffer.allocate(dtype, length + offset);
    fill(random, buffer);
    buffers.add(buffer);
    return new Operand(
        buffers.size() - 1, TensorType.of(dtype, sizes), IndexMap.of(offset, strides));
  }

  private static Operand output(
      DType dtype, String labels, String letters, int[] all, List<TensorBuffer> buffers) {
    int[] sizes = sizes(labels, letters, all);
    TensorType type = TensorType.of(dtype, sizes);
    buffers.add(TensorBuffer.allocate(dtype, type.shape().elements()));
    return new Operand(buffers.size() - 1, type, IndexMap.identity(sizes));
  }

  private static void fill(Random random, TensorBuffer buffer) {
    for (int i = 0; i < buffer.length(); i++) {
      int kind = random.nextInt(40);
      buffer.set(i, kind == 0 ? 0.0 : kind == 1 ? -0.0 : random.nextGaussian());
    }
  }

  private static void compute(List<Task> tasks, int workers) {
    for (Task task : tasks) {
      for (int worker = workers - 1; worker >= 0; worker--) {
        int from = task.units() * worker / workers;
        task.run(from, task.units() * (worker + 1) / workers, worker);
      }
    }
  }

  /** Fails unless the backend takes the step, and its output has the bits of the plain loops. */
  private static void assertAgrees(ProductCase run, Backend backend, int workers) {
    assertThat(agrees(run, backend, workers)).as(run.name).isTrue();
  }

  /** Whether the backend takes the step; if so its output has the bits of the plain loops. */
  private static boolean agrees(ProductCase run, Backend backend, int workers) {
    ProductCase expected = run.copy();
    compute(expected.tasks(Backend.reference(), 1).orElseThrow(), 1);
    ProductCase fast = run.copy();
    Optional<List<Task>> tasks = fast.tasks(backend, workers);
    tasks.ifPresent(all -> compute(all, workers));
    if (tasks.isPresent()) {
      assertThat(difference(expected.output(), fast.output())).as(run.name).isEmpty();
    }
    return tasks.isPresent();
  }

  private static String difference(TensorBuffer expected, TensorBuffer actual) {
    for (int i = 0; i < expected.length(); i++) {
      if (expected.bits(i) != actual.bits(i)) {
        return "element " + i + ": " + expected.get(i) + " and " + actual.get(i);
      }
    }
    return "";
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void smallProductsOfAllFormsAgree(DType dtype) {
    Backend backend = new SimdBackend();
    Random random = new Random(20261121);
    int taken = 0;
    int all = 0;
    for (String form : FORMS) {
      for (int i = 0; i < 14; i++) {
        int[] sizes = new int[6];
        for (int axis = 0; axis < sizes.length; axis++) {
          sizes[axis] = axis < 2 ? 1 + random.nextInt(3) : SIZES[random.nextInt(SIZES.length)];
        }
        sizes[5] = 1 + random.nextInt(5);
        EpilogueKind finish = EpilogueKind.values()[random.nextInt(3)];
        taken += agrees(random(random, dtype, form, sizes, finish), backend, 1 + i % 3) ? 1 : 0;
        all++;
      }
    }
    assertThat(taken).isGreaterThan(all * 8 / 10);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void largeProductsAgree(DType dtype) {
    Random random = new Random(7);
    Backend backend = new SimdBackend();
    int[][] shapes = {
      {130, 131, 560},
      {257, 300, 140},
      {259, 259, 130},
      {100, 40, 1100},
      {12, 600, 70},
      {720, 70, 530}
    };
    for (String form :
        List.of(
            "ik,kj->ij", "ki,kj->ij", "ik,jk->ij", "ki,jk->ji", "bik,bjk->bij", "bik,bkj->bij")) {
      for (int[] shape : shapes) {
        for (EpilogueKind finish : EpilogueKind.values()) {
          int[] sizes = {2, 1, shape[0], shape[1], shape[2], 1};
          assertAgrees(random(random, dtype, form, sizes, finish), backend, 2);
        }
      }
    }
  }

  /** Each sum of no terms is 0, in products of few and of many rows. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void productsWithoutTermsAgree(DType dtype) {
    Random random = new Random(12);
    for (int rows : new int[] {1, 5, 95, 96, 200, 4098}) {
      for (int columns : new int[] {1, 3, 130}) {
        int[] sizes = {1, 1, rows, columns, 0, 1};
        assertAgrees(
            random(random, dtype, "ik,kj->ij", sizes, EpilogueKind.IN_PLACE), new SimdBackend(), 2);
      }
    }
  }

  /** Vectors cannot load a bias whose numbers lie in reverse order. */
  @Test
  void aReversedBiasIsLeftToThePlainLoops() {
    int[] sizes = {1, 1, 5, 17, 9, 1};
    ProductCase biased =
        random(new Random(9), DType.F32, "ik,kj->ij", sizes, EpilogueKind.BIAS_AND_RELU);
    Operand bias = biased.step.extras().getFirst();
    Operand reversed = new Operand(bias.slot(), bias.type(), IndexMap.of(16, 0, -1));
    Step.Product step = biased.step.at(operand -> operand.equals(bias) ? reversed : operand);
    ProductCase run = new ProductCase("a bias in reverse order", step, biased.buffers);
    assertThat(agrees(run, new SimdBackend(), 1)).isFalse();
  }

  /** Panels are packed several at a time and part by part; the last ones are smaller. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void productsInPartsAgree(DType dtype) {
    Random random = new Random(11);
    int[] sizes = {1, 1, 130, 1030, 1030, 1};
    for (String form : List.of("ik,kj->ij", "ki,jk->ij")) {
      assertAgrees(random(random, dtype, form, sizes, EpilogueKind.IN_PLACE), new SimdBackend(), 3);
    }
  }

  /** The compiled kernel gives the bits of the interpreted one. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void warmProductsAgree(DType dtype) {
    Random random = new Random(3);
    Backend backend = new SimdBackend();
    for (String form : List.of("ik,kj->ij", "ik,jk->ij")) {
      int[] sizes = {1, 1, 13, 19, 21, 1};
      for (EpilogueKind finish : List.of(EpilogueKind.NONE, EpilogueKind.BIAS_AND_RELU)) {
        ProductCase run = random(random, dtype, form, sizes, finish);
        List<Task> tasks = run.tasks(backend, 1).orElseThrow();
        for (int i = 0; i < 20_000; i++) {
          compute(tasks, 1);
        }
        assertAgrees(run, backend, 1);
        ProductCase expected = run.copy();
        compute(expected.tasks(Backend.reference(), 1).orElseThrow(), 1);
        assertThat(difference(expected.output(), run.output())).as(run.name).isEmpty();
      }
    }
  }

  /** The comparison sees one column too few, and terms that are added in another order. */
  @Test
  void mistakesAreSeen() {
    Random random = new Random(5);
    int[] sizes = {1, 1, 5, 17, 9, 1};
    ProductCase run = random(random, DType.F32, "ik,kj->ij", sizes, EpilogueKind.NONE);
    ProductCase expected = run.copy();
    compute(expected.tasks(Backend.reference(), 1).orElseThrow(), 1);
    ProductCase actual = run.copy();
    List<Task> tasks = actual.tasks(new SimdBackend(), 1).orElseThrow();
    compute(tasks, 1);
    assertThat(difference(expected.output(), actual.output())).isEmpty();
    actual.output().set(16, 0);
    assertThat(difference(expected.output(), actual.output())).startsWith("element 16: ");
    assertThat(difference(expected.output(), outOfOrder(run))).startsWith("element ");
  }

  private static TensorBuffer outOfOrder(ProductCase run) {
    Operand left = run.step.left();
    Operand right = run.step.right();
    Operand output = run.step.output();
    int terms = left.type().shape().dim(1).size();
    int columns = output.type().shape().dim(1).size();
    float[] x = ((TensorBuffer.F32) run.buffers.get(left.slot())).array();
    float[] y = ((TensorBuffer.F32) run.buffers.get(right.slot())).array();
    TensorBuffer sums = TensorBuffer.allocate(DType.F32, output.elements());
    for (int i = 0; i < output.elements(); i++) {
      float sum = 0;
      for (int k = terms - 1; k >= 0; k--) {
        int at = left.layout().offset() + i / columns * left.layout().strides().get(0);
        int to = right.layout().offset() + i % columns * right.layout().strides().get(1);
        sum =
            Math.fma(
                x[at + k * left.layout().strides().get(1)],
                y[to + k * right.layout().strides().get(0)],
                sum);
      }
      sums.set(i, sum);
    }
    return sums;
  }
}
