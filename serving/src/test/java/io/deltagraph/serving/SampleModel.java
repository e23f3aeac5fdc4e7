package io.deltagraph.serving;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.Labels;
import io.deltagraph.data.Scaling;
import io.deltagraph.data.Standardisation;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Models over two columns of numbers and one of categories, with random weights. */
public final class SampleModel {
  /** The ops. */
  public static final OpRegistry OPS = OpRegistry.load();

  private static final List<String> COLOURS = List.of("red", "green", "dark, blue", "7");

  private SampleModel() {}

  /** A table of that many rows; the seed is fixed. */
  public static CsvTable table(int rows) {
    return parse(csv(rows));
  }

  /** The same as text. */
  public static String csv(int rows) {
    Random random = new Random(17);
    StringBuilder csv = new StringBuilder("size,colour,weight,sort\n");
    for (int i = 0; i < rows; i++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%.3f,\"%s\",%d,%s%n",
              random.nextGaussian() * 5,
              COLOURS.get(i % COLOURS.size()),
              random.nextInt(1000),
              "abc".charAt(i % 3)));
    }
    return csv.toString();
  }

  /** A text as a table. */
  public static CsvTable parse(String csv) {
    return CsvTable.parse("table", csv.getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  /** Three classes from products of the features up to a degree. */
  public static SavedModel classes(int degree, DType dtype) {
    CsvTable table = table(60);
    FeatureColumns columns = FeatureColumns.choose(table, "sort", List.of(), List.of("colour"));
    Features features = Preparation.products(columns.read(table), degree);
    Scaling scaling = new Standardisation.MeanDeviation().fit(features);
    List<String> values = Labels.learn(table, "sort", List.of()).names();
    NetworkPlan plan = NetworkPlan.softmaxRegression(features.columns(), values.size(), dtype);
    return model(
        new Preparation(columns, degree, scaling, new Outcome.Classes("sort", values, values)),
        plan,
        TargetForm.of(plan, OPS));
  }

  /** A number from the features as they are. */
  public static SavedModel numbers() {
    CsvTable table = table(60);
    FeatureColumns columns =
        FeatureColumns.choose(table, "weight", List.of("size", "colour"), List.of("colour"));
    Features features = columns.read(table);
    return model(
        new Preparation(
            columns,
            1,
            new Standardisation.MeanDeviation().fit(features),
            new Outcome.Numbers("weight")),
        NetworkPlan.linearRegression(features.columns(), DType.F64),
        TargetForm.BITS);
  }

  private static SavedModel model(Preparation preparation, NetworkPlan plan, TargetForm form) {
    Network network = Network.build(plan.initialised(new Initialiser.Glorot()), OPS, Seeds.of(11));
    ImmutableMap.Builder<String, Tensor> parameters = ImmutableMap.builder();
    network.initial().forEach((parameter, value) -> parameters.put(parameter.label(), value));
    return new SavedModel(
        "sample", preparation, form, network.prediction(), parameters.buildOrThrow());
  }
}
