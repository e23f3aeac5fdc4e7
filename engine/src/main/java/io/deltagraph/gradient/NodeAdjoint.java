package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.RawKernel;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.graph.ViewAdjoint;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** A node as its backward rule sees it, with the rules that follow from the kind of its op. */
record NodeAdjoint(Apply apply, Value gradient) implements Adjoint<Record> {

  @Override
  public Record attributes() {
    return apply.attributes();
  }

  @Override
  public Value output() {
    return apply;
  }

  @Override
  public Value input(int index) {
    return apply.input(index);
  }

  @Override
  public List<Value> inputs() {
    return apply.inputs();
  }

  @Override
  public Value raw(String name, TensorType type, Kernel.Loops loops, Value... inputs) {
    RawKernel kernel = new RawKernel(OpId.of(name), inputs.length, loops);
    return apply
        .builder()
        .apply(kernel, new RawKernel.Of(type, attributes()), ImmutableList.copyOf(inputs));
  }

  @Override
  public List<Cotangent> derived() {
    if (!apply.dtype().isFloat()) {
      return flat("its output of " + apply.dtype() + " elements changes in jumps only");
    }
    return switch (apply.op()) {
      case Pointwise<Record> op -> LaneDerivative.of(op, this).cotangents();
      case Contraction<Record> op -> contraction(op.subscripts(attributes(), apply.inputTypes()));
      case View<Record> op -> view(op);
      case Composite<Record> op -> composite();
      case Reduction<Record> op -> throw stateless("reduction");
      case Kernel<Record> op -> throw stateless("kernel");
    };
  }

  @Override
  public List<Value> derivedKinks() {
    return switch (apply.op()) {
      case Pointwise<Record> op -> LaneDerivative.of(op, this).kinks();
      case Composite<Record> op -> Kinks.inside(apply);
      case Contraction<Record> op -> List.of();
      case View<Record> op -> List.of();
      case Reduction<Record> op -> List.of();
      case Kernel<Record> op -> List.of();
    };
  }

  private GraphException stateless(String kind) {
    return new GraphException.BadOp(
        apply, "a " + kind + " has to state its backward rule; there is nothing to derive it from");
  }

  private List<Cotangent> view(View<Record> op) {
    Value input = input(0);
    if (!input.dtype().isFloat()) {
      return List.of(Cotangent.zero());
    }
    ViewAdjoint.Of<Record> attributes = new ViewAdjoint.Of<>(attributes(), input.shape());
    return flow(apply.builder().apply(new ViewAdjoint<>(op), attributes, List.of(gradient)));
  }

  private List<Cotangent> contraction(Subscripts of) {
    return flow(
        contracted(of.left(), of.output(), of.right(), input(0), input(1)),
        contracted(of.right(), of.output(), of.left(), input(1), input(0)));
  }

  /** The gradient contracted with the other input, repeated over axes that only this input had. */
  private Value contracted(String own, String output, String other, Value input, Value otherInput) {
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

  private List<Cotangent> composite() {
    Value body = apply.body().orElseThrow();
    List<Value> wrt = inputs().stream().filter(v -> v.dtype().isFloat()).distinct().toList();
    Gradient gradients = new ReverseSweep(body, wrt, true).run(gradient);
    List<Cotangent> result = new ArrayList<>();
    for (int i = 0; i < inputs().size(); i++) {
      Value input = input(i);
      boolean first =
          inputs().indexOf(input) == i; // an input given twice gets its whole gradient once
      if (input.dtype().isFloat() && first && gradients.reached(input)) {
        result.add(Cotangent.flow(gradients.wrt(input)));
      } else if (!input.dtype().isFloat() || !first || gradients.flat().isEmpty()) {
        result.add(Cotangent.zero());
      } else {
        result.add(Cotangent.flat(String.join("; ", gradients.flat())));
      }
    }
    return result;
  }
}
