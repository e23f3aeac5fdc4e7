package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Domain;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.testkit.Zoo.Animal;
import java.util.List;
import java.util.Map;

/** Contracts of ops that are right, though odd. */
final class RightOps {
  private RightOps() {}

  static final class Plain extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("plain", 1, x -> x.get(0).sin(), Zoo.times(Value::cos));
    }
  }

  /** The rule is opaque loops: no second derivative, no forward mode, and both say so. */
  static final class RawRule extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.looped(
          "raw_rule",
          (inputs, output) -> {
            for (int i = 0; i < output.length(); i++) {
              output.set(i, Math.sin(inputs.get(0).get(i)));
            }
          },
          at ->
              at.flow(
                  at.raw(
                      "zoo:raw_rule.backward",
                      at.input(0).type(),
                      (inputs, output) -> {
                        for (int i = 0; i < output.length(); i++) {
                          output.set(i, inputs.get(0).get(i) * Math.cos(inputs.get(1).get(i)));
                        }
                      },
                      at.gradient(),
                      at.input(0))));
    }
  }

  /** Steps: flat between them. */
  static final class Steps extends Animal {
    @Override
    public Op<?> op() {
      return new Ceiling();
    }
  }

  record Ceiling() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:ceiling");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).negate().floor().negate();
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flat("it is constant between whole numbers");
    }

    @Override
    public List<Value> kinks(Adjoint<NoAttributes> at) {
      return List.of(at.input(0).times(Math.PI).op("sin"));
    }
  }

  /** The symmetric sum, whose equivalent mistake is listed. */
  static final class Symmetric extends Animal {
    @Override
    public Op<?> op() {
      return ZooOps.loop("add", 2, x -> x.get(0).plus(x.get(1)));
    }

    @Override
    public List<Case> cases() {
      return ImmutableList.of(Case.of("[2, 3]", "[2, 3]"));
    }

    @Override
    public Map<Mutator, String> equivalentMutants() {
      return ImmutableMap.of(Mutator.SWAP_OPERANDS, "both cotangents are the gradient");
    }
  }

  /** A composite, whose rule is derived from its body. */
  static final class Composed extends Animal {
    @Override
    public Op<?> op() {
      return new SumOfExp();
    }
  }

  record SumOfExp() implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:sum_of_exp");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return x.get(0).exp().sum();
    }
  }

  /** Through which nothing flows on purpose. */
  static final class Severed extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("severed", 1, x -> x.get(0), at -> at.flat("it is treated as a constant"));
    }

    @Override
    public Map<Integer, String> severedInputs() {
      return ImmutableMap.of(0, "it stops the gradient");
    }
  }

  /** No rule for its second input, and says so. */
  static final class HalfRuled extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "half_ruled",
          2,
          x -> x.get(0).times(x.get(1)),
          at ->
              List.of(
                  Cotangent.flow(at.gradient().times(at.input(1))),
                  Cotangent.missing("nobody has worked it out")));
    }
  }

  /** Defined for positive numbers. */
  static final class Bounded extends Animal {
    @Override
    public Op<?> op() {
      return new Logarithm();
    }
  }

  record Logarithm() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:logarithm");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).log();
    }

    @Override
    public Domain domain() {
      return Domain.positive();
    }
  }
}
