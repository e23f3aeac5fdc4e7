package io.deltagraph.derived;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** The rule of a contraction: for each input, the gradient contracted with the other one. */
public final class ContractionDerivative {
  private ContractionDerivative() {}

  /** One cotangent per input. */
  public static List<Cotangent> cotangents(Subscripts of, Adjoint<Record> at) {
    Value left = at.input(0);
    Value right = at.input(1);
    return at.flow(
        contracted(at.gradient(), of.left(), of.output(), of.right(), left, right),
        contracted(at.gradient(), of.right(), of.output(), of.left(), right, left));
  }

  /** The gradient contracted with the other input, repeated over axes that only this input had. */
  private static Value contracted(
      Value gradient, String own, String output, String other, Value input, Value otherInput) {
    StringBuilder shared = new StringBuilder();
    for (int i = 0; i < own.length(); i++) {
      String letter = own.substring(i, i + 1);
      shared.append(output.contains(letter) || other.contains(letter) ? letter : "");
    }
    Value product = gradient.einsum(new Subscripts(output, other, shared.toString()), otherInput);
    List<Dim> narrow = new ArrayList<>();
    List<Dim> wide = new ArrayList<>();
    for (int i = 0; i < own.length(); i++) {
      int at = shared.indexOf(own.substring(i, i + 1));
      narrow.add(at < 0 ? Dim.of(1) : product.shape().dim(at));
      wide.add(at < 0 ? input.shape().dim(i) : product.shape().dim(at));
    }
    return product.reshape(Shape.of(narrow)).broadcastTo(Shape.of(wide));
  }
}
