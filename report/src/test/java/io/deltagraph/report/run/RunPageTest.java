package io.deltagraph.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltagraph.check.Verdict;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunOptions;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.Runs;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunPageTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  private RunReport train(TrainingSpec spec) throws IOException {
    RunOptions options = new RunOptions(Runs.Curves.TRAINING, false, false, true);
    return Runs.train(spec, folder, folder.resolve("m"), OPS, options, RunListener.NONE);
  }

  private String html(TrainingSpec spec) throws IOException {
    return RunPage.of(train(spec), OPS, "deltagraph train a").html();
  }

  /** Every kind of model and of target that ships. */
  @ParameterizedTest
  @EnumSource(BuiltInSet.class)
  void everySetHasAPage(BuiltInSet set) throws IOException {
    RunReport report = train(SpecReader.builtIn(set).withEpochs(3));
    String html = RunPage.of(report, OPS, "deltagraph train " + set.id()).html();
    for (String id : new String[] {"verdict", "sanity", "training", "net", "check", "origin"}) {
      assertThat(html).as(id).contains("id=\"" + id + "\"");
    }
    assertThat(html).contains("deltagraph train " + set.id()).hasSizeLessThan(MEGABYTE);
    assertThat(html.indexOf("id=\"verdict\"")).isLessThan(html.indexOf("id=\"sanity\""));
    assertThat(html).doesNotContain(" style=\"", "NaN NaN", "undefined");
    assertThat(html.contains("Confusion matrix"))
        .isEqualTo(report.scores().orElseThrow().report() instanceof ClassificationReport);
  }

  @Test
  void digitsHavePictures() throws IOException {
    String html = html(SpecReader.builtIn(BuiltInSet.DIGITS).withEpochs(3));
    assertThat(html)
        .contains("Weights of the first layer, as pictures", "Rows that the model gets wrong")
        .hasSizeLessThan(MEGABYTE);
  }

  @Test
  void twoColumnsHaveABoundary() throws IOException {
    assertThat(html(SpecReader.builtIn(BuiltInSet.XOR).withEpochs(3)))
        .contains("Decision boundary", "class=\"area f");
  }

  @Test
  void aCheckHasAPageWithoutTraining() {
    RunReport report = Runs.check(SpecReader.builtIn(BuiltInSet.IRIS), folder, OPS, true);
    String html = RunPage.of(report, OPS, "deltagraph check iris").html();
    assertThat(html)
        .contains("report of a gradient check", "id=\"net\"", "id=\"check\"")
        .doesNotContain("id=\"training\"", "id=\"model\"");
  }

  /** The drawn net has a link and a part of the panel for each node, and none without the other. */
  @Test
  void everyNodeHasItsFormulaAndNumbers() throws IOException {
    String html = html(SpecReader.builtIn(BuiltInSet.XOR).withEpochs(1));
    Pattern link = Pattern.compile("href=\"#(node-\\d+)\"");
    assertThat(link.matcher(html).results().map(found -> found.group(1)))
        .hasSizeGreaterThan(8)
        .allMatch(id -> html.contains("<section id=\"" + id + "\""));
    assertThat(html.split("<dt>formula</dt>", -1)).hasSizeGreaterThan(6);
    assertThat(html.split("<dt>local derivative</dt>", -1)).hasSizeGreaterThan(6);
    assertThat(html).contains("tanh").contains("<math");
  }

  @Test
  void namesOfColumnsAndClassesStayTexts() throws IOException {
    StringBuilder csv = new StringBuilder("\"" + HOSTILE + "\",b,\"t" + HOSTILE + "\"\n");
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      csv.append(x).append(',').append(y).append(',').append(x + y > 0 ? "y" + HOSTILE : "no");
      csv.append('\n');
    }
    Files.writeString(folder.resolve("hostile.csv"), csv);
    String spec =
        """
        {
          "data": { "csv": "hostile.csv", "target": "t%s", "task": "classification" },
          "model": { "family": "logistic" },
          "loss": "binary_cross_entropy_with_logits",
          "optimizer": { "name": "sgd", "learningRate": 0.5 },
          "epochs": 5
        }
        """
            .formatted(HOSTILE);
    String html = html(SpecReader.parse("a", HOSTILE, spec.getBytes(StandardCharsets.UTF_8)));
    assertThat(html).doesNotContain("<img src=x").contains("&lt;/script&gt;&lt;img src=x");
    assertThat(Pattern.compile("</script>").matcher(html).results()).hasSize(2);
  }

  /**
   * Gradients that agree are no success where the net has learnt nothing; the first lines say so.
   */
  @Test
  void theVerdictSaysWhatToLookAt() throws IOException {
    String layer = "{ \"units\": 12, \"activation\": \"sigmoid\" }, ";
    String spec =
        """
        {
          "data": { "builtIn": "iris" },
          "model": {
            "family": "mlp",
            "layers": [%s { "units": 3, "activation": "softmax" }]
          },
          "loss": "softmax_cross_entropy",
          "optimizer": { "name": "sgd", "learningRate": 0.1 },
          "epochs": 2
        }
        """
            .formatted(layer.repeat(7));
    String html = html(SpecReader.parse("deep", "deep", spec.getBytes(StandardCharsets.UTF_8)));
    String verdict = html.substring(html.indexOf("id=\"verdict\""), html.indexOf("id=\"sanity\""));
    assertThat(verdict)
        .contains(
            "<a href=\"#sanity\">Look at</a>",
            "Does the gradient reach the first layer?",
            "Is it right more often than one who always says the commonest class?",
            "How far do the weights go in a step")
        .doesNotContain("Does the first loss say", "Do the first weights");
    assertThat(html.substring(html.indexOf("id=\"sanity\"")))
        .containsPattern("it is 0\\.000\\d+ times as long as at the last one")
        .containsPattern("layer7 0 % dead");
  }

  /** Rows are the truth, as in the table of the command; who hears the page hears the numbers. */
  @Test
  void theConfusionMatrixHasTheTruthInRows() throws IOException {
    RunReport report = train(SpecReader.builtIn(BuiltInSet.DIGITS).withEpochs(1));
    ClassificationReport scores = (ClassificationReport) report.scores().orElseThrow().report();
    String html = RunPage.of(report, OPS, "x").html();
    StringBuilder heard = new StringBuilder("aria-label=\"Confusion matrix");
    boolean symmetric = true;
    for (int truth = 0; truth < 10; truth++) {
      heard.append(truth == 0 ? ". " : "; ").append(truth).append(": ");
      for (int said = 0; said < 10; said++) {
        heard.append(said == 0 ? "" : ", ").append(scores.confusion().at(truth, said));
        symmetric &= scores.confusion().at(truth, said) == scores.confusion().at(said, truth);
      }
    }
    assertThat(symmetric).as("a matrix that tells rows from columns").isFalse();
    assertThat(html).contains(heard + "\"");
  }

  /** Dead units at the end leave a doubt, and the first line says where. */
  @Test
  void aDoubtAtTheTrainedWeightsIsCalledOne() throws IOException {
    RunReport report = train(SpecReader.builtIn(BuiltInSet.DIGITS));
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(RunPage.of(report, OPS, "x").html())
        .contains("? Every gradient agrees at random weights; at the trained weights too little");
  }

  /** A layer whose activation is none by entries has no slopes, and so no curve of them. */
  @Test
  void curvesWithoutNumbersAreNotInTheLegend() throws IOException {
    String html = html(SpecReader.builtIn(BuiltInSet.DIGITS).withEpochs(2));
    String slopes =
        html.substring(html.indexOf("Slopes of activations"), html.indexOf("id=\"model\""));
    assertThat(slopes).contains("layer2").doesNotContain("layer3");
  }

  @Test
  void theNumbersAreInsideAndAsAFile() throws IOException {
    RunReport report = train(SpecReader.builtIn(BuiltInSet.IRIS).withEpochs(3));
    JsonNode json = JsonMapper.builder().build().readTree(RunPage.of(report, OPS, "x").json());
    assertThat(json.at("/training/lossByEpoch")).hasSize(3);
    assertThat(json.at("/training/lossByEpoch/2").asDouble())
        .isEqualTo(report.training().orElseThrow().loss());
    assertThat(json.at("/moments")).hasSize(4);
    assertThat(json.at("/checks/1/moment").asText()).isEqualTo("after");
    assertThat(json.at("/verdict").asText())
        .isEqualTo(report.verdict().name().toLowerCase(Locale.ROOT));
  }

  @Test
  void aRunWithoutDetailsHasNoPage() {
    RunReport report = Runs.check(SpecReader.builtIn(BuiltInSet.XOR), folder, OPS);
    assertThatThrownBy(() -> RunPage.of(report, OPS, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A page needs a run that was asked for its details.");
  }
}
