package io.deltagraph.simd;

import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.runtime.Elements;
import io.deltagraph.runtime.Task;
import io.deltagraph.tensor.Buffer;
import io.deltagraph.type.DType;
import java.util.Optional;

/**
 * Lays an operand of a product out in panels, each with its terms one after another; a unit is a
 * stretch of the terms of a panel.
 */
final class PackTask implements Task {
  /** The terms of a unit; a multiple of all vectors' lanes. */
  private static final int STRETCH = 256;

  private final Product.Side side;
  private final ImmutableIntArray starts;
  private final int copies;
  private final int lanes;
  private final int terms;
  private final int width;
  private final int vector;
  private final Buffer source;
  private final Buffer target;
  private final Object[][] arrays;
  private final int[][] offsets;
  private final Kernel[][][] kernels;

  /**
   * Copies one operand.
   *
   * @param operand which one
   * @param width the rows or columns of every panel but the last
   */
  PackTask(
      Product product,
      int operand,
      int width,
      Buffer source,
      Buffer target,
      Kernels kernels,
      int workers) {
    this.side = operand == 0 ? product.first() : product.second();
    this.starts = product.starts().get(operand);
    this.copies = product.copies(operand);
    this.lanes = operand == 0 ? product.size().rows() : product.size().columns();
    this.terms = product.size().terms();
    this.width = width;
    this.vector = product.width();
    this.source = source;
    this.target = target;
    this.arrays = new Object[workers][];
    for (int worker = 0; worker < workers; worker++) {
      Object scratch = Buffer.allocate(product.dtype(), vector * vector).array();
      arrays[worker] = new Object[] {source.array(), target.array(), scratch};
    }
    this.offsets = new int[workers][2];
    this.kernels = new Kernel[2][2][0];
    for (int last = 0; last < 2 && (side.lane() == 1 || side.term() == 1); last++) {
      int count = count(last == 0 ? 0 : panels() - 1);
      int rest = side.lane() == 1 ? 0 : terms % vector;
      this.kernels[last][0] = kernels(product.dtype(), count, vector, kernels);
      this.kernels[last][1] =
          rest == 0 ? new Kernel[0] : kernels(product.dtype(), count, rest, kernels);
    }
  }

  private Kernel[] kernels(DType dtype, int count, int depth, Kernels known) {
    Kernel[] groups = new Kernel[(count + vector - 1) / vector];
    for (int group = 0; group < groups.length; group++) {
      int many = Math.min(vector, count - group * vector);
      Pack pack = new Pack(dtype, many, depth, side.lane(), side.term(), count);
      groups[group] = known.get(pack, pack::write);
    }
    return groups;
  }

  private int panels() {
    return (lanes + width - 1) / width;
  }

  private int count(int panel) {
    return Math.min(width, lanes - panel * width);
  }

  private int stretches() {
    return (terms + STRETCH - 1) / STRETCH;
  }

  @Override
  public int units() {
    return copies * panels() * stretches();
  }

  @Override
  public Optional<Buffer> arranges() {
    return Optional.of(source);
  }

  @Override
  public long cost() {
    return (long) copies * terms * lanes / 2;
  }

  @Override
  public void run(int from, int to, int worker) {
    for (int unit = from; unit < to; unit++) {
      int first = unit % stretches() * STRETCH;
      int panel = unit / stretches() % panels();
      stretch(
          unit / stretches() / panels(), panel, first, Math.min(STRETCH, terms - first), worker);
    }
  }

  private void stretch(int copy, int panel, int first, int many, int worker) {
    int[] at = offsets[worker];
    int count = count(panel);
    int lane = panel * width;
    int read = starts.get(copy) + lane * side.lane() + first * side.term();
    int write = copy * lanes * terms + lane * terms + first * count;
    Kernel[][] whole = kernels[panel == panels() - 1 ? 1 : 0];
    if (whole[0].length == 0) {
      for (int term = 0; term < many; term++) {
        Elements.copy(
            source, read + term * side.term(), side.lane(), target, write + term * count, 1, count);
      }
      return;
    }
    int squares = side.lane() == 1 ? many : many / vector * vector;
    for (int group = 0; group < whole[0].length; group++) {
      at[0] = read + group * vector * side.lane();
      at[1] = write + group * vector;
      if (squares > 0) {
        whole[0][group].run(arrays[worker], at, 0, squares);
      }
      if (squares < many) {
        whole[1][group].run(arrays[worker], at, squares, many);
      }
    }
  }
}
