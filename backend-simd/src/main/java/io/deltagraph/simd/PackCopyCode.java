package io.deltagraph.simd;

/** Writes a {@link PackCopyKernel}. */
final class PackCopyCode {
  private final PackCopyKernel kernel;
  private final VectorCode code;
  private final PackCode terms;
  private final int width;
  private final int mask;

  PackCopyCode(PackCopyKernel kernel, VectorCode code) {
    this.kernel = kernel;
    this.code = code;
    width = VectorCode.lanes(kernel.dtype());
    terms = new PackCode(code, kernel.sourceTerm(), kernel.lines());
    mask = code.mask(lastLanes());
  }

  /** How many lanes of a term's last vector are used. */
  private int lastLanes() {
    return (kernel.lines() - 1) % width + 1;
  }

  /**
   * Masked stores are slower than stores of whole vectors. So all terms but the last ones are
   * stored in whole vectors: what is too much of them lies where the next terms go, which overwrite
   * it.
   */
  void write() {
    terms.start();
    if (mask != VectorCode.ALL_LANES) {
      int overwriting = Math.ceilDiv(width - lastLanes(), kernel.lines());
      terms.repeat(overwriting, 1, () -> copyTerm(VectorCode.ALL_LANES));
    }
    terms.repeat(0, 1, () -> copyTerm(mask));
    code.code().return_();
  }

  /**
   * Copies a term of all panels. Loads are masked in the last panels only: elsewhere, what is too
   * much of a vector belongs to the next panel.
   *
   * @param storeMask the mask for the last vector of a panel
   */
  private void copyTerm(int storeMask) {
    int lines = kernel.lines();
    for (int panel = 0; panel < kernel.panels(); panel++) {
      for (int line = 0; line < lines; line += width) {
        int tooMany = line + width - lines;
        int next = (kernel.panels() - panel - 1) * lines;
        code.load(
            terms.source(), panel * lines + line, tooMany <= next ? VectorCode.ALL_LANES : mask);
        code.store(
            terms.target(),
            panel * kernel.panelDistance() + line,
            tooMany <= 0 ? VectorCode.ALL_LANES : storeMask);
      }
    }
  }
}
