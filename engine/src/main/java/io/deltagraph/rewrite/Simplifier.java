package io.deltagraph.rewrite;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Applies rewrite rules to every node of a graph, inputs first, until none fits. */
public final class Simplifier {
  /** A pair of rules that undo each other would run for ever; no node needs this many. */
  private static final int MOST_PER_NODE = 32;

  private final ImmutableListMultimap<OpId, RewriteRule> rules;

  private Simplifier(Collection<RewriteRule> rules) {
    this.rules = Multimaps.index(rules, RewriteRule::root);
  }

  /**
   * A simplified graph.
   *
   * @param graph the graph, of the same builder and with the same outputs and updates
   * @param applied how often each rule was applied, by its name
   */
  public record Simplified(Graph graph, ImmutableMap<String, Integer> applied) {}

  /** With all rules that a class loader's modules and jars provide. */
  public static Simplifier load(ClassLoader loader) {
    return new Simplifier(ImmutableList.copyOf(ServiceLoader.load(RewriteRule.class, loader)));
  }

  /** With all rules that the current thread's class loader sees. */
  public static Simplifier load() {
    return new Simplifier(ImmutableList.copyOf(ServiceLoader.load(RewriteRule.class)));
  }

  /** With just these rules. */
  public static Simplifier of(RewriteRule... rules) {
    return new Simplifier(ImmutableList.copyOf(rules));
  }

  /** The graph with every rule applied wherever it fits. */
  public Simplified simplify(Graph graph) {
    Map<Value, Value> replaced = new HashMap<>();
    Map<String, Integer> applied = new LinkedHashMap<>();
    for (Value value : graph.nodes()) {
      replaced.put(value, simplify(value, replaced, applied));
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach((name, value) -> outputs.put(name, replaced.getOrDefault(value, value)));
    Map<Parameter, Value> updates = new LinkedHashMap<>();
    graph
        .updates()
        .forEach((parameter, value) -> updates.put(parameter, replaced.getOrDefault(value, value)));
    Optional<GraphBuilder> builder = graph.nodes().stream().findFirst().map(Value::builder);
    return new Simplified(
        builder.map(b -> b.graph(outputs, updates)).orElse(graph), ImmutableMap.copyOf(applied));
  }

  private Value simplify(Value value, Map<Value, Value> replaced, Map<String, Integer> applied) {
    Value result =
        switch (value) {
          case Input input -> input;
          case Parameter parameter -> parameter;
          case Constant constant -> constant;
          case Apply apply -> rebuilt(apply, replaced);
        };
    for (int i = 0; i < MOST_PER_NODE && result instanceof Apply apply; i++) {
      Optional<Value> better = once(apply, applied);
      if (better.isEmpty()) {
        return result;
      }
      result = better.get();
    }
    return result;
  }

  private static Value rebuilt(Apply apply, Map<Value, Value> replaced) {
    List<Value> inputs = new ArrayList<>();
    for (Value input : apply.inputs()) {
      inputs.add(replaced.getOrDefault(input, input));
    }
    return inputs.equals(apply.inputs())
        ? apply
        : apply.builder().apply(apply.op(), apply.attributes(), inputs);
  }

  private Optional<Value> once(Apply apply, Map<String, Integer> applied) {
    for (RewriteRule rule : rules.get(apply.op().id())) {
      Optional<Value> better = rule.rewrite(apply).filter(value -> value != apply);
      if (better.isPresent()) {
        if (!better.get().type().equals(apply.type())) {
          throw new GraphException.BadGraph(
              "The rewrite rule '"
                  + rule.name()
                  + "' turned "
                  + apply
                  + " into "
                  + better.get()
                  + ": a rule keeps the type.");
        }
        applied.merge(rule.name(), 1, Integer::sum);
        return better;
      }
    }
    return Optional.empty();
  }
}
