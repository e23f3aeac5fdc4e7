package io.deltagraph.spark;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import io.deltagraph.training.RowForm;
import io.deltagraph.training.RowKey;
import io.deltagraph.training.ShardCut;
import io.deltagraph.training.ShardRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** How sorted rows become shards: in pieces of neighbouring rows. */
final class ShardPieces {
  /** Rows of a piece: few enough that a piece is no burden, many enough that pieces are few. */
  private static final int MOST = 1024;

  private ShardPieces() {}

  /**
   * Some rows of a shard.
   *
   * @param place of the first among all rows
   * @param isHeldOut whether they are not trained on
   */
  record Piece(int shard, long place, boolean isHeldOut, List<double[]> rows)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The number of keys, and the sum of their hashes. */
  static Iterator<Tuple2<Long, Long>> counted(Iterator<Tuple2<RowKey, Boolean>> keys) {
    long count = 0;
    long sum = 0;
    while (keys.hasNext()) {
      count++;
      sum += keys.next()._1().hash();
    }
    return Iterators.singletonIterator(new Tuple2<>(count, sum));
  }

  /** The pieces of sorted rows, so many of which come before them. */
  static Iterator<Piece> cut(ShardCut cut, long before, Iterator<Tuple2<RowKey, Boolean>> keys) {
    PeekingIterator<Tuple2<RowKey, Boolean>> sorted = Iterators.peekingIterator(keys);
    return new AbstractIterator<>() {
      private long next = before;

      @Override
      protected @Nullable Piece computeNext() {
        if (!sorted.hasNext()) {
          return endOfData();
        }
        long place = next;
        int shard = cut.shardOf(place);
        boolean isHeldOut = cut.isHeldOut(place);
        List<double[]> rows = new ArrayList<>();
        while (sorted.hasNext()
            && rows.size() < MOST
            && cut.shardOf(next) == shard
            && cut.isHeldOut(next) == isHeldOut) {
          rows.add(requireNonNull(sorted.next())._1().numbers());
          next++;
        }
        return new Piece(shard, place, isHeldOut, rows);
      }
    };
  }

  /** The shards of a task, those without rows included. */
  static Iterator<ShardRows> shards(
      RowForm form, int task, int tasks, int shards, Iterator<Tuple2<Integer, Piece>> pieces) {
    TreeMap<Integer, List<Piece>> found = new TreeMap<>();
    for (int shard = 0; shard < shards; shard++) {
      if (ShardBlocks.of(shard, tasks, shards) == task) {
        found.put(shard, new ArrayList<>());
      }
    }
    pieces.forEachRemaining(piece -> requireNonNull(found.get(piece._1())).add(piece._2()));
    return Iterators.transform(
        found.entrySet().iterator(), entry -> shard(form, entry.getKey(), entry.getValue()));
  }

  private static ShardRows shard(RowForm form, int shard, List<Piece> pieces) {
    pieces.sort(Comparator.comparingLong(Piece::place));
    List<double[]> trained = new ArrayList<>();
    List<double[]> heldOut = new ArrayList<>();
    pieces.forEach(piece -> (piece.isHeldOut() ? heldOut : trained).addAll(piece.rows()));
    pieces.clear();
    return ShardRows.of(form, shard, trained, heldOut);
  }
}
