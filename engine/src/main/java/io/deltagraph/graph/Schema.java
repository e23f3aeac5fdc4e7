package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The attributes of an op and how its record is made of them: {@code Schema.of(Axis::new,
 * OpAttribute.integer("axis", Axis::axis).orElse(-1))}. No reflection is involved, so records in
 * packages that are not exported work.
 *
 * @param <A> the record of attributes
 */
public final class Schema<A extends Record> {
  private static final Schema<NoAttributes> NONE =
      new Schema<>(ImmutableList.of(), values -> NoAttributes.NONE);

  private final List<OpAttribute<A, ?>> attributes;
  private final Function<List<Object>, A> make;

  private Schema(List<OpAttribute<A, ?>> attributes, Function<List<Object>, A> make) {
    this.attributes = attributes;
    this.make = make;
  }

  /** Makes a record of three attributes. */
  @FunctionalInterface
  public interface Make3<A, T, U, V> {
    /** The record. */
    A of(T first, U second, V third);
  }

  /** Makes a record of four attributes. */
  @FunctionalInterface
  public interface Make4<A, T, U, V, W> {
    /** The record. */
    A of(T first, U second, V third, W fourth);
  }

  /** Makes a record of five attributes. */
  @FunctionalInterface
  public interface Make5<A, T, U, V, W, X> {
    /** The record. */
    A of(T first, U second, V third, W fourth, X fifth);
  }

  /** No attributes. */
  public static Schema<NoAttributes> none() {
    return NONE;
  }

  /** One attribute. */
  @SuppressWarnings("unchecked") // each value was decoded by the attribute at its position
  public static <A extends Record, T> Schema<A> of(Function<T, A> make, OpAttribute<A, T> first) {
    return new Schema<>(ImmutableList.of(first), values -> make.apply((T) values.get(0)));
  }

  /** Two attributes. */
  @SuppressWarnings("unchecked") // as above
  public static <A extends Record, T, U> Schema<A> of(
      BiFunction<T, U, A> make, OpAttribute<A, T> first, OpAttribute<A, U> second) {
    return new Schema<>(
        ImmutableList.of(first, second),
        values -> make.apply((T) values.get(0), (U) values.get(1)));
  }

  /** Three attributes. */
  @SuppressWarnings("unchecked") // as above
  public static <A extends Record, T, U, V> Schema<A> of(
      Make3<A, T, U, V> make,
      OpAttribute<A, T> first,
      OpAttribute<A, U> second,
      OpAttribute<A, V> third) {
    return new Schema<>(
        ImmutableList.of(first, second, third),
        values -> make.of((T) values.get(0), (U) values.get(1), (V) values.get(2)));
  }

  /** Four attributes. */
  @SuppressWarnings("unchecked") // as above
  public static <A extends Record, T, U, V, W> Schema<A> of(
      Make4<A, T, U, V, W> make,
      OpAttribute<A, T> first,
      OpAttribute<A, U> second,
      OpAttribute<A, V> third,
      OpAttribute<A, W> fourth) {
    return new Schema<>(
        ImmutableList.of(first, second, third, fourth),
        v -> make.of((T) v.get(0), (U) v.get(1), (V) v.get(2), (W) v.get(3)));
  }

  /** Five attributes. */
  @SuppressWarnings("unchecked") // as above
  public static <A extends Record, T, U, V, W, X> Schema<A> of(
      Make5<A, T, U, V, W, X> make,
      OpAttribute<A, T> first,
      OpAttribute<A, U> second,
      OpAttribute<A, V> third,
      OpAttribute<A, W> fourth,
      OpAttribute<A, X> fifth) {
    return new Schema<>(
        ImmutableList.of(first, second, third, fourth, fifth),
        v -> make.of((T) v.get(0), (U) v.get(1), (V) v.get(2), (W) v.get(3), (X) v.get(4)));
  }

  /** This schema with one more attribute, for a record that holds this one's record beside it. */
  @SuppressWarnings("unchecked") // the last value was decoded by the added attribute
  <B extends Record, T> Schema<B> and(
      OpAttribute<B, T> added, Function<B, A> inner, BiFunction<A, T, B> outer) {
    ImmutableList.Builder<OpAttribute<B, ?>> all = ImmutableList.builder();
    attributes.forEach(attribute -> all.add(attribute.of(inner)));
    int last = attributes.size();
    return new Schema<>(
        all.add(added).build(),
        values -> outer.apply(make.apply(values.subList(0, last)), (T) values.get(last)));
  }

  /** The attributes in order. */
  public List<OpAttribute<A, ?>> attributes() {
    return attributes;
  }

  /**
   * The record with every attribute at its default.
   *
   * @throws GraphException naming the attributes that have none
   */
  public A defaults() {
    return read(Map.of());
  }

  /** The record as plain data, in order. */
  public Map<String, Object> write(A record) {
    ImmutableMap.Builder<String, Object> data = ImmutableMap.builder();
    for (OpAttribute<A, ?> attribute : attributes) {
      data.put(attribute.name(), attribute.encode(record));
    }
    return data.buildOrThrow();
  }

  /**
   * The record that plain data stands for; absent attributes take their defaults.
   *
   * @throws GraphException for an unknown, missing or ill-typed attribute
   */
  public A read(Map<String, ?> data) {
    for (String given : data.keySet()) {
      if (attributes.stream().noneMatch(a -> a.name().equals(given))) {
        throw new GraphException.BadAttribute(
            "There is no attribute '" + given + "'; " + known() + ".");
      }
    }
    List<Object> values = new ArrayList<>();
    for (OpAttribute<A, ?> attribute : attributes) {
      Object raw = data.get(attribute.name());
      values.add(raw == null ? fallback(attribute) : decoded(attribute, raw));
    }
    try {
      return make.apply(values);
    } catch (IllegalArgumentException e) {
      throw new GraphException.BadAttribute(String.valueOf(e.getMessage()));
    }
  }

  private Object fallback(OpAttribute<A, ?> attribute) {
    Object value = attribute.fallback();
    if (value == null) {
      throw new GraphException.BadAttribute(
          "The attribute '" + attribute.name() + "' must be given; " + known() + ".");
    }
    return value;
  }

  private static Object decoded(OpAttribute<?, ?> attribute, Object raw) {
    Object value;
    try {
      value = attribute.decode(raw);
    } catch (IllegalArgumentException e) {
      throw new GraphException.BadAttribute(
          "The attribute '" + attribute.name() + "': " + e.getMessage());
    }
    if (value == null) {
      throw new GraphException.BadAttribute(
          "The attribute '"
              + attribute.name()
              + "' is of kind "
              + attribute.kind()
              + ", got '"
              + raw
              + "'.");
    }
    return value;
  }

  String known() {
    return attributes.isEmpty()
        ? "the op takes none"
        : attributes.stream()
            .map(a -> a.name() + " (" + a.kind() + ")")
            .collect(Collectors.joining(", ", "the op takes ", ""));
  }
}
