package io.deltagraph.training;

import com.google.common.base.Preconditions;
import io.deltagraph.models.Model;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.Dim;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of which a portion is in memory. In each epoch, blocks of neighbouring rows are put into a
 * random order and cut into portions, and the rows of each portion into a random order again. What
 * comes of it follows from the seed, the batch and the size of the portions; where all rows are in
 * one portion, it is what training in memory gives.
 */
final class RowsInPortions implements TrainingRows {
  /** Of a block, so that a disk reads it at once. */
  private static final int BLOCK_BYTES = 1 << 16;

  /** The fewest in a portion: its rows come from as many places. */
  private static final int BLOCKS = 64;

  /** Of a portion, where nobody says how many rows it has: the same in whatever memory there is. */
  private static final int PORTION_BYTES = 1 << 25;

  private final StoredRows stored;
  private final Model model;
  private final Seeds seeds;
  private final int[] trained; // empty where all are
  private final int[] chosen;
  private final int count;
  private final int perBlock;
  private final int perPortion;

  RowsInPortions(StoredRows stored, Model model, TrainingOptions options, int asked) {
    this.stored = stored;
    this.model = model;
    this.seeds = options.seeds();
    Preconditions.checkArgument(
        options.batch().isPresent(),
        "A step on all rows at once needs all of them in memory: give the number of rows of a"
            + " batch, or train on them in memory.");
    int batch = options.batch().getAsInt();
    long rowBytes =
        stored.rows(0, 1).fitting(model).tensors().values().stream()
            .mapToLong(tensor -> (long) tensor.length() * tensor.type().dtype().bytes())
            .sum();
    chosen = ValidationRows.chosen(stored.count(), options.stopping(), options.seeds());
    trained = chosen.length == 0 ? chosen : ValidationRows.others(stored.count(), chosen);
    count = stored.count() - chosen.length;
    long most = asked > 0 ? asked : Math.max(1, PORTION_BYTES / rowBytes);
    perPortion = Math.toIntExact(Math.min(Math.ceilDiv(most, batch) * batch, count));
    TrainingMemory.requirePortions(perPortion, rowBytes);
    perBlock =
        Math.toIntExact(Math.clamp(BLOCK_BYTES / rowBytes, 1, Math.max(1, perPortion / BLOCKS)));
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int perPortion() {
    return perPortion;
  }

  @Override
  public Portion portion(int epoch, int number) {
    int from = number * perPortion;
    int rows = Math.min(perPortion, count - from);
    int[] numbers = numbers(epoch, from, rows);
    Samples samples = read(numbers);
    int[] order = new int[rows];
    // The first of these is the order of rows that are all in memory.
    Seeds own = number == 0 ? seeds : seeds.derive("portion", number);
    own.derive("shuffle", epoch).stream().permute(order);
    return new Portion(samples, order, numbers, samples.scored(model));
  }

  /** The numbers of some rows of an epoch in the order of its blocks. */
  private int[] numbers(int epoch, int from, int rows) {
    int blocks = Math.ceilDiv(count, perBlock);
    int[] order = new int[blocks];
    if (perPortion == count) {
      Arrays.setAll(order, block -> block);
    } else {
      RandomStream stream = seeds.derive("blocks", epoch).stream();
      stream.permute(order);
    }
    int[] numbers = new int[rows];
    int filled = 0;
    int before = 0;
    for (int i = 0; i < blocks && filled < rows; i++) {
      int start = order[i] * perBlock;
      int end = Math.min(count, start + perBlock);
      for (int at = start + Math.max(0, from - before); at < end && filled < rows; at++) {
        numbers[filled++] = trained.length == 0 ? at : trained[at];
      }
      before += end - start;
    }
    return numbers;
  }

  @Override
  public int heldOut() {
    return chosen.length;
  }

  @Override
  public Samples heldOut(int from, int to) {
    return read(Arrays.copyOfRange(chosen, from, to));
  }

  /** Copies rows to memory, block by block. */
  private Samples read(int[] numbers) {
    Samples first = stored.rows(numbers[0], numbers[0] + 1).fitting(model);
    List<String> names = List.copyOf(first.tensors().keySet());
    List<TensorType> types = new ArrayList<>();
    for (String name : names) {
      TensorType one = first.get(name).type();
      types.add(one.with(one.shape().with(0, Dim.of(numbers.length))));
    }
    List<Tensor> tensors = Tensor.written(types, into -> fill(numbers, names, into));
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), tensors.get(i));
    }
    return new Samples(named);
  }

  private void fill(int[] numbers, List<String> names, List<? extends TensorWriter> into) {
    for (int from = 0; from < numbers.length; ) {
      int to = from + 1;
      while (to < numbers.length
          && numbers[to] > numbers[to - 1]
          && numbers[to] - numbers[from] < perBlock) {
        to++;
      }
      Samples block = stored.rows(numbers[from], numbers[to - 1] + 1).fitting(model);
      for (int i = 0; i < names.size(); i++) {
        Tensor source = block.get(names.get(i));
        TensorWriter target = into.get(i);
        int width = source.length() / block.count();
        for (int row = from; row < to; row++) {
          int shift = (numbers[row] - numbers[from]) * width;
          for (int k = 0; k < width; k++) {
            target.set(row * width + k, source.get(shift + k));
          }
        }
      }
      from = to;
    }
  }

  @Override
  public String fingerprint() {
    Fingerprint.Rows rows = new Fingerprint.Rows();
    for (int from = 0; from < stored.count(); from += perBlock) {
      rows.add(stored.rows(from, Math.min(stored.count(), from + perBlock)).tensors());
    }
    return rows.text() + ", " + perPortion + " at a time";
  }
}
