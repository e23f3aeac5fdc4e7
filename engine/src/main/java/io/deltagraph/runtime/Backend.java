package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Turns the steps of a plan into work. A backend may be faster than the reference, but gives the
 * same bits.
 */
public interface Backend {

  /** The backends that the engine's own class loader sees. */
  static ImmutableList<Backend> all() {
    return ImmutableList.copyOf(ServiceLoader.load(Backend.class, Backend.class.getClassLoader()));
  }

  /** The first of {@link #all}. */
  static Backend load() {
    return all().stream()
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("The engine's plain loops are not provided as a backend."));
  }

  /** What the backend is called in messages. */
  String name();

  /**
   * The tasks of a step, to be run one after another; empty if the step is left to the plain loops,
   * which take every step. Everything that they need is allocated here: a run allocates nothing.
   */
  Optional<ImmutableList<Task>> tasks(Step step, Memory memory);

  /**
   * The buffers of a plan.
   *
   * @param buffers one per slot
   * @param workers the number of workers that a task may be split among
   */
  record Memory(List<Buffer> buffers, int workers) {
    /** The buffer that a value lies in. */
    public Buffer of(Operand operand) {
      return buffers.get(operand.slot());
    }
  }
}
