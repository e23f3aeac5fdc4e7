package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through the nodes from outputs back to the values asked for, adding up cotangents. */
final class ReverseSweep {
  private final List<Value> outputs;
  private final List<Value> wrt;
  private final boolean leaves;
  private final Map<Value, Value> cotangents = new HashMap<>();
  private final Set<String> flat = new LinkedHashSet<>();

  /**
   * A sweep.
   *
   * @param leaves whether to stop at the values asked for, as if nothing lay below them
   */
  ReverseSweep(List<Value> outputs, List<? extends Value> wrt, boolean leaves) {
    this.outputs = ImmutableList.copyOf(outputs);
    this.wrt = ImmutableList.copyOf(wrt);
    this.leaves = leaves;
  }

  /** The gradients of {@code Σ cotangent ⊙ output}. */
  Gradient run(List<Value> given) {
    Set<Value> asked = new HashSet<>(wrt);
    List<Value> nodes = Reachable.from(outputs, value -> leaves && asked.contains(value));
    List<Value> active = active(nodes);
    Set<Value> activeSet = new HashSet<>(active);
    for (int i = 0; i < outputs.size(); i++) {
      if (activeSet.contains(outputs.get(i))) {
        add(outputs.get(i), given.get(i));
      }
    }
    Set<Value> stops = leaves ? asked : Set.of();
    Set<Tuple> done = new HashSet<>();
    for (Value value : active.reversed()) {
      // The parts of a node are numbered one after another: what reads any of them is behind.
      if (value instanceof Apply apply && done.add(apply.tuple())) {
        Map<Value, Value> gradients = new HashMap<>();
        for (Apply part : apply.tuple().parts()) {
          Value gradient = stops.contains(part) ? null : cotangents.get(part);
          if (gradient != null) {
            gradients.put(part, gradient);
          }
        }
        if (!gradients.isEmpty()) {
          propagate(apply, gradients, activeSet);
        }
      }
      if (!asked.contains(value)) {
        cotangents.remove(value);
      }
    }
    ImmutableMap.Builder<Value, Value> gradients = ImmutableMap.builder();
    ImmutableSet.Builder<Value> reached = ImmutableSet.builder();
    for (Value value : new LinkedHashSet<>(wrt)) {
      Value gradient = cotangents.get(value);
      gradients.put(value, gradient == null ? zeros(value) : gradient);
      if (gradient != null) {
        reached.add(value);
        asked.remove(value);
      }
    }
    explain(asked, nodes);
    return new Gradient(gradients.buildOrThrow(), reached.build(), ImmutableList.copyOf(flat));
  }

  /**
   * The float values that the output is computed from and that depend on a value asked for, in
   * order.
   */
  private List<Value> active(List<Value> nodes) {
    Set<Value> active = new HashSet<>(wrt);
    List<Value> ordered = new ArrayList<>();
    for (Value value : nodes) {
      boolean depends =
          value instanceof Apply apply
              && value.dtype().isFloat()
              && apply.inputs().stream().anyMatch(active::contains);
      if (depends || active.contains(value)) {
        active.add(value);
        ordered.add(value);
      }
    }
    return ordered;
  }

  /** Finds the ops that turn values to which no gradient flows into masks and indices. */
  private void explain(Set<Value> unreached, List<Value> nodes) {
    Set<Value> dependent = new HashSet<>(unreached);
    for (Value value : nodes) {
      if (value instanceof Apply apply && apply.inputs().stream().anyMatch(dependent::contains)) {
        dependent.add(value);
        if (!value.dtype().isFloat() && apply.tuple().parts().size() > 1) {
          String output = apply.op().signature().outputs().get(apply.index());
          flat.add(apply.op().id() + ": its output '" + output + "' changes in jumps only");
        } else if (!value.dtype().isFloat()) {
          List<Cotangent> rule = rule(apply, Map.of(apply, zeros(apply)));
          for (int i = 0; i < rule.size(); i++) {
            Value input = apply.input(i);
            if (dependent.contains(input)
                && input.dtype().isFloat()
                && rule.get(i) instanceof Cotangent.Flat reason) {
              flat.add(apply.op().id() + ": " + reason.why());
            }
          }
        }
      }
    }
  }

  private static List<Cotangent> rule(Apply apply, Map<Value, Value> gradients) {
    List<Cotangent> rule;
    try {
      rule = apply.op().backward(new NodeAdjoint(apply, gradients));
    } catch (GraphException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new GraphException.BadOp(apply, "backward", e);
    }
    int inputs = apply.inputs().size();
    if (rule == null || rule.size() != inputs || rule.stream().anyMatch(ReverseSweep::isNull)) {
      String got =
          rule == null ? "null" : rule.size() == inputs ? "null among them" : "" + rule.size();
      throw new GraphException.BadOp(
          apply, "backward gives one cotangent per input, here %d, got %s".formatted(inputs, got));
    }
    return rule;
  }

  private void propagate(Apply apply, Map<Value, Value> gradients, Set<Value> active) {
    List<Cotangent> rule = rule(apply, gradients);
    for (int i = 0; i < rule.size(); i++) {
      Value input = apply.input(i);
      if (!active.contains(input)) {
        continue;
      }
      switch (rule.get(i)) {
        case Cotangent.Flow flow -> add(input, Unbroadcast.to(input, flow.gradient(), apply, i));
        case Cotangent.Zero zero -> {}
        case Cotangent.Flat reason -> flat.add(apply.op().id() + ": " + reason.why());
        case Cotangent.Missing reason ->
            throw new GraphException.NoGradient(apply, i, reason.why());
      }
    }
  }

  private static boolean isNull(@Nullable Cotangent cotangent) {
    return cotangent == null
        || (cotangent instanceof Cotangent.Flow(@Nullable Value gradient) && gradient == null);
  }

  private void add(Value input, Value gradient) {
    cotangents.merge(input, gradient, Value::plus);
  }

  static Value zeros(Value like) {
    return like.constant(0).broadcastTo(like.shape());
  }
}
