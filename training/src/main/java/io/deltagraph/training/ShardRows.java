package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one shard as tensors. Java's serialisation carries them as plain arrays; Kryo would
 * not.
 */
public final class ShardRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int shard;
  private final transient @Nullable Samples trained;
  private final transient @Nullable Samples heldOut;

  /** The order of the last epoch: it is the same for all steps of an epoch. */
  private transient volatile @Nullable Order order;

  @SuppressWarnings("ArrayRecordComponent") // nobody compares orders
  private record Order(int epoch, int[] rows) {}

  private ShardRows(int shard, @Nullable Samples trained, @Nullable Samples heldOut) {
    this.shard = shard;
    this.trained = trained;
    this.heldOut = heldOut;
  }

  /**
   * A shard of rows in the order of their keys.
   *
   * @param trained the rows to train on; a shard of few rows may have none
   * @param heldOut the rows to watch the loss on
   */
  public static ShardRows of(
      RowForm form, int shard, List<double[]> trained, List<double[]> heldOut) {
    return new ShardRows(
        shard,
        trained.isEmpty() ? null : form.samples(trained),
        heldOut.isEmpty() ? null : form.samples(heldOut));
  }

  /** The number of the shard, from 0. */
  public int shard() {
    return shard;
  }

  Optional<Samples> trained() {
    return Optional.ofNullable(trained);
  }

  Optional<Samples> heldOut() {
    return Optional.ofNullable(heldOut);
  }

  /** The order in which an epoch goes through the rows to train on. */
  int[] order(Seeds seeds, int epoch) {
    Order known = order;
    if (known == null || known.epoch() != epoch) {
      int count = trained == null ? 0 : trained.count();
      Seeds own = seeds.derive("shard", shard);
      known = new Order(epoch, own.derive("shuffle", epoch).stream().permutation(count));
      order = known;
    }
    return known.rows();
  }

  private Object writeReplace() {
    return new Packed(shard, packed(trained), packed(heldOut));
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Shards are written as plain arrays.");
  }

  private static Map<String, PackedTensor> packed(@Nullable Samples samples) {
    ImmutableMap.Builder<String, PackedTensor> all = ImmutableMap.builder();
    if (samples != null) {
      samples.tensors().forEach((name, tensor) -> all.put(name, PackedTensor.of(tensor)));
    }
    return all.buildOrThrow();
  }

  private record Packed(
      int shard, Map<String, PackedTensor> trained, Map<String, PackedTensor> heldOut)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      return new ShardRows(shard, samples(trained), samples(heldOut));
    }

    private static @Nullable Samples samples(Map<String, PackedTensor> packed) {
      if (packed.isEmpty()) {
        return null;
      }
      ImmutableMap.Builder<String, Tensor> all = ImmutableMap.builder();
      packed.forEach((name, numbers) -> all.put(name, numbers.tensor()));
      return new Samples(all.buildOrThrow());
    }
  }
}
