package io.deltagraph.backend;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;

/**
 * Turns the steps of a plan into work. A backend may be faster than the reference, but gives the
 * same bits.
 */
public interface Backend {

  /**
   * The backends that were found together with those ops: the plain loops, then the others, the
   * fastest last.
   */
  static List<Backend> all(OpLookup ops) {
    return Backends.all(ops);
  }

  /** The fastest of {@link #all}, by what each says of its {@link #speed}. */
  static Backend fastest(OpLookup ops) {
    return all(ops).getLast();
  }

  /**
   * The backend of that name.
   *
   * @throws IllegalArgumentException naming those that are there, if there is none
   */
  static Backend named(OpLookup ops, String name) {
    return Backends.named(ops, name);
  }

  /** The plain loops, which define the bits of all others. */
  static Backend reference() {
    return Backends.PLAIN_LOOPS;
  }

  /** What the backend is called in messages. */
  String name();

  /**
   * The tasks of a step, to be run one after another; empty if the step is left to the plain loops,
   * which take every step. Everything that they need is allocated here: a run allocates nothing.
   */
  Optional<List<Task>> tasks(Step step, Memory memory);

  /**
   * Tasks that get the code of {@link #tasks} compiled sooner than running those does. They are run
   * again and again, part by part, until they allocate nothing any more. What they leave in the
   * buffers is not used.
   */
  default Optional<List<Task>> rehearsal(Step step, Memory memory) {
    return tasks(step, memory);
  }

  /**
   * An inner loop for the plain loops' products, with what is known of it: their own, or one that
   * is faster once it is compiled, as a middle course until the tasks of products are.
   */
  default Optional<SharedRows> rows() {
    return Optional.empty();
  }

  /**
   * What steps run on until their tasks are compiled: the plain loops, with what all plans share
   * and is compiled already. Nothing is loaded for it.
   */
  default Backend ready() {
    return rows().map(SharedRows::ready).orElse(reference());
  }

  /** The tasks of a product with another inner loop, if this backend takes one. */
  default Optional<List<Task>> tasks(Step.Product step, Memory memory, RowProduct inner) {
    return tasks(step, memory);
  }

  /**
   * How fast it is beside others: a session that names none takes the backend with the greatest
   * number. The plain loops have 0; vectors of the processor have 100.
   */
  default int speed() {
    return 1;
  }

  /** Whether these are the plain loops. */
  default boolean isReference() {
    return false;
  }

  /**
   * The buffers of a plan.
   *
   * @param buffers one per slot
   * @param workers the number of workers that a task may be split among
   */
  record Memory(List<TensorBuffer> buffers, int workers) {
    public Memory {
      buffers = ImmutableList.copyOf(buffers);
    }

    private static final int MOST = Integer.MAX_VALUE - 8;

    /** How many bytes longer a buffer is: the longest vector there is. */
    private static final int BEYOND = 64;

    /**
     * A buffer of zeros that is longer by a vector: one may be loaded from any element on. If a
     * load reached beyond the buffer, the code for this rare case would slow all others down.
     */
    public static TensorBuffer allocate(DType dtype, int length) {
      return TensorBuffer.allocate(
          dtype, Math.max(length, Math.min(length, MOST - BEYOND) + BEYOND / dtype.bytes()));
    }

    /** The buffer that a value lies in. */
    public TensorBuffer of(Operand operand) {
      return buffers.get(operand.slot());
    }
  }
}
