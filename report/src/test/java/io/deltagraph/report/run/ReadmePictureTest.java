package io.deltagraph.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunOptions;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.Runs;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.drawing.LineChart;
import io.deltagraph.report.drawing.ScatterPlot;
import io.deltagraph.report.drawing.Series;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of the README is what the code draws of a training of exclusive or. */
class ReadmePictureTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir private Path folder;

  @Test
  void thePictureIsWhatTheCodeDraws() throws IOException {
    RunReport report =
        Runs.train(
            SpecReader.builtIn(BuiltInSet.XOR),
            folder,
            folder.resolve("m"),
            OPS,
            new RunOptions(Runs.Curves.TRAINING, false, false, true),
            RunListener.NONE);
    String drawn = file(picture(report));
    Path made = Path.of("target", "report.svg");
    Files.createDirectories(made.getParent());
    Files.writeString(made, drawn);
    assertThat(drawn)
        .as("docs/report.svg is another picture; look at report/target/report.svg and copy it")
        .isEqualTo(Files.readString(Path.of("..", "docs", "report.svg")));
  }

  private static Element picture(RunReport report) {
    RunDetails details = report.details().orElseThrow();
    RunReport.Training training = report.training().orElseThrow();
    Element net = new NetDrawing(NetPoint.of(details, OPS)).svg();
    Element loss =
        LineChart.of(
                "Loss",
                "epoch",
                "loss",
                Series.counted(
                    "training",
                    training.curve().points().stream().map(RunReport.Point::loss).toList()))
            .powers()
            .svg();
    return Element.of("svg")
        .with("viewBox", "0 0 760 590")
        .with("role", "img")
        .with("aria-label", "The net of exclusive or with its gradients, its loss, its boundary")
        .containing(
            Element.of("rect").with("class", "paper").with("width", 760).with("height", 590),
            placed(net, 5, 5, 390, 580),
            placed(loss, 400, 10, 350, 224),
            placed(boundary(details), 400, 250, 350, 321));
  }

  private static Element placed(Element svg, double x, double y, double width, double height) {
    return svg.with("x", x).with("y", y).with("width", width).with("height", height);
  }

  private static Element boundary(RunDetails details) {
    Experiment experiment = details.experiment();
    double[][] rows = experiment.training().samples().inputs().toRows();
    Targets.Classes classes = (Targets.Classes) experiment.training().target();
    List<Series> series =
        IntStream.range(0, 2)
            .mapToObj(k -> {
              int[] of =
                  IntStream.range(0, rows.length)
                      .filter(i -> classes.labels().get(i) == k)
                      .toArray();
              return Series.of(
                  "class " + k,
                  IntStream.of(of).mapToDouble(i -> rows[i][0]).toArray(),
                  IntStream.of(of).mapToDouble(i -> rows[i][1]).toArray());
            })
            .toList();
    Network network = Network.build(experiment.plan(), OPS, Seeds.of(experiment.spec().seed()));
    SavedModel model = experiment.model(network, details.trained());
    return ScatterPlot.of("Decision boundary", "x1", "x2", series)
        .regions((x, y) -> {
          Tensor place =
              Tensor.matrix(new double[][] {{x, y}})
                  .cast(experiment.training().samples().inputs().type().dtype());
          return ((Targets.Classes) model.predict(place).target()).labels().getFirst();
        })
        .svg();
  }

  /** With the colours of pages, for the day and for the night. */
  private static String file(Element svg) {
    String style = Page.titled("a").html().replaceAll("(?s).*?<style>(.*?)</style>.*", "$1");
    String colours = style.substring(0, style.indexOf("* { box-sizing"));
    String drawing = style.substring(style.indexOf("svg text {"));
    return svg.with("xmlns", "http://www.w3.org/2000/svg")
            .toString()
            .replaceFirst(">", "><style>" + colours + drawing + "</style>")
        + "\n";
  }
}
