package io.deltagraph.runtime;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Slot;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Buffer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan with its buffers and tasks: everything that a run needs. */
final class Executable {
  private final Plan plan;
  private final Task[][] steps;
  private final Task[][] commits;
  private final String[] inputNames;
  private final Buffer[] inputBuffers;
  private final String[] outputNames;
  private final Buffer[] outputBuffers;
  private final Operand[] outputs;
  private final Strided[] outputLayouts;
  private final Backend.Memory memory;

  /**
   * Allocates.
   *
   * @param plan what to run
   * @param parameters the buffers of the parameters, by name
   * @param backend what makes tasks of steps
   * @param workers among how many a task may be split
   */
  Executable(Plan plan, Map<String, Buffer> parameters, Backend backend, int workers) {
    this.plan = plan;
    List<Buffer> buffers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Buffer> named = new ArrayList<>();
    for (Slot slot : plan.slots()) {
      Buffer buffer = buffer(slot, parameters);
      buffers.add(buffer);
      if (slot.role() instanceof Slot.OfInput input) {
        names.add(input.name());
        named.add(buffer);
      }
    }
    memory = new Backend.Memory(List.copyOf(buffers), workers);
    inputNames = names.toArray(new String[0]);
    inputBuffers = named.toArray(new Buffer[0]);
    steps = tasks(plan.steps(), backend);
    commits = tasks(plan.commits(), backend);
    outputNames = plan.outputs().keySet().toArray(new String[0]);
    outputs = plan.outputs().values().toArray(new Operand[0]);
    outputBuffers = new Buffer[outputs.length];
    outputLayouts = new Strided[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      outputBuffers[i] = memory.of(outputs[i]);
      outputLayouts[i] = Strided.of(outputs[i]);
    }
  }

  private Task[][] tasks(List<Step> all, Backend backend) {
    Task[][] tasks = new Task[all.size()][];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = backend.tasks(all.get(i), memory).orElseThrow().toArray(new Task[0]);
    }
    return tasks;
  }

  private static Buffer buffer(Slot slot, Map<String, Buffer> parameters) {
    return switch (slot.role()) {
      case Slot.OfInput input -> Buffer.allocate(slot.dtype(), slot.length());
      case Slot.OfParameter parameter -> {
        Buffer shared = parameters.get(parameter.name());
        if (shared == null) {
          throw new IllegalStateException("No buffer for the parameter " + parameter.name() + ".");
        }
        yield shared;
      }
      case Slot.OfConstant constant -> {
        Buffer filled = Buffer.allocate(slot.dtype(), slot.length());
        constant.tensor().copyInto(filled);
        yield filled;
      }
      case Slot.Scratch scratch -> Buffer.allocate(slot.dtype(), slot.length());
    };
  }

  Plan plan() {
    return plan;
  }

  /** Whether inputs of these types, which are all there, fit this plan. */
  boolean takes(Map<String, Tensor> feeds) {
    for (String name : inputNames) {
      Tensor tensor = feeds.get(name);
      if (tensor == null || !tensor.type().equals(plan.inputs().get(name))) {
        return false;
      }
    }
    return true;
  }

  /** Runs everything but the commits. */
  ImmutableMap<String, Tensor> run(Map<String, Tensor> feeds, Workers workers) {
    feed(feeds);
    for (Task[] step : steps) {
      for (Task task : step) {
        workers.run(task);
      }
    }
    ImmutableMap.Builder<String, Tensor> results = ImmutableMap.builder();
    for (int i = 0; i < outputs.length; i++) {
      int count = outputs[i].elements();
      Buffer copy = Buffer.allocate(outputs[i].type().dtype(), count);
      outputLayouts[i].copy(outputBuffers[i], 0, count, copy, 0);
      results.put(outputNames[i], Tensor.wrap(outputs[i].type(), copy));
    }
    return results.buildOrThrow();
  }

  /** Takes step after step until one makes a number that is not finite from finite ones. */
  Optional<NonFinite> firstNonFinite(Graph graph, Map<String, Tensor> feeds, Workers workers) {
    feed(feeds);
    FiniteCheck check = new FiniteCheck(memory);
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Optional<Value> given = given(graph, plan.slots().get(slot));
      if (given.isPresent()) {
        TensorType type = given.get().type().bind(plan.sizes());
        Operand place =
            plan.parameters()
                .getOrDefault(
                    given.get().label(),
                    new Operand(slot, type, IndexMap.identity(type.shape().sizes())));
        Optional<NonFinite> found = check.given(given.get(), place);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    for (int i = 0; i < steps.length; i++) {
      for (Task task : steps[i]) {
        workers.run(task);
      }
      Optional<NonFinite> found = check.after(plan.steps().get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Value> given(Graph graph, Slot slot) {
    return switch (slot.role()) {
      case Slot.OfInput input -> named(graph.inputs(), input.name());
      case Slot.OfParameter parameter -> named(graph.parameters(), parameter.name());
      case Slot.OfConstant constant -> Optional.empty();
      case Slot.Scratch scratch -> Optional.empty();
    };
  }

  private static Optional<Value> named(List<? extends Value> values, String name) {
    return values.stream().filter(value -> value.label().equals(name)).<Value>map(v -> v).findAny();
  }

  /** Sets the parameters to their new values. */
  void commit(Workers workers) {
    for (Task[] step : commits) {
      for (Task task : step) {
        workers.run(task);
      }
    }
  }

  private void feed(Map<String, Tensor> feeds) {
    for (int i = 0; i < inputNames.length; i++) {
      Tensor tensor = feeds.get(inputNames[i]);
      if (tensor == null) {
        throw new IllegalStateException("No value for the input " + inputNames[i] + ".");
      }
      tensor.copyInto(inputBuffers[i]);
    }
  }
}
