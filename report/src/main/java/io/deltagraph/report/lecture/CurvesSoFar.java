package io.deltagraph.report.lecture;

import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.drawing.Chart;
import io.deltagraph.report.page.Element;
import java.util.Arrays;
import java.util.List;

/** A picture of curves that are drawn as far as the film has come. */
final class CurvesSoFar {
  private final Panel panel;

  private CurvesSoFar(Panel panel) {
    this.panel = panel;
  }

  /** An empty one. */
  static CurvesSoFar of(String id, String title, Axis across, Axis up) {
    String about = "Curves of the " + up.label() + " against the " + across.label() + ".";
    return new CurvesSoFar(new Panel(id, title, about, across, up));
  }

  /** The loss against the number of steps, in powers of ten. */
  static CurvesSoFar losses(int steps, double[]... losses) {
    double[] all = Arrays.stream(losses).flatMapToDouble(Arrays::stream).toArray();
    return of("loss", "Loss so far", Axis.between("steps", 0, steps), Axis.powers("loss", all));
  }

  /** A curve of a number for each frame, with a mark at its end. */
  CurvesSoFar moving(Film film, int[] across, double[] up, int kind) {
    panel.add(
        film.changing(
            Panel.curve("", "s" + (kind + 1)),
            "points",
            frame -> panel.points(frame + 1, i -> across[i], i -> up[i])));
    Element mark = Panel.symbol(kind);
    panel.mark(film.changing(mark, "transform", frame -> panel.place(across[frame], up[frame])));
    return this;
  }

  /** What the curves stand for, if there is more than one. */
  CurvesSoFar named(String... names) {
    panel.under(Chart.legend(List.of(names), true));
    return this;
  }

  Panel panel() {
    return panel;
  }
}
