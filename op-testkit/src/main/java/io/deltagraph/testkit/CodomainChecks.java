package io.deltagraph.testkit;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Codomain;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** An op's numbers are what it says that they can be. */
final class CodomainChecks {
  /** What rounding may add to a sum of probabilities, in f32. */
  private static final double TOLERANCE = 1e-5;

  private final Subject subject;
  private final List<Trial> trials;

  CodomainChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void held() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      if (trial.hasElements() && trial.output() instanceof Apply apply) {
        findings.guard(
            trial.at(),
            () -> {
              int rank = apply.type().rank();
              Codomain stated = apply.op().codomain(apply.attributes(), rank);
              Tensor output = trial.program(List.of(trial.output())).run(trial.point()).getFirst();
              misfit(stated, output).ifPresent(what -> findings.add(trial.at() + ": " + what));
            });
      }
    }
    findings.conclude();
  }

  /** What contradicts the statement, if anything does. */
  static Optional<String> misfit(Codomain stated, Tensor output) {
    double[] numbers = output.toDoubles();
    int row =
        output.type().rank() == 0 ? 1 : output.type().shape().dim(output.type().rank() - 1).size();
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      double number = numbers[i];
      boolean fits =
          switch (stated) {
            case REALS -> true;
            case NON_NEGATIVE -> !(number < 0);
            case NON_POSITIVE, CLASS_LOG_PROBABILITIES -> !(number > 0);
            case EVENT_PROBABILITIES, CLASS_PROBABILITIES -> !(number < 0 || number > 1);
          };
      if (!fits) {
        return Optional.of("its codomain is %s, but it gives %s".formatted(stated, number));
      }
      sum += stated == Codomain.CLASS_LOG_PROBABILITIES ? Math.exp(number) : number;
      if ((i + 1) % row == 0) {
        if (isDistribution(stated) && Math.abs(sum - 1) > TOLERANCE) {
          return Optional.of(
              "its codomain is %s, but along the last axis they add up to %s"
                  .formatted(stated, sum));
        }
        sum = 0;
      }
    }
    return Optional.empty();
  }

  private static boolean isDistribution(Codomain stated) {
    return stated == Codomain.CLASS_PROBABILITIES || stated == Codomain.CLASS_LOG_PROBABILITIES;
  }
}
