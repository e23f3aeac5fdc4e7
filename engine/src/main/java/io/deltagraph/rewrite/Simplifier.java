package io.deltagraph.rewrite;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Applies rewrite rules to every node of a graph, inputs first, until none fits. */
public final class Simplifier {
  /** A pair of rules that undo each other would run for ever; no node needs this many. */
  private static final int MOST_PER_NODE = 32;

  private final ImmutableListMultimap<OpId, RewriteRule> rules;
  private final Set<RewriteRule> broken = ConcurrentHashMap.newKeySet();

  private Simplifier(Collection<RewriteRule> rules) {
    this.rules = Multimaps.index(rules, RewriteRule::root);
  }

  /**
   * A simplified graph.
   *
   * @param graph the graph, of the same builder and with the same outputs and updates
   * @param applied how often each rule was applied, by its name
   */
  public record Simplified(Graph graph, Map<String, Integer> applied) {
    public Simplified {
      applied = ImmutableMap.copyOf(applied);
    }
  }

  /** With all rules that were found together with the ops, but for those that name no op. */
  public static Simplifier of(OpLookup ops) {
    List<RewriteRule> usable = new ArrayList<>();
    for (RewriteRule rule : ops.plugins(RewriteRule.class)) {
      try {
        Objects.requireNonNull(rule.root(), "its root is null");
        usable.add(rule);
      } catch (RuntimeException | LinkageError e) {
        leaveOut(rule, e);
      }
    }
    return new Simplifier(usable);
  }

  /** With just these rules. */
  public static Simplifier of(RewriteRule... rules) {
    return new Simplifier(ImmutableList.copyOf(rules));
  }

  /** The graph with every rule applied wherever it fits. */
  public Simplified simplify(Graph graph) {
    Substitution simpler = new Substitution();
    Map<String, Integer> applied = new LinkedHashMap<>();
    for (Value value : graph.nodes()) {
      simpler.put(value, simplify(simpler.in(value), applied));
    }
    return new Simplified(simpler.in(graph), ImmutableMap.copyOf(applied));
  }

  private Value simplify(Value value, Map<String, Integer> applied) {
    Value result = value;
    for (int i = 0; i < MOST_PER_NODE && result instanceof Apply apply; i++) {
      Optional<Value> better = once(apply, applied);
      if (better.isEmpty()) {
        return result;
      }
      result = better.get();
    }
    return result;
  }

  private Optional<Value> once(Apply apply, Map<String, Integer> applied) {
    for (RewriteRule rule : rules.get(apply.op().id())) {
      Optional<Value> better = asked(rule, apply).filter(value -> value != apply);
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

  /** What a rule says; one that breaks is left out from then on, since no graph needs it. */
  private Optional<Value> asked(RewriteRule rule, Apply apply) {
    if (broken.contains(rule)) {
      return Optional.empty();
    }
    try {
      return Objects.requireNonNull(rule.rewrite(apply), "rewrite returned null");
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      broken.add(rule);
      leaveOut(rule, e);
      return Optional.empty();
    }
  }

  private static void leaveOut(RewriteRule rule, Throwable why) {
    System.getLogger(Simplifier.class.getName())
        .log(
            System.Logger.Level.WARNING,
            () ->
                "Left out: the rewrite rule %s throws %s. Graphs are computed without it. Tell its author."
                    .formatted(rule.getClass().getName(), why));
  }
}
