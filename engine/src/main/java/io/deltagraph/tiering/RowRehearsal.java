package io.deltagraph.tiering;

import com.sun.management.ThreadMXBean;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.RowProduct;
import io.deltagraph.backend.SharedRows;
import io.deltagraph.type.DType;
import java.lang.management.ManagementFactory;

/**
 * Brings the inner loop of products before the compiler, and finds out when it is faster than the
 * plain one. While it is interpreted each vector costs a thousand times what it will: so the rows
 * that get it compiled are as short as can be, and those that are timed come seldom.
 */
final class RowRehearsal {
  /** How often the short rows are taken between two timings. */
  private static final int SHORT_ROUNDS = 50;

  private static final int SHORT_TERMS = 3;
  private static final int TERMS = 64;

  /**
   * Rows of vectors alone, of few elements, and of both, whatever the vectors' size: what no
   * rehearsal has come by is left out of the code, which is thrown away where it is met later.
   */
  private static final int[] COUNTS = {64, 5, 86};

  private static final int COUNT = 86;

  /** How many timings in a row have to be good. */
  private static final int SURE = 3;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** For so long a loop is tried before it is given up, in nanoseconds of the trying thread. */
  private static final long PATIENCE = 750_000_000;

  private final DType dtype;
  private final double[] doubles = new double[TERMS * COUNT];
  private final double[] doubleSums = new double[COUNT];
  private final float[] floats = new float[TERMS * COUNT];
  private final float[] floatSums = new float[COUNT];

  /** For rows of f32 or f64. */
  RowRehearsal(DType dtype) {
    this.dtype = dtype;
  }

  /** Finds out for those dtypes whether a backend's loop is fast, where that is not known. */
  static void learn(SharedRows rows, Iterable<DType> dtypes) {
    RowProduct plain = Backend.reference().rows().orElseThrow().loop();
    for (DType dtype : dtypes) {
      rows.learn(dtype, loop -> new RowRehearsal(dtype).getsFast(loop, plain, PATIENCE));
    }
  }

  /**
   * Whether the loop beats the plain one before the patience is over.
   *
   * @param patience in nanoseconds of this thread's time
   */
  boolean getsFast(RowProduct loop, RowProduct plain, long patience) {
    long end = THREADS.getCurrentThreadCpuTime() + patience;
    int good = 0;
    while (good < SURE) {
      for (int i = 0; good == 0 && i < SHORT_ROUNDS; i++) {
        add(loop, SHORT_TERMS, COUNTS[i % COUNTS.length]);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long took = nanos(loop);
      boolean compiled = THREADS.getCurrentThreadAllocatedBytes() == allocated;
      good = compiled && took < nanos(plain) ? good + 1 : 0;
      if (THREADS.getCurrentThreadCpuTime() > end) {
        return false;
      }
    }
    return true;
  }

  private long nanos(RowProduct loop) {
    long start = System.nanoTime();
    for (int count : COUNTS) {
      add(loop, TERMS, count);
    }
    return System.nanoTime() - start;
  }

  private void add(RowProduct loop, int terms, int count) {
    switch (dtype) {
      case F32 -> loop.add(floats, 0, floats, 0, COUNT, terms, floatSums, 0, count);
      case F64 -> loop.add(doubles, 0, doubles, 0, COUNT, terms, doubleSums, 0, count);
      case I32, I64, BOOL -> throw new IllegalArgumentException("Rows of " + dtype + ".");
    }
  }
}
