package io.deltagraph.experiments;

import static java.util.Objects.requireNonNull;

import io.deltagraph.data.metrics.SquareSum;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a net while it is trained, after some of the epochs, on a few rows of its own: it has
 * plans of its own, and changes nothing of the training.
 */
final class TrainingProbe implements AutoCloseable {
  /** At most so many moments are kept. */
  static final int MOST = 64;

  /** At most so many held-out rows are looked at. */
  static final int MOST_HELD = 2_000;

  private static final double SMALL = 0.01;
  private static final String GRADIENT = "gradient of ";
  private static final String SLOPE = "slope of ";

  private final Experiment experiment;
  private final Network network;
  private final Samples rows;
  private final Opened gradients;
  private final Optional<Opened> evaluation;
  private final Samples held;
  private final int epochs;
  private final int steps;
  private final double[] steepest;
  private final List<RunDetails.Moment> moments = new ArrayList<>();
  private Map<String, Tensor> last = Map.of();
  private int lastEpoch;

  private TrainingProbe(Experiment experiment, ExperimentCheck check, OpLookup ops) {
    this.experiment = experiment;
    this.network = Network.build(check.plan(), ops, Seeds.of(check.seed()));
    this.rows = check.samples();
    this.steepest = new double[network.layers().size()];
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(Network.LOSS, network.loss());
    List<GraphParameter> weights = network.layers().stream().map(Layer::weights).toList();
    Gradient gradient = Gradient.of(network.loss(), weights);
    for (Layer layer : network.layers()) {
      outputs.put(GRADIENT + layer.name(), gradient.wrt(layer.weights()));
      if (hasSlope(layer, ops)) {
        Value all = layer.activation().sum();
        outputs.put(
            SLOPE + layer.name(),
            Gradient.of(all, List.of(layer.preActivation())).wrt(layer.preActivation()));
      }
    }
    this.gradients = Opened.of(network.loss().builder().graph(outputs), network);
    boolean holds = !experiment.split().test().isEmpty();
    this.held = holds ? experiment.held().samples().first(MOST_HELD) : rows;
    Network own = Network.build(experiment.plan(), ops, Seeds.of(check.seed()));
    this.evaluation = holds ? Optional.of(Opened.of(own.evaluation(), own)) : Optional.empty();
    this.epochs = experiment.spec().epochs();
    int trained = experiment.training().count();
    trained -= experiment.spec().stopping().validationRows(trained);
    int batch = Math.min(experiment.spec().batch().orElse(trained), trained);
    this.steps = (trained + batch - 1) / batch;
  }

  /** A probe that has seen the net before training. */
  static TrainingProbe of(Experiment experiment, ExperimentCheck check, OpLookup ops) {
    TrainingProbe probe = new TrainingProbe(experiment, check, ops);
    Map<String, Tensor> first = new LinkedHashMap<>();
    Network.build(experiment.plan(), ops, Seeds.of(experiment.spec().seed()))
        .initial()
        .forEach((parameter, value) -> first.put(parameter.label(), value));
    probe.look(0, first);
    return probe;
  }

  /** A graph of a net, at whatever parameters it is given. */
  private record Opened(Session session, Set<String> names) implements AutoCloseable {
    static Opened of(Graph graph, Network network) {
      Session session = Session.open(graph);
      Set<String> names = new HashSet<>();
      for (GraphParameter parameter : graph.parameters()) {
        session.set(parameter.label(), requireNonNull(network.initial().get(parameter)));
        names.add(parameter.label());
      }
      return new Opened(session, names);
    }

