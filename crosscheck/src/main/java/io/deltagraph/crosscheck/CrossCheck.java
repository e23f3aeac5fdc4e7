package io.deltagraph.crosscheck;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Bounds;
import io.deltagraph.check.Clues;
import io.deltagraph.check.Estimate;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Program;
import io.deltagraph.check.Symptom;
import io.deltagraph.check.Verdict;
import io.deltagraph.closedform.Backpropagation;
import io.deltagraph.closedform.LayerDerivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.NonFinite;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the gradients of a net on some rows, in f64 whatever the dtype it trains in: for every
 * parameter and every delta, autodiff beside the delta formulas (000 §4.3 and {@code
 * docs/formulas.md}) and central differences. The delta of a layer is moved through an input of
 * zeros that is added to its Z.
 */
public final class CrossCheck {
  /** Entries of a tensor that are moved; of larger ones a sample is drawn. */
  static final int MOST_MOVED = 500;

  private CrossCheck() {}

  /** Why the report on a net has no closed form, in one sentence; empty where it has one. */
  public static Optional<String> remark(NetworkPlan plan, OpLookup ops) {
    NetworkPlan exact = plan.in(DType.F64);
    Map<String, Tensor> start = new HashMap<>();
    Network.build(exact, ops, Seeds.of(0))
        .initial()
        .forEach((parameter, value) -> start.put(parameter.label(), value));
    try {
      ClosedFormNet.of(exact, ops, start);
      return Optional.empty();
    } catch (ClosedFormNet.Missing e) {
      return Optional.of(
          e.getMessage() + " The check compares autodiff with central differences alone.");
    }
  }

  /**
   * The report on a net. Where the first number that is not finite is infinite, as it is when data
   * are too large, roads that overflow as well say nothing, and {@link #firstNonFinite} says where.
   *
   * @param plan the net; rows have no closed form where the notes have none for one of its ops, and
   *     {@link #remark} says why
   * @param parameters the values to check at, by name
   * @param samples the rows to check on
   * @param seed draws the entries that are moved in tensors that are too large to move all
   */
  public static GradientReport of(
      NetworkPlan plan, OpLookup ops, Map<String, Tensor> parameters, Samples samples, long seed) {
    Network network = Network.buildForChecking(plan.in(DType.F64), ops, Seeds.of(seed));
    Samples rows = samples.in(DType.F64);
    Map<String, Tensor> point = point(network, parameters, rows);
    List<Value> wrt = new ArrayList<>();
    network.layers().forEach(layer -> wrt.add(layer.preActivation()));
    wrt.addAll(network.parameters());
    Gradient gradient = Gradient.of(network.loss(), wrt);
    Program program = Program.of(wrt.stream().map(gradient::wrt).toList(), point.keySet());
    // As in training: other numbers went through before, and nothing of them may show.
    program.run(reversed(point, network.inputs().label()));
    List<Tensor> autodiff = program.run(point);
    List<Tensor> renewed = program.run(point);
    FiniteDifferences differences = FiniteDifferences.of(network.loss(), point);
    Optional<ClosedFormNet> net = closedForm(plan, ops, point);
    Optional<Backpropagation> back = net.map(known -> known.backpropagation(rows));
    Map<String, Formula> formulas =
        net.map(known -> formulas(known, back.orElseThrow(), point, rows)).orElse(Map.of());
    Clues clues =
        Clues.NONE.samples(rows.count()).outputs(network.layers().getLast().plan().units());
    Map<String, Tensor> found = new HashMap<>();
    for (int i = 0; i < wrt.size(); i++) {
      found.put(rowName(network, wrt, i), autodiff.get(i));
    }
    List<GradientRow> report = new ArrayList<>();
    for (int i = 0; i < wrt.size(); i++) {
      boolean delta = i < network.layers().size();
      String name = rowName(network, wrt, i);
      String moved = delta ? network.layers().get(i).shift().orElseThrow().label() : name;
      GradientRow.Kind kind = delta ? GradientRow.Kind.DELTA : GradientRow.Kind.PARAMETER;
      GradientRow row =
          compared(
              GradientRow.of(name, kind, autodiff.get(i)).withClues(clues),
              differences,
              moved,
              point,
              seed);
      Formula formula = formulas.get(name);
      if (formula != null) {
        row = row.withClosedForm(formula.gradient(), formula.magnitudes(), Bounds.CLOSED_FORM);
      }
      if (row.verdict() == Verdict.FAIL) {
        Clues more = clues;
        if (!renewed.get(i).bitEquals(autodiff.get(i))) {
          more = more.repair(new Symptom.StaleOutput(), renewed.get(i));
        }
        more =
            net.isPresent()
                ? new UsualMistakes(net.get(), back.orElseThrow(), rows, found).of(more, name)
                : new Following(network, point, found).of(more, name);
        row = row.withClues(more);
      }
      report.add(row);
    }
    GradientReport made = GradientReport.of(report);
    return made.verdict() == Verdict.FAIL && overflows(plan, ops, parameters, samples)
        ? GradientReport.of(report.stream().map(GradientRow::overflowing).toList())
        : made;
  }

  private static boolean overflows(
      NetworkPlan plan, OpLookup ops, Map<String, Tensor> parameters, Samples samples) {
    return firstNonFinite(plan, ops, parameters, samples)
        .filter(first -> Double.isInfinite(first.number()))
        .isPresent();
  }

