package io.deltagraph.onnx.read;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The operators of ONNX that are read, and what each of them is in this project's ops. */
final class Operators {
  private static final ImmutableMap<String, Operator> ALL = all();

  private final ImmutableMap.Builder<String, Operator> table = ImmutableMap.builder();

  private Operators() {}

  /** What a node gives, an operand for each output. */
  @FunctionalInterface
  interface Rule {
    List<NodeOperand> read(Node node);
  }

  /**
   * An operator.
   *
   * @param since the first version of ONNX's operators that has it
   */
  record Operator(int since, Rule rule) {}

  private static ImmutableMap<String, Operator> all() {
    Operators made = new Operators();
    ElementwiseOperators.add(made);
    ActivationOperators.add(made);
    ReductionOperators.add(made);
    ProductOperators.add(made);
    ViewOperators.add(made);
    SelectionOperators.add(made);
    ConstantOperators.add(made);
    NormalisationOperators.add(made);
    return made.table.buildOrThrow();
  }

  /** All that are known, by name. */
  static ImmutableMap<String, Operator> known() {
    return ALL;
  }

  void add(String name, int since, Rule rule) {
    table.put(name, new Operator(since, rule));
  }

  void add(String name, Rule rule) {
    add(name, 1, rule);
  }

  /** An operator with one output. */
  void one(String name, Function<Node, Value> rule) {
    one(name, 1, rule);
  }

  void one(String name, int since, Function<Node, Value> rule) {
    add(name, since, node -> Node.one(rule.apply(node)));
  }

  /** An operator of one input and no attributes. */
  void unary(String name, UnaryOperator<Value> rule) {
    one(name, node -> rule.apply(node.value(0)));
  }

  /** An operator of two inputs and no attributes. */
  void binary(String name, BinaryOperator<Value> rule) {
    one(name, node -> rule.apply(node.value(0), node.value(1)));
  }

  /** An operator of one input or more. */
  void folded(String name, BinaryOperator<Value> rule) {
    one(name, node -> node.values().stream().reduce(rule).orElseThrow());
  }
}
