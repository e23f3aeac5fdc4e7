package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.tensor.TensorBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes products tile by tile; a unit is a block of tiles of a group of panels. If the terms are
 * added in parts, a unit adds the first part in all its tiles, then the second part, and so on;
 * between two parts, the sums wait in memory that belongs to the worker.
 */
final class TileTask implements Task {
  private final ProductMatrices matrices;
  private final ProductMatrices.Sizes sizes;
  private final ProductBlocks blocks;
  private final OperandPlaces first;
  private final OperandPlaces second;
  private final int tileRows;
  private final int restRows;
  private final int panelColumns;
  private final int panels;
  private final int partTerms;
  private final int parts;

  /** The number of the array with the sums that wait, which follows the extra operands. */
  private final int waiting;

  private final Object[][] arrays;
  private final int[][] offsets;
  private final List<TensorBuffer> sums;
  private final TensorBuffer zeros;
  private final @Nullable PanelPacker packer;

  /** The kernels for tiles of the usual number of rows, by panel and part. */
  private final GeneratedKernel[][] kernels;

  /** The kernels for the last tile, if it has fewer rows, by panel and part. */
  private final GeneratedKernel[][] restKernels;

  /**
   * Prepares the task.
   *
   * @param buffers both operands, packed if they are packed as a whole; the output; the extra
   *     operands
   */
  TileTask(
      ProductTiling tiling, ProductBlocks blocks, List<TensorBuffer> buffers, TaskContext context) {
    this.blocks = blocks;
    matrices = tiling.matrices();
    sizes = matrices.sizes();
    first = OperandPlaces.first(tiling, blocks);
    second = OperandPlaces.second(tiling, blocks);
    tileRows = tiling.tileRows();
    restRows = tiling.restRows();
    panelColumns = tiling.panelColumns();
    panels = tiling.panels();
    partTerms = tiling.partTerms();
    parts = tiling.parts();
    waiting = buffers.size();
    int workers = context.memory().workers();
    int length = Math.max(tileRows * panelColumns, blocks.panelsOfGroup() * sumsOfPanel());
    zeros = TensorBuffer.allocate(matrices.dtype(), length);
    sums = buffers(workers, length);
    arrays = new Object[workers][waiting + 1];
    for (int worker = 0; worker < workers; worker++) {
      for (int i = 0; i < waiting; i++) {
        arrays[worker][i] = buffers.get(i).array();
      }
      arrays[worker][waiting] = sums.get(worker).array();
    }
    if (second.packing() == OperandPlaces.Packing.BY_PARTS) {
      List<TensorBuffer> packed = buffers(workers, second.packedElements());
      for (int worker = 0; worker < workers; worker++) {
        arrays[worker][TileKernel.SECOND] = packed.get(worker).array();
      }
      packer = new PanelPacker(second, buffers.get(TileKernel.SECOND), packed, context.kernels());
    } else {
      packer = null;
    }
    offsets = new int[workers][waiting + 1];
    kernels = new GeneratedKernel[panels][parts];
    restKernels = new GeneratedKernel[panels][parts];
    for (int panel = 0; panel < panels; panel++) {
      for (int part = 0; part < parts; part++) {
        kernels[panel][part] = context.kernels().get(tiling.kernel(tileRows, panel, part));
        if (restRows > 0) {
          restKernels[panel][part] = context.kernels().get(tiling.kernel(restRows, panel, part));
        }
      }
    }
  }

  private List<TensorBuffer> buffers(int count, int length) {
    return Stream.generate(() -> Backend.Memory.allocate(matrices.dtype(), length))
        .limit(count)
        .collect(ImmutableList.toImmutableList());
  }

  /** The number of sums of a block of one panel that wait, and of one tile more: the last one. */
  private int sumsOfPanel() {
    return parts == 1 ? 0 : (blocks.tilesOfBlock() + 1) * tileRows * panelColumns;
  }

  @Override
  public int units() {
    return sizes.batch() * blocks.blocks() * blocks.groups();
  }

  @Override
  public long cost() {
    return (long) sizes.batch() * sizes.rows() * sizes.columns() * sizes.terms() / 64;
  }

  @Override
  public void run(int from, int to, int worker) {
    int[] at = offsets[worker];
    for (int unit = from; unit < to; unit++) {
      int firstPanel = unit % blocks.groups() * blocks.panelsOfGroup();
      int end = Math.min(firstPanel + blocks.panelsOfGroup(), panels);
      int block = unit / blocks.groups() % blocks.blocks();
      int batch = unit / blocks.groups() / blocks.blocks();
      if (parts > 1) {
        sums.get(worker).copyFrom(zeros, 0, 0, zeros.length());
      }
      for (int part = 0; part < parts; part++) {
        int term = part * partTerms;
        if (packer != null) {
          packer.pack(batch, firstPanel, term, Math.min(partTerms, sizes.terms() - term), worker);
        }
        for (int panel = firstPanel; panel < end; panel++) {
          at[TileKernel.SECOND] = second.read(batch, panel, term);
          at[waiting] = (panel - firstPanel) * sumsOfPanel();
          runBlock(batch, block, panel, part, worker);
        }
      }
    }
  }

  /** Runs the kernels for one part of the terms of a block of tiles of a panel. */
  private void runBlock(int batch, int block, int panel, int part, int worker) {
    int[] at = offsets[worker];
    int tiles = sizes.rows() / tileRows;
    int firstTile = block * blocks.tilesOfBlock();
    int count = Math.min(blocks.tilesOfBlock(), tiles - firstTile);
    place(batch, firstTile, panel, part, at);
    // Neighbouring panels share cache lines of the output, so workers begin at different rows: two
    // of them should not write to one line at the same time.
    int begin = parts > 1 ? 0 : count * worker / arrays.length;
    kernels[panel][part].run(arrays[worker], at, begin, count);
    if (begin > 0) {
      kernels[panel][part].run(arrays[worker], at, 0, begin);
    }
    if (block == blocks.blocks() - 1 && restRows > 0) {
      at[waiting] += parts == 1 ? 0 : blocks.tilesOfBlock() * tileRows * panelColumns;
      place(batch, tiles, panel, part, at);
      restKernels[panel][part].run(arrays[worker], at, 0, 1);
    }
  }

  /** Sets where a tile of a panel begins in the arrays, but for the second operand and the sums. */
  private void place(int batch, int tile, int panel, int part, int[] at) {
    int row = tile * tileRows;
    int column = panel * panelColumns;
    at[TileKernel.FIRST] = first.read(batch, tile, part * partTerms);
    at[TileKernel.OUTPUT] =
        matrices.starts().get(TileKernel.OUTPUT).get(batch)
            + row * matrices.strides().outputRow()
            + column;
    for (int i = TileKernel.EXTRAS; i < waiting; i++) {
      MatrixStrides extra = matrices.strides().extras().get(i - TileKernel.EXTRAS);
      at[i] = matrices.starts().get(i).get(batch) + row * extra.row() + column * extra.column();
    }
  }
}