    Map<String, Tensor> run(Map<String, Tensor> parameters, Samples rows) {
      parameters.forEach((name, value) -> {
        if (names.contains(name)) {
          session.set(name, value);
        }
      });
      return session.run(Map.of(Network.INPUTS, rows.inputs(), Network.TARGETS, rows.targets()));
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** Whether each output is a function of one input, whose slope says something of its own. */
  private static boolean hasSlope(Layer layer, OpLookup ops) {
    return layer.plan().isPlain() && ops.op(layer.plan().activation().id()) instanceof Pointwise<?>;
  }

  /** An epoch has ended; looks at the net after some of them. */
  void epochEnded(int epoch, Supplier<Map<String, Tensor>> parameters) {
    if (isLookedAt(epoch)) {
      look(epoch, parameters.get());
    } else if (isLookedAt(epoch + 1)) {
      last = parameters.get();
      lastEpoch = epoch;
    }
  }

  private boolean isLookedAt(int epoch) {
    return epoch <= 1
        || epochs <= MOST
        || (long) epoch * MOST / epochs > (long) (epoch - 1) * MOST / epochs;
  }

  private void look(int epoch, Map<String, Tensor> parameters) {
    Map<String, Tensor> seen = gradients.run(parameters, rows);
    List<RunDetails.LayerMoment> layers = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      Tensor weights = requireNonNull(parameters.get(layer.weights().label()));
      Tensor before = last.get(layer.weights().label());
      Tensor slopes = seen.get(SLOPE + layer.name());
      layers.add(
          new RunDetails.LayerMoment(
              length(requireNonNull(seen.get(GRADIENT + layer.name())), null),
              length(weights, null),
              before == null || lastEpoch != epoch - 1
                  ? Double.NaN
                  : length(weights, before) / steps,
              slopes == null ? Double.NaN : dead(slopes),
              slopes == null ? Double.NaN : saturated(slopes, i)));
    }
    double loss = requireNonNull(seen.get(Network.LOSS)).item();
    moments.add(new RunDetails.Moment(epoch, loss, heldOut(parameters), layers));
    last = parameters;
    lastEpoch = epoch;
  }

  private static double length(Tensor tensor, @Nullable Tensor from) {
    double sum = 0;
    for (int i = 0; i < tensor.length(); i++) {
      double entry = tensor.get(i) - (from == null ? 0 : from.get(i));
      sum += entry * entry;
    }
    return Math.sqrt(sum);
  }

  private static double dead(Tensor slopes) {
    int units = slopes.size(1);
    int dead = 0;
    for (int unit = 0; unit < units; unit++) {
      boolean flat = true;
      for (int row = 0; flat && row < slopes.size(0); row++) {
        flat = slopes.get(row * units + unit) == 0;
      }
      dead += flat ? 1 : 0;
    }
    return (double) dead / units;
  }

  private double saturated(Tensor slopes, int layer) {
    for (int i = 0; i < slopes.length(); i++) {
      steepest[layer] = Math.max(steepest[layer], Math.abs(slopes.get(i)));
    }
    int small = 0;
    for (int i = 0; i < slopes.length(); i++) {
      small += Math.abs(slopes.get(i)) <= SMALL * steepest[layer] ? 1 : 0;
    }
    return (double) small / slopes.length();
  }

  private Optional<RunDetails.HeldOut> heldOut(Map<String, Tensor> parameters) {
    return evaluation.map(own -> {
      Map<String, Tensor> seen = own.run(parameters, held);
      Tensor outputs = requireNonNull(seen.get(Network.OUTPUTS));
      return new RunDetails.HeldOut(requireNonNull(seen.get(Network.LOSS)).item(), score(outputs));
    });
  }

  private double score(Tensor outputs) {
    return switch (Recorder.measure(experiment)) {
      case ACCURACY -> {
        int right = 0;
        for (int row = 0; row < held.count(); row++) {
          boolean same =
              experiment.form().predictedClass(outputs, row)
                  == experiment.form().trueClass(held.targets(), row);
          right += same ? 1 : 0;
        }
        yield (double) right / held.count();
      }
      case RMSE -> {
        SquareSum errors = new SquareSum();
        for (int i = 0; i < outputs.length(); i++) {
          errors.add(outputs.get(i) - held.targets().get(i));
        }
        yield errors.rootOfMean(outputs.length());
      }
    };
  }

  List<RunDetails.Moment> moments() {
    return moments;
  }

  @Override
  public void close() {
    gradients.close();
    evaluation.ifPresent(Opened::close);
  }
}
