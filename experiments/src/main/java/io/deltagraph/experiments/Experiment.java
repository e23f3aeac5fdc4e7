package io.deltagraph.experiments;

import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.crosscheck.PerceptronTrace;
import io.deltagraph.data.ClassWeights;
import io.deltagraph.data.ColumnTypes;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.DataSet;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.Scaling;
import io.deltagraph.data.Split;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.spec.DataSpec;
import io.deltagraph.experiments.spec.LossSpec;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.experiments.spec.SpecData;
import io.deltagraph.experiments.spec.SpecPlan;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.TrainedModel;
import io.deltagraph.random.Seeds;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.Preparation;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.StoredRows;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A spec with its data read, split and scaled, and its net planned.
 *
 * @param spec what was asked for
 * @param preparation what later tables need to mean the same
 * @param plan the net
 * @param form how the loss wants classes; bits where numbers are predicted
 * @param split which rows are held out
 * @param taken what the table was taken for where it is not plain numbers between commas
 * @param training the rows to train on
 * @param held the rows held out, or the training rows again where nothing is held out
 */
public record Experiment(
    TrainingSpec spec,
    Preparation preparation,
    NetworkPlan plan,
    TargetForm form,
    Split split,
    List<String> taken,
    Labelled training,
    Labelled held) {

  public Experiment {
    taken = List.copyOf(taken);
  }

  /**
   * Rows for the net with the target as the table has it.
   *
   * @param samples the rows, or where they are on disk the first of them, at most {@link
   *     #MOST_FIRST}
   * @param target of all rows
   * @param stored all rows, where they are on disk
   */
  public record Labelled(Samples samples, Targets target, Optional<StoredRows> stored) {
    /** How many rows on disk are in memory for checks and pictures. */
    public static final int MOST_FIRST = 1 << 12;

    /** The number of rows. */
    public int count() {
      return target.rows();
    }

    /** The inputs from one row to before another. */
    public Tensor inputs(int from, int to) {
      return stored
          .map(rows -> rows.rows(from, to).inputs())
          .orElseGet(() -> samples.inputs().rows(from, to));
    }
  }

  /**
   * Reads and prepares the data of a spec and splits it as the spec says.
   *
   * @param folder what relative paths in the spec are relative to
   * @throws io.deltagraph.data.InputException for data that do not fit the spec, and for a loss
   *     that is none or not about what the net gives out
   */
  public static Experiment of(TrainingSpec spec, Path folder, OpLookup ops) {
    SpecData data = SpecData.load(spec, folder);
    double fraction = spec.split().testFraction();
    return of(spec, data, Split.stratified(data.rows(), fraction, Seeds.of(spec.seed())), ops);
  }

  /**
   * One experiment for each of {@code k} folds, each held out once. Each is made where it is asked
   * for, so that the rows of one fold need not be kept beside those of the others.
   */
  public static Iterable<Experiment> folds(TrainingSpec spec, int k, Path folder, OpLookup ops) {
    SpecData data = SpecData.load(spec, folder);
    List<Split> splits = Split.folds(data.rows(), k, Seeds.of(spec.seed()));
    return () -> splits.stream().map(split -> of(spec, data, split, ops)).iterator();
  }

  private static Experiment of(TrainingSpec spec, SpecData data, Split split, OpLookup ops) {
    NetworkPlan plan = SpecPlan.of(spec, data);
    LossCheck.check(spec, plan, data.rows().target(), ops);
    int degree = SpecPlan.degree(spec.model());
    FeatureColumns columns =
        data.columns().learn(data.table(), split.train(), spec.data().options().missing());
    Features features = Preparation.products(columns.read(data.table()), degree);
    Scaling scaling = spec.standardisation().fit(features.select(split.train()));
    DataSet scaled = data.rows().withFeatures(scaling.apply(features));
    Outcome outcome = outcome(spec, data, split);
    TargetForm form =
        switch (scaled.target()) {
          case Targets.Classes classes -> TargetForm.of(plan, ops);
          case Targets.Numbers numbers -> {
            List<String> column = List.of(spec.data().target());
            double[] targets = array(numbers);
            data.table().requireWithin(spec.dtype(), Features.of(column, targets.length, targets));
            yield TargetForm.BITS;
          }
        };
    Targets trained = scaled.target().select(split.train());
    Optional<ClassWeights> weights = weights(spec, trained);
    TableRows.Together together =
        (inputs, target) -> samples(inputs, target, form, outcome, weights);
    Labelled training = labelled(spec, data.table(), scaled, split.train(), together);
    Labelled held =
        split.test().isEmpty()
            ? training
            : labelled(spec, data.table(), scaled, split.test(), together);
    Preparation preparation = new Preparation(columns, degree, scaling, outcome);
    List<String> taken = new ArrayList<>(ColumnTypes.describe(data.table(), columns));
    weights.ifPresent(known ->
        taken.add("rows count by class: " + words(known, ((Targets.Classes) trained).names())));
    return new Experiment(spec, preparation, plan, form, split, taken, training, held);
  }

  /** The trained weights of a linear regression beside the solution by QR, or why there is none. */
  public LinearSolution.Result solution(Map<String, Tensor> parameters) {
    if (!(spec.model() instanceof ModelSpec.Linear)
        || !(training.target() instanceof Targets.Numbers numbers)) {
      return new LinearSolution.None("the model is no linear regression");
    }
    if (training.stored().isPresent()) {
      return new LinearSolution.None("it takes all rows at once, and they are on disk");
    }
    // In f64 whatever the dtype of the net.
    Tensor targets =
        Tensor.vector(numbers.values().stream().mapToDouble(number -> scaled(number)).toArray());
    return LinearSolution.of(
        plan,
        preparation.scaling().names(),
        new Samples(training.samples().inputs(), targets),
        parameters);
  }

  /** Every update of a perceptron in its first epochs beside the formula of its rule. */
  public PerceptronTrace trace(OpLookup ops, int epochs) {
    if (!(spec.model() instanceof ModelSpec.Perceptron perceptron)) {
      throw new IllegalArgumentException("Only a perceptron has its own rule.");
    }
    return PerceptronTrace.of(
        Network.build(plan, ops, Seeds.of(spec.seed())),
        perceptron.learningRate(),
        training.samples(),
        Trainers.options(spec.withEpochs(epochs)));
  }

  /** The model that this experiment's net is with those parameters. */
  public SavedModel model(Network network, Map<String, Tensor> parameters) {
    TrainedModel trained = new TrainedModel(network.prediction(), parameters);
    return new SavedModel(spec.name(), preparation, form, trained.graph(), trained.parameters());
  }

  /** The numbers that a net's outputs stand for. */
  double[] numbers(Tensor outputs) {
    double[] numbers = outputs.toDoubles();
    if (preparation.outcome() instanceof Outcome.Numbers scale) {
      Arrays.setAll(numbers, i -> scale.number(numbers[i]));
    }
    return numbers;
  }

  private static double[] array(Targets.Numbers numbers) {
    return numbers.values().stream().mapToDouble(number -> number).toArray();
  }

  private double scaled(double number) {
    return preparation.outcome() instanceof Outcome.Numbers numbers
        ? numbers.scaled(number)
        : number;
  }

  private static Outcome outcome(TrainingSpec spec, SpecData data, Split split) {
    String column = spec.data().target();
    return switch (data.rows().target()) {
      case Targets.Classes classes ->
          new Outcome.Classes(column, data.classValues(), classes.names());
      case Targets.Numbers numbers -> {
        if (!spec.data().scalesTarget()) {
          yield new Outcome.Numbers(column);
        }
        double[] training = array(numbers.select(split.train()));
        Scaling scaling =
            new Standardisation.MeanDeviation()
                .fit(Features.of(List.of(column), training.length, training));
        yield new Outcome.Numbers(
            column, scaling.shifts().getFirst(), scaling.divisors().getFirst());
      }
    };
  }

  /** How much rows count by their class, learnt from the training rows. */
  private static Optional<ClassWeights> weights(TrainingSpec spec, Targets trained) {
    return spec.loss()
        .flatMap(LossSpec::weighting)
        .map(asked ->
            switch (trained) {
              case Targets.Classes classes ->
                  asked.weights(spec.name() + ", at $.loss.classWeights", classes);
              case Targets.Numbers numbers ->
                  throw new IllegalArgumentException("Numbers have no classes: " + numbers);
            });
  }

  private static String words(ClassWeights weights, List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(k -> "'%s' %.4g".formatted(names.get(k), weights.each().get(k)))
        .collect(Collectors.joining(", "));
  }

  private static Labelled labelled(
      TrainingSpec spec,
      CsvTable table,
      DataSet scaled,
      List<Integer> chosen,
      TableRows.Together together) {
    Features features = scaled.features().select(chosen);
    Targets target = scaled.target().select(chosen);
    return switch (spec.data().storage()) {
      case DataSpec.Storage.Memory ignored ->
          new Labelled(
              together.of(table.tensor(features, spec.dtype()), target), target, Optional.empty());
      case DataSpec.Storage.Disk ignored -> {
        TableRows rows =
            new TableRows(
                (from, to) -> table.tensor(features, from, to, spec.dtype()), target, together);
        Samples first = rows.rows(0, Math.min(rows.count(), Labelled.MOST_FIRST));
        yield new Labelled(first, target, Optional.of(rows));
      }
    };
  }

  private static Samples samples(
      Tensor inputs,
      Targets target,
      TargetForm form,
      Outcome outcome,
      Optional<ClassWeights> weights) {
    DType dtype = inputs.type().dtype();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(Network.INPUTS, inputs);
    switch (target) {
      case Targets.Classes classes -> {
        tensors.put(Network.TARGETS, form.encode(classes, dtype));
        weights.ifPresent(known -> tensors.put(Network.WEIGHTS, known.rows(classes, dtype)));
      }
      case Targets.Numbers numbers -> {
        Outcome.Numbers scale = (Outcome.Numbers) outcome;
        tensors.put(
            Network.TARGETS,
            Tensor.generate(
                TensorType.of(dtype, numbers.rows(), 1),
                i -> scale.scaled(numbers.values().get(i))));
      }
    }
    return new Samples(tensors);
  }
}
