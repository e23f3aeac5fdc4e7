package io.deltagraph.testkit;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.testkit.Zoo.Animal;
import java.util.List;
import java.util.Map;

/** Contracts of right ops that are odd in their kind. */
final class RightKinds {
  private RightKinds() {}

  /** Any number of inputs. */
  record SumOfSines() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:sum_of_sines");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").repeating();
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.all().stream().map(Lane::sin).reduce(Lane::plus).orElseThrow();
    }
  }

  static final class AnyNumber extends Animal {
    @Override
    public Op<?> op() {
      return new SumOfSines();
    }
  }

  /** A branch that a mask decides. */
  record Masked() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:masked");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").and("mask", OpSignature.Accepts.MASK);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(1).select(x.get(0).sin(), x.get(0).times(x.get(0)));
    }
  }

  static final class ByMask extends Animal {
    @Override
    public Op<?> op() {
      return new Masked();
    }
  }

  /** Depends on its input in no way, and says so. */
  static final class Independent extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "independent", 1, x -> x.get(0).constant(3), at -> List.of(Cotangent.zero()));
    }
  }

  /** An attribute that has to be given. */
  record Power(double exponent) {}

  record Powered() implements Pointwise<Power> {
    @Override
    public OpId id() {
      return OpId.of("zoo:powered");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Schema<Power> schema() {
      return Schema.of(Power::new, OpAttribute.number("exponent", Power::exponent));
    }

    @Override
    public Lane forward(Power power, Lanes x) {
      return x.get(0).times(power.exponent()).exp();
    }
  }

  static final class NoDefault extends Animal {
    @Override
    public Op<?> op() {
      return new Powered();
    }

    @Override
    public List<Case> cases() {
      return List.of(
          Case.of("[2, 3]").with("exponent", 0.5), Case.of("[3]").with("exponent", -1.5));
    }
  }

  /** Shows its rows backward: negative strides. */
  static final class Backward extends Animal {
    @Override
    public Op<?> op() {
      return WrongRules.reversed("backward_view");
    }
  }

  static final class Turned extends Animal {
    @Override
    public Op<?> op() {
      return WrongRules.view("turned", 0);
    }
  }

  /** A contraction that writes the rule that it could have derived. */
  static final class RuledProduct extends Animal {
    @Override
    public Op<?> op() {
      return WrongRules.rightProduct();
    }
  }

  static final class FoldedSum extends Animal {
    @Override
    public Op<?> op() {
      return WrongRules.rightFold();
    }

    @Override
    public Map<Mutator, String> equivalentMutants() {
      return ImmutableMap.of(
          Mutator.TRANSPOSE, "all entries are the same", Mutator.WRONG_INPUT, "it reads no input");
    }
  }

  /** A composite with a rule that is shorter than the derived one. */
  static final class Shortcut extends Animal {
    @Override
    public Op<?> op() {
      return WrongRules.composed(
          "shortcut",
          1,
          x -> x.get(0).exp().times(x.get(0).exp()),
          at -> at.flow(at.gradient().times(at.output()).times(2)));
    }
  }

  /** A kink where a branch changes, which is derived from the comparison. */
  static final class Kinked extends Animal {
    @Override
    public Op<?> op() {
      return ZooOps.loop(
          "relu", 1, x -> x.get(0).less(0).select(x.get(0).times(0.1), x.get(0).sin()));
    }
  }

  /** Steep, so that absolute tolerances would fail it. */
  static final class Steep extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "steep", 1, x -> x.get(0).sin().times(1e6), Zoo.times(x -> x.cos().times(1e6)));
    }
  }
}
