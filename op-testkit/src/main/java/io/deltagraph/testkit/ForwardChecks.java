package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.check.Program;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.View;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Shapes, purity, broadcasting and refusals: what the forward pass alone promises. */
final class ForwardChecks {
  private final Subject subject;
  private final List<Trial> trials;

  ForwardChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /** What the shape rule says before any number is known is what the forward pass gives. */
  void shapes() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      findings.guard(trial.at(), () -> shape(findings, trial));
    }
    findings.conclude();
  }

  private void shape(Findings findings, Trial trial) {
    Tensor result = trial.run();
    if (!result.type().equals(trial.outputType())) {
      findings.add(
          trial.at(),
          "the shape rule says " + trial.outputType() + ", the forward pass " + result.type());
    }
    if (!(subject.op() instanceof Composite<?>)) {
      byKind(findings, trial, (Apply) trial.output());
    }
  }

  /** No sample of the domain gives an infinity or something that is not a number. */
  void finite() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      if (trial.hasElements()) {
        findings.guard(trial.at(), () -> finite(findings, trial));
      }
    }
    findings.conclude();
  }

  private static void finite(Findings findings, Trial trial) {
    Tensor result = trial.run();
    for (int i = 0; i < result.length(); i++) {
      if (!Double.isFinite(result.get(i))) {
        findings.add(
            trial.at(), "gives " + result.get(i) + " inside its domain, at output element " + i);
        return;
      }
    }
  }

  private void byKind(Findings findings, Trial trial, Apply node) {
    InputTypes bound =
        new InputTypes(
            trial.inputs().stream()
                .map(input -> input.type().bind(trial.at().sizes()))
                .collect(ImmutableList.toImmutableList()));
    Record attributes = bound(node.op(), node.attributes(), trial.at().sizes());
    TensorType again = node.op().inferAll(attributes, bound).get(node.index());
    if (!again.equals(trial.outputType())) {
      findings.add(
          trial.at(),
          "the shape rule says "
              + node.type()
              + " before the sizes are known, but "
              + again
              + " when they are");
    }
    switch (node.op()) {
      case Pointwise<Record> op -> expect(findings, trial, bound.broadcast());
      case Contraction<Record> op ->
          expect(findings, trial, op.subscripts(node.attributes(), bound).infer(bound).shape());
      case Kernel<Record> op -> kernel(findings, trial, op, node);
      case View<Record> op -> view(findings, trial, op, node.attributes(), bound.get(0));
      case Reduction<Record> op -> op.axes(node.attributes()).of(bound);
      case Composite<Record> op -> {}
    }
  }

  /** The attributes with the names in their shapes replaced by sizes. */
  private static <A extends Record> A bound(Op<A> op, A attributes, Map<String, Integer> sizes) {
    Map<String, Object> data = new HashMap<>(op.schema().write(attributes));
    for (OpAttribute<A, ?> attribute : op.schema().attributes()) {
      if (attribute.get(attributes) instanceof Shape shape) {
        data.put(attribute.name(), shape.bind(sizes).toString());
      }
    }
    return op.schema().read(data);
  }

  private static void expect(Findings findings, Trial trial, Shape shape) {
    if (!trial.outputType().shape().equals(shape)) {
      findings.add(
          trial.at(),
          "the shape rule says " + trial.outputType().shape() + ", the op's kind " + shape);
    }
  }

  /** Loops fill the whole output, read nothing of what it held, and leave the inputs alone. */
  private static void kernel(Findings findings, Trial trial, Kernel<Record> op, Apply node) {
    Probe first = null;
    for (double garbage : new double[] {Double.NaN, 7}) {
      List<TensorReader> inputs =
          trial.inputs().stream()
              .map(input -> Probe.input(trial.tensor(trial.inputs().indexOf(input))))
              .collect(ImmutableList.toImmutableList());
      List<Probe> outputs =
          node.tuple().parts().stream()
              .map(part -> Probe.output(part.type().bind(trial.at().sizes()), garbage))
              .toList();
      op.forwardAll(node.attributes(), inputs, List.copyOf(outputs));
      Probe output = outputs.get(node.index());
      if (output.firstUnwritten() >= 0) {
        findings.add(
            trial.at(), "the loops leave output element " + output.firstUnwritten() + " unwritten");
      }
      if (output.readBeforeWritten()) {
        findings.add(trial.at(), "the loops read the output before they write it");
      }
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i) instanceof Probe input && input.touched()) {
          findings.add(trial.at(), "the loops write to input " + i);
        }
      }
      if (first != null && !output.holds(first)) {
        findings.add(trial.at(), "what the output held before shows in the result");
      }
      first = output;
    }
  }

  private static void view(
      Findings findings, Trial trial, View<Record> op, Record attributes, TensorType input) {
    TensorType output = trial.outputType();
    if (output.shape().elements() == 0) {
      return;
    }
    IndexMap map = op.map(attributes, input, output);
    int lowest = map.offset();
    int highest = map.offset();
    for (int axis = 0; axis < output.rank(); axis++) {
      int reach = (output.shape().dim(axis).size() - 1) * map.strides().get(axis);
      lowest += Math.min(0, reach);
      highest += Math.max(0, reach);
    }
    if (lowest < 0 || highest >= input.shape().elements()) {
      findings.add(
          trial.at(),
          "the view shows input elements "
              + lowest
              + " to "
              + highest
              + " of "
              + input.shape().elements());
    }
  }

  /** The same inputs give the same bits, whatever ran between, and are as they were. */
  void purity() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      findings.guard(
          trial.at(),
          () -> {
            Program program = trial.program(List.of(trial.output()));
            Map<String, Tensor> copies = new HashMap<>();
            Map<String, Tensor> others = new HashMap<>();
            trial
                .point()
                .forEach((name, tensor) -> {
                  copies.put(name, Tensor.of(tensor.type(), tensor.toDoubles()));
                  others.put(name, other(tensor));
                });
            Tensor first = program.run(trial.point()).getFirst();
            program.run(others);
            Tensor again = program.run(trial.point()).getFirst();
            Tensor anew = trial.run();
            if (!first.bitEquals(again) || !first.bitEquals(anew)) {
              findings.add(
                  trial.at(), "two runs on the same inputs differ: " + first + " and " + again);
            }
            copies.forEach((name, copy) -> {
              if (!copy.bitEquals(Objects.requireNonNull(trial.point().get(name)))) {
                findings.add(trial.at(), "the forward pass changes its input " + name);
              }
            });
          });
    }
    findings.conclude();
  }

  /** Other numbers of the same sort: the same ones in another order. */
  static Tensor other(Tensor tensor) {
    int length = tensor.length();
    return Tensor.generate(tensor.type(), i -> tensor.get(length - 1 - i));
  }

  /** A smaller input counts as if it were repeated. */
  void broadcasting() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      boolean repeats =
          trial.inputs().stream()
              .anyMatch(input ->
                  !input
                      .type()
                      .bind(trial.at().sizes())
                      .shape()
                      .equals(trial.outputType().shape()));
      if (subject.op() instanceof Pointwise<?> && repeats) {
        findings.guard(trial.at(), () -> repeated(findings, trial));
      }
    }
    findings.conclude();
  }

  private void repeated(Findings findings, Trial trial) {
    Shape target = trial.outputType().shape();
    Map<String, Tensor> wide = new HashMap<>();
    TensorType[] types = new TensorType[trial.inputs().size()];
    for (int i = 0; i < types.length; i++) {
      Tensor tensor = repeat(trial.tensor(i), target);
      types[i] = tensor.type();
      wide.put(Trial.name(i), tensor);
    }
    Case at =
        new Case(
            trial.at().attributes(),
            ImmutableList.copyOf(types),
            ImmutableMap.of(),
            trial.at().outputs());
    Trial explicit = Trial.of(subject, subject.op(), at, DType.F64, wide);
    if (!explicit.run().bitEquals(trial.run())) {
      findings.add(trial.at(), "differs from the same op on inputs that are repeated beforehand");
    }
  }

  /** The tensor, repeated to a shape that it broadcasts to. */
  static Tensor repeat(Tensor tensor, Shape target) {
    int[] from = tensor.type().shape().sizes();
    int[] to = target.sizes();
    return Tensor.generate(
        tensor.type().with(target),
        flat -> {
          int rest = flat;
          int source = 0;
          int stride = 1;
          for (int axis = 1; axis <= from.length; axis++) {
            int size = to[to.length - axis];
            int own = from[from.length - axis];
            source += own == 1 ? 0 : rest % size * stride;
            stride *= own;
            rest /= size;
          }
          return tensor.get(source);
        });
  }

  /** What the author lists as refused is refused, with a reason. */
  void refusals() {
    Findings findings = new Findings(subject);
    for (Case at : subject.refusals()) {
      try {
        Trial.apply(GraphBuilder.withoutSites(subject.ops()), subject.op(), at, DType.F64);
        findings.add(at, "is taken, though it should be refused");
      } catch (GraphException.BadTypes | GraphException.BadAttribute e) {
        // as it should be
      } catch (RuntimeException e) {
        findings.add(at, "is refused by " + e + " instead of by the engine's message");
      }
    }
    findings.conclude();
  }
}
