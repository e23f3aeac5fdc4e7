package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import io.deltagraph.derived.ContractionDerivative;
import io.deltagraph.derived.LaneDerivative;
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
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.graph.ViewAdjoint;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A node as its backward rule sees it, with the rules that follow from the kind of its op.
 *
 * @param apply one of its outputs
 * @param gradients those that flow, by the output
 */
record NodeAdjoint(Apply apply, Map<Value, Value> gradients) implements Adjoint<Record> {

  @Override
  public Record attributes() {
    return apply.attributes();
  }

  @Override
  public Value gradient() {
    require(
        isSingle(),
        "asks for 'gradient()', though it has several outputs; it has to ask for 'gradient(i)'");
    return gradient(0);
  }

  @Override
  public Value gradient(int output) {
    Value of = output(output);
    // Without a gradient an op of one output is asked all the same, to learn why none flows.
    require(
        isSingle() || of.dtype().isFloat(),
        "asks for the gradient of output "
            + output
            + ", which has none: its elements are "
            + of.dtype());
    Value gradient = gradients.get(of);
    return gradient == null ? ReverseSweep.zeros(of) : gradient;
  }

  @Override
  public boolean reached(int output) {
    return gradients.containsKey(output(output));
  }

  @Override
  public Value output() {
    require(
        isSingle(), "asks for 'output()', though it has several; it has to ask for 'output(i)'");
    return apply;
  }

  @Override
  public Value output(int index) {
    return apply.tuple().part(index);
  }

  private boolean isSingle() {
    return apply.tuple().parts().size() == 1;
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new GraphException.BadOp(apply, "its backward rule " + what);
    }
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
    if (isSingle() && !apply.dtype().isFloat()) {
      return flat("its output of " + apply.dtype() + " elements changes in jumps only");
    }
    return switch (apply.op()) {
      case Pointwise<Record> op -> LaneDerivative.of(op, this, apply.inputTypes()).cotangents();
      case Contraction<Record> op ->
          ContractionDerivative.cotangents(op.subscripts(attributes(), apply.inputTypes()), this);
      case View<Record> op -> view(op);
      case Composite<Record> op -> composite();
      case Reduction<Record> op -> throw stateless("reduction");
      case Kernel<Record> op -> throw stateless("kernel");
    };
  }

  @Override
  public List<Value> derivedKinks() {
    return switch (apply.op()) {
      case Pointwise<Record> op -> LaneDerivative.of(op, this, apply.inputTypes()).kinks();
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
    return flow(apply.builder().apply(new ViewAdjoint<>(op), attributes, List.of(gradient())));
  }

  private List<Cotangent> composite() {
    List<Value> bodies = new ArrayList<>();
    List<Value> cotangents = new ArrayList<>();
    for (Apply output : apply.tuple().parts()) {
      Value gradient = gradients.get(output);
      if (gradient != null) {
        bodies.add(output.body().orElseThrow());
        cotangents.add(gradient);
      }
    }
    List<Value> wrt = inputs().stream().filter(v -> v.dtype().isFloat()).distinct().toList();
    Gradient inside = new ReverseSweep(bodies, wrt, true).run(cotangents);
    List<Cotangent> result = new ArrayList<>();
    for (int i = 0; i < inputs().size(); i++) {
      Value input = input(i);
      boolean first =
          inputs().indexOf(input) == i; // an input given twice gets its whole gradient once
      if (input.dtype().isFloat() && first && inside.reached(input)) {
        result.add(Cotangent.flow(inside.wrt(input)));
      } else if (!input.dtype().isFloat() || !first || inside.flat().isEmpty()) {
        result.add(Cotangent.zero());
      } else {
        result.add(Cotangent.flat(String.join("; ", inside.flat())));
      }
    }
    return result;
  }
}
