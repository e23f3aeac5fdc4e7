package io.deltagraph.type;

/**
 * One dimension of a shape: a number, or a name such as {@code N} that is bound when a plan is
 * made.
 */
public sealed interface Dim {

  /** A dimension whose size is known. */
  record Fixed(int size) implements Dim {
    /** Checks that the size is not negative. */
    public Fixed {
      if (size < 0) {
        throw new IllegalArgumentException("A dimension cannot be negative, got " + size + ".");
      }
    }

    @Override
    public String toString() {
      return Integer.toString(size);
    }
  }

  /** A dimension known by name only; equal names are equal sizes. */
  record Named(String name) implements Dim {
    /** Checks that the name is an identifier. */
    public Named {
      if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,31}")) {
        throw new IllegalArgumentException(
            "A dimension's name is a letter followed by letters, digits or '_', got '"
                + name
                + "'.");
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A dimension of that size. */
  static Dim of(int size) {
    return new Fixed(size);
  }

  /** A dimension of that name. */
  static Dim named(String name) {
    return new Named(name);
  }

  /** Whether this is exactly 1, which broadcasts. */
  default boolean isOne() {
    return this instanceof Fixed fixed && fixed.size() == 1;
  }

  /** Whether the size is known. */
  default boolean isFixed() {
    return this instanceof Fixed;
  }

  /**
   * The size of a fixed dimension.
   *
   * @throws IllegalStateException if this is a named dimension
   */
  default int size() {
    return switch (this) {
      case Fixed fixed -> fixed.size();
      case Named named ->
          throw new IllegalStateException(
              "The dimension " + named + " has no size until it is bound.");
    };
  }
}
