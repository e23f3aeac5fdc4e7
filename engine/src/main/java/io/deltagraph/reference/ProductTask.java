package io.deltagraph.reference;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.CopyTask;
import io.deltagraph.backend.ProductShape;
import io.deltagraph.backend.RowProduct;
import io.deltagraph.backend.Strided;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Matrix products over packed operands; a unit is a part of a row of the output. Each element takes
 * its terms in ascending order, however the work is cut.
 */
final class ProductTask implements Task {
  private static final int CHUNK = LaneMachine.BLOCK;

  private static final Strided WHOLE = new Strided(0, new int[] {CHUNK}, new int[] {1});

  private final RowProduct inner;
  private final ProductShape shape;
  private final TensorBuffer first;
  private final TensorBuffer second;
  private final TensorBuffer target;
  private final int[] columnOffsets;
  private final boolean columnsTogether;
  private final boolean direct;
  private final TensorBuffer zeros;
  private final TensorBuffer[] scratch;
  private final ElementMachine[] finish;
  private final List<TensorBuffer> extras;
  private final int allRows;
  private final int chunks;

  private ProductTask(
      Step.Product step,
      ProductShape shape,
      TensorBuffer first,
      TensorBuffer second,
      Backend.Memory memory,
      RowProduct inner) {
    this.inner = inner;
    this.shape = shape;
    this.first = first;
    this.second = second;
    target = memory.of(step.output());
    columnOffsets = shape.columnOffsets();
    columnsTogether = shape.columns() == 1 || shape.columnPlaces().isWhole();
    direct = step.isPlain() && columnsTogether;
    zeros = TensorBuffer.allocate(target.dtype(), CHUNK);
    scratch = new TensorBuffer[memory.workers()];
    finish = new ElementMachine[step.isPlain() ? 0 : scratch.length];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = TensorBuffer.allocate(target.dtype(), CHUNK);
    }
    List<DType> dtypes =
        Stream.concat(Stream.of(target.dtype()), step.extras().stream().map(e -> e.type().dtype()))
            .toList();
    Arrays.setAll(finish, i -> ElementMachine.of(step.finish(), dtypes, CHUNK));
    extras = step.extras().stream().map(memory::of).collect(ImmutableList.toImmutableList());
    allRows = shape.batch() * shape.rows();
    chunks = (shape.columns() + CHUNK - 1) / CHUNK;
  }

  static List<Task> of(Step.Product step, Backend.Memory memory, RowProduct inner) {
    ProductShape shape = ProductShape.of(step);
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    if (step.output().elements() == 0) {
      return ImmutableList.of();
    }
    TensorBuffer left = memory.of(step.left());
    TensorBuffer right = memory.of(step.right());
    TensorBuffer first =
        packed(
            shape.first(),
            shape.swapped() ? right : left,
            exact(shape.batch(), shape.rows(), shape.terms()),
            tasks);
    TensorBuffer second =
        packed(
            shape.second(),
            shape.swapped() ? left : right,
            exact(shape.batch(), shape.terms(), shape.columns()),
            tasks);
    return tasks.add(new ProductTask(step, shape, first, second, memory, inner)).build();
  }

  private static int exact(int a, int b, int c) {
    return Math.multiplyExact(Math.multiplyExact(a, b), c);
  }

  private static TensorBuffer packed(
      Strided layout, TensorBuffer source, int elements, ImmutableList.Builder<Task> tasks) {
    if (layout.isWhole()) {
      return source;
    }
    TensorBuffer pack = TensorBuffer.allocate(source.dtype(), elements);
    tasks.add(new CopyTask(source, layout, pack, elements));
    return pack;
  }

  @Override
  public int units() {
    return allRows * chunks;
  }

  @Override
  public long cost() {
    return (long) allRows * shape.columns() * shape.terms() / 4;
  }

  @Override
  public void run(int from, int to, int worker) {
    for (int unit = from; unit < to; ) {
      int row = unit % allRows;
      int column = unit / allRows * CHUNK;
      int count = Math.min(CHUNK, shape.columns() - column);
      if (direct) {
        product(row, column, count, target, shape.rowPlaces().at(row) + column);
        unit++;
      } else {
        // As many rows as the scratch takes: what follows the sums is the cheaper the longer it is.
        int rows = Math.min(CHUNK / count, Math.min(to - unit, allRows - row));
        rows(row, rows, column, count, worker);
        unit += rows;
      }
    }
  }

  private void rows(int first, int rows, int column, int count, int worker) {
    TensorBuffer sums = scratch[worker];
    for (int i = 0; i < rows; i++) {
      product(first + i, column, count, sums, i * count);
    }
    if (finish.length > 0) {
      finish(first, rows, column, count, sums, finish[worker]);
    }
    for (int i = 0; i < rows; i++) {
      int place = shape.rowPlaces().at(first + i);
      if (columnsTogether) {
        target.copyFrom(sums, i * count, place + column, count);
      } else {
        for (int j = 0; j < count; j++) {
          target.copyFrom(sums, i * count + j, place + columnOffsets[column + j], 1);
        }
      }
    }
  }

  private void finish(
      int first, int rows, int column, int count, TensorBuffer sums, ElementMachine machine) {
    machine.load(0, WHOLE, sums, 0, 0, rows * count, 0);
    for (int e = 0; e < extras.size(); e++) {
      ProductShape.Extra extra = shape.extras().get(e);
      for (int i = 0; i < rows; i++) {
        int base = extra.rows().at(first + i);
        machine.load(e + 1, extra.columns(), extras.get(e), base, column, count, i * count);
      }
    }
    machine.run(rows * count);
    machine.store(0, sums, 0, rows * count);
  }

  private void product(int row, int column, int count, TensorBuffer to, int at) {
    to.copyFrom(zeros, 0, at, count);
    int a = row * shape.terms();
    int b = row / shape.rows() * shape.terms() * shape.columns() + column;
    switch (to) {
      case TensorBuffer.F64 buffer -> {
        double[] x = ((TensorBuffer.F64) first).array();
        double[] y = ((TensorBuffer.F64) second).array();
        inner.add(x, a, y, b, shape.columns(), shape.terms(), buffer.array(), at, count);
      }
      case TensorBuffer.F32 buffer -> {
        float[] x = ((TensorBuffer.F32) first).array();
        float[] y = ((TensorBuffer.F32) second).array();
        inner.add(x, a, y, b, shape.columns(), shape.terms(), buffer.array(), at, count);
      }
      case TensorBuffer.I64 buffer -> exactly(a, b, count, buffer, at);
      case TensorBuffer.I32 buffer -> exactly(a, b, count, buffer, at);
      case TensorBuffer.Bool buffer -> exactly(a, b, count, buffer, at);
    }
  }

  /** Sums in doubles: exact below 2^53; a mask tells whether any term is true. */
  private void exactly(int a, int b, int count, TensorBuffer to, int at) {
    DType dtype = to.dtype();
    for (int j = 0; j < count; j++) {
      double sum = to.get(at + j);
      for (int k = 0; k < shape.terms(); k++) {
        sum = dtype.round(sum + first.get(a + k) * second.get(b + k * shape.columns() + j));
      }
      to.set(at + j, sum);
    }
  }
}
