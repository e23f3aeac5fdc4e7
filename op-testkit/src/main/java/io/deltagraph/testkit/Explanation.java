package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.Cause;
import io.deltagraph.check.Clues;
import io.deltagraph.check.Diagnosis;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.Slip;
import io.deltagraph.check.Symptom;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.print.Printer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Why the gradient of one input is wrong, by its numbers at one cotangent and by what the rule
 * could have mixed up. Only asked where the gradient is wrong, for it costs more differences.
 */
final class Explanation {
  private static final String ABOVE = "the gradient from above";
  private static final String OUTPUT = "the output";

  /** How much longer than the usual steps those are that tell a forward pass which rounds. */
  private static final double LONGER = 256;

  /** How far the difference then falls; by {@code 1 / LONGER} if it is all rounding. */
  private static final double MUCH_BETTER = 1.0 / 16;

  private final Subject subject;
  private final Trial trial;
  private final int input;
  private final Value gradient;
  private final TensorType type;

  private Explanation(Subject subject, Trial trial, int input, Value gradient) {
    this.subject = subject;
    this.trial = trial;
    this.input = input;
    this.gradient = gradient;
    this.type = trial.tensor(input).type();
  }

  /** The likely cause in a sentence; empty where the input is too large to tell. */
  static String of(Subject subject, Trial trial, int input, Value gradient) {
    if (!trial.directions(input).isEmpty() || !trial.at().isOfOne()) {
      return "";
    }
    try {
      return new Explanation(subject, trial, input, gradient).diagnosis().sentence();
    } catch (RuntimeException e) {
      return "";
    }
  }

  private Diagnosis diagnosis() {
    Tensor right = weighted(trial.columns(input), trial.cotangent(), type);
    // What a rule kept from a forward pass on other numbers shows now, and is gone after a new one.
    Map<String, Tensor> others = new HashMap<>();
    trial.point().forEach((name, tensor) -> others.put(name, ForwardChecks.other(tensor)));
    trial.program(List.of(trial.output())).run(others);
    Tensor actual = value(gradient);
    trial.run();
    Tensor renewed = value(gradient);
    Clues clues = clues();
    Diagnosis diagnosis =
        Diagnosis.of(
            actual,
            right,
            Bounds.FINITE_DIFFERENCES,
            renewed.bitEquals(actual) ? clues : clues.repair(new Symptom.StaleOutput(), renewed));
    boolean told =
        diagnosis.findings().stream()
            .noneMatch(finding -> finding.cause() instanceof Symptom.Unexplained);
    return told
        ? diagnosis
        : signs(right, actual).or(() -> roughness(right, actual)).orElse(diagnosis);
  }

  /**
   * The diagnosis that the differences are wrong, not the rule: what the forward pass rounds off
   * counts for less the longer the steps are, while a wrong rule stays as wrong.
   */
  private Optional<Diagnosis> roughness(Tensor right, Tensor actual) {
    FiniteDifferences differences = FiniteDifferences.of(trial.output(), trial.point());
    List<FiniteDifferences.Column> longer =
        IntStream.range(0, right.length())
            .mapToObj(j -> differences.column(Trial.name(input), j, LONGER))
            .toList();
    double near = Diagnosis.of(actual, right).difference();
    double far = Diagnosis.of(actual, weighted(longer, trial.cotangent(), type)).difference();
    Cause cause = new Symptom.RoughForward(near, far);
    return far <= near * MUCH_BETTER
        ? Optional.of(new Diagnosis(near, ImmutableList.of(new Diagnosis.Finding(cause, far))))
        : Optional.empty();
  }

  /** The diagnosis of the operand nearest to the result whose sign alone makes it wrong. */
  private Optional<Diagnosis> signs(Tensor right, Tensor actual) {
    return Reachable.from(List.of(gradient), trial.output()::equals).reversed().stream()
        .filter(Apply.class::isInstance)
        .map(Apply.class::cast)
        .filter(apply -> !apply.equals(trial.output()))
        .flatMap(apply ->
            IntStream.range(0, apply.inputs().size())
                .filter(i -> apply.inputs().get(i).dtype().isFloat())
                .mapToObj(i -> {
                  Value repaired = replaced(Map.of(apply, negated(apply, i)));
                  Clues clue = Clues.NONE.repair(sign(apply, i), value(repaired));
                  return Diagnosis.of(actual, right, Bounds.FINITE_DIFFERENCES, clue);
                }))
        .filter(diagnosis -> diagnosis.findings().getFirst().cause() instanceof Slip.Sign)
        .findFirst();
  }

