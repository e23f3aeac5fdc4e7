package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sorts the axes of a product step, which its subscripts name by letters, into rows, columns, terms
 * and batch. Rows are those axes of the output that the first operand has and the second one lacks,
 * columns those that only the second one has; terms are those that the output lacks; axes that all
 * three have go into the batch. Neighbouring axes count as one if in all operands one stride leads
 * through their elements. If several axes of rows or columns remain, all but the innermost one go
 * into the batch too.
 */
final class ProductAxes {
  /** An operand, with a letter for each of its axes. */
  private record LabelledOperand(Operand operand, String labels) {
    int size(char letter) {
      int axis = labels.indexOf(letter);
      return axis < 0 ? 1 : operand.type().shape().dim(axis).size();
    }

    int stride(char letter) {
      return size(letter) == 1 ? 0 : operand.layout().strides().get(labels.indexOf(letter));
    }

    /** The stride of axes that count as one. */
    int stride(String letters) {
      return letters.isEmpty() ? 0 : stride(letters.charAt(letters.length() - 1));
    }

    boolean has(char letter) {
      return labels.indexOf(letter) >= 0;
    }
  }

  private final LabelledOperand first;
  private final LabelledOperand second;
  private final LabelledOperand output;
  private final List<LabelledOperand> extras = new ArrayList<>();
  private final List<LabelledOperand> all = new ArrayList<>();
  private final String batch;
  private final String rows;
  private final String terms;
  private final String columns;
  private final boolean swapped;

  private ProductAxes(Step.Product step, boolean swapped) {
    this.swapped = swapped;
    LabelledOperand left = new LabelledOperand(step.left(), step.subscripts().left());
    LabelledOperand right = new LabelledOperand(step.right(), step.subscripts().right());
    first = swapped ? right : left;
    second = swapped ? left : right;
    output = new LabelledOperand(step.output(), step.subscripts().output());
    step.extras().forEach(extra -> extras.add(new LabelledOperand(extra, output.labels)));
    all.addAll(List.of(first, second, output));
    all.addAll(extras);
    String allRows = letters(output, letter -> first.has(letter) && !second.has(letter));
    String allColumns = letters(output, letter -> !first.has(letter) && second.has(letter));
    rows = asOne(allRows);
    columns = asOne(allColumns);
    terms =
        letters(left, letter -> !output.has(letter))
            + letters(right, letter -> !output.has(letter) && !left.has(letter));
    batch =
        letters(output, letter -> first.has(letter) && second.has(letter))
            + allRows.substring(0, allRows.length() - rows.length())
            + allColumns.substring(0, allColumns.length() - columns.length());
  }

  /**
   * The step as a batch of products of matrices; empty if its terms are not one stride apart, or
   * the columns of its output do not lie one after another.
   *
   * @param swapped whether the right operand is to be the first one
   */
  static Optional<ProductMatrices> matrices(Step.Product step, boolean swapped) {
    return Optional.of(new ProductAxes(step, swapped))
        .filter(ProductAxes::fit)
        .map(axes -> axes.matrices(step.left().type().dtype()));
  }

  private boolean fit() {
    boolean together = columns.isEmpty() || output.stride(columns) == 1;
    boolean loadable =
        extras.stream()
            .map(extra -> extra.stride(columns))
            .allMatch(stride -> stride == 0 || stride == 1);
    return asOne(terms).equals(terms)
        && together
        && loadable
        && (long) count(batch) * count(rows) < 1 << 24;
  }

  private ProductMatrices matrices(DType dtype) {
    return new ProductMatrices(
        dtype,
        swapped,
        new ProductMatrices.Sizes(count(batch), count(rows), count(terms), count(columns)),
        new ProductMatrices.Strides(
            new OperandStrides(first.stride(rows), first.stride(terms)),
            new OperandStrides(second.stride(columns), second.stride(terms)),
            output.stride(rows),
            extras.stream()
                .map(one -> new MatrixStrides(dtype, one.stride(rows), one.stride(columns)))
                .toList()),
        all.stream().map(this::starts).collect(ImmutableList.toImmutableList()));
  }

  /** Where each product of the batch begins in an operand. */
  private ImmutableIntArray starts(LabelledOperand one) {
    int[] starts = new int[count(batch)];
    for (int i = 0; i < starts.length; i++) {
      int rest = i;
      starts[i] = one.operand.layout().offset();
      for (int axis = batch.length() - 1; axis >= 0; axis--) {
        int size = size(batch.charAt(axis));
        starts[i] += rest % size * one.stride(batch.charAt(axis));
        rest /= size;
      }
    }
    return ImmutableIntArray.copyOf(starts);
  }

  /** The letters of an operand for axes of more than one element, as far as a condition holds. */
  private String letters(LabelledOperand of, Predicate<Character> condition) {
    StringBuilder kept = new StringBuilder();
    for (char letter : of.labels.toCharArray()) {
      if (size(letter) != 1 && condition.test(letter)) {
        kept.append(letter);
      }
    }
    return kept.toString();
  }

  private int size(char letter) {
    int size = first.size(letter);
    return size == 1 ? second.size(letter) : size;
  }

  private int count(String letters) {
    return letters.chars().map(letter -> size((char) letter)).reduce(1, Math::multiplyExact);
  }

  /** The last ones of the letters, as many as follow each other by one stride in all operands. */
  private String asOne(String letters) {
    int start = letters.length();
    while (start > 0 && (start == letters.length() || followsBefore(letters, start))) {
      start--;
    }
    return letters.substring(start);
  }

  private boolean followsBefore(String letters, int inner) {
    char outer = letters.charAt(inner - 1);
    char next = letters.charAt(inner);
    return all.stream().allMatch(one -> one.stride(outer) == one.stride(next) * size(next));
  }
}
