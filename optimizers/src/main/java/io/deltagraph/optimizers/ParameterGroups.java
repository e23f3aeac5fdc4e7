package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An optimizer for each group of parameters, with a learning rate and a rule of its own. All count
 * the same steps. What wraps the whole, such as {@link Clipping#byGlobalNorm}, sees all parameters;
 * what wraps one of the optimizers, those of its group.
 *
 * @param rest the optimizer of the parameters that are in no group
 * @param groups the groups; a parameter belongs to the first that wants it
 */
public record ParameterGroups(Optimizer rest, List<Group> groups) implements Optimizer {
  public ParameterGroups {
    groups = ImmutableList.copyOf(groups);
  }

  /**
   * Some of the parameters.
   *
   * @param members which ones, such as {@code parameter -> parameter.label().startsWith("layer1.")}
   * @param optimizer theirs
   */
  public record Group(Predicate<GraphParameter> members, Optimizer optimizer) {}

  /** One optimizer for all parameters, until there are groups. */
  public static ParameterGroups of(Optimizer optimizer) {
    return new ParameterGroups(optimizer, ImmutableList.of());
  }

  /** With one more group, of parameters that are in none so far. */
  public ParameterGroups with(Predicate<GraphParameter> members, Optimizer optimizer) {
    return new ParameterGroups(
        rest,
        ImmutableList.<Group>builder().addAll(groups).add(new Group(members, optimizer)).build());
  }

  @Override
  public String name() {
    return rest.name();
  }

  @Override
  public OptimizerStep step(Map<GraphParameter, Value> gradients) {
    Map<Optimizer, Map<GraphParameter, Value>> shares = new LinkedHashMap<>();
    gradients.forEach((parameter, gradient) ->
        shares
            .computeIfAbsent(of(parameter), optimizer -> new LinkedHashMap<>())
            .put(parameter, gradient));
    Map<GraphParameter, Value> updates = new LinkedHashMap<>();
    Map<GraphParameter, Tensor> initialState = new LinkedHashMap<>();
    shares.forEach((optimizer, share) -> {
      OptimizerStep step = optimizer.step(share);
      updates.putAll(step.updates());
      initialState.putAll(step.initialState());
    });
    return new OptimizerStep(updates, initialState);
  }

  @Override
  public Optional<ReduceOnPlateau> plateau() {
    return Stream.concat(Stream.of(rest), groups.stream().map(Group::optimizer))
        .flatMap(optimizer -> optimizer.plateau().stream())
        .findFirst();
  }

  private Optimizer of(GraphParameter parameter) {
    return groups.stream()
        .filter(group -> group.members().test(parameter))
        .findFirst()
        .map(Group::optimizer)
        .orElse(rest);
  }
}
