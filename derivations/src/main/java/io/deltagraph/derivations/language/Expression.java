package io.deltagraph.derivations.language;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What stands on the right of an equation, as a tree. Trees are equal when they are written alike
 * but for spelling: {@code W_1} and {@code W₁} are one name, {@code sigma} and {@code σ} one
 * function.
 */
public sealed interface Expression {

  /** A number that is not negative. */
  record Numeral(double value) implements Expression {
    public Numeral {
      Preconditions.checkArgument(
          Double.isFinite(value) && value >= 0 && (value != 0 || 1 / value > 0),
          "A numeral is finite and has no sign, got %s.",
          value);
    }
  }

  /**
   * A name.
   *
   * @param of whether the value itself is meant or the cost's gradient with respect to it; a delta
   *     is {@code GRADIENT} of {@code Z}
   * @param base the letters, in ASCII where the table of names has an ASCII spelling: {@code
   *     lambda} for λ, {@code yhat} for ŷ
   * @param index the number of the layer, or {@link #NO_INDEX}
   */
  record Name(Of of, String base, int index) implements Expression {
    /** What a name has whose index is left out. */
    public static final int NO_INDEX = -1;

    /** What is meant by a name. */
    public enum Of {
      /** The value itself. */
      VALUE,
      /** The gradient of the cost with respect to it. */
      GRADIENT
    }

    public Name {
      Preconditions.checkArgument(!base.isEmpty(), "A name has letters.");
      Preconditions.checkArgument(index >= NO_INDEX, "An index is not negative, got %s.", index);
    }

    /** A value without an index, such as {@code X}. */
    public static Name value(String base) {
      return new Name(Of.VALUE, base, NO_INDEX);
    }

    /** A value of a layer, such as {@code W1}. */
    public static Name value(String base, int index) {
      return new Name(Of.VALUE, base, index);
    }

    /** The gradient with respect to a value without an index, such as {@code ∂C/∂X}. */
    public static Name gradient(String base) {
      return new Name(Of.GRADIENT, base, NO_INDEX);
    }

    /** The gradient with respect to a value of a layer, such as {@code ∂C/∂W1}. */
    public static Name gradient(String base, int index) {
      return new Name(Of.GRADIENT, base, index);
    }

    /** The delta of a layer, {@code ∂C/∂Z}. */
    public static Name delta(int index) {
      return new Name(Of.GRADIENT, "Z", index);
    }

    /** Whether there is an index. */
    public boolean indexed() {
      return index != NO_INDEX;
    }

    /** Whether it is the gradient of the cost with respect to the value. */
    public boolean isGradient() {
      return of == Of.GRADIENT;
    }
  }

  /** {@code −operand}. */
  record Negate(Expression operand) implements Expression {}

  /** What joins two expressions. */
  enum Operator {
    /** {@code a + b}. */
    PLUS,
    /** {@code a − b}. */
    MINUS,
    /** {@code A B}, {@code A @ B}: the matrix product, or a number times whatever it is. */
    PRODUCT,
    /** {@code A ⊙ B}: entry by entry. */
    ENTRYWISE,
    /** {@code A * B}: one of the two products, whichever fits. */
    STAR,
    /** {@code a / b}: entry by entry. */
    QUOTIENT,
    /** {@code a ^ b}: entry by entry. */
    POWER
  }

  /** Two expressions joined. */
  record Binary(Operator operator, Expression left, Expression right) implements Expression {}

  /** {@code operandᵀ}. */
  record Transpose(Expression operand) implements Expression {}

  /**
   * A sum or a mean.
   *
   * @param mean whether it is a mean
   * @param operand what is summed
   * @param axis over which axis, or all of them if there is none; negative ones count from the end
   * @param keepdims whether the axis stays, with the size 1
   */
  record Reduction(boolean mean, Expression operand, OptionalInt axis, boolean keepdims)
      implements Expression {
    /** The sum over everything. */
    public static Reduction sum(Expression operand) {
      return new Reduction(false, operand, OptionalInt.empty(), false);
    }

    /** The sum over an axis, which is dropped. */
    public static Reduction sum(Expression operand, int axis) {
      return new Reduction(false, operand, OptionalInt.of(axis), false);
    }

    /** The mean over everything. */
    public static Reduction mean(Expression operand) {
      return new Reduction(true, operand, OptionalInt.empty(), false);
    }
  }

  /**
   * The name of a function: that of an op, such as {@code sigmoid}, {@code tanh}, {@code log},
   * {@code heaviside}, {@code softmax}, {@code one_hot} or {@code acme:swish}; {@code phi} with the
   * number of a layer for "the activation of that layer"; {@code I}, {@code ones} and {@code diag}.
   *
   * @param name the name
   * @param layer the number of the layer, for {@code phi} alone, or {@link Name#NO_INDEX}
   */
  record Function(String name, int layer) {
    /** A function of that name. */
    public static Function of(String name) {
      return new Function(name, Name.NO_INDEX);
    }

    /** The activation of that layer, whatever it is. */
    public static Function activation(int layer) {
      return new Function("phi", layer);
    }
  }

  /**
   * A function at its arguments.
   *
   * @param function which
   * @param arguments at least one
   * @param attributes as plain data, those that are written: numbers, truth values, words and lists
   *     of whole numbers
   */
  record Call(Function function, List<Expression> arguments, Map<String, Object> attributes)
      implements Expression {
    public Call {
      arguments = ImmutableList.copyOf(arguments);
      attributes = ImmutableMap.copyOf(attributes);
    }

    /** A function without attributes. */
    public static Call of(String function, Expression... arguments) {
      return new Call(Function.of(function), List.of(arguments), Map.of());
    }
  }

  /**
   * The derivative of a function by entries with respect to its first argument: {@code σ'(Z2)}.
   *
   * @param function which
   * @param arguments at least one
   * @param attributes as for {@link Call}
   */
  record Derivative(Function function, List<Expression> arguments, Map<String, Object> attributes)
      implements Expression {
    public Derivative {
      arguments = ImmutableList.copyOf(arguments);
      attributes = ImmutableMap.copyOf(attributes);
    }

    /** The derivative of a function without attributes. */
    public static Derivative of(String function, Expression... arguments) {
      return new Derivative(Function.of(function), List.of(arguments), Map.of());
    }
  }

  /** What is taken along one axis. */
  sealed interface Selector {
    /** One place, counted from 0, or from the end if negative; the axis is dropped. */
    record At(int position) implements Selector {}

    /** From a place, included, up to another, excluded; either may be left out. */
    record Range(OptionalInt from, OptionalInt to) implements Selector {
      /** The whole axis. */
      public static final Range ALL = new Range(OptionalInt.empty(), OptionalInt.empty());
    }

    /** The place that an index of the index form names. */
    record Index(String name) implements Selector {}
  }

  /** {@code A[:, 0]}, {@code A[i, j]}. */
  record Selection(Expression operand, List<Selector> selectors) implements Expression {
    public Selection {
      selectors = ImmutableList.copyOf(selectors);
    }
  }

  /** {@code Σ_s operand}, in index form: the sum over all places of the indices. */
  record IndexSum(List<String> indices, Expression operand) implements Expression {
    public IndexSum {
      indices = ImmutableList.copyOf(indices);
    }
  }
}
