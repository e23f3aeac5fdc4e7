package io.deltagraph.report.lecture;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.CsvTable;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the handwritten digits.
 *
 * @param pixels n × 64, from 0 to 1
 * @param digits what each is, 0 to 9
 */
record Digits(Tensor pixels, List<Integer> digits) {
  static final int CLASSES = 10;

  private static final int SIDE = 8;
  private static final double WHITE = 16;

  /** How the outputs of a net stand for a digit. */
  enum Code {
    /** An output for each digit; the largest wins. */
    ONE_EACH(CLASSES),
    /** The digit in base two, the lowest bit first; an output above a half is 1. */
    BINARY(4);

    private final int outputs;

    Code(int outputs) {
      this.outputs = outputs;
    }

    int outputs() {
      return outputs;
    }

    int bit(int digit, int output) {
      return switch (this) {
        case ONE_EACH -> digit == output ? 1 : 0;
        case BINARY -> digit >> output & 1;
      };
    }

    /** What a row of outputs says; in base two it can be more than 9, which is no digit. */
    int read(double[] outputs, int row) {
      int from = row * this.outputs;
      int said = 0;
      for (int i = 0; i < this.outputs; i++) {
        switch (this) {
          case ONE_EACH -> said = outputs[from + i] > outputs[from + said] ? i : said;
          case BINARY -> said += outputs[from + i] > 0.5 ? 1 << i : 0;
        }
      }
      return said;
    }
  }

  Digits {
    digits = List.copyOf(digits);
  }

  /** Those rows of the built-in set. */
  static Digits rows(int from, int to) {
    CsvTable table = BuiltInSet.DIGITS.table();
    List<List<Double>> columns = new ArrayList<>();
    for (String column : table.columns()) {
      if (!column.equals(BuiltInSet.DIGITS.target())) {
        columns.add(table.numbers(column));
      }
    }
    int width = columns.size();
    return new Digits(
        Tensor.generate(
            TensorType.of(DType.F64, to - from, width),
            i -> columns.get(i % width).get(from + i / width) / WHITE),
        table.numbers(BuiltInSet.DIGITS.target()).subList(from, to).stream()
            .map(Double::intValue)
            .toList());
  }

  Samples samples(Code code) {
    int outputs = code.outputs();
    return new Samples(
        pixels,
        Tensor.generate(
            TensorType.of(DType.F64, digits.size(), outputs),
            i -> code.bit(digits.get(i / outputs), i % outputs)));
  }

  /** The share of rows that are told right. */
  double right(double[] outputs, Code code) {
    int right = 0;
    for (int row = 0; row < digits.size(); row++) {
      right += code.read(outputs, row) == digits.get(row) ? 1 : 0;
    }
    return (double) right / digits.size();
  }

  /** How dark a pixel of a row is, from 0 to 1. */
  double ink(int row, int x, int y) {
    return pixels.at(row, y * SIDE + x);
  }

  static int side() {
    return SIDE;
  }
}
