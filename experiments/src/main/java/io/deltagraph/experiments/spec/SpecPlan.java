package io.deltagraph.experiments.spec;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.activations.Identity;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Softmax;
import io.deltagraph.data.InputException;
import io.deltagraph.data.PolynomialFeatures;
import io.deltagraph.data.Targets;
import io.deltagraph.graph.OpId;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import java.util.List;
import java.util.Set;

/** Turns a spec, once its table is read, into the plan of a net. */
public final class SpecPlan {
  private static final ImmutableList<String> INITIALISERS =
      ImmutableList.of("zeros", "normal_fan_in", "glorot", "he", "uniform");

  private SpecPlan() {}

  /** Returns the highest degree of the products of features that the model learns from. */
  public static int degree(ModelSpec model) {
    return switch (model) {
      case ModelSpec.Linear linear -> linear.degree();
      case ModelSpec.Logistic logistic -> logistic.degree();
      case ModelSpec.Softmax softmax -> softmax.degree();
      case ModelSpec.Mlp ignored -> 1;
      case ModelSpec.Perceptron ignored -> 1;
    };
  }

  /**
   * Plans the net.
   *
   * @throws InputException for an initialiser that does not exist or lacks a bound, or for a degree
   *     that makes more than {@link PolynomialFeatures#MOST} features
   */
  public static NetworkPlan of(TrainingSpec spec, SpecData data) {
    int features = features(spec, data.rows().features().columns());
    int classes =
        switch (data.rows().target()) {
          case Targets.Classes known -> known.names().size();
          case Targets.Numbers ignored -> 1;
        };
    Initialiser initialiser = initialiser(spec);
    return switch (spec.model()) {
      case ModelSpec.Linear ignored -> single(spec, features, 1, Identity.ID, false, initialiser);
      case ModelSpec.Logistic ignored -> single(spec, features, 1, Sigmoid.ID, false, initialiser);
      case ModelSpec.Softmax softmax ->
          switch (softmax.parametrisation()) {
            case FULL -> single(spec, features, classes, Softmax.ID, false, initialiser);
            case REDUCED -> single(spec, features, classes - 1, Softmax.ID, true, initialiser);
          };
      case ModelSpec.Perceptron ignored ->
          NetworkPlan.perceptron(features, spec.dtype()).initialised(initialiser);
      case ModelSpec.Mlp mlp ->
          plan(
              spec,
              features,
              mlp.layers().stream()
                  .map(layer ->
                      new LayerPlan(
                          layer.units(),
                          choice(layer.activation()),
                          initialiser,
                          layer.normalisation(),
                          layer.dropout()))
                  .collect(ImmutableList.toImmutableList()),
              false);
    };
  }

  private static int features(TrainingSpec spec, int columns) {
    PolynomialFeatures products = new PolynomialFeatures(degree(spec.model()));
    long count = products.count(columns);
    if (products.degree() > 1 && count > PolynomialFeatures.MOST) {
      throw SpecErrors.wrong(
          spec.name() + ", at $.model.degree",
          products.degree() + ", which makes " + count + " features of " + columns,
          "at most " + PolynomialFeatures.MOST,
          "lower the degree or choose fewer columns");
    }
    return (int) count;
  }

  private static NetworkPlan single(
      TrainingSpec spec,
      int features,
      int units,
      OpId activation,
      boolean referenceClass,
      Initialiser initialiser) {
    LayerPlan layer = new LayerPlan(units, OpChoice.of(activation), initialiser);
    return plan(spec, features, ImmutableList.of(layer), referenceClass);
  }

  private static NetworkPlan plan(
      TrainingSpec spec, int features, List<LayerPlan> layers, boolean referenceClass) {
    LossSpec loss = spec.loss().orElseThrow();
    NetworkPlan plan =
        new NetworkPlan(
            features,
            layers,
            referenceClass,
            choice(loss.function()),
            loss.l2(),
            loss.l1(),
            spec.dtype());
    return loss.weighting().isPresent() ? plan.weighting() : plan;
  }

  private static OpChoice choice(Choice choice) {
    return new OpChoice(choice.name(), choice.plain());
  }

  private static Initialiser initialiser(TrainingSpec spec) {
    Choice choice = spec.model().initialiser();
    String where = spec.name() + ", at $.model.initialiser";
    return switch (choice.name()) {
      case "zeros" -> plain(where, choice, new Initialiser.Zeros());
      case "normal_fan_in" -> plain(where, choice, new Initialiser.NormalFanIn());
      case "glorot" -> plain(where, choice, new Initialiser.Glorot());
      case "he" -> plain(where, choice, new Initialiser.He());
      case "uniform" -> uniform(where, choice);
      default -> throw SpecErrors.unknownChoice(where, choice.name(), INITIALISERS);
    };
  }

  private static Initialiser plain(String where, Choice choice, Initialiser initialiser) {
    choice
        .options()
        .keySet()
        .forEach(option -> {
          throw SpecErrors.wrong(
              where,
              "the option " + InputException.quoted(option),
              "no options of '" + choice.name() + "'",
              "delete it");
        });
    return initialiser;
  }

  private static Initialiser uniform(String where, Choice choice) {
    Set<String> names = choice.options().keySet();
    if (names.equals(ImmutableSet.of("epsilon"))) {
      double bound = number(where, choice, "epsilon");
      return between(where, -bound, bound);
    }
    if (names.equals(ImmutableSet.of("low", "high"))) {
      return between(where, number(where, choice, "low"), number(where, choice, "high"));
    }
    throw SpecErrors.wrong(
        where,
        names.isEmpty() ? "'uniform' without bounds" : "the options " + SpecErrors.listed(names),
        "'epsilon', or 'low' and 'high'",
        "say between which bounds to draw");
  }

  private static double number(String where, Choice choice, String option) {
    if (choice.options().get(option) instanceof Setting.Numeric(double value)) {
      return value;
    }
    throw SpecErrors.wrong(where + "." + option, "no number", "a number");
  }

  private static Initialiser between(String where, double low, double high) {
    if (low >= high) {
      throw SpecErrors.wrong(where, "bounds " + low + " and " + high, "the lower one first");
    }
    return new Initialiser.Uniform(low, high);
  }
}
