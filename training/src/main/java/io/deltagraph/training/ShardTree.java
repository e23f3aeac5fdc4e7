package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * Adds up shards in one order, whoever adds which of them: in a binary tree over their numbers, in
 * which 0 and 1 are added, then 2 and 3, then these two sums, and so on. Whoever has a few shards
 * adds what lies whole in his hands and passes on the rest; the last one adds the same numbers in
 * the same order as one who had all.
 */
public final class ShardTree {
  private final int shards;
  private final TreeMap<Long, Part> open = new TreeMap<>();

  /** A tree over so many shards, none of which is there yet. */
  public ShardTree(int shards) {
    this.shards = shards;
  }

  /**
   * The sum of {@code 2^level} shards from {@code index · 2^level} on, as far as there are so many.
   *
   * @param level 0 for a shard itself
   * @param index from 0
   * @param sum no longer the caller's
   */
  public record Part(int level, int index, ShardSum sum) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Adds a shard. */
  public void add(int shard, ShardSum sum) {
    add(new Part(0, shard, sum));
  }

  /** Adds a part that was added up elsewhere. */
  public void add(Part part) {
    Part now = part;
    while (now.index() > 0 || 1L << now.level() < shards) {
      int sibling = now.index() ^ 1;
      if ((long) sibling << now.level() < shards) {
        Part other = open.remove(key(now.level(), sibling));
        if (other == null) {
          break;
        }
        now = joined(now, other);
      }
      now = new Part(now.level() + 1, now.index() >> 1, now.sum());
    }
    Part before = open.put(key(now.level(), now.index()), now);
    Preconditions.checkState(before == null, "Shards are added once, got %s again.", now);
  }

  private static Part joined(Part one, Part other) {
    boolean inOrder = one.index() < other.index();
    Part left = inOrder ? one : other;
    left.sum().plus((inOrder ? other : one).sum());
    return left;
  }

  private static long key(int level, int index) {
    return ((long) level << 32) | index;
  }

  /** What cannot be added further here. */
  public List<Part> parts() {
    return ImmutableList.copyOf(open.values());
  }

  /**
   * The sum of all shards.
   *
   * @throws IllegalStateException if some have not come
   */
  public ShardSum total() {
    List<Part> parts = parts();
    boolean isWhole =
        parts.size() == 1
            && parts.getFirst().index() == 0
            && 1L << parts.getFirst().level() >= shards;
    Preconditions.checkState(isWhole, "Of %s shards, some have not come: %s.", shards, parts);
    return parts.getFirst().sum();
  }
}
