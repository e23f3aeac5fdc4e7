package io.deltagraph.spark;

import io.deltagraph.training.RowKey;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Sorted keys, those of rows that hold the same numbered. */
final class NumberedRows implements Iterator<Tuple2<RowKey, Boolean>> {
  private final Iterator<Tuple2<RowKey, Boolean>> sorted;
  private @Nullable RowKey kind;
  private long before;

  NumberedRows(Iterator<Tuple2<RowKey, Boolean>> sorted) {
    this.sorted = sorted;
  }

  @Override
  public boolean hasNext() {
    return sorted.hasNext();
  }

  @Override
  public Tuple2<RowKey, Boolean> next() {
    RowKey key = sorted.next()._1();
    if (kind != null && key.isSameRow(kind)) {
      before++;
    } else {
      kind = key;
      before = 0;
    }
    return new Tuple2<>(key.numbered(before), true);
  }
}