  private static Value negated(Apply apply, int operand) {
    List<Value> inputs = new ArrayList<>(apply.inputs());
    inputs.set(operand, Tamper.scale(inputs.get(operand), -1));
    return apply.on(inputs);
  }

  private static Cause sign(Apply apply, int operand) {
    Value term = apply.inputs().get(operand);
    String head = term.label() + ": " + term.type() + " = ";
    String formula =
        Printer.of(List.of(term))
            .text()
            .lines()
            .filter(line -> line.startsWith(head))
            .map(line -> line.substring(head.length()))
            .findFirst()
            .orElse(term.label());
    return new Slip.Sign("the operand '" + formula + "' of a '" + apply.op().id().name() + "'");
  }

  private Tensor value(Value of) {
    return trial.program(List.of(of)).run(trial.point()).getFirst();
  }

  /** {@code Jᵀu}, NaN where a step crosses a kink. */
  private static Tensor weighted(
      List<FiniteDifferences.Column> columns, Tensor cotangent, TensorType type) {
    return Tensor.generate(
        type,
        j -> {
          FiniteDifferences.Column column = columns.get(j);
          double sum = 0;
          for (int k = 0; k < cotangent.length(); k++) {
            sum += cotangent.get(k) * column.slopes().get(k);
          }
          return column.masked() ? Double.NaN : sum;
        });
  }

  private static String called(int index) {
    return "input " + index;
  }

  private Clues clues() {
    Clues clues = counts();
    for (Repair repair : repairs()) {
      Value repaired = replaced(repair.leaves());
      if (!repaired.equals(gradient)) {
        clues = clues.repair(repair.cause(), value(repaired));
      }
    }
    Tensor ones = Tensor.generate(trial.outputType(), i -> 1);
    clues =
        clues.suspect(new Slip.MissingIncoming(ABOVE), weighted(trial.columns(input), ones, type));
    clues = others(clues);
    clues = terms(clues);
    for (int other : trial.floats()) {
      clues = clues.factor(called(other), trial.tensor(other));
    }
    clues = clues.factor(OUTPUT, value(trial.output())).factor(ABOVE, trial.cotangent());
    if (subject.op() instanceof Pointwise<?> && type.equals(trial.outputType())) {
      Tensor slope = weighted(trial.columns(input), ones, type);
      clues = clues.factor("the local derivative", slope);
    }
    return clues;
  }

  /** How many elements of the larger side belong to one of the smaller. */
  private Clues counts() {
    int in = type.shape().elements();
    int out = trial.outputType().shape().elements();
    if (in > out && in % out == 0) {
      return Clues.NONE.count(in / out, "elements folded into one");
    }
    return out > in && out % in == 0
        ? Clues.NONE.count(out / in, "places where each element shows")
        : Clues.NONE;
  }

  /** Leaves of the rule to be exchanged, and what it would mean if that made it right. */
  private record Repair(Cause cause, Map<Value, Value> leaves) {}

