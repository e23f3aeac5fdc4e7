package io.deltagraph.simd;

import io.deltagraph.runtime.Elements;
import io.deltagraph.runtime.Task;
import io.deltagraph.tensor.Buffer;

/** Lays the second operand of a product out in panels, each with its terms one after another. */
record PackTask(Product product, Buffer source, Buffer target) implements Task {
  @Override
  public int units() {
    return product.terms();
  }

  @Override
  public long cost() {
    return (long) product.terms() * product.columns();
  }

  @Override
  public void run(int from, int to, int worker) {
    int panelColumns = product.panelColumns();
    for (int panel = 0; panel < product.panels(); panel++) {
      int column = panel * panelColumns;
      int count = Math.min(panelColumns, product.columns() - column);
      for (int term = from; term < to; term++) {
        Elements.copy(
            source,
            product.secondOffset() + term * product.secondTerm() + column * product.secondColumn(),
            product.secondColumn(),
            target,
            column * product.terms() + term * count,
            1,
            count);
      }
    }
  }
}
