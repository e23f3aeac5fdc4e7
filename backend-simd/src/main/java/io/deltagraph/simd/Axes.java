package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The letters of a product, gathered into a batch of products of two matrices: rows from the first
 * operand, columns from the second. Letters that can be walked as one are; rows and columns that
 * cannot go into the batch.
 */
final class Axes {
  /** An operand and its letters. */
  private record Place(Operand operand, String labels) {
    int size(char letter) {
      int axis = labels.indexOf(letter);
      return axis < 0 ? 1 : operand.type().shape().dim(axis).size();
    }

    int stride(char letter) {
      return size(letter) == 1 ? 0 : operand.layout().strides().get(labels.indexOf(letter));
    }

    /** How far the next one of letters that are walked as one lies. */
    int stride(String letters) {
      return letters.isEmpty() ? 0 : stride(letters.charAt(letters.length() - 1));
    }
  }

  private final Place first;
  private final Place second;
  private final Place output;
  private final List<Place> places;
  private final String batch;
  private final String rows;
  private final String terms;
  private final String columns;
  private final boolean swapped;
  private final boolean termsAsOne;

  private Axes(Step.Product step, boolean swapped) {
    this.swapped = swapped;
    Place left = new Place(step.left(), step.subscripts().left());
    Place right = new Place(step.right(), step.subscripts().right());
    first = swapped ? right : left;
    second = swapped ? left : right;
    output = new Place(step.output(), step.subscripts().output());
    places = new ArrayList<>(List.of(first, second, output));
    step.extras().forEach(extra -> places.add(new Place(extra, output.labels)));
    String allRows = letters(output.labels, first.labels, true, second.labels, false);
    String allColumns = letters(output.labels, first.labels, false, second.labels, true);
    terms =
        letters(left.labels, output.labels, false, left.labels, true)
            + letters(right.labels, output.labels, false, left.labels, false);
    rows = asOne(allRows);
    columns = asOne(allColumns);
    termsAsOne = asOne(terms).equals(terms);
    batch =
        letters(output.labels, first.labels, true, second.labels, true)
            + allRows.substring(0, allRows.length() - rows.length())
            + allColumns.substring(0, allColumns.length() - columns.length());
  }

  /** The product, if its columns lie together in the output. */
  static Optional<Product> product(Step.Product step, DType dtype, boolean swapped) {
    return Optional.of(new Axes(step, swapped))
        .filter(Axes::fits)
        .map(axes -> axes.product(step, dtype));
  }

  private boolean fits() {
    boolean together = columns.isEmpty() || output.stride(columns) == 1;
    boolean walked =
        places.stream()
            .skip(3)
            .allMatch(extra -> extra.stride(columns) == extra.stride(columns) % 2);
    return termsAsOne && together && walked && (long) count(batch) * count(rows) < 1 << 24;
  }

  private Product product(Step.Product step, DType dtype) {
    ImmutableList.Builder<Loop.Walk> walks = ImmutableList.builder();
    places.stream()
        .skip(3)
        .forEach(e -> walks.add(new Loop.Walk(dtype, e.stride(rows), e.stride(columns))));
    ImmutableList.Builder<ImmutableIntArray> starts = ImmutableList.builder();
    places.forEach(place -> starts.add(starts(place)));
    return Product.of(
        step,
        swapped,
        new Product.Size(count(batch), count(rows), count(terms), count(columns)),
        new Product.Side(first.stride(rows), first.stride(terms)),
        new Product.Side(second.stride(columns), second.stride(terms)),
        output.stride(rows),
        walks.build(),
        starts.build());
  }

  /** Where an operand begins in each product of the batch. */
  private ImmutableIntArray starts(Place place) {
    int[] starts = new int[count(batch)];
    for (int i = 0; i < starts.length; i++) {
      int rest = i;
      starts[i] = place.operand.layout().offset();
      for (int axis = batch.length() - 1; axis >= 0; axis--) {
        int size = size(batch.charAt(axis));
        starts[i] += rest % size * place.stride(batch.charAt(axis));
        rest /= size;
      }
    }
    return ImmutableIntArray.copyOf(starts);
  }

  /** The letters that move and are, or are not, among others. */
  private String letters(String all, String a, boolean inA, String b, boolean inB) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < all.length(); i++) {
      char letter = all.charAt(i);
      if (a.indexOf(letter) >= 0 == inA && b.indexOf(letter) >= 0 == inB && size(letter) != 1) {
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

  /** The last letters that all operands walk as one. */
  private String asOne(String letters) {
    int start = letters.length();
    while (start > 0 && (start == letters.length() || follows(letters, start))) {
      start--;
    }
    return letters.substring(start);
  }

  private boolean follows(String letters, int inner) {
    char outer = letters.charAt(inner - 1);
    char next = letters.charAt(inner);
    return places.stream()
        .allMatch(place -> place.stride(outer) == place.stride(next) * size(next));
  }
}