  private List<Repair> repairs() {
    List<Value> leaves = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < trial.inputs().size(); i++) {
      leaves.add(trial.inputs().get(i));
      names.add(called(i));
    }
    leaves.add(trial.output());
    names.add(OUTPUT);
    leaves.add(trial.output().builder().named(Trial.COTANGENT).orElseThrow());
    names.add(ABOVE);
    List<Repair> repairs = new ArrayList<>();
    for (int used = 0; used < leaves.size(); used++) {
      for (int right = 0; right < leaves.size(); right++) {
        Value from = leaves.get(used);
        Value to = leaves.get(right);
        if (used != right && from.type().equals(to.type())) {
          Cause cause = new Slip.WrongOperand(names.get(used), names.get(right));
          repairs.add(new Repair(cause, Map.of(from, to)));
          if (reads(from) && reads(to)) {
            repairs.add(new Repair(cause, Map.of(from, to, to, from)));
          }
        }
      }
      Value leaf = leaves.get(used);
      if (leaf.dtype().isFloat() && isSquare(leaf.shape())) {
        Cause cause = new Slip.Transposed(names.get(used));
        repairs.add(new Repair(cause, Map.of(leaf, Tamper.apply(leaf, Tamper.Kind.TRANSPOSE))));
      }
    }
    return repairs;
  }

  private boolean reads(Value leaf) {
    return !replaced(Map.of(leaf, Tamper.apply(leaf, Tamper.Kind.ROLL))).equals(gradient);
  }

  private static boolean isSquare(Shape shape) {
    return shape.rank() == 2 && shape.dim(0).equals(shape.dim(1)) && !shape.dim(0).isOne();
  }

  /** The rule's gradient with some leaves replaced; what the forward pass made stays. */
  private Value replaced(Map<Value, Value> leaves) {
    Map<Value, Value> standing = new HashMap<>(Map.of(trial.output(), trial.output()));
    if (trial.output() instanceof Apply part) {
      part.tuple().parts().forEach(output -> standing.put(output, output));
    }
    standing.putAll(leaves);
    return new Substitution(standing).in(gradient);
  }

  /** What the gradients of other inputs, and those at other inputs, are. */
  private Clues others(Clues known) {
    Clues clues = known;
    for (int other : trial.floats()) {
      if (other != input && trial.tensor(other).type().equals(type)) {
        clues =
            clues.suspect(
                new Slip.WrongOperand(
                    "the gradient of " + called(other), "that of " + called(input)),
                weighted(trial.columns(other), trial.cotangent(), type));
        Cause cause = new Slip.WrongOperand(called(input), called(other));
        Tensor own = trial.tensor(input);
        Tensor exchanged = trial.tensor(other);
        clues = clues.suspect(cause, at(Map.of(input, exchanged, other, own)));
        clues = clues.suspect(cause, at(Map.of(other, own)));
        clues =
            clues.suspect(
                new Slip.WrongOperand(called(other), called(input)), at(Map.of(input, exchanged)));
      }
    }
    if (type.equals(trial.outputType())) {
      clues =
          clues.suspect(
              new Slip.WrongOperand(OUTPUT, called(input)),
              at(Map.of(input, value(trial.output()))));
    }
    return clues;
  }

  /** The right gradient where some inputs have other numbers. */
  private Tensor at(Map<Integer, Tensor> changed) {
    Map<String, Tensor> point = new HashMap<>(trial.point());
    changed.forEach((index, tensor) -> point.put(Trial.name(index), tensor));
    return slopes(trial, point, input);
  }

  private Tensor slopes(Trial of, Map<String, Tensor> point, int index) {
    FiniteDifferences differences = FiniteDifferences.of(of.output(), point);
    TensorType moved = of.tensor(index).type();
    List<FiniteDifferences.Column> columns =
        IntStream.range(0, moved.shape().elements())
            .mapToObj(j -> differences.column(Trial.name(index), j))
            .toList();
    return weighted(columns, trial.cotangent(), moved);
  }

  /** The terms that the gradient of a repeated input is the sum of. */
  private Clues terms(Clues clues) {
    Shape wide = trial.outputType().shape();
    if (!(subject.op() instanceof Pointwise<?>) || wide.equals(type.shape())) {
      return clues;
    }
    Tensor repeated = ForwardChecks.repeat(trial.tensor(input), wide);
    TensorType[] types = new TensorType[trial.inputs().size()];
    Map<String, Tensor> point = new HashMap<>();
    for (int i = 0; i < types.length; i++) {
      Tensor tensor = i == input ? repeated : trial.tensor(i);
      types[i] = tensor.type();
      point.put(Trial.name(i), tensor);
    }
    Case at = trial.at().taking(List.of(types));
    Trial explicit = Trial.of(subject, subject.op(), at, DType.F64, point);
    return clues.terms(slopes(explicit, explicit.point(), input), axes(wide, type.shape()));
  }

  private static int[] axes(Shape wide, Shape narrow) {
    int extra = wide.rank() - narrow.rank();
    int[] sizes = wide.sizes();
    int[] own = narrow.sizes();
    return IntStream.range(0, sizes.length)
        .filter(axis -> axis < extra || sizes[axis] != own[axis - extra])
        .toArray();
  }
}
