package io.deltagraph.ops;

import io.deltagraph.graph.InputTypes;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** Whether one shape can be read as another. */
final class Reshaping {

  private Reshaping() {}

  /** What a shape holds between its named dimensions. */
  private record Runs(List<Dim> names, List<Shape> between) {
    static Runs of(Shape shape) {
      List<Dim> names = new ArrayList<>();
      List<Shape> between = new ArrayList<>();
      int from = 0;
      for (int axis = 0; axis < shape.rank(); axis++) {
        if (!shape.dim(axis).isFixed()) {
          names.add(shape.dim(axis));
          between.add(shape.slice(from, axis));
          from = axis + 1;
        }
      }
      between.add(shape.slice(from, shape.rank()));
      return new Runs(names, between);
    }
  }

  /** Refuses a target with other names, or with other counts between them. */
  static void check(InputTypes inputs, Shape target) {
    Shape shape = inputs.get(0).shape();
    Runs from = Runs.of(shape);
    Runs to = Runs.of(target);
    for (Dim name : from.names()) {
      inputs.require(
          to.names().contains(name),
          target + " loses the named dimension " + name + ", which cannot be merged with others");
    }
    inputs.require(
        from.names().equals(to.names()),
        target + " has the named dimensions " + to.names() + " where there are " + from.names());
    for (int i = 0; i < from.between().size(); i++) {
      int before = from.between().get(i).elements();
      int after = to.between().get(i).elements();
      inputs.require(
          before == after,
          from.names().isEmpty()
              ? shape + " has " + before + " elements and " + target + " has " + after
              : target + " moves elements across the named dimensions " + from.names());
    }
  }
}
