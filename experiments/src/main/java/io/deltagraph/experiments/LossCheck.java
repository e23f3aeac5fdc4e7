package io.deltagraph.experiments;

import io.deltagraph.data.InputException;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature.Role;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.Pairing;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses a loss that is none, and one that is not about what the net gives out. */
final class LossCheck {
  private final TrainingSpec spec;
  private final Pairing pairing;
  private final OpLookup ops;

  private LossCheck(TrainingSpec spec, Pairing pairing, OpLookup ops) {
    this.spec = spec;
    this.pairing = pairing;
    this.ops = ops;
  }

  /**
   * Checks the loss of a spec, if it has one, beside the net and what it is to predict.
   *
   * @throws InputException with the losses or the pairs that there are
   */
  static void check(TrainingSpec spec, NetworkPlan plan, Targets target, OpLookup ops) {
    if (spec.loss().isEmpty()) {
      return;
    }
    Pairing.Task task =
        switch (target) {
          case Targets.Classes classes -> Pairing.Task.CLASSES;
          case Targets.Numbers numbers -> Pairing.Task.NUMBERS;
        };
    LossCheck check = new LossCheck(spec, Pairing.of(plan, task), ops);
    check.isLoss();
    check.hasOptions();
    check.fits();
    if (plan.weighted()) {
      check.takesWeights();
    }
    switch (target) {
      case Targets.Classes classes -> {}
      case Targets.Numbers numbers -> check.takes(numbers.values());
    }
  }

  private String where() {
    return spec.name() + ", at $.loss";
  }

  private void isLoss() {
    String name = pairing.loss().op();
    boolean known;
    try {
      known = Pairing.isLoss(ops.op(OpId.of(name)), ops, pairing.outputs());
    } catch (GraphException.UnknownOp e) {
      List<String> losses = names(Pairing.losses(ops, pairing.outputs()));
      throw new InputException(
          where(),
          InputException.quoted(name),
          "a loss: " + listed(losses),
          InputException.suggestion(
              name,
              losses,
              "choose one of them, or give the jar that provides it by --plugins and"
                  + " --allow-plugins"));
    }
    if (!known) {
      throw new InputException(
          where(),
          InputException.quoted(name) + ", an op that is no loss",
          "a loss: " + listed(names(Pairing.losses(ops, pairing.outputs()))),
          "choose one of them");
    }
  }

  /** The penalties are options of the spec's, the others are the op's. */
  private void hasOptions() {
    Set<String> known =
        ops.op(pairing.loss().id()).schema().attributes().stream()
            .map(OpAttribute::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String given : pairing.loss().attributes().keySet()) {
      if (!known.contains(given)) {
        List<String> all =
            Stream.concat(Stream.of("name", "l1", "l2", "classWeights"), known.stream()).toList();
        throw new InputException(
            where() + "." + given,
            "the unknown option " + InputException.quoted(given),
            "only " + listed(all),
            InputException.suggestion(given, all, "delete it"));
      }
    }
  }

  private void fits() {
    if (pairing.fits(ops)) {
      return;
    }
    List<String> losses = names(pairing.losses(ops));
    List<String> activations =
        spec.model() instanceof ModelSpec.Mlp ? names(pairing.activations(ops)) : List.of();
    boolean wider = pairing.outputs() == 1 && ofClasses(pairing.role(ops));
    throw new InputException(
        where(),
        InputException.quoted(pairing.loss().op())
            + ", which takes "
            + words(pairing.role(ops))
            + ", on "
            + (pairing.outputs() == 1 ? "one output" : pairing.outputs() + " outputs")
            + " of "
            + InputException.quoted(pairing.activation().words())
            + ", which gives "
            + words(pairing.activation().codomain(ops)),
        "for this output one of the losses "
            + listed(losses)
            + (activations.isEmpty()
                ? ""
                : ", or for this loss a last layer with one of the activations "
                    + listed(activations)),
        "change one of the two, since a small loss would say nothing about the predictions"
            + (wider ? "; this loss needs an output for each class" : ""));
  }

  /** A loss that is a sum over rows can count some of them more than others. */
  private void takesWeights() {
    if (isSum(pairing.loss().id())) {
      return;
    }
    throw new InputException(
        where() + ".classWeights",
        "weights for "
            + InputException.quoted(pairing.loss().op())
            + ", which is one number of all rows together",
        "one of the losses "
            + listed(names(pairing.losses(ops).stream().filter(this::isSum).toList())),
        "change the loss, or leave out the weights");
  }

  private boolean isSum(OpId loss) {
    return ops.op(loss).schema().attributes().stream()
        .anyMatch(attribute -> attribute.name().equals(LossReduction.ATTRIBUTE));
  }

  /** A loss of probabilities takes targets that are some. */
  private void takes(List<Double> targets) {
    double least = targets.stream().mapToDouble(x -> x).min().orElse(0);
    double most = targets.stream().mapToDouble(x -> x).max().orElse(0);
    boolean probabilities =
        pairing.role(ops) == Role.EVENT_PROBABILITIES || pairing.role(ops) == Role.EVENT_LOGITS;
    if (probabilities && (least < 0 || most > 1)) {
      throw new InputException(
          where(),
          InputException.quoted(pairing.loss().op())
              + ", which takes targets from 0 to 1, for targets from "
              + least
              + " to "
              + most,
          "a loss for any numbers: "
              + listed(
                  pairing.losses(ops).stream()
                      .filter(id -> ops.op(id).signature().input(0).role() == Role.ESTIMATES)
                      .map(OpId::name)
                      .toList()),
          "choose one of them");
    }
  }

  private static List<String> names(List<OpId> ids) {
    return ids.stream().map(OpId::name).toList();
  }

  private static String listed(Collection<String> names) {
    return names.stream().map(InputException::quoted).collect(Collectors.joining(", "));
  }

  private static boolean ofClasses(Role role) {
    return switch (role) {
      case CLASS_PROBABILITIES, CLASS_LOG_PROBABILITIES, CLASS_LOGITS -> true;
      case ANY, ESTIMATES, MARGINS, EVENT_PROBABILITIES, EVENT_LOGITS, TARGETS, SIGNS, CLASSES ->
          false;
    };
  }

  private static String words(Role role) {
    return switch (role) {
      case ANY, TARGETS, SIGNS, CLASSES -> "numbers";
      case ESTIMATES -> "estimates of the targets";
      case MARGINS -> "scores whose sign is the class";
      case EVENT_PROBABILITIES -> "probabilities, each by itself";
      case CLASS_PROBABILITIES -> "probabilities that add up to 1 over the classes";
      case CLASS_LOG_PROBABILITIES ->
          "logarithms of probabilities that add up to 1 over the classes";
      case EVENT_LOGITS -> "logits and applies the sigmoid to them itself";
      case CLASS_LOGITS -> "logits and applies the softmax over the classes itself";
    };
  }

  private static String words(Codomain codomain) {
    return switch (codomain) {
      case REALS -> "numbers of both signs";
      case NON_NEGATIVE -> "numbers that are never below 0";
      case NON_POSITIVE -> "numbers that are never above 0";
      case EVENT_PROBABILITIES -> "probabilities, each by itself";
      case CLASS_PROBABILITIES -> "probabilities that add up to 1 over the classes";
      case CLASS_LOG_PROBABILITIES ->
          "logarithms of probabilities that add up to 1 over the classes";
    };
  }
}
