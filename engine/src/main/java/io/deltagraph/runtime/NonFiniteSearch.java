package io.deltagraph.runtime;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.PlanMemory;
import io.deltagraph.backend.StoredValue;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Slot;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks for the first number of a run that is not finite, node by node, on plain loops. */
final class NonFiniteSearch {
  private final Graph graph;
  private final Plan plan;
  private final Map<String, StoredValue> parameters;
  private final PlanMemory memory;
  private final Inputs inputs;
  private final Stages stages;

  /**
   * Prepares a run of its own.
   *
   * @param sizes those of the named dimensions
   * @param parameters which are looked at, and not set
   */
  NonFiniteSearch(
      Graph graph, Map<String, Integer> sizes, Map<String, StoredValue> parameters, int workers) {
    this.graph = graph;
    this.parameters = parameters;
    plan = Planner.nodeByNode(graph, sizes);
    memory = new PlanMemory(plan, parameters, workers);
    inputs = new Inputs(memory.inputs());
    stages = new Stages(plan, memory, Backend.reference());
  }

  /** Takes step after step until one makes a number that is not finite from finite ones. */
  Optional<NonFinite> first(Map<String, Tensor> feeds, Workers workers) {
    inputs.set(feeds);
    Optional<NonFinite> given = given();
    for (int i = 0; given.isEmpty() && i < plan.steps().size(); i++) {
      stages.take(i, inputs.changes(), workers, true);
      given = made(plan.steps().get(i));
    }
    return given;
  }

  /** What is wrong with the inputs and parameters. */
  private Optional<NonFinite> given() {
    Map<String, Value> named = new HashMap<>();
    graph.inputs().forEach(input -> named.put(input.label(), input));
    graph.parameters().forEach(parameter -> named.put(parameter.label(), parameter));
    for (Slot slot : plan.slots()) {
      Optional<NonFinite> found =
          switch (slot.role()) {
            case Slot.OfInput input -> in(named, memory.inputs(), input.name());
            case Slot.OfParameter parameter -> in(named, parameters, parameter.name());
            case Slot.OfConstant constant -> Optional.empty();
            case Slot.Scratch scratch -> Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<NonFinite> in(
      Map<String, Value> values, Map<String, StoredValue> stored, String name) {
    Value value = values.get(name);
    StoredValue numbers = stored.get(name);
    return value == null || numbers == null ? Optional.empty() : in(value, numbers.get());
  }

  /** What is wrong with the outputs of a step that was just taken, if its inputs are finite. */
  private Optional<NonFinite> made(Step step) {
    return IntStream.range(0, step.outputs().size())
        .mapToObj(i -> in(value(step, i), read(step.outputs().get(i))))
        .flatMap(Optional::stream)
        .findFirst()
        .filter(found ->
            step.inputs().stream().allMatch(input -> in(step.node(), read(input)).isEmpty()))
        .map(found -> new NonFinite(found.value(), found.element(), found.number(), ranges(step)));
  }

  private List<NonFinite.Range> ranges(Step step) {
    List<Value> named =
        step.node() instanceof Apply apply && apply.inputs().size() == step.inputs().size()
            ? apply.inputs()
            : Collections.nCopies(step.inputs().size(), step.node());
    return IntStream.range(0, named.size())
        .mapToObj(i -> {
          DoubleSummaryStatistics numbers =
              Arrays.stream(read(step.inputs().get(i)).toDoubles()).summaryStatistics();
          return new NonFinite.Range(named.get(i), numbers.getMin(), numbers.getMax());
        })
        .toList();
  }

  /** What an output of a step of one node holds. */
  private static Value value(Step step, int output) {
    return step.node() instanceof Apply apply && step.outputs().size() > 1
        ? apply.tuple().part(output)
        : step.node();
  }

  private Tensor read(Operand place) {
    return memory.at(place).get();
  }

  private static Optional<NonFinite> in(Value value, Tensor numbers) {
    for (int i = 0; i < numbers.length(); i++) {
      if (!Double.isFinite(numbers.get(i))) {
        return Optional.of(new NonFinite(value, i, numbers.get(i), List.of()));
      }
    }
    return Optional.empty();
  }
}
