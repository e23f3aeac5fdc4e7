package io.deltagraph.experiments;

import com.google.common.collect.ContiguousSet;
import io.deltagraph.data.Targets;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.RowFile;
import io.deltagraph.training.Samples;
import io.deltagraph.training.StoredRows;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Rows of a table that is on disk, made ready for the net whenever they are asked for.
 *
 * @param inputs those of some rows
 * @param target of all of them
 * @param samples inputs and targets of some rows together
 */
record TableRows(Inputs inputs, Targets target, Together samples) implements StoredRows {
  private static final int AT_A_TIME = 1 << 13;

  /** The inputs from one row to before another. */
  interface Inputs {
    Tensor of(int from, int to);
  }

  /** Inputs with what is to be predicted from them. */
  interface Together {
    Samples of(Tensor inputs, Targets target);
  }

  @Override
  public int count() {
    return target.rows();
  }

  @Override
  public Samples rows(int from, int to) {
    return samples.of(
        inputs.of(from, to), target.select(ContiguousSet.closedOpen(from, to).asList()));
  }

  /** The same rows, ready and in a file among those that are temporary. */
  static RowFile file(StoredRows all) {
    int count = all.count();
    Iterator<Samples> parts =
        IntStream.range(0, Math.ceilDiv(count, AT_A_TIME))
            .mapToObj(i -> all.rows(i * AT_A_TIME, Math.min(count, (i + 1) * AT_A_TIME)))
            .iterator();
    return RowFile.write(Path.of(System.getProperty("java.io.tmpdir")), parts);
  }
}
