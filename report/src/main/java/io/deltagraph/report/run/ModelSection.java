package io.deltagraph.report.run;

import io.deltagraph.data.Scaling;
import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.ConfusionMatrix;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.ColourScale;
import io.deltagraph.report.drawing.HeatMap;
import io.deltagraph.report.drawing.PixelPicture;
import io.deltagraph.report.drawing.ScatterPlot;
import io.deltagraph.report.drawing.Series;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.serving.Predictions;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What the trained model does: confusions, mistakes, its weights, and where it draws the line. */
final class ModelSection {
  private static final int MOST_CLASSES = 30;
  private static final int MOST_PICTURES = 64;
  private static final int MOST_MISTAKES = 24;
  private static final int LEAST_SIDE = 4;
  private static final int MOST_SIDE = 64;
  private static final int MOST_POINTS = 400;
  private static final int GRID = 64;

  private final RunReport report;
  private final RunDetails details;
  private final Experiment experiment;
  private final OpLookup ops;

  private ModelSection(RunReport report, RunDetails details, OpLookup ops) {
    this.report = report;
    this.details = details;
    this.experiment = details.experiment();
    this.ops = ops;
  }

  static Page add(Page page, RunReport report, RunDetails details, OpLookup ops) {
    if (details.trained().isEmpty()) {
      return page;
    }
    ModelSection section = new ModelSection(report, details, ops);
    List<Element> figures = new ArrayList<>();
    Element grid = Element.of("div").with("class", "grid");
    List<Element> side = new ArrayList<>();
    section.confusion(side);
    section.boundary(side);
    if (!side.isEmpty()) {
      figures.add(grid.containing(side));
    }
    section.mistakes(figures);
    section.weights(figures);
    return figures.isEmpty() ? page : page.section("model", "What the model does", figures);
  }

  private void confusion(List<Element> figures) {
    if (report.scores().isEmpty()
        || !(report.scores().get().report() instanceof ClassificationReport classes)
        || classes.confusion().classNames().size() > MOST_CLASSES) {
      return;
    }
    ConfusionMatrix matrix = classes.confusion();
    int count = matrix.classNames().size();
    List<List<Double>> cells = new ArrayList<>();
    List<List<String>> texts = new ArrayList<>();
    double most = 1;
    for (int truth = 0; truth < count; truth++) {
      List<Double> row = new ArrayList<>();
      List<String> text = new ArrayList<>();
      for (int predicted = 0; predicted < count; predicted++) {
        row.add((double) matrix.at(truth, predicted));
        text.add(Integer.toString(matrix.at(truth, predicted)));
        most = Math.max(most, matrix.at(truth, predicted));
      }
      cells.add(row);
      texts.add(text);
    }
    List<String> names = matrix.classNames().stream().map(Shortened::name).toList();
    figures.add(
        new HeatMap(
                "Confusion matrix",
                names,
                names,
                cells,
                texts,
                ColourScale.from(0, most),
                "Rows are the true classes, columns what the model says. "
                    + RunPage.rows(report.scores().get().rows())
                    + ".")
            .figure());
  }

