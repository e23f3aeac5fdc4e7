package io.deltagraph.onnx.read;

import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** Shapes as ONNX describes them: by numbers, of which 0 and −1 may stand for others. */
final class Shapes {
  private Shapes() {}

  /** A dimension of any kind followed by sizes. */
  static Shape of(Dim first, int... sizes) {
    return Shape.of(first).concat(Shape.of(sizes));
  }

  /** An axis of a shape of that rank. */
  static int axis(Node node, long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw node.refuse(
          "the axis " + axis, "one from " + -rank + " to " + (rank - 1), FilePlace.AGAIN);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** A size that is known. */
  static int count(Node node, long size) {
    if (size < 0 || size > ReadLimits.ELEMENTS) {
      throw node.refuse(
          "the size " + size, "one from 0 to " + ReadLimits.ELEMENTS, FilePlace.AGAIN);
    }
    return (int) size;
  }

  /** WholeNumbers as a shape, none of which stands for another. */
  static Shape of(Node node, WholeNumbers numbers) {
    ranked(node, numbers);
    return Shape.of(numbers.entries().stream().map(entry -> dim(node, entry)).toList());
  }

  private static void ranked(Node node, WholeNumbers numbers) {
    if (numbers.scalar() || numbers.size() > Shape.MAX_RANK) {
      throw node.refuse(
          "a shape of " + numbers.size() + " numbers, " + numbers.type(),
          "a vector of at most " + Shape.MAX_RANK,
          "merge some dimensions before the export");
    }
  }

  private static Dim dim(Node node, WholeNumbers.Entry entry) {
    return switch (entry) {
      case WholeNumbers.Known known -> Dim.of(count(node, known.number()));
      case WholeNumbers.Size size -> size.dim();
    };
  }

  /** All of them as one dimension: a number, or a name that stands beside ones alone. */
  static Dim merged(Node node, Shape shape) {
    List<Dim> named = shape.dims().stream().filter(dim -> !dim.isFixed()).toList();
    int rest = Shape.of(shape.dims().stream().filter(Dim::isFixed).toList()).elements();
    if (named.isEmpty()) {
      return Dim.of(rest);
    }
    if (named.size() > 1 || rest != 1) {
      throw node.refuse(
          "the named dimension " + named.getFirst() + " among " + shape + ", which become one",
          "it alone",
          "give the dimension a number, or keep it apart");
    }
    return named.getFirst();
  }

  /** What a value of a shape is reshaped to: 0 keeps a dimension, −1 takes what is left. */
  static Shape target(Node node, Shape from, WholeNumbers numbers) {
    ranked(node, numbers);
    boolean literal = node.attributes().flag("allowzero", false);
    List<Dim> dims = new ArrayList<>();
    int open = -1;
    for (int i = 0; i < numbers.size(); i++) {
      WholeNumbers.Entry entry = numbers.get(i);
      boolean rest = entry.equals(new WholeNumbers.Known(-1));
      boolean kept = !literal && entry.equals(new WholeNumbers.Known(0));
      if ((rest && open >= 0) || (kept && i >= from.rank())) {
        throw node.refuse(
            "the shape " + numbers.entries() + " for " + from,
            "one that takes at most one size from the rest, and keeps only what is there",
            FilePlace.AGAIN);
      }
      open = rest ? i : open;
      dims.add(rest ? Dim.of(1) : kept ? from.dim(i) : dim(node, entry));
    }
    if (open >= 0) {
      dims.set(open, left(node, from, Shape.of(dims)));
    }
    return Shape.of(dims);
  }

  /** What a shape has beyond another, as one dimension. */
  private static Dim left(Node node, Shape from, Shape taken) {
    List<Dim> named = new ArrayList<>(from.dims().stream().filter(dim -> !dim.isFixed()).toList());
    taken.dims().stream().filter(dim -> !dim.isFixed()).forEach(named::remove);
    int own = Shape.of(from.dims().stream().filter(Dim::isFixed).toList()).elements();
    int given = Shape.of(taken.dims().stream().filter(Dim::isFixed).toList()).elements();
    boolean fits =
        named.isEmpty() ? given > 0 && own % given == 0 : named.size() == 1 && own == given;
    if (!fits) {
      throw node.refuse(
          from + " into " + taken + " and one size more",
          "as many elements, and named dimensions that are not merged with others",
          "give named dimensions numbers before the export");
    }
    return named.isEmpty() ? Dim.of(own / given) : named.getFirst();
  }
}
