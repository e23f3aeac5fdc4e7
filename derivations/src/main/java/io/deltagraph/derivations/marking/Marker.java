package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.derivations.language.Derivation;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Marks derivations of one net. */
public final class Marker {
  private final Scene scene;
  private final Likeness comparison;
  private final Function<Name, Optional<String>> rightLines;
  private final UnaryOperator<Map<String, Tensor>> closedForms;
  private @Nullable Audit audit;

  private Marker(
      Scene scene,
      Function<Name, Optional<String>> rightLines,
      UnaryOperator<Map<String, Tensor>> closedForms) {
    this.scene = scene;
    this.rightLines = rightLines;
    this.closedForms = closedForms;
    comparison = new Likeness(scene);
  }

  /**
   * A marker.
   *
   * @param plan the net
   * @param ops where its ops are found
   * @param inputs rows of its data, n × features
   * @param targets those rows' targets, as the net's loss takes them
   * @param learningRate what {@code η} stands for
   * @param seed draws weights and rows
   * @param rightLines the right line for a name, where one is known
   */
  public static Marker of(
      NetworkPlan plan,
      OpLookup ops,
      Tensor inputs,
      Tensor targets,
      double learningRate,
      long seed,
      Function<Name, Optional<String>> rightLines) {
    return new Marker(
        new Scene(plan, ops, inputs, targets, learningRate, seed), rightLines, point -> Map.of());
  }

  /**
   * This marker with closed forms beside automatic differentiation.
   *
   * @param known from inputs, targets and parameters by label to gradients, by {@code delta1} or
   *     the parameter's label; none where there is no closed form
   */
  public Marker withClosedForms(UnaryOperator<Map<String, Tensor>> known) {
    return new Marker(scene, rightLines, known);
  }

  private Audit audit() {
    Audit known = audit;
    if (known == null) {
      known = new Audit(scene, closedForms);
      audit = known;
    }
    return known;
  }

  /** Marks a file. */
  public Marking mark(Derivation derivation) {
    Judged best = null;
    for (Orientation orientation : Orientation.of(derivation)) {
      Judged judged =
          new Judged(
              scene,
              comparison,
              rightLines,
              new Attempt(scene, orientation, derivation, comparison));
      if (best == null || judged.notRight() < best.notRight()) {
        best = judged;
      }
      if (best.notRight() == 0) {
        break;
      }
    }
    return requireNonNull(best).marking(audit());
  }
}
