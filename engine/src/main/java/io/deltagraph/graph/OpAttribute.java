package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of an op: its name, its kind, how to read it from the op's record, and its default.
 * In files it is plain data: a number, a truth value, a string or a list of integers.
 *
 * @param <A> the record of the op's attributes
 * @param <T> the type of this attribute
 */
public final class OpAttribute<A extends Record, T> {

  /** How an attribute is written in files. */
  public enum Kind {
    /** A whole number. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** A string. */
    TEXT,
    /** A list of whole numbers. */
    INTEGERS,
    /** The name of a dtype. */
    DTYPE,
    /** A shape such as {@code [N, 3]}. */
    SHAPE
  }

  private final String name;
  private final Kind kind;
  private final Function<A, T> get;
  private final Function<Object, @Nullable T> decode;
  private final @Nullable T fallback;

  private OpAttribute(
      String name,
      Kind kind,
      Function<A, T> get,
      Function<Object, @Nullable T> decode,
      @Nullable T fallback) {
    this.name = name;
    this.kind = kind;
    this.get = get;
    this.decode = decode;
    this.fallback = fallback;
  }

  /** A whole number. */
  public static <A extends Record> OpAttribute<A, Integer> integer(
      String name, Function<A, Integer> get) {
    return new OpAttribute<>(name, Kind.INTEGER, get, OpAttribute::decodeInteger, null);
  }

  /** A number. */
  public static <A extends Record> OpAttribute<A, Double> number(
      String name, Function<A, Double> get) {
    return new OpAttribute<>(name, Kind.NUMBER, get, OpAttribute::decodeNumber, null);
  }

  /** True or false. */
  public static <A extends Record> OpAttribute<A, Boolean> flag(
      String name, Function<A, Boolean> get) {
    return new OpAttribute<>(
        name, Kind.FLAG, get, raw -> raw instanceof Boolean b ? b : null, null);
  }

  /** A string. */
  public static <A extends Record> OpAttribute<A, String> text(
      String name, Function<A, String> get) {
    return new OpAttribute<>(name, Kind.TEXT, get, raw -> raw instanceof String s ? s : null, null);
  }

  /** A list of whole numbers. */
  public static <A extends Record> OpAttribute<A, List<Integer>> integers(
      String name, Function<A, List<Integer>> get) {
    return new OpAttribute<>(name, Kind.INTEGERS, get, OpAttribute::decodeIntegers, null);
  }

  /** An element type. */
  public static <A extends Record> OpAttribute<A, DType> dtype(
      String name, Function<A, DType> get) {
    return new OpAttribute<>(
        name,
        Kind.DTYPE,
        get,
        raw -> raw instanceof DType d ? d : raw instanceof String s ? DType.parse(s) : null,
        null);
  }

  /** A shape, possibly with named dimensions. */
  public static <A extends Record> OpAttribute<A, Shape> shape(
      String name, Function<A, Shape> get) {
    return new OpAttribute<>(
        name,
        Kind.SHAPE,
        get,
        raw -> raw instanceof Shape d ? d : raw instanceof String s ? Shape.parse(s) : null,
        null);
  }

  /** This attribute with a value to take where none is given. */
  public OpAttribute<A, T> orElse(T value) {
    return new OpAttribute<>(name, kind, get, decode, value);
  }

  /** This attribute as read from a record that holds the op's record. */
  <B extends Record> OpAttribute<B, T> of(Function<B, A> inner) {
    return new OpAttribute<>(name, kind, outer -> get.apply(inner.apply(outer)), decode, fallback);
  }

  /** The name in files and messages. */
  public String name() {
    return name;
  }

  /** How it is written in files. */
  public Kind kind() {
    return kind;
  }

  /** The default, or null if the attribute must be given. */
  public @Nullable T fallback() {
    return fallback;
  }

  /** The value in {@code attributes}. */
  public T get(A attributes) {
    return get.apply(attributes);
  }

  /**
   * The value in {@code attributes} as plain data: Integer, Double, Boolean, String or a list of
   * Integer.
   */
  Object encode(A attributes) {
    T value = get.apply(attributes);
    return switch (kind) {
      case INTEGER, NUMBER, FLAG, TEXT, INTEGERS -> (Object) value;
      case DTYPE, SHAPE -> value.toString();
    };
  }

  /** The value that plain data stands for, or null if the data is of another kind. */
  @Nullable T decode(Object raw) {
    return decode.apply(raw);
  }

  private static @Nullable Integer decodeInteger(Object raw) {
    return switch (raw) {
      case Integer i -> i;
      case Long l when l == l.intValue() -> l.intValue();
      default -> null;
    };
  }

  private static @Nullable Double decodeNumber(Object raw) {
    return switch (raw) {
      case Number n -> n.doubleValue();
      case String s when s.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String s when s.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case String s when s.equals("NaN") -> Double.NaN;
      default -> null;
    };
  }

  private static @Nullable List<Integer> decodeIntegers(Object raw) {
    if (!(raw instanceof List<?> list)) {
      return null;
    }
    ImmutableList.Builder<Integer> result = ImmutableList.builder();
    for (Object element : list) {
      Integer value = element == null ? null : decodeInteger(element);
      if (value == null) {
        return null;
      }
      result.add(value);
    }
    return result.build();
  }
}
