package io.deltagraph.models.experiment;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.data.CsvTable;
import io.deltagraph.models.data.DataSet;
import io.deltagraph.models.data.FeatureColumns;
import io.deltagraph.models.data.Features;
import io.deltagraph.models.data.Labels;
import io.deltagraph.models.data.Scaling;
import io.deltagraph.models.data.Seeds;
import io.deltagraph.models.data.Split;
import io.deltagraph.models.data.Target;
import io.deltagraph.models.network.NetworkPlan;
import io.deltagraph.models.spec.DataSpec;
import io.deltagraph.models.spec.ModelSpec;
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
    CsvTable table = table(spec.data(), folder);
    Split split =
        Split.stratified(data(spec, table), spec.split().testFraction(), Seeds.of(spec.seed()));
    return of(spec, table, split, ops);
  }

  /** One experiment for each of {@code k} folds, each held out once. */
  public static ImmutableList<Experiment> folds(
      TrainingSpec spec, int k, Path folder, OpLookup ops) {
    CsvTable table = table(spec.data(), folder);
    return Split.folds(data(spec, table), k, Seeds.of(spec.seed())).stream()
        .map(split -> of(spec, table, split, ops))
        .collect(ImmutableList.toImmutableList());
  }

  private static Experiment of(TrainingSpec spec, CsvTable table, Split split, OpLookup ops) {
    DataSet all = data(spec, table);
    FeatureColumns columns = columns(spec.data(), table);
    Scaling scaling = spec.standardisation().fit(all.features().select(split.train()));
    Preparation preparation =
        new Preparation(
            columns, degree(spec.model()), scaling, outcome(spec.data(), table, all.target()));
    int classes = all.target() instanceof Target.Classes known ? known.names().size() : 1;
    NetworkPlan plan = Plans.of(spec, all.features().columns(), classes);
    TargetForm form =
        all.target() instanceof Target.Classes ? TargetForm.of(plan, ops) : TargetForm.BITS;
    DataSet scaled = all.withFeatures(scaling.apply(all.features()));
    Labelled training = labelled(scaled.select(split.train()), form, spec.dtype());
    Labelled held =
        split.test().isEmpty()
            ? training
            : labelled(scaled.select(split.test()), form, spec.dtype());
    return new Experiment(spec, preparation, plan, form, split, training, held);
  }

  private static CsvTable table(DataSpec data, Path folder) {
    return switch (data.source()) {
      case DataSpec.Source.BuiltIn builtIn -> builtIn.set().table();
      case DataSpec.Source.Csv csv -> CsvTable.read(folder.resolve(csv.path()));
    };
  }

  private static FeatureColumns columns(DataSpec data, CsvTable table) {
    return FeatureColumns.choose(table, data.target(), data.columns(), data.oneHot());
  }

  private static DataSet data(TrainingSpec spec, CsvTable table) {
    DataSpec data = spec.data();
    Features features = Preparation.unscaled(columns(data, table), degree(spec.model()), table);
    Target target =
        switch (data.task()) {
          case CLASSIFICATION -> Labels.learn(table, data.target(), data.classNames());
          case REGRESSION -> new Outcome.Numbers(data.target()).read(table);
        };
    return new DataSet(spec.name(), features, target);
  }

  private static Outcome outcome(DataSpec data, CsvTable table, Target target) {
    return switch (target) {
      case Target.Classes classes ->
          new Outcome.Classes(
              data.target(), Labels.order(table.categories(data.target())), classes.names());
      case Target.Numbers numbers -> new Outcome.Numbers(data.target());
    };
  }

  private static int degree(ModelSpec model) {
    return switch (model) {
      case ModelSpec.Linear linear -> linear.degree();
      case ModelSpec.Logistic logistic -> logistic.degree();
      case ModelSpec.Softmax softmax -> softmax.degree();
      case ModelSpec.Mlp mlp -> 1;
      case ModelSpec.Perceptron perceptron -> 1;
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
