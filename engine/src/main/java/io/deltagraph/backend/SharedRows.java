package io.deltagraph.backend;

import io.deltagraph.type.DType;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend's inner loop for products, which all plans share, and for which dtypes it was found to
 * be fast. The backend keeps it: what one session found out, the next begins with.
 */
public final class SharedRows {
  private final Supplier<RowProduct> made;
  private final Set<DType> tried = EnumSet.noneOf(DType.class);
  private final Set<DType> fast = EnumSet.noneOf(DType.class);
  private @Nullable RowProduct loop;
  private volatile Backend ready = Backend.reference();

  /**
   * Nothing is known yet.
   *
   * @param made makes the loop when it is first tried, and may take long
   */
  public SharedRows(Supplier<RowProduct> made) {
    this.made = made;
  }

  /** The loop. */
  public synchronized RowProduct loop() {
    RowProduct known = loop;
    if (known == null) {
      known = made.get();
      loop = known;
    }
    return known;
  }

  /** The plain loops, with this one in the products of dtypes for which it is known to be fast. */
  public Backend ready() {
    return ready;
  }

  /**
   * Finds out whether the loop is fast for a dtype, unless that is known. Whoever asks meanwhile
   * waits.
   */
  public synchronized void learn(DType dtype, Predicate<RowProduct> isFast) {
    if (tried.add(dtype) && isFast.test(loop())) {
      fast.add(dtype);
      ready = new VectorRows(loop(), fast);
    }
  }
}
