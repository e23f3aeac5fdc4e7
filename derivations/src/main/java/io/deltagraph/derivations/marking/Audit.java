package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Bounds;
import io.deltagraph.check.Estimate;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Program;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Whether automatic differentiation is right itself, on the first batch: by the closed form where
 * there is one, and by central differences, first along one direction in everything at once. Where
 * they deny it the fault is an op's, and no line may be blamed for it.
 */
final class Audit {
  private static final double TRUNCATION = 2; // for the terms after the first
  private static final int ENTRIES = 40;

  private final Scene scene;
  private final Map<String, Tensor> closedForms;
  private final Map<String, Tensor> autodiff = new LinkedHashMap<>();
  private final Map<String, Name> names = new LinkedHashMap<>();
  private final Map<String, String> moved = new HashMap<>();
  private final Map<String, Tensor> point;
  private final FiniteDifferences differences;
  private final Map<Name, GradientRow> doubts = new HashMap<>();

  Audit(Scene scene, UnaryOperator<Map<String, Tensor>> closedForm) {
    this.scene = scene;
    Network checked =
        Network.buildForChecking(
            scene.plan(), scene.network().inputs().builder().ops(), Seeds.of(0));
    point = new HashMap<>(scene.batches().getFirst());
    for (Layer layer : checked.layers()) {
      TensorType type = TensorType.of(DType.F64, scene.rows(0), layer.plan().units());
      point.put(layer.shift().orElseThrow().label(), Tensor.zeros(type));
    }
    differences = FiniteDifferences.of(checked.loss(), point);
    known(checked);
    closedForms = closedForm.apply(scene.batches().getFirst());
    boolean denied =
        closedForms.keySet().stream().anyMatch(label -> denied(label, closedForm(label)));
    if (denied || !agreesAlongAll()) {
      names.forEach(this::look);
    }
  }

  private void known(Network checked) {
    Map<String, Value> asked = new LinkedHashMap<>();
    for (int l = 1; l <= scene.depth(); l++) {
      String delta = "delta" + l;
      asked.put(delta, scene.gradient(scene.preActivation(l)));
      names.put(delta, Name.delta(l));
      moved.put(delta, checked.layers().get(l - 1).shift().orElseThrow().label());
      put(asked, Layer.weight(l), Name.gradient("W", l));
      put(asked, Layer.bias(l), Name.gradient("b", l));
      put(asked, Layer.further(l, "alpha"), Name.gradient("alpha", l));
    }
    try (Program program =
        Program.plain(List.copyOf(asked.values()), scene.batches().getFirst().keySet())) {
      List<Tensor> run = program.run(scene.batches().getFirst());
      int i = 0;
      for (String label : asked.keySet()) {
        autodiff.put(label, run.get(i++));
      }
    }
  }

  private void put(Map<String, Value> asked, String label, Name name) {
    scene.network().parameters().stream()
        .filter(parameter -> parameter.label().equals(label))
        .forEach(parameter -> {
          asked.put(label, scene.gradient(parameter));
          names.put(label, name);
          moved.put(label, label);
        });
  }

  private Optional<Tensor> closedForm(String label) {
    return Optional.ofNullable(closedForms.get(label));
  }

  private boolean denied(String label, Optional<Tensor> closed) {
    Tensor own = autodiff.get(label);
    return own != null
        && closed.isPresent()
        && row(label, own).withClosedForm(closed.get()).blame().isPresent();
  }

  private static GradientRow row(String label, Tensor autodiff) {
    return GradientRow.of(label, GradientRow.Kind.PARAMETER, autodiff);
  }

  /** Along one random direction in all parameters and pre-activations at once: four runs. */
  private boolean agreesAlongAll() {
    RandomStream random = Seeds.of(1).derive("direction").stream();
    Map<String, Tensor> direction = new HashMap<>();
    double slope = 0;
    double size = 0;
    for (Map.Entry<String, Tensor> entry : autodiff.entrySet()) {
      Tensor gradient = entry.getValue();
      Tensor by = Tensor.generate(gradient.type(), i -> random.nextDouble(0.5, 1.5));
      direction.put(requireNonNull(moved.get(entry.getKey())), by);
      for (int i = 0; i < gradient.length(); i++) {
        slope += gradient.get(i) * by.get(i);
        size += Math.abs(gradient.get(i) * by.get(i));
      }
    }
    FiniteDifferences.Column once = differences.along(direction);
    FiniteDifferences.Column twice = differences.along(direction, 2);
    double difference = once.slopes().getFirst();
    double floor =
        once.floors().getFirst()
            + TRUNCATION * Math.abs(twice.slopes().getFirst() - difference) / 3;
    return !once.masked()
        && Math.abs(slope - difference) <= floor + Bounds.FINITE_DIFFERENCES * size;
  }

  private void look(String label, Name name) {
    Tensor own = requireNonNull(autodiff.get(label));
    String by = requireNonNull(moved.get(label));
    Estimate estimate =
        own.length() <= ENTRIES ? differences.entries(by) : differences.sample(by, ENTRIES, 1);
    GradientRow row = row(label, own).withDifferences(estimate);
    row = closedForm(label).map(row::withClosedForm).orElse(row);
    if (row.blame().filter(blame -> blame != GradientRow.Blame.CLOSED_FORM).isPresent()) {
      doubts.put(name, row);
    }
  }

  /** Why the right gradient for a name is in doubt; empty where it is not. */
  Optional<String> doubt(Name name) {
    Name asked = name.isGradient() && name.base().equals("A") ? Name.delta(name.index()) : name;
    return Optional.ofNullable(doubts.get(asked))
        .map(row ->
            "The engine's own gradient is in doubt here, not your line: "
                + (row.closedForm().isPresent()
                    ? "central differences and the closed form deny it."
                    : "central differences deny it.")
                + " A rule of an op is wrong; 'deltagraph check' on this model says more.");
  }
}
