package io.deltagraph.simd;

import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.backend.Elements;
import io.deltagraph.backend.Task;
import io.deltagraph.tensor.Buffer;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays an operand of a product out in panels, each with its terms one after another; a unit is a
 * stretch of the terms of a few panels.
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
  private final int together;
  private final int targetPanel;
  private final int vector;
  private final Buffer source;
  private final List<Buffer> targets;
  private final Object[][] arrays;
  private final int[][] offsets;
  private final @Nullable Kernel several;
  private final Kernel[][][] kernels;

  /**
   * Copies one operand.
   *
   * @param operand which one
   * @param width the rows or columns of every panel but the last
   * @param together how many panels are copied at once, if their lanes lie together
   * @param targetPanel how far the next panel lies in a target
   * @param targets where each worker writes: all to one place, or to one of their own
   */
  PackTask(
      Product product,
      int operand,
      int width,
      int together,
      int targetPanel,
      Buffer source,
      List<Buffer> targets,
      Kernels kernels) {
    this.side = operand == 0 ? product.first() : product.second();
    this.starts = product.starts().get(operand);
    this.copies = product.copies(operand);
    this.lanes = operand == 0 ? product.size().rows() : product.size().columns();
    this.terms = product.size().terms();
    this.width = width;
    this.together = together;
    this.targetPanel = targetPanel;
    this.vector = product.width();
    this.source = source;
    this.targets = targets;
    this.arrays = new Object[targets.size()][];
    for (int worker = 0; worker < arrays.length; worker++) {
      Object scratch = Buffer.allocate(product.dtype(), vector * vector).array();
      arrays[worker] = new Object[] {source.array(), targets.get(worker).array(), scratch};
    }
    this.offsets = new int[arrays.length][2];
    this.kernels = new Kernel[2][2][0];
    for (int last = 0; last < 2 && (side.lane() == 1 || side.term() == 1); last++) {
      int count = count(last == 0 ? 0 : panels() - 1);
      int rest = side.lane() == 1 ? 0 : terms % vector;
      this.kernels[last][0] = kernels(product.dtype(), count, vector, kernels);
      this.kernels[last][1] =
          rest == 0 ? new Kernel[0] : kernels(product.dtype(), count, rest, kernels);
    }
    if (side.lane() == 1 && together > 1 && lanes / width >= together) {
      Pack pack =
          new Pack(product.dtype(), width, together, vector, 1, side.term(), width, targetPanel);
      several = kernels.get(pack, pack::write);
    } else {
      several = null;
    }
  }

  private Kernel[] kernels(DType dtype, int count, int depth, Kernels known) {
    int most = side.lane() == 1 ? count : vector;
    Kernel[] groups = new Kernel[Math.ceilDiv(count, most)];
    for (int group = 0; group < groups.length; group++) {
      int many = Math.min(most, count - group * most);
      Pack pack = new Pack(dtype, many, 1, depth, side.lane(), side.term(), count, 0);
      groups[group] = known.get(pack, pack::write);
    }
    return groups;
  }

  private int panels() {
    return Math.ceilDiv(lanes, width);
  }

  private int groups() {
    return Math.ceilDiv(panels(), together);
  }

  private int count(int panel) {
    return Math.min(width, lanes - panel * width);
  }

  private int stretches() {
    return Math.ceilDiv(terms, STRETCH);
  }

  @Override
  public int units() {
    return copies * groups() * stretches();
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
      int term = unit % stretches() * STRETCH;
      int first = unit / stretches() % groups() * together;
      int copy = unit / stretches() / groups();
      int write = copy * lanes * terms + first * targetPanel;
      stretch(copy, first, term, Math.min(STRETCH, terms - term), write, term, worker);
    }
  }

  /**
   * Copies terms of as many panels as are copied at once.
   *
   * @param write where the first one begins in the target
   * @param before how many terms of each come before these there
   */
  void stretch(int copy, int first, int term, int many, int write, int before, int worker) {
    int start = starts.get(copy) + term * side.term();
    if (several != null && (first + together) * width <= lanes) {
      int[] at = offsets[worker];
      at[0] = start + first * width * side.lane();
      at[1] = write + before * width;
      several.run(arrays[worker], at, 0, many);
      return;
    }
    int end = Math.min(first + together, panels());
    for (int panel = first; panel < end; panel++) {
      int to = write + (panel - first) * targetPanel + before * count(panel);
      one(panel, start + panel * width * side.lane(), many, to, worker);
    }
  }

  private void one(int panel, int read, int many, int write, int worker) {
    int[] at = offsets[worker];
    int count = count(panel);
    Kernel[][] whole = kernels[panel == panels() - 1 ? 1 : 0];
    if (whole[0].length == 0) {
      for (int term = 0; term < many; term++) {
        Elements.copy(
            source,
            read + term * side.term(),
            side.lane(),
            targets.get(worker),
            write + term * count,
            1,
            count);
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
