package io.deltagraph.testkit;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.graph.View;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.List;

/** An op that is right in everything but its backward rule. */
final class Mutant {
  private Mutant() {}

  /** The op with a mistake in what its backward rule says. */
  static <A extends Record> Op<A> of(Op<A> op, Mutator mutator) {
    return switch (op) {
      case Pointwise<A> kind -> new OfPointwise<>(kind, mutator);
      case Reduction<A> kind -> new OfReduction<>(kind, mutator);
      case Contraction<A> kind -> new OfContraction<>(kind, mutator);
      case View<A> kind -> new OfView<>(kind, mutator);
      case Kernel<A> kind -> new OfKernel<>(kind, mutator);
      case Composite<A> kind -> new OfComposite<>(kind, mutator);
    };
  }

  private static int outputs(Op<?> op) {
    return op.signature().outputs().size();
  }

  private record OfPointwise<A extends Record>(Pointwise<A> op, Mutator mutator)
      implements Pointwise<A> {
    @Override
    public OpId id() {
      return op.id();
    }

    @Override
    public OpSignature signature() {
      return op.signature();
    }

    @Override
    public Schema<A> schema() {
      return op.schema();
    }

    @Override
    public TensorType infer(A attributes, InputTypes inputs) {
      return op.infer(attributes, inputs);
    }

    @Override
    public Lane forward(A attributes, Lanes x) {
      return op.forward(attributes, x);
    }

    @Override
    public List<Cotangent> backward(Adjoint<A> at) {
      return Mistake.in(op.backward(at), at, outputs(op), mutator);
    }
  }

  private record OfReduction<A extends Record>(Reduction<A> op, Mutator mutator)
      implements Reduction<A> {
    @Override
    public OpId id() {
      return op.id();
    }

    @Override
    public OpSignature signature() {
      return op.signature();
    }

    @Override
    public Schema<A> schema() {
      return op.schema();
    }

    @Override
    public TensorType infer(A attributes, InputTypes inputs) {
      return op.infer(attributes, inputs);
    }

    @Override
    public List<TensorType> inferAll(A attributes, InputTypes inputs) {
      return op.inferAll(attributes, inputs);
    }

    @Override
    public Axes axes(A attributes) {
      return op.axes(attributes);
    }

    @Override
    public Lanes prepare(A attributes, Lane x, Lane index) {
      return op.prepare(attributes, x, index);
    }

    @Override
    public Lanes identity(A attributes, Lane like) {
      return op.identity(attributes, like);
    }

    @Override
    public Lanes combine(A attributes, Lanes left, Lanes right) {
      return op.combine(attributes, left, right);
    }

    @Override
    public Lanes finishAll(A attributes, Lanes total, Lane count) {
      return op.finishAll(attributes, total, count);
    }

    @Override
    public List<Cotangent> backward(Adjoint<A> at) {
      return Mistake.in(op.backward(at), at, outputs(op), mutator);
    }
  }

  private record OfContraction<A extends Record>(Contraction<A> op, Mutator mutator)
      implements Contraction<A> {
    @Override
    public OpId id() {
      return op.id();
    }

    @Override
    public OpSignature signature() {
      return op.signature();
    }

    @Override
    public Schema<A> schema() {
      return op.schema();
    }

    @Override
    public Subscripts subscripts(A attributes, InputTypes inputs) {
      return op.subscripts(attributes, inputs);
    }

    @Override
    public TensorType infer(A attributes, InputTypes inputs) {
      return op.infer(attributes, inputs);
    }

    @Override
    public List<Cotangent> backward(Adjoint<A> at) {
      return Mistake.in(op.backward(at), at, outputs(op), mutator);
    }
  }

  private record OfView<A extends Record>(View<A> op, Mutator mutator) implements View<A> {
    @Override
    public OpId id() {
      return op.id();
    }

    @Override
    public OpSignature signature() {
      return op.signature();
    }

    @Override
    public Schema<A> schema() {
      return op.schema();
    }

    @Override
    public TensorType infer(A attributes, InputTypes inputs) {
      return op.infer(attributes, inputs);
    }

    @Override
    public IndexMap map(A attributes, TensorType input, TensorType output) {
      return op.map(attributes, input, output);
    }

    @Override
    public List<Cotangent> backward(Adjoint<A> at) {
      return Mistake.in(op.backward(at), at, outputs(op), mutator);
    }
  }

  private record OfKernel<A extends Record>(Kernel<A> op, Mutator mutator) implements Kernel<A> {
    @Override
    public OpId id() {
      return op.id();
    }

    @Override
    public OpSignature signature() {
      return op.signature();
    }

    @Override
    public Schema<A> schema() {
      return op.schema();
    }

    @Override
    public TensorType infer(A attributes, InputTypes inputs) {
      return op.infer(attributes, inputs);
    }

    @Override
    public List<TensorType> inferAll(A attributes, InputTypes inputs) {
      return op.inferAll(attributes, inputs);
    }

    @Override
    public void forward(A attributes, List<TensorReader> inputs, TensorWriter output) {
      op.forward(attributes, inputs, output);
    }

    @Override
    public void forwardAll(A attributes, List<TensorReader> inputs, List<TensorWriter> outputs) {
      op.forwardAll(attributes, inputs, outputs);
    }

    @Override
    public List<Cotangent> backward(Adjoint<A> at) {
      return Mistake.in(op.backward(at), at, outputs(op), mutator);
    }
  }

  private record OfComposite<A extends Record>(Composite<A> op, Mutator mutator)
      implements Composite<A> {
    @Override
    public OpId id() {
      return op.id();
    }

    @Override
    public OpSignature signature() {
      return op.signature();
    }

    @Override
    public Schema<A> schema() {
      return op.schema();
    }

    @Override
    public Value forward(A attributes, Values x) {
      return op.forward(attributes, x);
    }

    @Override
    public List<Value> forwardAll(A attributes, Values x) {
      return op.forwardAll(attributes, x);
    }

    @Override
    public List<Cotangent> backward(Adjoint<A> at) {
      return Mistake.in(op.backward(at), at, outputs(op), mutator);
    }
  }
}
