package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.plan.Step;
import io.deltagraph.runtime.Backend;
import io.deltagraph.runtime.Task;
import io.deltagraph.tensor.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Matrix products by tiles. The output is cut into panels of a few vectors of columns, and these
 * into blocks of rows that stay in the cache; a unit is a block of a panel.
 */
final class ProductTask implements Task {
  /** The most elements of a block of the first operand: half of a small second-level cache. */
  private static final int BLOCK_ELEMENTS = 96 * 1024;

  private final Product product;
  private final Kernel[][] kernels;
  private final Object[] arrays;
  private final int[][] offsets;
  private final int tileRows;
  private final int blockTiles;
  private final int blocks;
  private final int panels;

  private ProductTask(Product product, Kernels kernels, Object[] arrays, Backend.Memory memory) {
    this.product = product;
    this.arrays = arrays;
    this.offsets = new int[memory.workers()][arrays.length];
    this.panels = product.panels();
    this.tileRows = product.tileRows();
    int tiles = product.rows() / tileRows;
    blockTiles = Math.max(1, Math.min(tiles, BLOCK_ELEMENTS / (tileRows * product.terms() + 1)));
    blocks = (tiles + blockTiles - 1) / blockTiles;
    this.kernels = new Kernel[panels][2];
    for (int panel = 0; panel < panels; panel++) {
      Tile whole = product.tile(panel, tileRows);
      this.kernels[panel][0] = kernels.get(whole, whole::write);
      if (product.restRows() > 0) {
        Tile rest = product.tile(panel, product.restRows());
        this.kernels[panel][1] = kernels.get(rest, rest::write);
      }
    }
  }

  static Optional<ImmutableList<Task>> of(
      Step.Product step, Kernels kernels, Backend.Memory memory) {
    Optional<Product> known = Product.of(step);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Product product = known.get();
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    Buffer left = memory.of(product.swapped() ? step.right() : step.left());
    Buffer right = memory.of(product.swapped() ? step.left() : step.right());
    List<Object> arrays = new ArrayList<>();
    arrays.add(left.array());
    if (product.packed()) {
      Buffer pack =
          Buffer.allocate(step.output().type().dtype(), product.terms() * product.columns());
      tasks.add(new PackTask(product, right, pack));
      arrays.add(pack.array());
    } else {
      arrays.add(right.array());
    }
    arrays.add(memory.of(step.output()).array());
    step.extras().forEach(extra -> arrays.add(memory.of(extra).array()));
    tasks.add(new ProductTask(product, kernels, arrays.toArray(), memory));
    return Optional.of(tasks.build());
  }

  @Override
  public int units() {
    return blocks * panels;
  }

  @Override
  public long cost() {
    return (long) product.rows() * product.columns() * product.terms() / 64;
  }

  @Override
  public void run(int from, int to, int worker) {
    int[] at = offsets[worker];
    int tiles = product.rows() / tileRows;
    for (int unit = from; unit < to; unit++) {
      int block = unit / panels;
      int panel = unit % panels;
      product.place(panel, 0, at);
      int end = Math.min((block + 1) * blockTiles, tiles);
      kernels[panel][0].run(arrays, at, block * blockTiles, end);
      if (block == blocks - 1 && product.restRows() > 0) {
        product.place(panel, tiles * tileRows, at);
        kernels[panel][1].run(arrays, at, 0, 1);
      }
    }
  }
}
