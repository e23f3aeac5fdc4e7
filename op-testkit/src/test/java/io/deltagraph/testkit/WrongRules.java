package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.graph.View;
import io.deltagraph.testkit.Zoo.Rule;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.function.Function;

/** Ops of every kind whose backward rule is wrong in one way that has a name. */
final class WrongRules {
  private WrongRules() {}

  /** The whole of a matrix in one number, by its own rule. */
  record Fold(OpId id, boolean mean, Rule rule) implements Reduction<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Axes axes(NoAttributes none) {
      return new Axes(ImmutableList.of(), false);
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return Lanes.of(like.constant(0));
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      return Lanes.of(left.get(0).plus(right.get(0)));
    }

    @Override
    public Lane finish(NoAttributes none, Lanes total, Lane count) {
      return mean ? total.get(0).over(count) : total.get(0);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  /** A mean whose rule is that of the sum. */
  static Op<?> sumForMean() {
    return new Fold(
        OpId.of("zoo:sum_for_mean"),
        true,
        at -> at.flow(at.gradient().broadcastTo(at.input(0).shape())));
  }

  /** A sum whose rule is that of the mean, for six elements. */
  static Op<?> meanForSum() {
    return new Fold(
        OpId.of("zoo:mean_for_sum"),
        false,
        at -> at.flow(at.gradient().over(6).broadcastTo(at.input(0).shape())));
  }

  /** A sum that sends the gradient to nobody. */
  static Op<?> lostFold() {
    return new Fold(
        OpId.of("zoo:lost_fold"),
        false,
        at -> at.flow(at.gradient().times(0).broadcastTo(at.input(0).shape())));
  }

  static Op<?> rightFold() {
    return new Fold(
        OpId.of("zoo:right_fold"),
        false,
        at -> at.flow(at.gradient().broadcastTo(at.input(0).shape())));
  }

  /** A product of matrices by its own rule. */
  record Product(OpId id, String letters, Rule rule) implements Contraction<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(2);
    }

    @Override
    public Subscripts subscripts(NoAttributes none, InputTypes inputs) {
      return Subscripts.parse(letters);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  /** {@code dA = G Bᵀ} and {@code dB = Aᵀ G}, each with subscripts of its own. */
  private static Op<?> product(String name, String left, String right) {
    return new Product(
        OpId.of("zoo:" + name),
        "ij,jk->ik",
        at ->
            at.flow(
                at.gradient().einsum(Subscripts.parse(left), at.input(1)),
                at.gradient().einsum(Subscripts.parse(right), at.input(0))));
  }

  static Op<?> rightProduct() {
    return product("right_product", "ik,jk->ij", "ik,ij->jk");
  }

  static Op<?> transposedProduct() {
    return product("transposed_product", "ik,jk->ji", "ik,ij->jk");
  }

  /** {@code dB} lacks its transpose; only square matrices let it through. */
  static Op<?> untransposedOperand() {
    return product("untransposed_operand", "ik,jk->ij", "ik,ji->jk");
  }

  static Op<?> wrongOperandProduct() {
    return new Product(
        OpId.of("zoo:wrong_operand_product"),
        "ij,jk->ik",
        at ->
            at.flow(
                at.gradient().einsum(Subscripts.parse("ik,jk->ij"), at.input(0)),
                at.gradient().einsum(Subscripts.parse("ik,ij->jk"), at.input(0))));
  }

  static Op<?> negatedProduct() {
    return new Product(
        OpId.of("zoo:negated_product"),
        "ij,jk->ik",
        at ->
            at.flow(
                at.gradient().einsum(Subscripts.parse("ik,jk->ij"), at.input(1)).negate(),
                at.gradient().einsum(Subscripts.parse("ik,ij->jk"), at.input(0))));
  }

  /** A view by its own rule. */
  record Shown(OpId id, boolean turned, int overreach, Rule rule) implements View<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      Shape shape = inputs.get(0).shape();
      inputs.require(
          shape.rank() == (turned ? 2 : 1), "it takes " + (turned ? "matrices" : "rows"));
      return turned
          ? inputs.get(0).with(Shape.of(List.of(shape.dim(1), shape.dim(0))))
          : inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      Dim last = input.shape().dim(-1);
      return turned
          ? IndexMap.of(overreach, 1, last.size())
          : IndexMap.of(last.size() - 1 + overreach, -1);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  /** A transpose whose rule forgets to transpose. */
  static Op<?> untransposedView() {
    return new Shown(OpId.of("zoo:untransposed_view"), true, 0, at -> at.flow(at.gradient()));
  }

  /** A reversal whose rule forgets to reverse. */
  static Op<?> unreversedView() {
    return new Shown(OpId.of("zoo:unreversed_view"), false, 0, at -> at.flow(at.gradient()));
  }

  static Op<?> reversed(String name) {
    return new Shown(OpId.of("zoo:" + name), false, 0, Adjoint::derived);
  }

  static Op<?> doubledView() {
    return new Shown(OpId.of("zoo:doubled_view"), true, 0, at -> doubled(at, at.derived()));
  }

  private static List<Cotangent> doubled(Adjoint<NoAttributes> at, List<Cotangent> rule) {
    return rule.getFirst() instanceof Cotangent.Flow flow
        ? at.flow(flow.gradient().times(2))
        : rule;
  }

  /** A transpose whose rule is right, which reads that far beyond its input. */
  static Op<?> view(String name, int overreach) {
    return new Shown(OpId.of("zoo:" + name), true, overreach, Adjoint::derived);
  }

  /** An expression by its own rule. */
  record Body(OpId id, int arity, Function<Values, Value> body, Rule rule)
      implements Composite<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(arity);
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return body.apply(x);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  static Op<?> composed(String name, int arity, Function<Values, Value> body, Rule rule) {
    return new Body(OpId.of("zoo:" + name), arity, body, rule);
  }

  /** The slope of a line. */
  record Line(double slope) {}

  /** {@code slope · x}, with a rule that takes every slope for the default one. */
  record IgnoredAttribute() implements Pointwise<Line> {
    @Override
    public OpId id() {
      return OpId.of("zoo:ignored_attribute");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Schema<Line> schema() {
      return Schema.of(Line::new, OpAttribute.number("slope", Line::slope).orElse(3.0));
    }

    @Override
    public Lane forward(Line line, Lanes x) {
      return x.get(0).times(line.slope());
    }

    @Override
    public List<Cotangent> backward(Adjoint<Line> at) {
      return at.flow(at.gradient().times(3));
    }
  }
}
