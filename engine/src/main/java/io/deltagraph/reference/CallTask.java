package io.deltagraph.reference;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.GraphException;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Objects;

/** A kernel's loops, in one unit. */
final class CallTask implements Task {
  private final Step.Call step;
  private final List<TensorReader> inputs;
  private final List<TensorWriter> outputs;

  CallTask(Step.Call step, Backend.Memory memory) {
    this.step = step;
    this.inputs =
        step.inputs().stream()
            .map(input -> new Reader(input, memory.of(input)))
            .collect(ImmutableList.toImmutableList());
    this.outputs =
        step.outputs().stream()
            .map(output -> new Writer(output, memory.of(output)))
            .collect(ImmutableList.toImmutableList());
  }

  @Override
  public int units() {
    return 1;
  }

  @Override
  public long cost() {
    return 0;
  }

  @Override
  public void run(int from, int to, int worker) {
    try {
      step.kernel().forwardAll(step.node().attributes(), inputs, outputs);
    } catch (GraphException.BadInput e) {
      throw new GraphException.BadInput(step.node(), e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new GraphException.BadOp(step.node(), "forward", e);
    }
  }

  /** Lets a kernel read its input, and nothing else. */
  private static final class Reader implements TensorReader {
    private final TensorType type;
    private final TensorBuffer buffer;
    private final int offset;
    private final int length;

    Reader(Operand operand, TensorBuffer buffer) {
      this.type = operand.type();
      this.buffer = buffer;
      this.offset = operand.layout().offset();
      this.length = operand.elements();
    }

    @Override
    public TensorType type() {
      return type;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public double get(int index) {
      return buffer.get(offset + Objects.checkIndex(index, length));
    }
  }

  /** Lets a kernel write its output, which may be smaller than the buffer that it lies in. */
  private static final class Writer implements TensorWriter {
    private final TensorType type;
    private final TensorBuffer buffer;
    private final int length;

    Writer(Operand operand, TensorBuffer buffer) {
      this.type = operand.type();
      this.buffer = buffer;
      this.length = operand.elements();
    }

    @Override
    public TensorType type() {
      return type;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public double get(int index) {
      return buffer.get(Objects.checkIndex(index, length));
    }

    @Override
    public void set(int index, double value) {
      buffer.set(Objects.checkIndex(index, length), value);
    }
  }
}
