package io.deltagraph.type;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The dimensions of a value, outermost first; the empty shape is a scalar. */
public record Shape(List<Dim> dims) {

  /** The most dimensions a value may have. */
  public static final int MAX_RANK = 8;

  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  private static final Shape SCALAR = new Shape(ImmutableList.of());

  /** Checks the rank. */
  public Shape {
    if (dims.size() > MAX_RANK) {
      throw new IllegalArgumentException(
          "A shape has at most " + MAX_RANK + " dimensions, got " + dims.size() + ".");
    }
  }

  /** The shape of a single number. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** A shape of known sizes. */
  public static Shape of(int... sizes) {
    ImmutableList.Builder<Dim> dims = ImmutableList.builderWithExpectedSize(sizes.length);
    for (int size : sizes) {
      dims.add(Dim.of(size));
    }
    return new Shape(dims.build());
  }

  /** A shape of any dimensions. */
  public static Shape of(Dim... dims) {
    return new Shape(ImmutableList.copyOf(dims));
  }

  /** A shape of any dimensions. */
  public static Shape of(List<? extends Dim> dims) {
    return new Shape(ImmutableList.copyOf(dims));
  }

  /** A shape whose first dimension is named, followed by known sizes: {@code batch("N", 64)}. */
  public static Shape batch(String name, int... sizes) {
    return new Shape(
        ImmutableList.<Dim>builder().add(Dim.named(name)).addAll(of(sizes).dims).build());
  }

  /** The number of dimensions. */
  public int rank() {
    return dims.size();
  }

  /** The dimension at {@code axis}, where −1 is the last one. */
  public Dim dim(int axis) {
    return dims.get(axis(axis));
  }

  /**
   * Normalises an axis: −1 is the last.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int normal = axis < 0 ? axis + rank() : axis;
    if (normal < 0 || normal >= rank()) {
      throw new IllegalArgumentException(
          "There is no axis " + axis + " in " + this + ", which has " + rank() + " dimensions.");
    }
    return normal;
  }

  /** Whether every size is known. */
  public boolean isFixed() {
    return dims.stream().allMatch(Dim::isFixed);
  }

  /** The sizes of a fixed shape. */
  public int[] sizes() {
    return dims.stream().mapToInt(Dim::size).toArray();
  }

  /**
   * The number of elements of a fixed shape.
   *
   * @throws ArithmeticException if it does not fit an int
   */
  public int elements() {
    // By index: an iterator is an object, and steps that copy tensors ask for this.
    long product = 1;
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i).size() == 0) {
        return 0;
      }
    }
    for (int i = 0; i < dims.size(); i++) {
      product *= dims.get(i).size();
      if (product > MAX_ELEMENTS) {
        throw new ArithmeticException(
            "The shape " + this + " has more elements than an array can hold.");
      }
    }
    return (int) product;
  }

  /** This shape with the names replaced by their sizes; names without a binding stay. */
  public Shape bind(Map<String, Integer> sizes) {
    if (isFixed()) {
      return this;
    }
    return new Shape(
        dims.stream().map(dim -> bound(dim, sizes)).collect(ImmutableList.toImmutableList()));
  }

  private static Dim bound(Dim dim, Map<String, Integer> sizes) {
    return switch (dim) {
      case Dim.Fixed fixed -> fixed;
      case Dim.Named named -> {
        Integer size = sizes.get(named.name());
        yield size == null ? named : Dim.of(size);
      }
    };
  }

  /** This shape with {@code dim} in place of the one at {@code axis}. */
  public Shape with(int axis, Dim dim) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis(axis), dim);
    return of(changed);
  }

  /** The dimensions from {@code from} up to but not including {@code to}. */
  public Shape slice(int from, int to) {
    return new Shape(dims.subList(from, to));
  }

  /**
   * A shape of as many elements as this one, one of whose sizes may be given as −1: a number, or
   * this shape's named dimension where the other sizes take all that has a number.
   *
   * @throws IllegalArgumentException if there is no such shape
   */
  public Shape refilled(int... sizes) {
    List<Dim> names = dims.stream().filter(dim -> !dim.isFixed()).toList();
    int own = new Shape(dims.stream().filter(Dim::isFixed).toList()).elements();
    int given = of(Arrays.stream(sizes).filter(size -> size != -1).toArray()).elements();
    int open = Ints.indexOf(sizes, -1);
    boolean fits =
        open >= 0
            && open == Ints.lastIndexOf(sizes, -1)
            && (names.isEmpty()
                ? given > 0 && own % given == 0
                : names.size() == 1 && own == given);
    if (open < 0 && names.isEmpty() && own == given) {
      return of(sizes);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "The shape %s cannot become %s, in which at most one size is -1."
              .formatted(this, Arrays.toString(sizes)));
    }
    int[] filled = sizes.clone();
    filled[open] = names.isEmpty() ? own / given : 1;
    return names.isEmpty() ? of(filled) : of(filled).with(open, names.getFirst());
  }

  /** This shape followed by another. */
  public Shape concat(Shape other) {
    return new Shape(ImmutableList.<Dim>builder().addAll(dims).addAll(other.dims).build());
  }

  /**
   * The shape that both broadcast to, aligned at the last dimension: equal dimensions, or one of
   * them 1 or absent. Empty if there is none.
   */
  public Optional<Shape> broadcast(Shape other) {
    int rank = Math.max(rank(), other.rank());
    Dim[] result = new Dim[rank];
    for (int i = 1; i <= rank; i++) {
      Dim a = i <= rank() ? dims.get(rank() - i) : Dim.of(1);
      Dim b = i <= other.rank() ? other.dims.get(other.rank() - i) : Dim.of(1);
      if (!a.equals(b) && !a.isOne() && !b.isOne()) {
        return Optional.empty();
      }
      result[rank - i] = a.isOne() ? b : a;
    }
    return Optional.of(of(result));
  }

  /** Whether this shape broadcasts to {@code target} without changing it. */
  public boolean broadcastsTo(Shape target) {
    return broadcast(target).filter(target::equals).isPresent();
  }

  /** Reads what {@link #toString} prints. */
  public static Shape parse(String text) {
    String inner = text.strip();
    if (!inner.startsWith("[") || !inner.endsWith("]")) {
      throw new IllegalArgumentException("A shape looks like [N, 64], got '" + text + "'.");
    }
    inner = inner.substring(1, inner.length() - 1).strip();
    if (inner.isEmpty()) {
      return scalar();
    }
    ImmutableList.Builder<Dim> dims = ImmutableList.builder();
    for (String part : Splitter.on(',').trimResults().split(inner)) {
      dims.add(part.matches("[0-9]+") ? Dim.of(size(part, text)) : Dim.named(part));
    }
    return new Shape(dims.build());
  }

  private static int size(String part, String text) {
    Integer size = Ints.tryParse(part);
    if (size == null) {
      throw new IllegalArgumentException(
          "The size %s in the shape '%s' is too large: the largest is %d. Give a smaller one, or a name such as N."
              .formatted(part, text, Integer.MAX_VALUE));
    }
    return size;
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
