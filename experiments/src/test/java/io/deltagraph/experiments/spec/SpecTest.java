package io.deltagraph.experiments.spec;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.CsvFormat;
import io.deltagraph.data.InputException;
import io.deltagraph.data.MissingRule;
import io.deltagraph.data.MissingRules;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.graph.OpId;
import io.deltagraph.training.Stopping;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpecTest {
  /** Every field that there is, each away from its default. */
  static final String FULL =
      """
      {
        "version": 1,
        "data": {
          "csv": "my data.csv", "target": "y", "task": "classification",
          "columns": ["a", "b"], "oneHot": ["b"], "missing": "indicator", "unseen": "zeros",
          "dates": "parts", "mostCategories": 7, "delimiter": "tab", "decimal": ",",
          "targetScaling": "standard", "classNames": ["no", "yes"]
        },
        "split": { "testFraction": 0.3, "folds": 5 },
        "standardisation": { "name": "divide", "by": -16 },
        "model": {
          "family": "mlp",
          "layers": [
            { "units": 7, "activation": { "name": "acme:swish", "beta": 1.5 } },
            { "units": 2, "activation": "identity" }
          ],
          "initialiser": { "name": "uniform", "epsilon": 0.1 }
        },
        "loss": { "name": "huber", "delta": 2, "reduction": "sum", "l1": 0.25, "l2": 0.5 },
        "optimizer": {
          "name": "sgd", "learningRate": 0.125, "momentum": 0.9, "nesterov": true,
          "schedule": { "name": "step", "every": 10 },
          "clipping": { "globalNorm": 5 }
        },
        "epochs": 12,
        "batch": "all",
        "stopBelow": 0.001,
        "validation": 0.1,
        "patience": 9,
        "minDelta": 0.01,
        "timeLimit": 2.5,
        "metrics": ["f1_weighted", "roc_auc"],
        "seed": -9223372036854775808,
        "dtype": "f64",
        "threads": 4,
        "$schema": "spec.schema.json"
      }
      """;

  static final String SMALL =
      """
      {
        "data": { "csv": "t.csv", "target": "y", "task": "regression" },
        "model": { "family": "linear" },
        "loss": "mean_squared_error",
        "optimizer": { "name": "adam", "learningRate": 0.001 },
        "epochs": 3
      }
      """;

  private static TrainingSpec parse(String json) {
    return SpecReader.parse("s.json", "s", json.getBytes(UTF_8));
  }

  private static String error(ThrowingCallable call) {
    return catchThrowableOfType(InputException.class, call).getMessage();
  }

  /** The complaint about one of the texts above with one thing changed in it. */
  private static String changed(String json, String from, String to) {
    assertThat(json).contains(from);
    return error(() -> parse(json.replace(from, to)));
  }

  @Test
  void everyFieldIsRead() {
    TrainingSpec spec = parse(FULL);
    assertThat(spec)
        .isEqualTo(
            new TrainingSpec(
                "s",
                new DataSpec(
                    new DataSpec.Source.Csv("my data.csv"),
                    "y",
                    ImmutableList.of("a", "b"),
                    new ColumnOptions(ImmutableList.of("b"), MissingRule.INDICATOR, true, true, 7),
                    ImmutableList.of("no", "yes"),
                    TargetKind.CLASSIFICATION,
                    true,
                    new CsvFormat('\t', ','),
                    new DataSpec.Storage.Memory()),
                new SplitSpec(0.3, 5),
                new Standardisation.Divide(-16),
                new ModelSpec.Mlp(
                    ImmutableList.of(
                        new ModelSpec.Layer(
                            7, Choice.of("acme:swish", ImmutableMap.of("beta", 1.5))),
                        new ModelSpec.Layer(2, Choice.of("identity"))),
                    Choice.of("uniform", ImmutableMap.of("epsilon", 0.1))),
                Optional.of(
                    new LossSpec(
                        new Choice(
                            "huber",
                            ImmutableMap.of(
                                "delta",
                                new Setting.Numeric(2),
                                "reduction",
                                new Setting.Word("sum"))),
                        0.25,
                        0.5)),
                Optional.of(
                    new OptimizerSpec(
                        new Choice(
                            "sgd",
                            ImmutableMap.of(
                                "momentum",
                                new Setting.Numeric(0.9),
                                "nesterov",
                                new Setting.Flag(true))),
                        0.125,
                        Optional.of(Choice.of("step", ImmutableMap.of("every", 10.0))),
                        Optional.of(new OptimizerSpec.Clipping.ByGlobalNorm(5)))),
                12,
                OptionalInt.empty(),
                OptionalDouble.of(0.001),
                new Stopping(0.1, OptionalInt.of(9), 0.01, Optional.of(Duration.ofMillis(2500))),
                ImmutableList.of(Metric.F1_WEIGHTED, Metric.ROC_AUC),
                Long.MIN_VALUE,
                DType.F64,
                4));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    TrainingSpec spec = parse(SMALL);
    assertThat(spec.split()).isEqualTo(new SplitSpec(0.2, 0));
    assertThat(spec.standardisation()).isEqualTo(new Standardisation.MeanDeviation());
    assertThat(spec.model()).isEqualTo(new ModelSpec.Linear(1, Choice.of("zeros")));
    assertThat(spec.loss()).hasValue(new LossSpec(Choice.of("mean_squared_error"), 0, 0));
    assertThat(spec.optimizer().orElseThrow().schedule()).isEmpty();
    assertThat(spec.optimizer().orElseThrow().clipping()).isEmpty();
    assertThat(spec.batch()).hasValue(32);
    assertThat(spec.stopBelow()).isEmpty();
    assertThat(spec.metrics()).isEmpty();
    assertThat(spec.stopping()).isEqualTo(Stopping.NEVER);
    assertThat(spec.seed()).isEqualTo(1);
    assertThat(spec.dtype()).isEqualTo(DType.F32);
    assertThat(spec.threads()).isEqualTo(1);
    assertThat(spec.data().columns()).isEmpty();
  }

  @Test
  void aByteOrderMarkAndUtf16AreFine() {
    assertThat(parse("\uFEFF" + SMALL)).isEqualTo(parse(SMALL));
    assertThat(SpecReader.parse("s.json", "s", SMALL.getBytes(UTF_16BE))).isEqualTo(parse(SMALL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"family\": \"linear\" | \"family\": \"linear\", \"degree\": 3",
        "\"csv\": \"t.csv\" | \"csv\": \"t.csv\", \"oneHot\": [\"q\"]",
        "\"epochs\": 3 | \"epochs\": 3, \"standardisation\": \"min_max\"",
        "\"epochs\": 3 | \"epochs\": 3, \"standardisation\": \"none\", \"dtype\": \"f64\"",
        "\"learningRate\": 0.001 | \"learningRate\": 0.1, \"clipping\": {\"value\": 0.5}",
      })
  void whatIsWrittenIsReadBackTheSame(String from, String to) {
    TrainingSpec spec = parse(SMALL.replace(from, to));
    assertThat(parse(SpecWriter.toJson(spec))).isEqualTo(spec).isNotEqualTo(parse(SMALL));
  }

  @Test
  void theFullSpecIsWrittenAndReadBackTheSame() {
    assertThat(parse(SpecWriter.toJson(parse(FULL)))).isEqualTo(parse(FULL));
  }

  @ParameterizedTest
  @EnumSource(BuiltInSet.class)
  void builtInSpecsAreReadWrittenAndFitTheirSets(BuiltInSet set) {
    TrainingSpec spec = SpecReader.builtIn(set);
    assertThat(spec.name()).isEqualTo(set.id());
    assertThat(SpecReader.parse("again", set.id(), SpecWriter.toJson(spec).getBytes(UTF_8)))
        .isEqualTo(spec);
    assertThat(SpecReader.resolve(set.id())).isEqualTo(spec);
    SpecData data = SpecData.load(spec, Path.of("nowhere"));
    assertThat(data.rows().rows()).isEqualTo(set.table().rows());
    switch (data.rows().target()) {
      case Targets.Classes classes ->
          assertThat(data.classValues()).hasSize(classes.names().size());
      case Targets.Numbers ignored -> assertThat(data.classValues()).isEmpty();
    }
  }

  @Test
  void optionsAsPlainData() {
    TrainingSpec spec = parse(FULL);
    assertThat(spec.loss().orElseThrow().function().plain())
        .isEqualTo(ImmutableMap.of("delta", 2, "reduction", "sum"));
    assertThat(spec.optimizer().orElseThrow().rule().plain())
        .isEqualTo(ImmutableMap.of("momentum", 0.9, "nesterov", true));
    assertThat(Choice.of("c", ImmutableMap.of("a", 3e9, "b", -0.0, "c", -7.0)).plain())
        .isEqualTo(ImmutableMap.of("a", 3e9, "b", -0.0, "c", -7));
  }

  @Test
  void theDigitsNetIsTheOneThatTheReadmeSpeaksOf() {
    TrainingSpec spec = SpecReader.builtIn(BuiltInSet.DIGITS);
    // 64·64 + 64, 64·64 + 64, 64·10 + 10.
    assertThat(((ModelSpec.Mlp) spec.model()).parameters(64)).isEqualTo(4160 + 4160 + 650);
    assertThat(spec.standardisation()).isEqualTo(new Standardisation.Divide(16));
    assertThat(SpecReader.builtIn(BuiltInSet.IRIS).data().classNames()).contains("setosa");
  }

  @Test
  void overridesChangeOneThing() {
    TrainingSpec spec = parse(SMALL);
    assertThat(spec.withSeed(9).seed()).isEqualTo(9);
    assertThat(spec.withSeed(9).withSeed(1)).isEqualTo(spec);
    assertThat(spec.withDtype(DType.F64).dtype()).isEqualTo(DType.F64);
    assertThat(spec.withDtype(DType.F64).withDtype(DType.F32)).isEqualTo(spec);
    assertThat(spec.withThreads(3).threads()).isEqualTo(3);
    assertThat(spec.withThreads(3).withThreads(1)).isEqualTo(spec);
  }

  @Test
  void unknownFields() {
    assertThat(changed(SMALL, "\"epochs\"", "\"epoch\""))
        .startsWith(
            "s.json, at $: found the unknown field 'epoch', expected only 'version', 'data', 'split',")
        .endsWith("; perhaps 'epochs' was meant.");
    assertThat(changed(SMALL, "\"family\": \"linear\"", "\"family\": \"linear\", \"layers\": []"))
        .isEqualTo(
            "s.json, at $.model: found the unknown field 'layers', expected only 'family', 'degree',"
                + " 'initialiser'; delete it.");
    assertThat(changed(FULL, "\"units\": 2", "\"width\": 2"))
        .startsWith("s.json, at $.model.layers[1]: found the unknown field 'width', expected only");
    assertThat(changed(FULL, "\"globalNorm\"", "\"globalnorm\""))
        .endsWith("perhaps 'globalNorm' was meant.");
  }

  @Test
  void blankCellsByColumn() {
    String json = FULL.replace("\"indicator\"", "{ \"a\": \"median\", \"b\": \"most_frequent\" }");
    TrainingSpec spec = SpecReader.parse("s.json", "s", json.getBytes(UTF_8));
    MissingRules rules = spec.data().options().missing();
    assertThat(rules.of("a")).isEqualTo(MissingRule.MEDIAN);
    assertThat(rules.of("b")).isEqualTo(MissingRule.MOST_FREQUENT);
    assertThat(rules.of("c")).isEqualTo(MissingRule.REFUSE);
    assertThat(SpecReader.parse("s.json", "s", SpecWriter.toJson(spec).getBytes(UTF_8)))
        .isEqualTo(spec);
  }

  @Test
  void missingFields() {
    assertThat(changed(SMALL, "\"target\": \"y\", ", ""))
        .isEqualTo(
            "s.json, at $.data.target: found nothing, expected the name of the column to predict; add"
                + " the field.");
    assertThat(changed(SMALL, "\"loss\": \"mean_squared_error\",", ""))
        .isEqualTo("s.json, at $.loss: found nothing, expected the name of a loss; add the field.");
    assertThat(changed(SMALL, ", \"learningRate\": 0.001", ""))
        .startsWith(
            "s.json, at $.optimizer.learningRate: found nothing, expected a number above 0");
    assertThat(changed(SMALL, "\"family\": \"linear\"", ""))
        .startsWith("s.json, at $.model.family: found nothing");
    assertThat(error(() -> parse("{}"))).startsWith("s.json, at $.data: found nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"epochs\": 12 | \"epochs\": 0 | $.epochs: found 0, expected a whole number from 1 to 10000000",
        "\"epochs\": 12 | \"epochs\": 1.5 | $.epochs: found 1.5, expected a whole number",
        "\"epochs\": 12 | \"epochs\": \"12\" | $.epochs: found '12', expected a whole number",
        "\"epochs\": 12 | \"epochs\": null | $.epochs: found null, expected a whole number",
        "\"epochs\": 12 | \"epochs\": 99999999999999999999 | $.epochs: found 99999999999999999999,",
        "\"batch\": \"all\" | \"batch\": 0 | $.batch: found 0, expected 'all' or a whole number from 1",
        "\"batch\": \"all\" | \"batch\": \"full\" | $.batch: found 'full', expected 'all'",
        "\"threads\": 4 | \"threads\": 257 | $.threads: found 257, expected a whole number from 1 to 256",
        "\"dtype\": \"f64\" | \"dtype\": \"f46\" | $.dtype: found 'f46', expected one of 'f32', 'f64'; perhaps 'f64' was meant",
        "\"dtype\": \"f64\" | \"dtype\": 64 | $.dtype: found 64, expected one of 'f32', 'f64'",
        "0.125 | -0.125 | $.optimizer.learningRate: found -0.125, expected a number above 0",
        "0.125 | 1e999 | $.optimizer.learningRate: found",
        "\"folds\": 5 | \"folds\": 1 | $.split.folds: found 1, expected 'none' or a whole number from 2",
        "\"testFraction\": 0.3 | \"testFraction\": 1 | $.split.testFraction: found 1, expected a share from 0 to below 1",
        "\"by\": -16 | \"by\": 0 | $.standardisation.by: found 0, expected a number other than 0",
        "\"name\": \"divide\" | \"name\": \"divid\" | $.standardisation.name: found 'divid', expected one of 'divide'",
        "\"family\": \"mlp\" | \"family\": \"mpl\" | $.model.family: found 'mpl', expected one of 'linear', 'logistic', 'softmax', 'mlp', 'perceptron'; perhaps 'mlp' was meant",
        "\"units\": 7 | \"units\": 70000 | $.model.layers[0].units: found 70000, expected a whole number from 1 to 65536",
        "\"activation\": \"identity\" | \"activation\": \"Identity\" | $.model.layers[1].activation: found 'Identity', expected the name of an activation in lower case",
        "\"activation\": \"identity\" | \"activation\": [] | $.model.layers[1].activation: found a list, expected the name of an activation, or an object",
        "\"beta\": 1.5 | \"beta\": null | $.model.layers[0].activation.beta: found null, expected a finite number, true, false or a text",
        "\"beta\": 1.5 | \"b/c\": 1 | $.model.layers[0].activation: found the option 'b/c', expected at most 32 options",
        "\"globalNorm\": 5 | \"globalNorm\": 0 | $.optimizer.clipping.globalNorm: found 0, expected a number above 0",
        "\"globalNorm\": 5 | \"globalNorm\": 5, \"value\": 1 | $.optimizer.clipping: found both 'value' and 'globalNorm'",
        "\"globalNorm\": 5 | | $.optimizer.clipping: found neither 'value' nor 'globalNorm'",
        "\"l1\": 0.25 | \"l1\": -1 | $.loss.l1: found -1, expected a number not below 0",
        "\"classification\" | \"classify\" | $.data.task: found 'classify', expected one of 'classification', 'regression'",
        "\"csv\": \"my data.csv\" | \"builtIn\": \"digit\" | $.data.builtIn: found 'digit', expected one of 'digits',",
        "\"csv\": \"my data.csv\" | \"csv\": \"a\", \"builtIn\": \"iris\" | $.data: found both 'csv' and 'builtIn'",
        "\"csv\": \"my data.csv\", | | $.data: found neither 'csv' nor 'builtIn'",
        "\"csv\": \"my data.csv\" | \"csv\": \" \" | $.data.csv: found ' ', expected the path of a CSV file",
        "[\"a\", \"b\"] | [\"a\", \"y\"] | $.data.columns: found the target 'y', expected other columns only",
        "[\"a\", \"b\"] | [\"a\", \"a\"] | $.data.columns[1]: found 'a' for the second time, expected every name once",
        "[\"a\", \"b\"] | \"a\" | $.data.columns: found 'a', expected a list of names of columns",
        "\"version\": 1 | \"version\": 2 | $.version: found 2, expected the version 1",
        "\"stopBelow\": 0.001 | \"stopBelow\": \"never\" | $.stopBelow: found 'never', expected a finite number",
        "\"validation\": 0.1 | \"validation\": 1 | $.validation: found 1, expected a share from 0",
        "\"patience\": 9 | \"patience\": 0 | $.patience: found 0, expected a whole number from 1",
        "\"minDelta\": 0.01 | \"minDelta\": -1 | $.minDelta: found -1, expected a number not below 0",
        "\"timeLimit\": 2.5 | \"timeLimit\": 0 | $.timeLimit: found 0, expected a number above 0",
        "\"f1_weighted\" | \"f1\" | $.metrics[0]: found 'f1', expected one of 'accuracy',",
        "\"f1_weighted\" | \"roc_auc\" | $.metrics[1]: found 'roc_auc' for the second time",
        "\"f1_weighted\" | \"r2\" | $.metrics[0]: found 'r2', expected a metric of classes",
        "\"seed\": -9223372036854775808 | \"seed\": 9223372036854775808 | $.seed: found 9223372036854775808, expected a whole number of 64 bits",
      })
  void badValues(String from, String to, String expected) {
    assertThat(changed(FULL, from, to == null ? "" : to)).startsWith("s.json, at " + expected);
  }

  @Test
  void wholeThingsOfTheWrongKind() {
    assertThat(error(() -> parse("[]")))
        .isEqualTo("s.json, at $: found a list, expected an object; correct the value.");
    assertThat(changed(SMALL, "{ \"family\": \"linear\" }", "\"linear\""))
        .startsWith("s.json, at $.model: found 'linear', expected an object with a family");
    assertThat(
            changed(SMALL, "{ \"family\": \"linear\" }", "{ \"family\": \"mlp\", \"layers\": [] }"))
        .startsWith(
            "s.json, at $.model.layers: found a list of 0, expected a list of 1 to 64 layers");
  }

  @Test
  void familiesAndTasksThatDoNotGoTogether() {
    assertThat(changed(SMALL, "\"linear\"", "\"logistic\""))
        .isEqualTo(
            "s.json, at $.model.family: found 'logistic', expected a family for regression, 'linear' or"
                + " 'mlp'; change the family or the task.");
    assertThat(changed(SMALL, "regression", "classification"))
        .startsWith(
            "s.json, at $.model.family: found 'linear', expected a family for classification");
    String perceptron =
        SMALL.replace("regression", "classification").replace("linear", "perceptron");
    assertThat(error(() -> parse(perceptron)))
        .isEqualTo(
            "s.json, at $.loss: found 'mean_squared_error', expected nothing beside the perceptron,"
                + " which has its own rule; delete the field or choose the family logistic or mlp.");
  }

  @Test
  void textThatIsNotJson() {
    assertThat(changed(SMALL, "\"epochs\": 3", "\"epochs\": 3,"))
        .isEqualTo(
            "s.json, line 7, column 1: found text that is not JSON, expected a JSON object; check"
                + " quotes, commas and brackets just before this place.");
    assertThat(error(() -> parse(SMALL + "{}"))).contains("found text that is not JSON");
    assertThat(error(() -> parse(SMALL.substring(0, 40)))).contains("found text that is not JSON");
    assertThat(changed(SMALL, "\"epochs\": 3", "\"epochs\": NaN")).contains("line 6, column");
    assertThat(
            error(
                () -> SpecReader.parse("s.json", "s", new byte[] {(byte) 0xff, (byte) 0xfe, 0x7b})))
        .contains("found text that is not JSON");
    for (String blank : new String[] {"", "  \n"}) {
      assertThat(error(() -> parse(blank)))
          .isEqualTo(
              "s.json: found an empty file, expected a JSON object; start from one of the built-in"
                  + " specs.");
    }
  }

  @Test
  void repeatedFields() {
    assertThat(changed(SMALL, "\"epochs\": 3", "\"epochs\": 3,\n  \"epochs\": 4"))
        .isEqualTo(
            "s.json, line 7: found the field 'epochs' for the second time, expected every field once;"
                + " delete one of the two.");
  }

  @Test
  void hostileTextsAreBounded() {
    assertThat(error(() -> parse("[".repeat(17) + "]".repeat(17)))).contains("nested too deep");
    assertThat(error(() -> parse("[".repeat(16) + "]".repeat(16)))).contains("found a list");
    assertThat(error(() -> parse("[".repeat(100_000))))
        .isEqualTo(
            "s.json, line 1: found JSON that is nested too deep or holds too long a name, text or"
                + " number, expected at most 16 levels and 4096 characters; check that this is a spec.");
    assertThat(error(() -> parse("{\"" + "x".repeat(5000) + "\": 1}"))).contains("too long a name");
    assertThat(error(() -> parse("{\"a\": \"" + "x".repeat(5000) + "\"}")))
        .contains("too long a name");
    assertThat(error(() -> parse("{\"a\": 1" + "0".repeat(200) + "}"))).contains("too long a name");
    assertThat(error(() -> parse(" ".repeat((1 << 20) + 1))))
        .isEqualTo(
            "s.json: found more than 1048576 bytes, expected at most that many; check that this is a"
                + " spec.");
    assertThat(changed(FULL, "\"epochs\": 12", "\"\\u001b[2J\": 12"))
        .contains("'\\u001b[2J'")
        .doesNotContain("\u001b");
  }

  @Test
  void filesThatCannotBeRead(@TempDir Path folder) throws IOException {
    assertThat(error(() -> SpecReader.resolve("digit")))
        .isEqualTo(
            "digit: found no such file, expected a spec or one of 'digits', 'breast-cancer', 'iris',"
                + " 'wine', 'diabetes', 'house-prices', 'xor', 'and', 'or'; perhaps 'digits' was meant.");
    Path missing = folder.resolve("no such.json");
    assertThat(error(() -> SpecReader.read(missing)))
        .startsWith(missing + ": found no such file")
        .endsWith("; check the path, which was looked up as " + missing + ".");
    assertThat(error(() -> SpecReader.read(folder)))
        .isEqualTo(
            folder + ": found a folder, expected a readable JSON file; name a file inside it.");
    Path file = Files.writeString(folder.resolve("run.json"), SMALL);
    assertThat(SpecReader.read(file).name()).isEqualTo("run");
    assertThat(SpecReader.resolve(file.toString())).isEqualTo(SpecReader.read(file));
  }

  @Test
  void tablesOfUsersAreFoundBesideTheSpec(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("t.csv"), "a,b,y\n1,2,3\n4,5,6\n");
    SpecData data = SpecData.load(parse(SMALL), folder);
    assertThat(data.rows().features().names()).containsExactly("a", "b");
    assertThat(data.rows().target()).isEqualTo(new Targets.Numbers(Doubles.asList(3, 6)));
    assertThat(error(() -> SpecData.load(parse(SMALL.replace("\"y\"", "\"z\"")), folder)))
        .startsWith(
            folder.resolve("t.csv") + ": found no column named 'z', expected one of 'a', 'b', 'y'");
    assertThat(error(() -> SpecData.load(parse(SMALL), folder.resolve("else"))))
        .contains("t.csv: found no such file");
  }

  @Test
  void modelsThatDoNotFitTheTable(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("my data.csv"), "a,b,y\n1,p,3\n4,q,6\n7,p,9\n");
    String three =
        FULL.replace(", \"classNames\": [\"no\", \"yes\"]", "")
            .replace("5 }", "3 }")
            .replace("\"indicator\"", "\"refuse\"")
            .replace("\"tab\"", "\"auto\"");
    assertThat(error(() -> SpecData.load(parse(three), folder)))
        .isEqualTo(
            "s, at $.model.layers[1].units: found 2, expected 3 for 3 classes; change the width of the"
                + " last layer.");
    String fits = three.replace("\"units\": 2", "\"units\": 3");
    SpecData data = SpecData.load(parse(fits), folder);
    assertThat(data.classValues()).containsExactly("3", "6", "9");
    assertThat(data.rows().features().names()).containsExactly("a", "b=p", "b=q");
    assertThat(
            error(() -> SpecData.load(parse(fits.replace("\"folds\": 3", "\"folds\": 4")), folder)))
        .isEqualTo(
            "s, at $.split.folds: found 4, expected at most 3, the number of rows; take fewer folds.");
    String wide =
        fits.replace(
            "\"layers\": [",
            "\"layers\": [{\"units\": 65536, \"activation\": \"relu\"},"
                + " {\"units\": 65536, \"activation\": \"relu\"},");
    assertThat(error(() -> SpecData.load(parse(wide), folder)))
        .startsWith(
            "s, at $.model.layers: found 4295753759 parameters, expected at most 268435456");
    String logistic =
        SMALL
            .replace("regression", "classification")
            .replace("linear", "logistic")
            .replace("t.csv", "my data.csv")
            .replace("\"target\"", "\"columns\": [\"a\"], \"target\"");
    assertThat(error(() -> SpecData.load(parse(logistic), folder)))
        .isEqualTo(
            "s, at $.data.target: found 3 classes, expected 2 for this family of models; choose the"
                + " family softmax or mlp.");
  }

  @ParameterizedTest
  @CsvSource({
    "xor, CLASSIFICATION, softmax",
    "iris, CLASSIFICATION, softmax",
    "diabetes, REGRESSION, linear",
    "house-prices, REGRESSION, linear"
  })
  void theTaskOfABuiltInSetIsKnown(String set, TargetKind task, String family) {
    String json =
        """
        { "data": { "builtIn": "%s" }, "model": { "family": "%s" }, "loss": "half_squared_error",
          "optimizer": { "name": "sgd", "learningRate": 0.1 }, "epochs": 1 }
        """;
    byte[] spec = json.formatted(set, family).getBytes(StandardCharsets.UTF_8);
    assertThat(SpecReader.parse("w", "w", spec).data().task()).isEqualTo(task);
    byte[] other =
        json.formatted(set, family)
            .replace("\" },", "\", \"target\": \"x\" },")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> SpecReader.parse("w", "w", other)).hasMessageContaining("$.data.task");
  }

  @ParameterizedTest
  @CsvSource({
    "q-x:soft_step, true",
    "relu, true",
    "q_x:soft, false",
    "Soft, false",
    "q.x:soft, false",
    "soft-step, false"
  })
  void whatAnOpMayBeCalledASpecMayAsk(String name, boolean valid) {
    byte[] spec =
        """
        { "data": { "builtIn": "xor" }, "epochs": 1, "loss": "hinge",
          "model": { "family": "mlp", "layers": [{ "units": 1, "activation": "%s" }] },
          "optimizer": { "name": "sgd", "learningRate": 0.1 } }
        """
            .formatted(name)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(OpId.isValid(name)).isEqualTo(valid);
    if (valid) {
      assertThat(
              ((ModelSpec.Mlp) SpecReader.parse("w", "w", spec).model())
                  .layers()
                  .getFirst()
                  .activation()
                  .name())
          .isEqualTo(name);
    } else {
      assertThatThrownBy(() -> SpecReader.parse("w", "w", spec))
          .hasMessageContaining("$.model.layers[0].activation");
    }
  }
}
