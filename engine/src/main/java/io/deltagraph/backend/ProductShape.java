package io.deltagraph.backend;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import java.util.Arrays;
import java.util.List;

/**
 * A contraction as a batch of matrix products {@code [batch][rows][terms] ·
 * [batch][terms][columns]}.
 *
 * @param swapped whether the right operand gives the rows
 * @param batch the number of products
 * @param rows the subscripts of one operand that the output keeps
 * @param terms the summed ones
 * @param columns those of the other operand that the output keeps
 * @param first where the elements of the operand that gives the rows lie
 * @param second where those of the other lie
 * @param rowPlaces where the output has the first element of a row of a batch
 * @param columnPlaces how far the elements of a row lie from its first one
 * @param extras where the extras of its finish lie
 */
public record ProductShape(
    boolean swapped,
    int batch,
    int rows,
    int terms,
    int columns,
    Strided first,
    Strided second,
    Strided rowPlaces,
    Strided columnPlaces,
    List<Extra> extras) {
  public ProductShape {
    extras = ImmutableList.copyOf(extras);
  }

  /** Below this many columns the inner loop is too short, so that rows had better be columns. */
  private static final int FEW_COLUMNS = 8;

  /**
   * An extra of the finish.
   *
   * @param operand the values, in the shape of the output
   * @param rows where the first one of a row of a batch lies
   * @param columns how far those of a row lie from its first one
   */
  public record Extra(Operand operand, Strided rows, Strided columns) {}

  /** The shape of a product. */
  public static ProductShape of(Step.Product step) {
    return new Labels(step.subscripts(), step.left(), step.right(), step.output(), step.extras())
        .shape();
  }

  /** The subscripts and how far apart their elements lie. */
  private record Labels(
      Subscripts subscripts, Operand left, Operand right, Operand output, List<Operand> extras) {

    ProductShape shape() {
      String l = subscripts.left();
      String r = subscripts.right();
      String o = subscripts.output();
      String batch = filter(o, l, true, r, true);
      String leftKept = filter(o, l, true, r, false);
      String rightKept = filter(o, l, false, r, true);
      String terms = filter(l, o, false, l, true) + filter(r, o, false, l, false);
      boolean swapped = swapped(leftKept, rightKept);
      String rows = swapped ? rightKept : leftKept;
      String columns = swapped ? leftKept : rightKept;
      return new ProductShape(
          swapped,
          count(batch),
          count(rows),
          count(terms),
          count(columns),
          swapped ? of(batch + rows + terms, r, right) : of(batch + rows + terms, l, left),
          swapped ? of(batch + terms + columns, l, left) : of(batch + terms + columns, r, right),
          of(batch + rows, o, output),
          places(columns, o, output),
          extras.stream()
              .map(extra -> new Extra(extra, of(batch + rows, o, extra), places(columns, o, extra)))
              .collect(ImmutableList.toImmutableList()));
    }

    private static String filter(String all, String a, boolean inA, String b, boolean inB) {
      StringBuilder kept = new StringBuilder();
      for (int i = 0; i < all.length(); i++) {
        char label = all.charAt(i);
        if (a.indexOf(label) >= 0 == inA && b.indexOf(label) >= 0 == inB) {
          kept.append(label);
        }
      }
      return kept.toString();
    }

    /** Rows of the output that lie together make the inner loop, if they are long enough. */
    private boolean swapped(String leftKept, String rightKept) {
      int left = count(leftKept);
      int right = count(rightKept);
      String o = subscripts.output();
      boolean leftInner = !o.isEmpty() && leftKept.indexOf(o.charAt(innermost())) >= 0;
      return leftInner ? left >= FEW_COLUMNS || left >= right : right < FEW_COLUMNS && left > right;
    }

    /** The axis of the output along which its elements lie together. */
    private int innermost() {
      for (int axis = output.type().rank() - 1; axis >= 0; axis--) {
        if (output.layout().strides().get(axis) == 1
            && output.type().shape().dim(axis).size() != 1) {
          return axis;
        }
      }
      return output.type().rank() - 1;
    }

    private int count(String labels) {
      int count = 1;
      for (int i = 0; i < labels.length(); i++) {
        count *= size(labels.charAt(i));
      }
      return count;
    }

    private int size(char label) {
      return Math.max(size(label, subscripts.left(), left), size(label, subscripts.right(), right))
              == 1
          ? 1
          : size(label, subscripts.left(), left) == 1
              ? size(label, subscripts.right(), right)
              : size(label, subscripts.left(), left);
    }

    private static int size(char label, String labels, Operand operand) {
      int axis = labels.indexOf(label);
      return axis < 0 ? 1 : operand.type().shape().dim(axis).size();
    }

    /** How far the elements lie from the first one. */
    private Strided places(String order, String labels, Operand operand) {
      return of(order, labels, operand).from(0);
    }

    private Strided of(String order, String labels, Operand operand) {
      int[] sizes = new int[order.length()];
      int[] strides = new int[order.length()];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = size(order.charAt(i));
        boolean moves = size(order.charAt(i), labels, operand) != 1;
        strides[i] = moves ? operand.layout().strides().get(labels.indexOf(order.charAt(i))) : 0;
      }
      return new Strided(operand.layout().offset(), sizes, strides);
    }
  }

  /** The places of a row's elements, from its first one on. */
  public int[] columnOffsets() {
    int[] offsets = new int[columns];
    Arrays.setAll(offsets, columnPlaces::at);
    return offsets;
  }
}