  /** The model on a grid over the two columns that it predicts from. */
  private void boundary(List<Element> figures) {
    Scaling scaling = experiment.preparation().scaling();
    if (scaling.names().size() != 2
        || experiment.preparation().degree() != 1
        || !(experiment.training().target() instanceof Targets.Classes classes)) {
      return;
    }
    double[][] rows = experiment.training().samples().inputs().toRows();
    List<Series> series = new ArrayList<>();
    int shown = Math.min(rows.length, MOST_POINTS);
    for (int k = 0; k < classes.names().size(); k++) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int i = 0; i < shown; i++) {
        if (classes.labels().get(i) == k) {
          x.add(raw(rows[i], scaling, 0));
          y.add(raw(rows[i], scaling, 1));
        }
      }
      series.add(new Series(Shortened.name(classes.names().get(k)), x, y));
    }
    ScatterPlot plot =
        ScatterPlot.of(
            "Decision boundary",
            Shortened.name(scaling.names().get(0)),
            Shortened.name(scaling.names().get(1)),
            series);
    figures.add(
        plot.regions(classesOf(plot, scaling))
            .remark(
                "Points are rows trained on; the area behind them is what the model says there.")
            .figure());
  }

  private static double raw(double[] row, Scaling scaling, int column) {
    return row[column] * scaling.divisors().get(column) + scaling.shifts().get(column);
  }

  private List<List<Integer>> classesOf(ScatterPlot plot, Scaling scaling) {
    double[][] places = new double[GRID * GRID][];
    for (int row = 0; row < GRID; row++) {
      for (int column = 0; column < GRID; column++) {
        double x = plot.x().least() + (column + 0.5) / GRID * (plot.x().most() - plot.x().least());
        double y = plot.y().least() + (row + 0.5) / GRID * (plot.y().most() - plot.y().least());
        places[row * GRID + column] =
            new double[] {
              (x - scaling.shifts().get(0)) / scaling.divisors().get(0),
              (y - scaling.shifts().get(1)) / scaling.divisors().get(1)
            };
      }
    }
    Tensor inputs =
        Tensor.matrix(places).cast(experiment.training().samples().inputs().type().dtype());
    Targets.Classes said = (Targets.Classes) model().predict(inputs).target();
    List<List<Integer>> grid = new ArrayList<>();
    for (int row = 0; row < GRID; row++) {
      grid.add(List.copyOf(said.labels().subList(row * GRID, (row + 1) * GRID)));
    }
    return grid;
  }

  private SavedModel model() {
    return experiment.model(network(), details.trained());
  }

  private Network network() {
    return Network.build(experiment.plan(), ops, Seeds.of(experiment.spec().seed()));
  }

  /** The width of the picture that the columns are, or 0 if they are none. */
  private int side() {
    int columns = experiment.preparation().scaling().names().size();
    int side = (int) Math.round(Math.sqrt(columns));
    return side * side == columns
            && side >= LEAST_SIDE
            && side <= MOST_SIDE
            && experiment.preparation().degree() == 1
        ? side
        : 0;
  }

  private void mistakes(List<Element> figures) {
    Predictions predictions = details.predictions().orElse(null);
    if (side() == 0
        || predictions == null
        || !(predictions.target() instanceof Targets.Classes said)
        || !(experiment.held().target() instanceof Targets.Classes truth)) {
      return;
    }
    Scaling scaling = experiment.preparation().scaling();
    List<Element> pictures = new ArrayList<>();
    int wrong = 0;
    for (int row = 0; row < truth.rows(); row++) {
      if (!truth.labels().get(row).equals(said.labels().get(row)) && ++wrong <= MOST_MISTAKES) {
        double[] inputs = experiment.held().inputs(row, row + 1).toDoubles();
        List<Double> pixels = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
          pixels.add(raw(inputs, scaling, i));
        }
        String text =
            "%s, taken for %s"
                .formatted(
                    truth.names().get(truth.labels().get(row)),
                    truth.names().get(said.labels().get(row)));
        double most = pixels.stream().mapToDouble(x -> x).max().orElse(1);
        double least = pixels.stream().mapToDouble(x -> x).min().orElse(0);
        pictures.add(picture(pixels, ColourScale.from(least, most), text));
      }
    }
    if (wrong > 0) {
      figures.add(
          gallery(
              "Rows that the model gets wrong",
              "%d of %d rows are wrong; %s shown. The first word is the truth."
                  .formatted(
                      wrong,
                      truth.rows(),
                      wrong > MOST_MISTAKES ? "the first " + MOST_MISTAKES + " are" : "all are"),
              pictures));
    }
  }

  private Element picture(List<Double> pixels, ColourScale scale, String text) {
    return Element.of(
        "li", new PixelPicture(side(), pixels, scale).image(text, 72), Element.of("span", text));
  }

  private static Element gallery(String caption, String remark, List<Element> pictures) {
    return Element.of(
        "figure",
        Element.of("figcaption", caption),
        Element.of("p", remark).with("class", "note"),
        Element.of("ul").with("class", "pictures").containing(pictures));
  }

  private void weights(List<Element> figures) {
    if (side() == 0) {
      return;
    }
    Layer first = network().layers().getFirst();
    Tensor weights = Objects.requireNonNull(details.trained().get(first.weights().label()));
    int units = Math.min(weights.size(0), MOST_PICTURES);
    double size = Arrays.stream(weights.toDoubles()).map(Math::abs).max().orElse(1);
    List<Element> pictures = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      double[] row = weights.rows(unit, unit + 1).toDoubles();
      pictures.add(
          picture(
              Arrays.stream(row).boxed().toList(), ColourScale.signed(size), "unit " + (unit + 1)));
    }
    figures.add(
        gallery(
            "Weights of the first layer, as pictures",
            "Orange counts for a unit, blue against it, white not at all; the darkest is ±%s."
                .formatted(ShownNumber.text(size, 3)),
            pictures));
  }
}