  /** What makes the first number that is not finite on the way to the loss and its gradients. */
  public static Optional<NonFinite> firstNonFinite(
      NetworkPlan plan, OpLookup ops, Map<String, Tensor> parameters, Samples samples) {
    Network network = Network.buildForChecking(plan.in(DType.F64), ops, Seeds.of(0));
    Gradient gradient = Gradient.of(network.loss(), network.parameters());
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(network.loss().label(), network.loss());
    network
        .parameters()
        .forEach(
            parameter -> outputs.put("gradient of " + parameter.label(), gradient.wrt(parameter)));
    Map<String, Tensor> feeds = point(network, parameters, samples.in(DType.F64));
    try (Session session = Session.open(network.loss().builder().graph(outputs))) {
      for (GraphParameter parameter : network.initial().keySet()) {
        session.set(parameter.label(), requireNonNull(feeds.remove(parameter.label())));
      }
      return session.firstNonFinite(feeds);
    }
  }

  /**
   * The gradients of a net by the delta formulas, by the names of the report's rows; none where the
   * notes have no formula for one of its ops.
   *
   * @param plan the net
   * @param parameters the values to take them at, by name
   * @param samples the rows
   */
  public static Map<String, Tensor> closedForms(
      NetworkPlan plan, OpLookup ops, Map<String, Tensor> parameters, Samples samples) {
    Samples rows = samples.in(DType.F64);
    Map<String, Tensor> gradients = new HashMap<>();
    closedForm(plan.in(DType.F64), ops, parameters)
        .ifPresent(net ->
            formulas(net, net.backpropagation(rows), parameters, rows)
                .forEach((name, formula) -> gradients.put(name, formula.gradient())));
    return gradients;
  }

  private static String rowName(Network network, List<Value> wrt, int row) {
    return row < network.layers().size() ? "delta" + (row + 1) : wrt.get(row).label();
  }

  /** The point with the rows of one tensor in the opposite order. */
  private static Map<String, Tensor> reversed(Map<String, Tensor> point, String name) {
    Map<String, Tensor> other = new HashMap<>(point);
    List<double[]> rows = Arrays.asList(requireNonNull(point.get(name)).toRows());
    other.put(name, Tensor.matrix(rows.reversed().toArray(new double[0][])));
    return other;
  }

  /** A gradient of the closed-form side and the size of the terms that were added up to it. */
  private record Formula(Tensor gradient, Tensor magnitudes) {
    static Formula of(double[][] gradient, double[][] magnitudes) {
      return new Formula(Tensor.matrix(gradient), Tensor.matrix(magnitudes));
    }
  }

  static Map<String, Tensor> point(Network network, Map<String, Tensor> parameters, Samples rows) {
    Map<String, Tensor> point = new HashMap<>();
    for (GraphParameter parameter : network.parameters()) {
      if (!parameters.containsKey(parameter.label())) {
        throw new IllegalArgumentException("There is no value for " + parameter + ".");
      }
    }
    network
        .initial()
        .forEach((parameter, first) -> {
          Tensor value = parameters.getOrDefault(parameter.label(), first);
          point.put(parameter.label(), value.cast(parameter.dtype()));
        });
    point.put(network.inputs().label(), rows.inputs());
    for (Input target : network.model().targets()) {
      point.put(target.label(), rows.get(target.label()));
    }
    for (Layer layer : network.layers()) {
      TensorType type = TensorType.of(DType.F64, rows.count(), layer.plan().units());
      point.put(layer.shift().orElseThrow().label(), Tensor.zeros(type));
    }
    return point;
  }

  /**
   * The row with central differences in every entry of small tensors and in a sample of large ones.
   */
  static GradientRow compared(
      GradientRow row,
      FiniteDifferences differences,
      String moved,
      Map<String, Tensor> point,
      long seed) {
    Estimate estimate =
        requireNonNull(point.get(moved)).length() <= MOST_MOVED
            ? differences.entries(moved)
            : differences.sample(moved, MOST_MOVED, seed);
    return estimate.compare(row.autodiff()).verdict() == Verdict.FAIL
        ? row.withDifferences(Truncation.allowedFor(differences, estimate))
        : row.withDifferences(estimate);
  }

  /** Empty where the notes have none: the report has two columns, and remark(...) says why. */
  private static Optional<ClosedFormNet> closedForm(
      NetworkPlan plan, OpLookup ops, Map<String, Tensor> point) {
    try {
      return Optional.of(ClosedFormNet.of(plan, ops, point));
    } catch (ClosedFormNet.Missing e) {
      return Optional.empty();
    }
  }

  private static Map<String, Formula> formulas(
      ClosedFormNet net, Backpropagation back, Map<String, Tensor> point, Samples rows) {
    Map<String, Formula> formulas = new HashMap<>();
    for (int l = 1; l <= back.layers().size(); l++) {
      LayerDerivatives derivatives = back.layers().get(l - 1);
      formulas.put("delta" + l, Formula.of(derivatives.delta(), derivatives.deltaScale()));
      formulas.put(
          Layer.weight(l),
          Formula.of(derivatives.weightGradient(), derivatives.weightGradientScale()));
      formulas.put(
          Layer.bias(l),
          new Formula(
              Tensor.vector(derivatives.biasGradient()),
              Tensor.vector(derivatives.biasGradientScale())));
      String slope = Layer.further(l, ClosedForms.SLOPE);
      if (point.containsKey(slope)) {
        double[] alpha = net.alphaGradient(back, rows, l);
        formulas.put(slope, new Formula(Tensor.scalar(alpha[0]), Tensor.scalar(alpha[1])));
      }
    }
    return formulas;
  }
}
