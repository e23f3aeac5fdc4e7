package io.deltagraph.testkit;

import io.deltagraph.check.Program;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A reduction's rule is associative and commutative and has an identity, whatever order a backend
 * folds in. Folds of three elements are written as pointwise ops, one for each order.
 */
final class FoldChecks {
  private static final int SAMPLES = 64;
  private static final int ELEMENTS = 3;
  private static final double BOUND = 1e-10;

  private final Subject subject;
  private final List<Trial> trials;

  FoldChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /** An order of three elements, and what it is to be told as. */
  private enum Order {
    PLAIN("(a, b), c"),
    REGROUPED("a, (b, c)"),
    EXCHANGED("(b, a), c"),
    LAST_FIRST("c, (a, b)"),
    IDENTITY_FIRST("identity, ((a, b), c)"),
    IDENTITY_LAST("((a, b), c), identity");

    private final String text;

    Order(String text) {
      this.text = text;
    }
  }

  void laws() {
    Findings findings = new Findings(subject);
    if (subject.op() instanceof Reduction<?> op) {
      Set<List<Object>> seen = new HashSet<>();
      for (Trial trial : trials) {
        if (seen.add(List.of(trial.at().attributes(), trial.at().outputs()))) {
          findings.guard(trial.at(), () -> laws(findings, trial, op));
        }
      }
    }
    findings.conclude();
  }

  private <A extends Record> void laws(Findings findings, Trial trial, Reduction<A> op) {
    A attributes = op.schema().read(trial.at().attributes());
    GraphBuilder builder = GraphBuilder.withoutSites(subject.ops());
    DType dtype = trial.inputs().getFirst().dtype();
    TensorType type = TensorType.of(dtype, SAMPLES);
    List<Value> inputs = new ArrayList<>();
    Map<String, Tensor> point = new HashMap<>();
    Sampler sampler = Trial.sampler(op.domain(), trial.at(), 0);
    for (int i = 0; i < ELEMENTS; i++) {
      inputs.add(builder.input("x" + i, type));
      Tensor drawn = sampler.sample(type, trial.random(300 + i));
      Tensor first = i == 0 ? drawn : point.get("x0");
      // The last places hold equal elements.
      point.put(
          "x" + i,
          Tensor.generate(
              type, j -> first == null || j < SAMPLES / 2 ? drawn.get(j) : first.get(j)));
    }
    for (int i = 0; i < ELEMENTS; i++) {
      int index = i;
      inputs.add(builder.input("i" + i, TensorType.of(DType.I64, SAMPLES)));
      point.put("i" + i, Tensor.generate(TensorType.of(DType.I64, SAMPLES), j -> index));
    }
    List<Value> results = new ArrayList<>();
    int output = ((Apply) trial.output()).index();
    for (Order order : Order.values()) {
      Folded<A> folded = new Folded<>(op, attributes, output, order);
      results.add(builder.apply(folded, NoAttributes.NONE, inputs));
    }
    List<Tensor> values = Program.plain(results, point.keySet()).run(point);
    Tensor plain = values.getFirst();
    List<Order> orders = List.of(Order.values());
    for (int i = 0; i < orders.size(); i++) {
      compare(findings, trial, orders.get(i), plain, values.get(i));
    }
  }

  private static void compare(
      Findings findings, Trial trial, Order order, Tensor plain, Tensor other) {
    for (int i = 0; i < plain.length(); i++) {
      double gap = Math.abs(plain.get(i) - other.get(i));
      boolean same = Double.compare(plain.get(i), other.get(i)) == 0;
      if (!same && !(gap <= BOUND * Math.max(1, Math.abs(plain.get(i))))) {
        findings.add(
            trial.at(),
            String.format(
                Locale.ROOT,
                "folding %s gives %.12g, folding %s gives %.12g",
                Order.PLAIN.text,
                plain.get(i),
                order.text,
                other.get(i)));
        return;
      }
    }
  }

  /** Three elements folded in one order. */
  private record Folded<A extends Record>(Reduction<A> op, A attributes, int output, Order order)
      implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("testkit:folded." + order.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public OpSignature signature() {
      return OpSignature.all(OpSignature.Accepts.ANY, "a", "b", "c", "i", "j", "k");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      Lanes a = op.prepare(attributes, x.get(0), x.get(ELEMENTS));
      Lanes b = op.prepare(attributes, x.get(1), x.get(ELEMENTS + 1));
      Lanes c = op.prepare(attributes, x.get(2), x.get(ELEMENTS + 2));
      Lanes plain = both(both(a, b), c);
      Lanes identity = op.identity(attributes, x.get(0));
      Lanes total =
          switch (order) {
            case PLAIN -> plain;
            case REGROUPED -> both(a, both(b, c));
            case EXCHANGED -> both(both(b, a), c);
            case LAST_FIRST -> both(c, both(a, b));
            case IDENTITY_FIRST -> both(identity, plain);
            case IDENTITY_LAST -> both(plain, identity);
          };
      return op.finishAll(attributes, total, x.get(0).constant(ELEMENTS)).get(output);
    }

    private Lanes both(Lanes left, Lanes right) {
      return op.combine(attributes, left, right);
    }
  }
}
