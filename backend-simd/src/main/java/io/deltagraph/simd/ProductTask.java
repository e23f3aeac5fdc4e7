package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by tiles of panels, where a panel is a few vectors of columns. A unit is a block
 * of tiles of a group of panels. Where there are many terms, a unit takes them in parts, and keeps
 * its sums in memory in between. Panels that only one block needs are packed right before.
 */
final class ProductTask implements Task {
  /**
   * How many vectors of a whole operand are packed at once, as those of some panels. With 16 the
   * compiler now and then left them objects.
   */
  private static final int TOGETHER = 4;

  private final Product product;
  private final Kernel[][][] kernels;
  private final Object[][] arrays;
  private final int[][] offsets;
  private final List<Buffer> sums;
  private final Buffer zeros;
  private final Product.Size size;
  private final boolean[] shared;
  private final int panelColumns;
  private final int partTerms;
  private final int tileRows;
  private final Blocks blocks;
  private final int panels;
  private final int parts;
  private final @Nullable PackTask pack;

  private ProductTask(
      Product product,
      Blocks blocks,
      Kernels kernels,
      List<Object> operands,
      @Nullable Buffer unpacked,
      Backend.Memory memory) {
    this.product = product;
    this.blocks = blocks;
    this.size = product.size();
    this.shared = new boolean[] {product.copies(0) == 1, product.copies(1) == 1};
    this.panelColumns = product.panelColumns();
    this.partTerms = product.partTerms();
    this.panels = product.panels();
    this.parts = product.parts();
    this.tileRows = product.tileRows();
    int between = Math.max(tileRows * panelColumns, blocks.panels() * panelSums());
    zeros = Buffer.allocate(product.dtype(), between);
    sums = buffers(memory.workers(), between);
    arrays = new Object[memory.workers()][operands.size() + 1];
    for (int worker = 0; worker < arrays.length; worker++) {
      operands.toArray(arrays[worker]);
      arrays[worker][operands.size()] = sums.get(worker).array();
    }
    if (unpacked == null) {
      pack = null;
    } else {
      List<Buffer> packs = buffers(memory.workers(), blocks.panels() * partTerms * panelColumns);
      for (int worker = 0; worker < arrays.length; worker++) {
        arrays[worker][1] = packs.get(worker).array();
      }
      pack =
          new PackTask(
              product,
              1,
              panelColumns,
              blocks.panels(),
              partTerms * panelColumns,
              unpacked,
              packs,
              kernels);
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

  private List<Buffer> buffers(int count, int length) {
    return Stream.generate(() -> Backend.Memory.allocate(product.dtype(), length))
        .limit(count)
        .collect(ImmutableList.toImmutableList());
  }

  /** The sums of a block of one panel, with those of the rows that fill no tile, if they wait. */
  private int panelSums() {
    return parts == 1 ? 0 : (blocks.tiles() + 1) * tileRows * panelColumns;
  }

  static Optional<List<Task>> of(Step.Product step, Kernels kernels, Backend.Memory memory) {
    return Product.of(step).map(product -> of(step, product, kernels, memory));
  }

  private static List<Task> of(
      Step.Product step, Product product, Kernels kernels, Backend.Memory memory) {
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    List<Object> arrays = new ArrayList<>();
    Blocks blocks = Blocks.of(product);
    Buffer unpacked = null;
    for (int operand = 0; operand < 2; operand++) {
      Buffer source = memory.of(operand == 0 == product.swapped() ? step.right() : step.left());
      Buffer read = source;
      if (operand == 1 && product.packsLate(blocks)) {
        unpacked = source;
      } else if (operand == 0 ? product.packedFirst() : product.packedSecond()) {
        Product.Size size = product.size();
        int lanes = operand == 0 ? size.rows() : size.columns();
        int width = operand == 0 ? product.tileRows() : product.panelColumns();
        int length =
            Math.multiplyExact(Math.multiplyExact(product.copies(operand), lanes), size.terms());
        read = Backend.Memory.allocate(product.dtype(), length);
        List<Buffer> same = Collections.nCopies(memory.workers(), read);
        int together = Math.max(1, TOGETHER / Math.ceilDiv(width, product.width()));
        tasks.add(
            new PackTask(
                product, operand, width, together, width * size.terms(), source, same, kernels));
      }
      arrays.add(read.array());
    }
    arrays.add(memory.of(step.output()).array());
    step.extras().forEach(extra -> arrays.add(memory.of(extra).array()));
    return tasks.add(new ProductTask(product, blocks, kernels, arrays, unpacked, memory)).build();
  }

  @Override
  public int units() {
    return size.batch() * blocks.blocks() * blocks.groups();
  }

  @Override
  public long cost() {
    return (long) size.batch() * size.rows() * size.columns() * size.terms() / 64;
  }

  @Override
  public void run(int from, int to, int worker) {
    int[] at = offsets[worker];
    for (int unit = from; unit < to; unit++) {
      int first = unit % blocks.groups() * blocks.panels();
      int end = Math.min(first + blocks.panels(), panels);
      int block = unit / blocks.groups() % blocks.blocks();
      int batch = unit / blocks.groups() / blocks.blocks();
      if (parts > 1) {
        sums.get(worker).copyFrom(zeros, 0, 0, zeros.length());
      }
      for (int part = 0; part < parts; part++) {
        if (pack != null) {
          int copy = shared[1] ? 0 : batch;
          int term = part * partTerms;
          int terms = Math.min(partTerms, size.terms() - term);
          pack.stretch(copy, first, term, terms, 0, 0, worker);
        }
        for (int panel = first; panel < end; panel++) {
          at[1] =
              pack == null
                  ? second(batch, panel, part)
                  : (panel - first) * partTerms * panelColumns;
          at[at.length - 1] = (panel - first) * panelSums();
          block(batch, block, panel, part, worker);
        }
      }
    }
  }

  private void block(int batch, int block, int panel, int part, int worker) {
    int[] at = offsets[worker];
    int tiles = size.rows() / tileRows;
    int first = block * blocks.tiles();
    int end = Math.min(first + blocks.tiles(), tiles);
    place(batch, panel, first * tileRows, part, at);
    // Neighbouring panels share cache lines, which two workers shall not write at the same time.
    int turn = parts > 1 ? 0 : (end - first) * worker / arrays.length;
    tiles(kernels[panel][0][part], turn, end - first, worker);
    if (turn > 0) {
      tiles(kernels[panel][0][part], 0, turn, worker);
    }
    if (block == blocks.blocks() - 1 && product.restRows() > 0) {
      at[at.length - 1] += parts == 1 ? 0 : blocks.tiles() * tileRows * panelColumns;
      place(batch, panel, tiles * tileRows, part, at);
      tiles(kernels[panel][1][part], 0, 1, worker);
    }
  }

  private void tiles(Kernel kernel, int from, int to, int worker) {
    kernel.run(arrays[worker], offsets[worker], from, to);
  }

  /** Where a part of a panel begins in the second operand. */
  private int second(int batch, int panel, int part) {
    int term = part * partTerms;
    int column = panel * panelColumns;
    return product.packedSecond()
        ? (shared[1] ? 0 : batch) * size.columns() * size.terms()
            + column * size.terms()
            + term * product.columns(panel)
        : start(1, batch) + column * product.second().lane() + term * product.second().term();
  }

  /** Where the other arrays of the tiles of a panel begin, from a row and a part on. */
  private void place(int batch, int panel, int row, int part, int[] at) {
    int column = panel * panelColumns;
    int term = part * partTerms;
    int rows = size.rows();
    int terms = size.terms();
    Product.Side first = product.first();
    at[0] =
        product.packedFirst()
            ? (shared[0] ? 0 : batch) * rows * terms
                + row * terms
                + term * Math.min(tileRows, rows - row)
            : start(0, batch) + row * first.lane() + term * first.term();
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
