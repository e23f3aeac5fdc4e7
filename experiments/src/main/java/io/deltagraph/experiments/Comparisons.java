package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import io.deltagraph.crosscheck.PerceptronTrace;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.experiments.spec.DataSpec;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.TrainingResult;
import java.util.List;

/** What some trained models are compared with. */
final class Comparisons {
  private static final int TRIAL_EPOCHS = 100;

  private Comparisons() {}

  static List<RunReport.Comparison> of(Experiment experiment, TrainingResult result, OpLookup ops) {
    ImmutableList.Builder<RunReport.Comparison> found = ImmutableList.builder();
    if (isExclusiveOr(experiment.spec().data().source())) {
      found.add(new RunReport.SinglePerceptron(PerceptronTrial.of(experiment, ops, TRIAL_EPOCHS)));
    }
    switch (experiment.spec().model()) {
      case ModelSpec.Perceptron ignored ->
          found.add(rule(experiment, experiment.trace(ops, result.epochs())));
      case ModelSpec.Linear ignored ->
          found.add(new RunReport.LeastSquares(experiment.solution(result.parameters())));
      case ModelSpec.Logistic ignored -> {}
      case ModelSpec.Softmax ignored -> {}
      case ModelSpec.Mlp ignored -> {}
    }
    return found.build();
  }

  private static boolean isExclusiveOr(DataSpec.Source source) {
    return switch (source) {
      case DataSpec.Source.BuiltIn(BuiltInSet set) -> set == BuiltInSet.XOR;
      case DataSpec.Source.Csv ignored -> false;
    };
  }

  private static RunReport.PerceptronRule rule(Experiment experiment, PerceptronTrace trace) {
    List<PerceptronTrace.Update> moved =
        trace.updates().stream().filter(PerceptronTrace.Update::moved).toList();
    Samples samples = experiment.training().samples();
    return new RunReport.PerceptronRule(
        trace.verdict(experiment.plan().dtype()),
        trace.updates().size(),
        moved.size(),
        trace.worst(),
        moved.stream()
            .limit(RunReport.PerceptronRule.MOST_KEPT)
            .map(update -> update(samples, update))
            .toList());
  }

  private static RunReport.Update update(Samples samples, PerceptronTrace.Update update) {
    int row = update.rows().getFirst();
    Tensor inputs = samples.inputs().rows(row, row + 1);
    return new RunReport.Update(
        update.epoch(),
        update.rows().size(),
        Doubles.asList(inputs.toDoubles()),
        samples.targets().get(row),
        update.outputs().getFirst(),
        update.formula(),
        update.taken(),
        update.difference());
  }
}
