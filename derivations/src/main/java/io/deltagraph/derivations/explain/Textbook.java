package io.deltagraph.derivations.explain;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.textbook.Pullback;
import io.deltagraph.ops.textbook.TextbookRule;
import io.deltagraph.ops.textbook.TextbookRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all modules, applied to a value until none fits. Two values that are equal by these
 * rules mostly become the same node.
 */
public final class Textbook {
  /** Rules that undo each other would go on for ever; no line needs this many steps. */
  private static final int MOST_STEPS = 5_000;

  private static final TextbookRule OWN =
      TextbookRule.general(
          "the op's own rule",
          node -> Pullback.in(node).isPresent() ? node.body() : Optional.empty());

  private final List<TextbookRule> rules;

  private Textbook(List<TextbookRule> rules) {
    this.rules = ImmutableList.copyOf(rules);
  }

  /** With the rules of all modules that were found together with the ops. */
  public static Textbook of(OpLookup ops) {
    List<TextbookRule> all =
        ops.plugins(TextbookRules.class).stream()
            .flatMap(module -> module.rules().stream())
            .toList();
    // A plugin's op may have no rule of its own, then its function has a derivative at least.
    return new Textbook(
        Stream.of(TextbookRule.Stage.values())
            .flatMap(stage -> all.stream().filter(rule -> rule.stage() == stage))
            .toList());
  }

  /** With just these rules. */
  public static Textbook of(TextbookRule... rules) {
    return new Textbook(ImmutableList.copyOf(rules));
  }

  /**
   * One rule applied once.
   *
   * @param rule which
   * @param before what it was applied to
   * @param after the same value in another form
   */
  public record Step(TextbookRule rule, Value before, Value after) {}

  /**
   * A value in the textbook's form.
   *
   * @param value an equal value
   * @param steps the rules that led to it, in order
   */
  public record Rewritten(Value value, List<Step> steps) {
    public Rewritten {
      steps = ImmutableList.copyOf(steps);
    }
  }

  /**
   * A value in the textbook's form.
   *
   * @param value any value
   * @param border what has a name, and is not looked into
   */
  public Rewritten rewrite(Value value, Predicate<Value> border) {
    Run run = new Run(value, border);
    Value result = run.normal();
    return new Rewritten(result, run.steps);
  }

  /** One rewriting; a loop, since graphs may be deeper than the stack. */
  private final class Run {
    private final Value root;
    private final Predicate<Value> border;
    private final Map<Value, Value> done = new HashMap<>();
    private final Map<Value, Value> instead = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Value> open = new ArrayList<>();
    private final Set<Value> begun = new HashSet<>();

    Run(Value root, Predicate<Value> border) {
      this.root = root;
      this.border = border;
    }

    Value normal() {
      open.add(root);
      while (!open.isEmpty()) {
        Value value = open.getLast();
        if (done.containsKey(value) || next(value) != null) {
          open.removeLast();
        }
      }
      return Objects.requireNonNull(done.get(root), "every value was finished");
    }

    /** Null while something else has to be finished first. */
    private @Nullable Value next(Value value) {
      if (!(value instanceof Apply node) || (value != root && border.test(value))) {
        return finish(value, value);
      }
      begun.add(value);
      Value better = instead.get(value);
      if (better == null) {
        List<Value> missing =
            node.inputs().stream().filter(input -> !done.containsKey(input)).toList();
        if (missing.stream().anyMatch(begun::contains)) {
          return finish(value, value); // the rules go round in a circle
        }
        if (!missing.isEmpty()) {
          open.addAll(missing);
          return null;
        }
        List<Value> inputs =
            node.inputs().stream().map(input -> Objects.requireNonNull(done.get(input))).toList();
        better = inputs.equals(node.inputs()) ? byRule(node) : node.on(inputs);
        if (better == node) {
          return finish(node, node);
        }
        instead.put(node, better);
      }
      Value finished = done.get(better);
      if (finished == null && !begun.contains(better)) {
        open.add(better);
        return null;
      }
      return finish(value, finished == null ? value : finished);
    }

    private Value finish(Value value, Value result) {
      done.put(value, result);
      return result;
    }

    private Value byRule(Apply node) {
      if (steps.size() >= MOST_STEPS) {
        return node;
      }
      for (TextbookRule rule : rules) {
        Optional<Value> better = asked(rule, node);
        if (better.isPresent()) {
          steps.add(new Step(rule, node, better.get()));
          return better.get();
        }
      }
      Optional<Value> own = OWN.rewrite(node);
      own.ifPresent(value -> steps.add(new Step(OWN, node, value)));
      return own.orElse(node);
    }

    /** A rule of a plugin that breaks is as one that does not fit: no derivation needs it. */
    private Optional<Value> asked(TextbookRule rule, Apply node) {
      try {
        return rule.rewrite(node).filter(value -> value.type().equals(node.type()));
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        return Optional.empty();
      }
    }
  }
}
