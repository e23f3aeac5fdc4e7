package io.deltagraph.onnx.read;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node of the file with what its inputs stand for. Inputs that nobody asks for are refused. */
final class Node {
  private final NodeProto proto;
  private final int opset;
  private final GraphBuilder builder;
  private final List<@Nullable NodeOperand> inputs;
  private final Settling settling;
  private final Attributes attributes;
  private final FilePlace place;
  private int asked;

  Node(
      NodeProto proto,
      int opset,
      GraphBuilder builder,
      List<@Nullable NodeOperand> inputs,
      Settling settling,
      FilePlace place) {
    this.proto = proto;
    this.opset = opset;
    this.builder = builder;
    this.inputs = inputs;
    this.settling = settling;
    this.place = place;
    this.attributes = new Attributes(proto.getAttributeList(), place);
  }

  /** The name of the operator. */
  String operator() {
    return proto.getOpType();
  }

  /** The version of the operators. */
  int opset() {
    return opset;
  }

  /** Where it stands. */
  FilePlace place() {
    return place;
  }

  GraphBuilder builder() {
    return builder;
  }

  Attributes attributes() {
    return attributes;
  }

  /** How many inputs are given, left out ones among them. */
  int inputs() {
    return inputs.size();
  }

  /** How many outputs are asked for. */
  int outputs() {
    return proto.getOutputCount();
  }

  /** An input that may be left out. */
  Optional<NodeOperand> optional(int index) {
    asked = Math.max(asked, index + 1);
    return index < inputs.size() ? Optional.ofNullable(inputs.get(index)) : Optional.empty();
  }

  /** An input that has to be there. */
  NodeOperand operand(int index) {
    return optional(index)
        .orElseThrow(
            () -> place.refuse(inputs.size() + " inputs", "an input " + index, FilePlace.AGAIN));
  }

  Value value(int index) {
    return operand(index).value();
  }

  /** All inputs, at least one. */
  List<Value> values() {
    operand(0);
    return IntStream.range(0, inputs.size()).mapToObj(this::value).toList();
  }

  /**
   * WholeNumbers that have to be known while the file is read; some may be sizes of named
   * dimensions.
   */
  WholeNumbers numbers(int index) {
    return numbers(index, operand(index));
  }

  private WholeNumbers numbers(int index, NodeOperand operand) {
    return settled(operand)
        .flatMap(NodeOperand::numbers)
        .orElseThrow(() -> unknown(index, operand, "whole numbers"));
  }

  /** An operand with its elements, if constants alone make them. */
  private Optional<NodeOperand> settled(NodeOperand operand) {
    return operand.numbers().isPresent() || operand.tensor().isPresent()
        ? Optional.of(operand)
        : settling.tensor(operand.value()).map(tensor -> NodeOperand.of(tensor, builder));
  }

  /** WholeNumbers that have to be known, of known sizes alone; empty where they are left out. */
  Optional<List<Long>> integers(int index) {
    return optional(index).map(operand -> known(index, operand));
  }

  private List<Long> known(int index, NodeOperand operand) {
    WholeNumbers numbers = numbers(index, operand);
    return numbers.entries().stream()
        .map(entry ->
            entry
                .known()
                .orElseThrow(() ->
                    refuse(
                        "the size of the named dimension " + entry + " in input " + index,
                        "a number",
                        "give the dimension a number before the export")))
        .toList();
  }

  /** A whole number that has to be known. */
  long integer(int index) {
    List<Long> numbers = known(index, operand(index));
    if (numbers.size() != 1) {
      throw refuse(numbers.size() + " numbers as input " + index, "one", FilePlace.AGAIN);
    }
    return numbers.getFirst();
  }

  /** A tensor that has to be known. */
  Tensor tensor(int index) {
    NodeOperand operand = operand(index);
    return settled(operand)
        .flatMap(NodeOperand::tensor)
        .orElseThrow(() -> unknown(index, operand, "elements"));
  }

  /** A number that has to be known. */
  double number(int index) {
    Tensor tensor = tensor(index);
    if (tensor.length() != 1) {
      throw refuse(tensor.type() + " as input " + index, "one number", FilePlace.AGAIN);
    }
    return tensor.item();
  }

  private ReadRefusal unknown(int index, NodeOperand operand, String what) {
    return refuse(
        "an input " + index + ", " + operand.type() + ", that only a run knows",
        what + " that are known while the file is read",
        "make it a constant, or give its value to the import");
  }

  /** An axis of a value, counted from 0. */
  int axis(long axis, Value of) {
    return Shapes.axis(this, axis, of.shape().rank());
  }

  /** Axes of a value. */
  List<Integer> axes(List<Long> axes, Value of) {
    List<Integer> all = axes.stream().map(axis -> axis(axis, of)).toList();
    if (all.stream().distinct().count() < all.size()) {
      throw refuse("the axes " + axes, "each of them once", FilePlace.AGAIN);
    }
    return all;
  }

  /** A constant of whole numbers that reading makes, within its budget. */
  Value made(Shape shape, IntUnaryOperator element) {
    made(shape.elements());
    long[] all = new long[shape.elements()];
    Arrays.setAll(all, element::applyAsInt);
    return builder.constant(Tensors.longs(new TensorType(DType.I64, shape), all));
  }

  /** Takes as many elements from the budget. */
  void made(long elements) {
    if (!settling.makes(elements)) {
      throw refuse(
          "constants that would take more than " + ReadLimits.MADE_ELEMENTS + " elements in all",
          "fewer",
          "read a smaller model");
    }
  }

  /** What reading an operator gives: one value. */
  static List<NodeOperand> one(Value value) {
    return List.of(NodeOperand.of(value));
  }

  ReadRefusal refuse(String found, String expected, String advice) {
    return place.refuse(found, expected, advice);
  }

  /** Refuses what the operator has not asked for. */
  void end() {
    attributes.end();
    for (int i = asked; i < inputs.size(); i++) {
      if (inputs.get(i) != null) {
        throw refuse(inputs.size() + " inputs", "at most " + asked, FilePlace.AGAIN);
      }
    }
  }
}
