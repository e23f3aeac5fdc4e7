package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong is one clear error on standard error, exit code 2, and nothing is written. */
class BadInputTest {
  @TempDir private Path folder;

  private void refused(Run run, String... words) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("deltagraph: ").contains(words).doesNotContain("\tat ", "bug");
    assertThat(folder.resolve("m.json")).doesNotExist();
  }

  private Run train(String spec, String table) throws IOException {
    Files.writeString(folder.resolve("table.csv"), table);
    Path file = Files.writeString(folder.resolve("mine.json"), spec);
    return Run.here("train", file, "--output", folder.resolve("m"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"tanh\" | \"tahn\" | tanh",
        "\"softmax_cross_entropy\" | \"sofmax_cross_entropy\" | softmax_cross_entropy",
        "\"adam\" | \"adma\" | adam",
        "\"epochs\" | \"epoch\" | epochs",
        "\"mlp\" | \"mpl\" | mlp",
        "\"glorot\" | \"glorott\" | glorot",
        "\"units\": 2 | \"units\": 3 | 2 classes",
        "\"kind\" | \"kinds\" | kind",
        "table.csv | tables.csv | tables.csv",
        "\"epochs\": 30 | \"epochs\": -1 | -1",
        "{ \"csv\" | { \"csv\": \"a\", \"csv\" | second time",
      })
  void aSpecWithAMistake(String right, String wrong, String word) throws IOException {
    assertThat(Samples.SPEC).contains(right);
    refused(train(Samples.SPEC.replace(right, wrong), Samples.table()), word);
  }

  @Test
  void aSpecThatIsNoJson() throws IOException {
    refused(train("version: 1", Samples.table()), "mine.json", "not JSON");
    refused(train("", Samples.table()), "mine.json", "empty");
  }

  @Test
  void aTableWithAMistake() throws IOException {
    String table = Samples.table();
    int third = table.indexOf('\n', table.indexOf('\n') + 1) + 1;
    String head = table.substring(0, third);
    String tail = table.substring(third);
    refused(train(Samples.SPEC, ""), "table.csv", "empty");
    refused(train(Samples.SPEC, "a,b,kind\n"), "table.csv", "rows");
    refused(train(Samples.SPEC, head + "1,x,in\n" + tail), "line 3", "'b'", "'x'");
    refused(train(Samples.SPEC, head + "1,NaN,in\n" + tail), "line 3", "'NaN'");
    refused(train(Samples.SPEC, head + "1,in\n" + tail), "line 3");
    refused(train(Samples.SPEC, head + "1,2,3,in\n" + tail), "line 3");
    refused(train(Samples.SPEC, table.replace("in\n", "out\n")), "class");
  }

  @Test
  void lineEndsAndAMarkOfWindowsAreFine() throws IOException {
    Run plain = train(Samples.SPEC, Samples.table());
    byte[] weights = Files.readAllBytes(folder.resolve("m.safetensors"));
    Run windows = train(Samples.SPEC, "\ufeff" + Samples.table().replace("\n", "\r\n"));
    assertThat(plain.exitCode()).isZero();
    assertThat(windows.exitCode()).isZero();
    assertThat(folder.resolve("m.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void laterTablesThatDoNotFit() throws IOException {
    Path model = folder.resolve("model");
    Run.here("train", Samples.write(folder), "--output", model, "--epochs", 1);
    Path data = folder.resolve("later.csv");
    Files.writeString(data, "a\n1\n");
    refused(Run.here("predict", model, "--data", data), "later.csv", "'b'");
    Files.writeString(data, "a,b\n1,2\n");
    refused(Run.here("evaluate", model, "--data", data), "later.csv", "'kind'");
    Files.writeString(data, "a,b,kind\n1,2,other\n");
    refused(Run.here("evaluate", model, "--data", data), "'other'", "'in'", "'out'");
    refused(Run.here("predict", model, "--data", folder.resolve("none.csv")), "none.csv");
    refused(Run.here("predict", folder.resolve("none"), "--data", data), "none.json");
    Files.writeString(data, "a,b,c,kind\n1,2,3,in\n");
    assertThat(Run.here("predict", model, "--data", data).err())
        .isEqualTo("Columns that the model does not use: c.\n");
  }

  @Test
  void damagedModels() throws IOException {
    Path model = folder.resolve("model");
    Run.here("train", Samples.write(folder), "--output", model, "--epochs", 1);
    Path table = folder.resolve("table.csv");
    for (String ending : new String[] {".json", ".safetensors"}) {
      Path file = folder.resolve("model" + ending);
      byte[] whole = Files.readAllBytes(file);
      for (int place : new int[] {0, 9, whole.length / 2, whole.length - 1}) {
        byte[] flipped = whole.clone();
        flipped[place] ^= 4;
        Files.write(file, flipped);
        refused(Run.here("predict", model, "--data", table), "model" + ending);
        Files.write(file, java.util.Arrays.copyOf(whole, place));
        refused(Run.here("evaluate", model, "--data", table), "model" + ending);
      }
      Files.write(file, whole);
    }
    assertThat(Run.here("predict", model, "--data", table).exitCode()).isZero();
  }

  @Test
  void usageThatIsNotUnderstood() throws IOException {
    refused(Run.here(), "Which command?", "--help");
    refused(Run.here("trian", "iris"), "train");
    refused(Run.here("train"), "SPEC");
    refused(Run.here("train", "digit"), "'digits'");
    refused(Run.here("train", "iris", "--dtype", "f16"), "f32", "f16");
    refused(Run.here("train", "iris", "--threads", "0"), "--threads");
    refused(Run.here("train", "iris", "--epochs", "0"), "--epochs");
    refused(Run.here("train", "iris", "--epochs", "many"), "many");
    refused(Run.here("predict", "x"), "--data");
    refused(Run.here("graph", "iris", "--format", "svg"), "svg", "latex");
    refused(Run.here("check", "iris\0"), "Nul");
    refused(Run.here("ops", "--plugins", folder.resolve("none.jar")), "none.jar", "no such file");
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar", StandardCharsets.UTF_8);
    refused(Run.here("ops", "--plugins", text), "text.jar", "cannot be loaded");
  }

  @Test
  void noPluginsLeavesOthersOut() throws IOException {
    Samples.write(folder);
    Path spec =
        Files.writeString(
            folder.resolve("wrong.json"),
            Samples.SPEC.replace("\"tanh\"", "\"sample:wrong_rule\""));
    refused(Run.here("check", spec, "--no-plugins"), "sample:wrong_rule");
    assertThat(Run.here("ops").out()).contains("sample:wrong_rule");
    assertThat(Run.here("ops", "--no-plugins").out())
        .contains("matmul", "sigmoid", "hinge")
        .doesNotContain("sample:");
  }

  @Test
  void aJarThatIsNotAllowedIsSaidToBeLeftOut() throws IOException {
    Path jar = folder.resolve("acme.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("META-INF/services/io.deltagraph.graph.Op"));
      out.write("com.acme.Gone".getBytes(StandardCharsets.UTF_8));
    }
    for (Run tried :
        List.of(
            Run.here("ops", "--plugins", jar),
            Run.here("ops", "--plugins", jar, "--allow-plugins", "acme.jar"))) {
      assertThat(tried.out()).contains("com.acme.Gone");
      assertThat(tried.err()).isEmpty();
    }
    Run other = Run.here("ops", "--plugins", jar, "--allow-plugins", "acne.jar");
    assertThat(other.out()).doesNotContain("com.acme.Gone");
    assertThat(other.err())
        .isEqualTo(
            "Left out: %s: --allow-plugins does not name it, its module or its title.\n", jar);
    assertThat(Run.here("graph", "xor", "--plugins", jar, "--no-plugins").err())
        .isEqualTo("Left out: %s: --no-plugins keeps it out.\n", jar);
  }

  @Test
  void aCheckThatMeetsNaNNamesTheOpThatMakesIt() throws IOException {
    Path spec = Samples.write(folder);
    Files.writeString(spec, Samples.SPEC.replace("\"tanh\"", "\"log\""));
    for (String command : List.of("check", "train")) {
      Run run = Run.here(command, spec);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("The first number that is not finite: element ")
          .contains("is NaN, made by log from finite inputs.\n")
          .contains("\n  op      log  ");
    }
    assertThat(Run.here("check", "xor").out()).doesNotContain("not finite");
  }

  @Test
  void dataThatOverflowLeaveTheCheckInconclusiveAndAreNamed() throws IOException {
    Files.writeString(
        folder.resolve("large.csv"), "a,b\n1e300,1\n-1e300,2\n5e299,3\n-2e299,4\n1e300,5\n");
    Path spec =
        Files.writeString(
            folder.resolve("large.json"),
            """
            { "data": { "csv": "large.csv", "target": "b", "task": "regression" },
              "split": { "testFraction": 0 }, "standardisation": "none", "dtype": "f64",
              "model": { "family": "linear" }, "loss": "half_squared_error", "epochs": 2,
              "optimizer": { "name": "sgd", "learningRate": 0.1 } }
            """);
    Run run = Run.here("check", spec);
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("The first number that is not finite: element ", " is Infinity, made by ")
        .contains("The numbers overflow, so that nothing can be compared: scale the data.");
    Run json = Run.here("check", spec, "--json");
    assertThat(json.json().get("check").get("verdict").asText()).isEqualTo("inconclusive");
    assertThat(json.json().get("check").get("notFinite").asText()).contains("Infinity");
    Run train = Run.here("train", spec, "--output", folder.resolve("m"));
    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.err()).contains("Training diverged", "\"standardisation\": \"standard\"");
    Files.writeString(spec, Files.readString(spec).replace("none", "standard"));
    assertThat(Run.here("check", spec).exitCode()).isZero();
  }
}
