package io.deltagraph.crosscheck;

import io.deltagraph.check.Clues;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Program;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the gradients of any model by its parameters and by its inputs, as training computes its
 * loss: autodiff beside central differences, in f64 whatever the dtype it trains in; beside the
 * closed form as well, as {@link CrossCheck} does, where the model is the net of a plan.
 */
public final class GradientCheck {
  /** More rows say no more, and each costs as much. */
  private static final int MOST_ROWS = 32;

  private GradientCheck() {}

  /**
   * The report at the model's first values.
   *
   * @param samples a tensor for each input and target; the first 32 rows are taken
   */
  public static GradientReport of(Model model, Samples samples) {
    return of(model, Map.of(), samples, 1);
  }

  /**
   * The report at other values.
   *
   * @param parameters values for some or all of the model's parameters, by name
   * @param seed draws the entries that are moved in tensors that are too large to move all
   */
  public static GradientReport of(
      Model model, Map<String, Tensor> parameters, Samples samples, long seed) {
    Samples rows = samples.first(MOST_ROWS);
    Map<String, Tensor> point = new HashMap<>();
    model
        .initial()
        .forEach((parameter, first) ->
            point.put(parameter.label(), exact(parameters.getOrDefault(parameter.label(), first))));
    if (model.plan().isPresent()) {
      return CrossCheck.of(model.plan().get(), model.builder().ops(), point, rows, seed);
    }
    Model checked = model.in(DType.F64);
    List<Value> wrt = new ArrayList<>(checked.trainable());
    for (Input input : checked.inputs()) {
      point.put(input.label(), exact(rows.get(input.label())));
      if (input.dtype().isFloat()) {
        wrt.add(input);
      }
    }
    checked.targets().forEach(target -> point.put(target.label(), exact(rows.get(target.label()))));
    Gradient gradient = Gradient.of(checked.loss(), wrt);
    List<Tensor> autodiff;
    try (Program program = Program.of(wrt.stream().map(gradient::wrt).toList(), point.keySet())) {
      autodiff = program.run(point);
    }
    FiniteDifferences differences = FiniteDifferences.of(checked.loss(), point);
    List<GradientRow> report = new ArrayList<>();
    for (int i = 0; i < wrt.size(); i++) {
      String name = wrt.get(i).label();
      GradientRow.Kind kind =
          wrt.get(i) instanceof Input ? GradientRow.Kind.INPUT : GradientRow.Kind.PARAMETER;
      GradientRow row =
          GradientRow.of(name, kind, autodiff.get(i)).withClues(Clues.NONE.samples(rows.count()));
      report.add(CrossCheck.compared(row, differences, name, point, seed));
    }
    return GradientReport.of(report);
  }

  private static Tensor exact(Tensor tensor) {
    return tensor.type().dtype().isFloat() ? tensor.cast(DType.F64) : tensor;
  }
}
