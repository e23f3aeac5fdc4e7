package io.deltagraph.testkit;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One way to apply the op: attributes as plain data, and the types of the inputs. Floating-point
 * inputs are written as {@code f64}; the contract runs the case in f32 as well. A named dimension
 * is bound to one of {@link #sizes}. Of an op with several outputs each case is looked at by one
 * output after the other, and by all together.
 *
 * @param attributes the attributes that are not left at their defaults, as in a model file
 * @param inputs the type of every input
 * @param samplers where the numbers of some inputs come from; the others are drawn from the op's
 *     domain
 * @param outputs the outputs that are looked at, by name; none for all of them
 */
public record Case(
    Map<String, Object> attributes,
    List<TensorType> inputs,
    Map<Integer, Sampler> samplers,
    List<String> outputs) {
  public Case {
    attributes = ImmutableMap.copyOf(attributes);
    inputs = ImmutableList.copyOf(inputs);
    samplers = ImmutableMap.copyOf(samplers);
    outputs = ImmutableList.copyOf(outputs);
  }

  /** A case of inputs written as {@code f64[N, 3]} or, for f64, as {@code [N, 3]}. */
  public static Case of(String... inputs) {
    return of(Arrays.stream(inputs).map(Case::parse).toArray(TensorType[]::new));
  }

  /** A case of inputs of those types. */
  public static Case of(TensorType... inputs) {
    return new Case(ImmutableMap.of(), ImmutableList.copyOf(inputs), ImmutableMap.of(), List.of());
  }

  private static TensorType parse(String text) {
    int bracket = text.indexOf('[');
    Preconditions.checkArgument(
        bracket >= 0, "A type looks like f64[N, 3] or [N, 3], got '%s'.", text);
    DType dtype = bracket == 0 ? DType.F64 : DType.parse(text.substring(0, bracket));
    return new TensorType(dtype, Shape.parse(text.substring(bracket)));
  }

  /** This case with an attribute, as plain data: a number, a flag, a string or a list. */
  public Case with(String attribute, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(attributes);
    all.put(attribute, value);
    return new Case(ImmutableMap.copyOf(all), inputs, samplers, outputs);
  }

  /** This case with the numbers of one input drawn in another way. */
  public Case sampling(int input, Sampler sampler) {
    Preconditions.checkElementIndex(input, inputs.size(), "input");
    Map<Integer, Sampler> all = new LinkedHashMap<>(samplers);
    all.put(input, sampler);
    return new Case(attributes, inputs, ImmutableMap.copyOf(all), outputs);
  }

  /** This case with inputs of other types. */
  Case taking(List<TensorType> types) {
    return new Case(attributes, ImmutableList.copyOf(types), samplers, outputs);
  }

  /** This case with only some outputs looked at. */
  Case lookingAt(List<String> some) {
    return new Case(attributes, inputs, samplers, ImmutableList.copyOf(some));
  }

  /** Whether one output is looked at, or the only one that there is. */
  boolean isOfOne() {
    return outputs.size() < 2;
  }

  /** The sizes that named dimensions are bound to in a run: 3, 4, 5, ... in order of appearance. */
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (TensorType type : inputs) {
      for (Dim dim : type.shape().dims()) {
        switch (dim) {
          case Dim.Named named -> sizes.putIfAbsent(named.name(), 3 + sizes.size());
          case Dim.Fixed fixed -> {}
        }
      }
    }
    return ImmutableMap.copyOf(sizes);
  }

  /** The types, attributes and outputs, as in {@code (f64[N, 3], f64[3]) axis=1 -> values}. */
  @Override
  public String toString() {
    String types =
        inputs.stream().map(TensorType::toString).collect(Collectors.joining(", ", "(", ")"));
    return attributes.entrySet().stream()
        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
        .collect(
            Collectors.joining(
                "", types, outputs.isEmpty() ? "" : " -> " + String.join(", ", outputs)));
  }
}
