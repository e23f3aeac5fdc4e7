package io.deltagraph.backend;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Slot;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.TensorType;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The memory of a plan that is run: a buffer for each of its slots. */
public final class PlanMemory {
  private final Backend.Memory memory;
  private final ImmutableMap<String, StoredValue> inputs;

  /** The buffers that change only when an input is set. */
  private final Set<TensorBuffer> given = Sets.newIdentityHashSet();

  /**
   * Allocates, and fills in the constants.
   *
   * @param parameters the parameters by name, which all plans of a session share
   * @param workers the number of workers that a task may be split among
   */
  public PlanMemory(Plan plan, Map<String, StoredValue> parameters, int workers) {
    this(plan, slot -> toRunOn(slot, parameters), workers);
  }

  private PlanMemory(Plan plan, Function<Slot, TensorBuffer> allocation, int workers) {
    ImmutableList.Builder<TensorBuffer> buffers = ImmutableList.builder();
    ImmutableMap.Builder<String, StoredValue> named = ImmutableMap.builder();
    for (int i = 0; i < plan.slots().size(); i++) {
      Slot slot = plan.slots().get(i);
      TensorBuffer buffer = allocation.apply(slot);
      buffers.add(buffer);
      switch (slot.role()) {
        case Slot.OfInput input -> {
          named.put(input.name(), new StoredValue(place(plan, i, input.name()), buffer));
          given.add(buffer);
        }
        case Slot.OfConstant constant -> given.add(buffer);
        case Slot.OfParameter parameter -> {}
        case Slot.Scratch scratch -> {}
      }
    }
    memory = new Backend.Memory(buffers.build(), workers);
    inputs = named.buildOrThrow();
  }

  /** Memory of the same size for one worker, in which every float is a small number. */
  public static PlanMemory toTryTasksOn(Plan plan) {
    return new PlanMemory(plan, PlanMemory::withSmallNumbers, 1);
  }

  private static Operand place(Plan plan, int slot, String input) {
    TensorType type = plan.inputs().get(input);
    if (type == null) {
      throw new IllegalStateException("The plan has a slot for " + input + ", and no such input.");
    }
    return Operand.dense(slot, type);
  }

  private static TensorBuffer allocate(Slot slot) {
    return Backend.Memory.allocate(slot.dtype(), slot.length());
  }

  private static TensorBuffer toRunOn(Slot slot, Map<String, StoredValue> parameters) {
    return switch (slot.role()) {
      case Slot.OfParameter parameter -> shared(parameter.name(), parameters);
      case Slot.OfConstant constant -> {
        TensorBuffer buffer = allocate(slot);
        constant.tensor().copyInto(buffer);
        yield buffer;
      }
      case Slot.OfInput input -> allocate(slot);
      case Slot.Scratch scratch -> allocate(slot);
    };
  }

  private static TensorBuffer shared(String name, Map<String, StoredValue> parameters) {
    StoredValue parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalStateException("No memory for the parameter " + name + ".");
    }
    return parameter.buffer();
  }

  private static TensorBuffer withSmallNumbers(Slot slot) {
    TensorBuffer buffer = allocate(slot);
    if (slot.dtype().isFloat() && buffer.length() > 0) {
      buffer.set(0, 0.5);
      for (int done = 1; done < buffer.length(); done *= 2) {
        buffer.copyFrom(buffer, 0, done, Math.min(done, buffer.length() - done));
      }
    }
    return buffer;
  }

  /** What the tasks of the plan's steps read and write. */
  public Backend.Memory forTasks() {
    return memory;
  }

  /** The inputs by name, in the order of their slots. */
  public Map<String, StoredValue> inputs() {
    return inputs;
  }

  /** The value at a place of the plan. */
  public StoredValue at(Operand place) {
    return new StoredValue(place, memory.of(place));
  }

  /** Whether a task has to run again only after an input was set. */
  public boolean isArrangementOfGiven(Task task) {
    return task.arranges().filter(given::contains).isPresent();
  }
}
