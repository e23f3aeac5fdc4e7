package io.deltagraph.models.experiment;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.data.DataSet;
import io.deltagraph.models.data.Features;
import io.deltagraph.models.data.Scaling;
import io.deltagraph.models.data.Seeds;
import io.deltagraph.models.data.Split;
import io.deltagraph.models.data.Target;
import io.deltagraph.models.network.NetworkPlan;
import io.deltagraph.models.spec.SpecData;
import io.deltagraph.models.spec.SpecPlan;
import io.deltagraph.models.spec.TrainingSpec;
import io.deltagraph.models.training.Samples;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.file.Path;

/**
 * A spec with its data read, split and scaled, and its net planned.
 *
 * @param spec what was asked for
 * @param preparation what later tables need to mean the same
 * @param plan the net
 * @param form how the loss wants classes; bits where numbers are predicted
 * @param split which rows are held out
 * @param training the rows to train on
 * @param held the rows held out, or the training rows again where nothing is held out
 */
public record Experiment(
    TrainingSpec spec,
    Preparation preparation,
    NetworkPlan plan,
    TargetForm form,
    Split split,
    Labelled training,
    Labelled held) {

  /** Rows for the net with the target as the table has it. */
  public record Labelled(Samples samples, Target target) {}

  /**
   * Reads and prepares the data of a spec and splits it as the spec says.
   *
   * @param folder what relative paths in the spec are relative to
   * @throws io.deltagraph.models.data.InputException for data that do not fit the spec
   * @throws io.deltagraph.graph.GraphException for an unknown loss
   */
  public static Experiment of(TrainingSpec spec, Path folder, OpLookup ops) {
    SpecData data = SpecData.load(spec, folder);
    double fraction = spec.split().testFraction();
    return of(spec, data, Split.stratified(data.rows(), fraction, Seeds.of(spec.seed())), ops);
  }

  /** One experiment for each of {@code k} folds, each held out once. */
  public static ImmutableList<Experiment> folds(
      TrainingSpec spec, int k, Path folder, OpLookup ops) {
    SpecData data = SpecData.load(spec, folder);
    return Split.folds(data.rows(), k, Seeds.of(spec.seed())).stream()
        .map(split -> of(spec, data, split, ops))
        .collect(ImmutableList.toImmutableList());
  }

  private static Experiment of(TrainingSpec spec, SpecData data, Split split, OpLookup ops) {
    NetworkPlan plan = SpecPlan.of(spec, data);
    int degree = SpecPlan.degree(spec.model());
    Features features = Preparation.products(data.rows().features(), degree);
    Scaling scaling = spec.standardisation().fit(features.select(split.train()));
    DataSet scaled = data.rows().withFeatures(scaling.apply(features));
    TargetForm form =
        switch (scaled.target()) {
          case Target.Classes classes -> TargetForm.of(plan, ops);
          case Target.Numbers numbers -> TargetForm.BITS;
        };
    Labelled training = labelled(scaled.select(split.train()), form, spec.dtype());
    Labelled held =
        split.test().isEmpty()
            ? training
            : labelled(scaled.select(split.test()), form, spec.dtype());
    Preparation preparation =
        new Preparation(data.columns(), degree, scaling, outcome(spec.data().target(), data));
    return new Experiment(spec, preparation, plan, form, split, training, held);
  }

  private static Outcome outcome(String column, SpecData data) {
    return switch (data.rows().target()) {
      case Target.Classes classes ->
          new Outcome.Classes(column, data.classValues(), classes.names());
      case Target.Numbers numbers -> new Outcome.Numbers(column);
    };
  }

  private static Labelled labelled(DataSet data, TargetForm form, DType dtype) {
    Tensor inputs = Preparation.tensor(data.features(), dtype);
    Tensor targets =
        switch (data.target()) {
          case Target.Classes classes -> form.encode(classes, dtype);
          case Target.Numbers numbers ->
              Tensor.generate(TensorType.of(dtype, numbers.rows(), 1), numbers.values()::get);
        };
    return new Labelled(new Samples(inputs, targets), data.target());
  }
}
