package io.deltagraph.simd;

import io.deltagraph.backend.Elements;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Packs panels of an operand. */
final class PanelPacker {
  private final OperandPlaces places;
  private final TensorBuffer source;
  private final List<TensorBuffer> targets;
  private final Object[][] arrays;
  private final int[][] offsets;
  private final int lanes;

  /** Packs as many full panels as are packed at a time, if there is such a kernel. */
  private final @Nullable GeneratedKernel severalPanels;

  /**
   * The kernels of a full panel and of the last one; none if its elements are copied one by one.
   */
  private final PanelKernels[] panelKernels;

  /**
   * The kernels of a panel, each for some of its lines.
   *
   * @param whole for terms of which there are enough to fill vectors
   * @param rest for the last terms of an operand, if there are fewer
   */
  private record PanelKernels(List<GeneratedKernel> whole, List<GeneratedKernel> rest) {}

  /**
   * Prepares the kernels.
   *
   * @param targets where each worker writes to: the same buffer, or one of its own
   */
  PanelPacker(
      OperandPlaces places,
      TensorBuffer source,
      List<TensorBuffer> targets,
      GeneratedKernels kernels) {
    this.places = places;
    this.source = source;
    this.targets = targets;
    DType dtype = places.dtype();
    lanes = VectorCode.lanes(dtype);
    arrays = new Object[targets.size()][];
    for (int worker = 0; worker < arrays.length; worker++) {
      Object square = TensorBuffer.allocate(dtype, lanes * lanes).array();
      arrays[worker] = new Object[] {source.array(), targets.get(worker).array(), square};
    }
    offsets = new int[arrays.length][2];
    OperandStrides strides = places.strides();
    if (strides.line() == 1 || strides.term() == 1) {
      panelKernels =
          IntStream.of(0, places.panels() - 1)
              .mapToObj(panel -> panelKernels(places.linesOf(panel), kernels))
              .toArray(PanelKernels[]::new);
    } else {
      panelKernels = new PanelKernels[0];
    }
    int several = places.panelsAtOnce();
    severalPanels =
        strides.line() == 1 && several > 1 && places.lines() / places.panelLines() >= several
            ? kernels.get(
                new PackCopyKernel(
                    dtype, places.panelLines(), several, strides.term(), places.panelDistance()))
            : null;
  }

  private PanelKernels panelKernels(int lines, GeneratedKernels kernels) {
    DType dtype = places.dtype();
    OperandStrides strides = places.strides();
    if (strides.line() == 1) {
      var kernel = new PackCopyKernel(dtype, lines, 1, strides.term(), 0);
      return new PanelKernels(List.of(kernels.get(kernel)), List.of());
    }
    int rest = places.terms() % lanes;
    return new PanelKernels(
        squares(lines, lanes, kernels), rest == 0 ? List.of() : squares(lines, rest, kernels));
  }

  /** The kernels that transpose the lines of a panel, some terms at a time. */
  private List<GeneratedKernel> squares(int lines, int terms, GeneratedKernels kernels) {
    return IntStream.iterate(0, line -> line < lines, line -> line + lanes)
        .mapToObj(line ->
            kernels.get(
                new PackTransposeKernel(
                    places.dtype(),
                    Math.min(lanes, lines - line),
                    terms,
                    places.strides().line(),
                    lines)))
        .toList();
  }

  /**
   * Packs some terms of as many panels as are packed at a time.
   *
   * @param panel the first panel
   * @param term the first term
   * @param terms the number of terms
   */
  void pack(int matrix, int panel, int term, int terms, int worker) {
    if (severalPanels != null
        && (panel + places.panelsAtOnce()) * places.panelLines() <= places.lines()) {
      int[] at = offsets[worker];
      at[0] = places.source(matrix, panel, term);
      at[1] = places.read(matrix, panel, term);
      severalPanels.run(arrays[worker], at, 0, terms);
      return;
    }
    int end = Math.min(panel + places.panelsAtOnce(), places.panels());
    for (int next = panel; next < end; next++) {
      packOne(matrix, next, term, terms, worker);
    }
  }

  private void packOne(int matrix, int panel, int term, int terms, int worker) {
    int from = places.source(matrix, panel, term);
    int to = places.read(matrix, panel, term);
    if (panelKernels.length == 0) {
      copyElements(from, to, places.linesOf(panel), terms, worker);
      return;
    }
    PanelKernels kernels = panelKernels[panel == places.panels() - 1 ? 1 : 0];
    OperandStrides strides = places.strides();
    int[] at = offsets[worker];
    int whole = strides.line() == 1 ? terms : terms / lanes * lanes;
    for (int i = 0; i < kernels.whole.size(); i++) {
      at[0] = from + i * lanes * strides.line();
      at[1] = to + i * lanes;
      if (whole > 0) {
        kernels.whole.get(i).run(arrays[worker], at, 0, whole);
      }
      if (whole < terms) {
        kernels.rest.get(i).run(arrays[worker], at, whole, terms);
      }
    }
  }

  /** Copies without vectors where neither lines nor terms lie one after another. */
  private void copyElements(int from, int to, int lines, int terms, int worker) {
    OperandStrides strides = places.strides();
    for (int term = 0; term < terms; term++) {
      Elements.copy(
          source,
          from + term * strides.term(),
          strides.line(),
          targets.get(worker),
          to + term * lines,
          1,
          lines);
    }
  }
}
