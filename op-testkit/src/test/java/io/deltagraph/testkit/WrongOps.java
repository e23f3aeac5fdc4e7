package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.testkit.Zoo.Animal;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Contracts of ops that are wrong, each in one way. */
final class WrongOps {
  private WrongOps() {}

  static final class WrongSign extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("wrong_sign", 1, x -> x.get(0).exp(), Zoo.times(x -> x.exp().negate()));
    }
  }

  static final class MissingFactor extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("missing_factor", 1, x -> x.get(0).times(x.get(0)), Zoo.times(x -> x));
    }
  }

  /** The second cotangent of a difference lacks its sign. */
  static final class WrongSecondInput extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "wrong_second_input",
          2,
          x -> x.get(0).minus(x.get(1)),
          at -> at.flow(at.gradient(), at.gradient()));
    }
  }

  static final class NearlyRight extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "nearly_right", 1, x -> x.get(0).sin(), Zoo.times(x -> x.cos().times(1 + 1e-7)));
    }
  }

  static final class NullRule extends Animal {
    @Override
    @SuppressWarnings("NullAway")
    public Op<?> op() {
      return Zoo.ruled("null_rule", 1, x -> x.get(0).exp(), at -> null);
    }
  }

  static final class WrongArity extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "wrong_arity",
          2,
          x -> x.get(0).plus(x.get(1)),
          at -> List.of(Cotangent.flow(at.gradient())));
    }
  }

  static final class ClaimsFlat extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("claims_flat", 1, x -> x.get(0).exp(), at -> at.flat("so I say"));
    }
  }

  static final class ClaimsZero extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "claims_zero",
          2,
          x -> x.get(0).times(x.get(1)),
          at -> List.of(Cotangent.flow(at.gradient().times(at.input(1))), Cotangent.zero()));
    }
  }

  /** The rule is right, but is made of an op whose own rule is wrong. */
  static final class WrongSecondDerivative extends Animal {
    @Override
    public Op<?> op() {
      Op<?> cosine = Zoo.ruled("bad_cosine", 1, x -> x.get(0).cos(), Zoo.times(x -> x.sin()));
      return Zoo.ruled(
          "wrong_second_derivative", 1, x -> x.get(0).sin(), Zoo.times(x -> applied(cosine, x)));
    }

    @SuppressWarnings("unchecked")
    private static Value applied(Op<?> op, Value x) {
      return x.builder().apply((Op<NoAttributes>) op, NoAttributes.NONE, List.of(x));
    }
  }

  /** The rule is not linear in the gradient: right for cotangents of 1 alone. */
  static final class NonLinearRule extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "non_linear_rule",
          1,
          x -> x.get(0).plus(x.get(0)),
          at -> at.flow(at.gradient().times(at.gradient()).times(2)));
    }
  }

  /** Looks at the first input's shape only. */
  record FirstShape() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:first_shape");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(2);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).plus(x.get(1));
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }
  }

  static final class WrongShape extends Animal {
    @Override
    public Op<?> op() {
      return new FirstShape();
    }
  }

  /** The loops leave the last element out. */
  static final class UnwrittenOutput extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.looped(
          "unwritten_output",
          (inputs, output) -> {
            for (int i = 0; i + 1 < output.length(); i++) {
              output.set(i, 2 * inputs.get(0).get(i));
            }
          },
          Zoo.doubling());
    }
  }

  /** The loops add to what the output held. */
  static final class AddsToGarbage extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.looped(
          "adds_to_garbage",
          (inputs, output) -> {
            for (int i = 0; i < output.length(); i++) {
              output.set(i, output.get(i) + 2 * inputs.get(0).get(i));
            }
          },
          Zoo.doubling());
    }
  }

  static final class MutatesInput extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.looped(
          "mutates_input",
          (inputs, output) -> {
            Zoo.twice(inputs, output);
            if (inputs.get(0) instanceof TensorWriter writer && writer.length() > 0) {
              writer.set(0, 0);
            }
          },
          Zoo.doubling());
    }
  }

  static final class Impure extends Animal {
    @Override
    public Op<?> op() {
      AtomicInteger runs = new AtomicInteger();
      return Zoo.looped(
          "impure",
          (inputs, output) -> {
            for (int i = 0; i < output.length(); i++) {
              output.set(i, 2 * inputs.get(0).get(i) + 1e-12 * runs.incrementAndGet());
            }
          },
          Zoo.doubling());
    }
  }

  /** A logarithm that says that it is defined everywhere. */
  static final class NotANumber extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "not_a_number", 1, x -> x.get(0).log(), at -> at.flow(at.gradient().over(at.input(0))));
    }
  }

  /** {@code x + 4096 − 4096}: right in exact arithmetic. */
  static final class LosesDigits extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "loses_digits", 1, x -> x.get(0).plus(4096).minus(4096), at -> at.flow(at.gradient()));
    }
  }

  /** Two attributes, of which reading gives the first twice. */
  record Line(double slope, double offset) {}

  record Affine() implements Pointwise<Line> {
    @Override
    public OpId id() {
      return OpId.of("zoo:affine");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Schema<Line> schema() {
      return Schema.of(
          Line::new,
          OpAttribute.number("slope", Line::slope).orElse(2.0),
          OpAttribute.number("offset", Line::slope).orElse(1.0));
    }

    @Override
    public Lane forward(Line line, Lanes x) {
      return x.get(0).times(line.slope()).plus(line.offset());
    }
  }

  static final class ForgetsAttribute extends Animal {
    @Override
    public Op<?> op() {
      return new Affine();
    }
  }

  static final class TakesEverything extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.looped("takes_everything", Zoo::twice, Zoo.doubling());
    }

    @Override
    public List<Case> refusals() {
      return ImmutableList.of(Case.of("[2, 3]"));
    }
  }

  static final class UnlistedEquivalent extends Animal {
    @Override
    public Op<?> op() {
      return ZooOps.loop("add", 2, x -> x.get(0).plus(x.get(1)));
    }

    @Override
    public List<Case> cases() {
      return ImmutableList.of(Case.of("[2, 3]", "[2, 3]"));
    }
  }

  static final class ListedButCaught extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("listed_but_caught", 1, x -> x.get(0).exp(), Zoo.times(Value::exp));
    }

    @Override
    public Map<Mutator, String> equivalentMutants() {
      return ImmutableMap.of(Mutator.NEGATE, "it is not");
    }
  }

  static final class WeakCases extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("weak_cases", 1, x -> x.get(0).exp(), Zoo.times(Value::exp));
    }

    @Override
    public List<Case> cases() {
      return ImmutableList.of(Case.of("[0, 3]"));
    }
  }

  static final class TinyGradients extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "tiny", 1, x -> x.get(0).times(1e-11), at -> at.flow(at.gradient().times(3e-11)));
    }
  }

  static final class SeveredForNothing extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "severed_for_nothing", 1, x -> x.get(0).minus(x.get(0)), at -> at.flat("it is 0"));
    }

    @Override
    public Map<Integer, String> severedInputs() {
      return ImmutableMap.of(0, "it is not");
    }
  }
}
