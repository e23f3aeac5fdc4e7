package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir private Path folder;

  @Test
  void showsModelChecksScoresAndWhereItIsSaved() throws Exception {
    Path model = folder.resolve("m");
    Run run = Run.here("train", Samples.write(folder), "--output", model);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("mine: a multilayer perceptron in f32, seed 1\n")
        .contains(
            """
            layer  activation  in  out  weights  biases  parameters
                1        tanh   2    6    6 × 2       6          18
                2     softmax   6    2    2 × 6       2          14
            total                                                32
            """)
        .contains(
            "data       40 rows, 2 features, 2 classes\nsplit      10 of 40 rows are held out")
        .containsSubsequence(
            "Gradient check before training, at random weights, on 8 training rows in f64",
            "verdict                    PASS",
            "Trained for 30 epochs",
            "Gradient check at the trained weights",
            "Held-out rows\n\naccuracy",
            "class  precision  recall",
            "true \\ predicted",
            "Saved as " + model + ".json and " + model + ".safetensors.\n");
    assertThat(run.err()).contains("epoch  1/30  loss ", "epoch 30/30  loss ", " rows/s");
    assertThat(folder.resolve("m.json")).exists();
    assertThat(folder.resolve("m.safetensors")).exists();
  }

  @Test
  void jsonStandsAloneOnStandardOutput() throws Exception {
    Run run =
        Run.here(
            "train",
            Samples.write(folder),
            "--json",
            "--seed",
            9,
            "--epochs",
            4,
            "--dtype",
            "f64",
            "--output",
            folder.resolve("m"));
    JsonNode json = run.json();
    assertThat(json.get("seed").asLong()).isEqualTo(9);
    assertThat(json.get("dtype").asText()).isEqualTo("f64");
    assertThat(json.at("/check/verdict").asText()).isEqualTo("pass");
    assertThat(json.at("/check/closedForm").asDouble()).isBetween(0.0, 1e-12);
    assertThat(json.at("/check/finiteDifferences").asDouble()).isBetween(1e-16, 1e-7);
    assertThat(json.at("/checkAfter/verdict").asText()).isIn("pass", "inconclusive");
    assertThat(json.at("/training/epochs").asInt()).isEqualTo(4);
    assertThat(json.at("/training/loss").asDouble()).isBetween(0.01, 2.0);
    assertThat(json.at("/test/accuracy").isNumber()).isTrue();
    assertThat(json.at("/test/rows").asInt()).isEqualTo(10);
    assertThat(json.at("/test/heldOut").asBoolean()).isTrue();
    assertThat(run.err()).contains("Gradient check before training", "accuracy");
  }

  @Test
  void oneSeedGivesTheSameBytesOnAnyNumberOfThreads() throws Exception {
    Path spec = Samples.write(folder);
    for (String name : new String[] {"first", "second", "threads", "other"}) {
      Object seed = name.equals("other") ? 8 : 7;
      Object threads = name.equals("threads") ? 2 : 1;
      Run.here(
          "train", spec, "--seed", seed, "--threads", threads, "--output", folder.resolve(name));
    }
    for (String ending : new String[] {".json", ".safetensors"}) {
      byte[] first = Files.readAllBytes(folder.resolve("first" + ending));
      assertThat(folder.resolve("second" + ending)).hasBinaryContent(first);
      assertThat(folder.resolve("threads" + ending)).hasBinaryContent(first);
      assertThat(Files.readAllBytes(folder.resolve("other" + ending))).isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"and", "or"})
  void comparesEveryUpdateOfAPerceptronWithTheRule(String name) throws Exception {
    Run run = Run.here("train", name, "--json", "--output", folder.resolve("m"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/perceptronRule/verdict").asText()).isEqualTo("pass");
    assertThat(json.at("/perceptronRule/steps").asInt()).isEqualTo(400);
    assertThat(json.at("/perceptronRule/changes").asInt()).isBetween(2, 40);
    assertThat(json.at("/perceptronRule/worst").asDouble()).isZero();
    assertThat(json.at("/test/accuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/test/heldOut").asBoolean()).isFalse();
    assertThat(run.err())
        .contains("under 20 nothing is held out", "η (t − H(z)) (x, 1)", "Training rows");
  }

  @Test
  void showsThatAPerceptronFailsOnXorAndANetDoesNot() throws Exception {
    JsonNode json = Run.here("train", "xor", "--json", "--output", folder.resolve("m")).json();
    assertThat(json.at("/test/accuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/perceptron/fewestWrong").asInt()).isPositive();
    assertThat(json.at("/check/verdict").asText()).isEqualTo("pass");
  }

  @Test
  void setsALinearRegressionBesideTheSolutionByQr() throws Exception {
    Run run = Run.here("train", "house-prices", "--json", "--output", folder.resolve("m"));
    JsonNode json = run.json();
    // The minimum of file 002's five houses on standardised columns, by the normal equations.
    assertThat(json.at("/leastSquares/coefficients/0").asDouble()).isCloseTo(374.2, within(1e-9));
    assertThat(json.at("/leastSquares/relativeDifference").asDouble()).isBetween(0.0, 1e-5);
    assertThat(json.at("/test/r2").asDouble()).isBetween(0.8, 1.0);
    assertThat(json.at("/test/rmse").asDouble()).isBetween(30.0, 40.0);
    assertThat(run.err()).contains("weight of", "by QR", "bedrooms");
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void aWrongBackwardRuleEndsWith1AndNothingIsTrained() throws Exception {
    Samples.write(folder);
    Path spec =
        Files.writeString(
            folder.resolve("wrong.json"),
            Samples.SPEC.replace("\"tanh\"", "\"sample:wrong_rule\""));
    Run run = Run.here("train", spec, "--json", "--output", folder.resolve("m"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().at("/check/verdict").asText()).isEqualTo("fail");
    assertThat(run.json().has("training")).isFalse();
    assertThat(run.err()).contains("FAIL", "nothing was trained");
    assertThat(folder.resolve("m.json")).doesNotExist();
    assertThat(Run.here("check", spec).exitCode()).isEqualTo(1);
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidOnce() throws Exception {
    Path spec = Samples.write(folder);
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Run run = Run.here("train", spec, "--output", file.resolve("m"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("deltagraph: It cannot be written", "file")
        .doesNotContain("\tat ");
    assertThat(file).hasContent("in the way");
  }

  @Test
  void theModelDoesNotReplaceTheSpec() throws IOException {
    Path spec = Samples.write(folder);
    Run run = Run.here("train", spec, "--output", folder.resolve("mine"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("another name than that of the spec");
    assertThat(spec).hasContent(Samples.SPEC);
  }

  @Test
  void divergenceSaysWhatToDo() throws IOException {
    Samples.write(folder);
    Path spec =
        Files.writeString(
            folder.resolve("wild.json"),
            Samples.SPEC
                .replace("\"adam\", \"learningRate\": 0.05", "\"sgd\", \"learningRate\": 1e30")
                .replace("\"tanh\"", "\"identity\""));
    Run run = Run.here("train", spec, "--output", folder.resolve("m"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("Training diverged", "In the spec, set \"learningRate\" lower than 1.0E30");
  }
}
