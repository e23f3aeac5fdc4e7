package io.deltagraph.derivations.marking;

import io.deltagraph.check.Cause;
import io.deltagraph.derivations.language.DerivationReader;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nets in few words, with data, and the marking of derivations of them. */
final class Nets {
  static final OpRegistry OPS = OpRegistry.load();
  private static final int ROWS = 60;

  private Nets() {}

  /** Such as {@code "3 4:sigmoid 2:softmax softmax_cross_entropy mean l2=0.1 l1=0.2"}. */
  static NetworkPlan plan(String words) {
    String[] parts = words.split(" ");
    List<LayerPlan> layers = new ArrayList<>();
    String loss = "";
    Map<String, Object> attributes = Map.of();
    double l1 = 0;
    double l2 = 0;
    boolean reference = false;
    for (String part : List.of(parts).subList(1, parts.length)) {
      if (part.contains(":")) {
        String[] layer = part.split(":", 2);
        layers.add(
            new LayerPlan(
                Integer.parseInt(layer[0]), OpChoice.of(layer[1]), new Initialiser.NormalFanIn()));
      } else if (part.startsWith("l2=")) {
        l2 = Double.parseDouble(part.substring(3));
      } else if (part.startsWith("l1=")) {
        l1 = Double.parseDouble(part.substring(3));
      } else if (List.of("sum", "mean", "mean_all").contains(part)) {
        attributes = Map.of("reduction", part);
      } else if (part.equals("reference")) {
        reference = true;
      } else {
        loss = part;
      }
    }
    return new NetworkPlan(
        Integer.parseInt(parts[0]),
        layers,
        reference,
        new OpChoice(loss, attributes),
        l2,
        l1,
        DType.F64);
  }

  static Marking mark(String net, String text) {
    return mark(plan(net), text, name -> Optional.empty());
  }

  static Marker marker(NetworkPlan plan) {
    return marker(plan, OPS);
  }

  static Marker marker(NetworkPlan plan, OpLookup ops) {
    RandomStream random = Seeds.of(7).derive("data").stream();
    Tensor inputs =
        Tensor.generate(
            TensorType.of(DType.F64, ROWS, plan.features()), i -> random.nextGaussian());
    return Marker.of(
        plan, ops, inputs, targets(plan, ops, random), 0.3, 5, name -> Optional.empty());
  }

  static Marking mark(
      NetworkPlan plan,
      String text,
      java.util.function.Function<
              io.deltagraph.derivations.language.Expression.Name, Optional<String>>
          right) {
    return marker(plan).mark(reader().read(text));
  }

  static DerivationReader reader() {
    return new DerivationReader(new HashSet<>(OPS.ids().stream().map(OpId::name).toList()));
  }

  private static Tensor targets(NetworkPlan plan, OpLookup ops, RandomStream random) {
    OpSignature.Param targets = ops.op(plan.loss().id()).signature().input(1);
    int k = plan.outputs();
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = random.nextInt(Math.max(2, k));
    }
    if (targets.accepts() == OpSignature.Accepts.INTEGER) {
      return Tensor.indices(classes);
    }
    TensorType type = TensorType.of(DType.F64, ROWS, k);
    String role = ops.op(plan.loss().id()).signature().input(0).role().name();
    if (role.startsWith("CLASS")) {
      return Tensor.generate(type, i -> classes[i / k] == i % k ? 1 : 0);
    }
    if (role.startsWith("EVENT")) {
      return Tensor.generate(type, i -> random.nextInt(2));
    }
    if (role.startsWith("MARGIN")) {
      return Tensor.generate(type, i -> 2 * random.nextInt(2) - 1);
    }
    return Tensor.generate(type, i -> 0.2 + 0.6 * random.nextDouble());
  }

  /** Each line as {@code name verdict causes}. */
  static List<String> said(Marking marking) {
    List<String> said = new ArrayList<>();
    for (Marking.Line line : marking.lines()) {
      StringBuilder text = new StringBuilder(line.name()).append(' ').append(line.verdict().text());
      line.causes()
          .forEach(cause ->
              text.append(' ')
                  .append(cause.cause().code())
                  .append(
                      cause.cause().parts().isEmpty()
                          ? ""
                          : cause.cause().parts().stream().map(Cause::code).toList().toString()));
      line.follows().ifPresent(number -> text.append(" of ").append(number));
      line.problem().ifPresent(problem -> text.append(" expected ").append(problem.expected()));
      said.add(text.toString());
    }
    return said;
  }
}
