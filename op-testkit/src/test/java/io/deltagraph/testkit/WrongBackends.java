package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.testkit.Zoo.Animal;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Contracts of right ops on backends that are wrong in the last bit of one element. */
final class WrongBackends {
  private WrongBackends() {}

  /** The plain loops, which then move the last element of some steps by one unit. */
  record OneUnitOff(String name, Backend loops, BiPredicate<Step, Memory> where, boolean last)
      implements Backend {
    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      Operand output = last ? step.outputs().getLast() : step.outputs().getFirst();
      return loops
          .tasks(step, memory)
          .map(right ->
              output.elements() > 0 && where.test(step, memory)
                  ? ImmutableList.<Task>builder()
                      .addAll(right)
                      .add(new Nudge(memory.of(output), output))
                      .build()
                  : right);
    }
  }

  private record Nudge(TensorBuffer buffer, Operand output) implements Task {
    @Override
    public int units() {
      return 1;
    }

    @Override
    public long cost() {
      return 1;
    }

    @Override
    public void run(int from, int to, int worker) {
      int last = output.layout().offset() + output.elements() - 1;
      double value = buffer.get(last);
      buffer.set(
          last, buffer.dtype() == DType.F32 ? Math.nextUp((float) value) : Math.nextUp(value));
    }
  }

  abstract static class On extends Animal {
    private final BiPredicate<Step, Backend.Memory> where;

    On(BiPredicate<Step, Backend.Memory> where) {
      this.where = where;
    }

    /** Whether the last output of a step is moved, and not the first. */
    boolean last() {
      return false;
    }

    @Override
    public Op<?> op() {
      return Zoo.ruled("on_backends", 1, x -> x.get(0).sin(), Zoo.times(Value::cos));
    }

    @Override
    public List<Backend> backends() {
      Backend loops = Backend.reference();
      return ImmutableList.of(loops, new OneUnitOff("vectors", loops, where, last()));
    }
  }

  /** Where vectors of eight leave a tail. */
  static final class WrongTail extends On {
    WrongTail() {
      super((step, memory) ->
          step.outputs().getFirst().elements() > 4
              && step.outputs().getFirst().elements() % 8 != 0);
    }
  }

  /** In the long run of 4,098 alone. */
  static final class WrongLongTail extends On {
    WrongLongTail() {
      super((step, memory) -> step.outputs().getFirst().elements() == 4_098);
    }
  }

  /** In f32 alone. */
  static final class WrongSingle extends On {
    WrongSingle() {
      super((step, memory) -> step.outputs().getFirst().type().dtype() == DType.F32);
    }
  }

  /** In the gradient alone, the last output of the loop that computes both. */
  static final class WrongBackward extends On {
    WrongBackward() {
      super((step, memory) -> step.inputs().size() == 2);
    }

    @Override
    boolean last() {
      return true;
    }
  }

  /** Where work is shared. */
  static final class WrongOnTwoThreads extends On {
    WrongOnTwoThreads() {
      super((step, memory) -> memory.workers() > 1);
    }
  }

  /** The same numbers as the plain loops. */
  static final class Right extends On {
    Right() {
      super((step, memory) -> false);
    }
  }

  /** The reference is not among them. */
  static final class NoReference extends On {
    NoReference() {
      super((step, memory) -> false);
    }

    @Override
    public List<Backend> backends() {
      return super.backends().subList(1, 2);
    }
  }
}
