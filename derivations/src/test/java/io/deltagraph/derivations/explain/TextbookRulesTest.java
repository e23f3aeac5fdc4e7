package io.deltagraph.derivations.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.textbook.Pullback;
import io.deltagraph.ops.textbook.TextbookRule;
import io.deltagraph.ops.textbook.TextbookRules;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each rule keeps the numbers of what it rewrites, on random nets and on graphs made for it. */
class TextbookRulesTest {
  private static final double EXACT = 1e-9;
  private static final int NETS = 170; // each loss ten times

  private final OpRegistry ops = OpRegistry.load();
  private final Textbook textbook = Textbook.of(ops);
  private final RandomStream random = Seeds.of(5).stream();
  private final Map<String, Tensor> numbers = new HashMap<>();

  /** What stands in lines for gradients, and these gradients. */
  private final Map<Value, Value> symbols = new HashMap<>();

  /** How far apart the two sides of each step are, at random numbers where none are given. */
  private double[] differences(List<Textbook.Step> steps) {
    Substitution known = new Substitution(symbols);
    List<Value> sides = new ArrayList<>();
    steps.forEach(step -> sides.addAll(List.of(known.in(step.before()), known.in(step.after()))));
    for (Value value : Reachable.from(sides)) {
      if (value instanceof Input input) {
        numbers.computeIfAbsent(input.label(), name -> drawn(input.type()));
      }
    }
    List<Tensor> all = sides.isEmpty() ? List.of() : Evaluate.values(sides, numbers);
    double[] most = new double[steps.size()];
    for (int i = 0; i < most.length; i++) {
      double[] left = Objects.requireNonNull(all.get(2 * i)).toDoubles();
      double[] right = Objects.requireNonNull(all.get(2 * i + 1)).toDoubles();
      assertThat(left).hasSameSizeAs(right);
      for (int j = 0; j < left.length; j++) {
        most[i] = Math.max(most[i], Math.abs(left[j] - right[j]) / (1 + Math.abs(right[j])));
      }
    }
    return most;
  }

  private Tensor drawn(TensorType type) {
    int[] sizes =
        type.shape().dims().stream().mapToInt(dim -> dim.isFixed() ? dim.size() : 5).toArray();
    return Tensor.generate(
        new TensorType(DType.F64, Shape.of(sizes)), i -> random.nextDouble(0.1, 0.9));
  }

  private void check(List<Textbook.Step> steps, Set<String> seen, String where) {
    double[] differences = differences(steps);
    for (int i = 0; i < differences.length; i++) {
      Textbook.Step step = steps.get(i);
      assertThat(differences[i])
          .as("%s: %s turns %s into %s", where, step.rule().name(), step.before(), step.after())
          .isLessThan(EXACT);
      seen.add(step.rule().name());
    }
  }

  @Test
  void everyRuleKeepsTheNumbers() {
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < NETS; seed++) {
      GeneratedNet net = GeneratedNet.of(ops, seed);
      numbers.clear();
      numbers.putAll(net.numbers());
      Cuts cuts = new Cuts(List.of(net.network().loss(), net.network().outputs()));
      Backward backward =
          new Backward(net.network().loss(), net.network().parameters(), cuts, textbook);
      List<Backward.Found> lines = backward.run();
      List<Value> of = List.copyOf(backward.symbols().keySet());
      Gradient gradients = Gradient.of(net.network().loss(), of);
      symbols.clear();
      of.forEach(value -> symbols.put(backward.symbols().get(value), gradients.wrt(value)));
      List<Textbook.Step> steps = new ArrayList<>();
      lines.forEach(found -> steps.addAll(found.form().steps()));
      for (Value value : cuts.nodes()) {
        if (value instanceof Apply && cuts.isCut(value)) {
          steps.addAll(textbook.rewrite(value, cuts::isCut).steps());
        }
      }
      check(steps, seen, "seed " + seed);
    }
    numbers.clear();
    symbols.clear();
    made().forEach((what, value) -> check(textbook.rewrite(value, v -> false).steps(), seen, what));
    assertThat(seen).containsAll(names());
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    ops.plugins(TextbookRules.class)
        .forEach(module -> module.rules().forEach(rule -> names.add(rule.name())));
    return names;
  }

  /** Graphs for what no net of this project makes. */
  private Map<String, Value> made() {
    GraphBuilder builder = new GraphBuilder(ops);
    Value x = builder.input("x", new TensorType(DType.F64, Shape.batch("N", 3)));
    Value g = builder.input("g", new TensorType(DType.F64, Shape.batch("N", 3)));
    Value w = builder.parameter("w", TensorType.of(DType.F64, 3, 3));
    numbers.put("w", drawn(w.type()));
    Value y = x.op("sigmoid");
    Value n = x.elementCount(List.of(0));
    Value ones = x.constant(1).broadcastTo(Shape.of(Dim.named("N"), Dim.of(3)));
    Apply hardly = (Apply) x.op("softplus");
    Map<String, Value> made = new HashMap<>();
    made.put("σ'", y.times(y.oneMinus()));
    made.put("σ' after another factor", g.times(y).times(y.oneMinus()));
    made.put("tanh'", x.tanh().square().oneMinus());
    made.put("ones", g.times(ones).over(n));
    made.put("numbers", g.over(n).matmul(w.times(2)).transpose().over(n).negate().sum());
    made.put("signs", g.plus(x.negate()).minus(w.sum().negate()));
    made.put("differences", g.minus(x).over(n).negate());
    made.put("common", g.over(n).minus(x.over(n)).plus(x.over(n)));
    made.put("sign", x.minus(g).signum());
    made.put("pullback of an exponential", Pullback.of((Apply) x.exp(), 0, g));
    made.put("pullback of softplus", Pullback.of(hardly, 0, g.over(n)));
    made.put("pullback of a plugin's", Pullback.of((Apply) x.op("test:cube"), 0, g));
    made.put("count", x.over(x.elementCount(List.of())));
    return made;
  }

  @Test
  void aWrongRuleIsNoticed() {
    GraphBuilder builder = new GraphBuilder(ops);
    Value a = builder.input("a", TensorType.of(DType.F64, 3, 3));
    Value b = builder.input("b", TensorType.of(DType.F64, 3, 3));
    TextbookRule wrong =
        TextbookRule.of(
            "(A B)ᵀ → Aᵀ Bᵀ",
            node ->
                node.op().id().name().equals("transpose")
                        && node.input(0) instanceof Apply product
                        && product.inputs().size() == 2
                    ? Optional.of(product.input(0).transpose().matmul(product.input(1).transpose()))
                    : Optional.empty());
    List<Textbook.Step> steps =
        Textbook.of(wrong).rewrite(a.matmul(b).transpose(), v -> false).steps();
    assertThat(steps).hasSize(1);
    assertThat(differences(steps)[0]).isGreaterThan(EXACT);
  }

  @Test
  void rulesThatUndoEachOtherEnd() {
    GraphBuilder builder = new GraphBuilder(ops);
    Value a = builder.input("a", TensorType.of(DType.F64, 3, 3));
    TextbookRule there =
        TextbookRule.of("exp → −exp(x) negated", node -> to(node, "exp", node.negate().negate()));
    TextbookRule back =
        TextbookRule.of("−(−x) → x", node -> to(node, "negate", ((Apply) node.input(0)).input(0)));
    Value value = a.exp();
    assertThat(Textbook.of(there, back).rewrite(value, v -> false).value().type())
        .isEqualTo(value.type());
  }

  private static Optional<Value> to(Apply node, String op, Value value) {
    return node.op().id().name().equals(op) ? Optional.of(value) : Optional.empty();
  }
}
