package io.deltagraph.report.lecture;

import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;

/**
 * Where a function of two numbers is at or above a half: the area as small rectangles, and the line
 * between. The function is known on a square grid, row by row from below.
 *
 * @param panel whose picture it is drawn into
 * @param low the smallest number of both axes
 * @param high the largest
 */
record Regions(Panel panel, double low, double high) {
  private static final int CELLS = 40;
  private static final int CORNERS = CELLS + 1;

  /** The points at which the function has to be known, n × 2. */
  Tensor corners() {
    return Tensor.generate(
        TensorType.of(DType.F64, CORNERS * CORNERS, 2),
        i -> at(i % 2 == 0 ? i / 2 % CORNERS : i / 2 / CORNERS));
  }

  private double at(double corner) {
    return low + (high - low) * corner / CELLS;
  }

  /** The path of the area. */
  String area(double[] values) {
    StringBuilder path = new StringBuilder();
    double height = panel.y(at(0)) - panel.y(at(1));
    for (int row = 0; row < CORNERS; row++) {
      int from = -1;
      for (int column = 0; column <= CORNERS; column++) {
        boolean inside = column < CORNERS && values[row * CORNERS + column] >= 0.5;
        if (inside && from < 0) {
          from = column;
        } else if (!inside && from >= 0) {
          String width = ShownNumber.pixels(panel.x(at(column)) - panel.x(at(from)));
          path.append('M')
              .append(ShownNumber.pixels(panel.x(at(from - 0.5))))
              .append(' ')
              .append(ShownNumber.pixels(panel.y(at(row + 0.5))))
              .append('h')
              .append(width)
              .append('v')
              .append(ShownNumber.pixels(height + 0.2))
              .append("h-")
              .append(width)
              .append('z');
          from = -1;
        }
      }
    }
    return path.isEmpty() ? "M0 0" : path.toString();
  }

  /** The path of the line, a piece in each cell that it crosses. */
  String line(double[] values) {
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        cell(path, values, row, column);
      }
    }
    return path.isEmpty() ? "M0 0" : path.toString();
  }

  private void cell(StringBuilder path, double[] values, int row, int column) {
    int first = row * CORNERS + column;
    double[] corner = {
      values[first] - 0.5,
      values[first + 1] - 0.5,
      values[first + CORNERS + 1] - 0.5,
      values[first + CORNERS] - 0.5
    };
    int[] across = {0, 1, 1, 0};
    int[] up = {0, 0, 1, 1};
    boolean open = false;
    for (int side = 0; side < 4; side++) {
      int next = (side + 1) % 4;
      if (corner[side] >= 0 != corner[next] >= 0) {
        double part = corner[side] / (corner[side] - corner[next]);
        double x = column + across[side] + part * (across[next] - across[side]);
        double y = row + up[side] + part * (up[next] - up[side]);
        path.append(open ? 'L' : 'M')
            .append(ShownNumber.pixels(panel.x(at(x))))
            .append(' ')
            .append(ShownNumber.pixels(panel.y(at(y))));
        open = !open;
      }
    }
  }
}
