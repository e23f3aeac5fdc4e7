package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.plan.Step;
import io.deltagraph.runtime.Backend;
import io.deltagraph.runtime.Task;
import io.deltagraph.tensor.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Matrix products by tiles. The output is cut into panels of a few vectors of columns, and these
 * into blocks of rows that stay in the cache; a unit is a block of a panel. Where there are many
 * terms, a block takes them in parts, and keeps its sums in memory in between.
 */
final class ProductTask implements Task {
  /** The most elements of a block of the first operand: half of a small second-level cache. */
  private static final int BLOCK_ELEMENTS = 96 * 1024;

  private final Product product;
  private final Kernel[][][] kernels;
  private final Object[][] arrays;
  private final int[][] offsets;
  private final Buffer[] sums;
  private final Buffer zeros;
  private final Product.Size size;
  private final boolean[] shared;
  private final int panelColumns;
  private final int partTerms;
  private final int tileRows;
  private final int blockTiles;
  private final int blocks;
  private final int panels;
  private final int parts;

  private ProductTask(
      Product product, Kernels kernels, List<Object> operands, Backend.Memory memory) {
    this.product = product;
    this.size = product.size();
    this.shared = new boolean[] {product.copies(0) == 1, product.copies(1) == 1};
    this.panelColumns = product.panelColumns();
    this.partTerms = product.partTerms();
    this.panels = product.panels();
    this.parts = product.parts();
    this.tileRows = product.tileRows();
    int tiles = size.rows() / tileRows;
    int most = BLOCK_ELEMENTS / (tileRows * size.terms() + 1);
    blockTiles = Math.clamp(most, Math.min(2, tiles), tiles);
    blocks = (tiles + blockTiles - 1) / blockTiles;
    int between = parts == 1 ? 0 : (blockTiles + 1) * tileRows * panelColumns;
    zeros = Buffer.allocate(product.dtype(), between);
    sums = new Buffer[memory.workers()];
    Arrays.setAll(sums, worker -> Backend.Memory.allocate(product.dtype(), between));
    arrays = new Object[memory.workers()][operands.size() + 1];
    for (int worker = 0; worker < arrays.length; worker++) {
      operands.toArray(arrays[worker]);
      arrays[worker][operands.size()] = sums[worker].array();
    }
    this.offsets = new int[memory.workers()][operands.size() + 1];
    this.kernels = new Kernel[panels][2][parts];
    for (int panel = 0; panel < panels; panel++) {
      for (int part = 0; part < parts; part++) {
        Tile whole = product.tile(panel, tileRows, part);
        this.kernels[panel][0][part] = kernels.get(whole, whole::write);
        if (product.restRows() > 0) {
          Tile rest = product.tile(panel, product.restRows(), part);
          this.kernels[panel][1][part] = kernels.get(rest, rest::write);
        }
      }
    }
  }

  static Optional<ImmutableList<Task>> of(
      Step.Product step, Kernels kernels, Backend.Memory memory) {
    return Product.of(step).map(product -> of(step, product, kernels, memory));
  }

  private static ImmutableList<Task> of(
      Step.Product step, Product product, Kernels kernels, Backend.Memory memory) {
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    List<Object> arrays = new ArrayList<>();
    for (int operand = 0; operand < 2; operand++) {
      Buffer source = memory.of(operand == 0 == product.swapped() ? step.right() : step.left());
      if (operand == 0 ? product.packedFirst() : product.packedSecond()) {
        Product.Size size = product.size();
        int lanes = operand == 0 ? size.rows() : size.columns();
        int width = operand == 0 ? product.tileRows() : product.panelColumns();
        int length =
            Math.multiplyExact(Math.multiplyExact(product.copies(operand), lanes), size.terms());
        Buffer pack = Backend.Memory.allocate(product.dtype(), length);
        tasks.add(new PackTask(product, operand, width, source, pack, kernels, memory.workers()));
        arrays.add(pack.array());
      } else {
        arrays.add(source.array());
      }
    }
    arrays.add(memory.of(step.output()).array());
    step.extras().forEach(extra -> arrays.add(memory.of(extra).array()));
    return tasks.add(new ProductTask(product, kernels, arrays, memory)).build();
  }

  @Override
  public int units() {
    return size.batch() * blocks * panels;
  }

  @Override
  public long cost() {
    return (long) size.batch() * size.rows() * size.columns() * size.terms() / 64;
  }

  @Override
  public void run(int from, int to, int worker) {
    for (int unit = from; unit < to; unit++) {
      int panel = unit % panels;
      int block = unit / panels % blocks;
      if (parts > 1) {
        sums[worker].copyFrom(zeros, 0, 0, zeros.length());
      }
      for (int part = 0; part < parts; part++) {
        block(unit / panels / blocks, block, panel, part, worker);
      }
    }
  }

  private void block(int batch, int block, int panel, int part, int worker) {
    int[] at = offsets[worker];
    int tiles = size.rows() / tileRows;
    int first = block * blockTiles;
    int end = Math.min(first + blockTiles, tiles);
    at[at.length - 1] = 0;
    place(batch, panel, first * tileRows, part, at);
    kernels[panel][0][part].run(arrays[worker], at, 0, end - first);
    if (block == blocks - 1 && product.restRows() > 0) {
      at[at.length - 1] = blockTiles * tileRows * panelColumns;
      place(batch, panel, tiles * tileRows, part, at);
      kernels[panel][1][part].run(arrays[worker], at, 0, 1);
    }
  }

  /** Where the arrays of the tiles of a panel begin, from a row and a term on. */
  private void place(int batch, int panel, int row, int part, int[] at) {
    int column = panel * panelColumns;
    int term = part * partTerms;
    int rows = size.rows();
    int terms = size.terms();
    Product.Side first = product.first();
    Product.Side second = product.second();
    at[0] =
        product.packedFirst()
            ? (shared[0] ? 0 : batch) * rows * terms
                + row * terms
                + term * Math.min(tileRows, rows - row)
            : start(0, batch) + row * first.lane() + term * first.term();
    at[1] =
        product.packedSecond()
            ? (shared[1] ? 0 : batch) * size.columns() * terms
                + column * terms
                + term * product.columns(panel)
            : start(1, batch) + column * second.lane() + term * second.term();
    at[2] = start(2, batch) + row * product.outputRow() + column;
    for (int i = 0; i < product.extras().size(); i++) {
      Loop.Walk walk = product.extras().get(i);
      at[3 + i] = start(3 + i, batch) + row * walk.row() + column * walk.column();
    }
  }

  private int start(int operand, int batch) {
    return product.starts().get(operand).get(batch);
  }
}
