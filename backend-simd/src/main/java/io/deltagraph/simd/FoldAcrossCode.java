package io.deltagraph.simd;

import io.deltagraph.plan.SummationTree;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;

/**
 * Writes a unit of a fold across results: each lane is a result. Its accumulators wait in the work
 * arrays, and a loop works on a few of them at a time: code that holds all of them is longer than
 * the compiler takes.
 */
final class FoldAcrossCode {
  private final FoldKernel kernel;
  private final FoldCode fold;
  private final VectorCode code;
  private final CodeBuilder b;
  private final int mask;
  private final int lanes;
  private final int width;
  private final int vectors;
  private final int accumulator;

  FoldAcrossCode(FoldKernel kernel, FoldCode fold, int mask) {
    this.kernel = kernel;
    this.fold = fold;
    this.mask = mask;
    code = fold.code();
    b = code.code();
    lanes = VectorCode.lanes(kernel.dtype());
    width = SummationTree.width(kernel.dtype());
    vectors = kernel.vectorsAtOnce();
    accumulator = code.newInt();
  }

  void write() {
    int elements = kernel.block().count() / width;
    int withOneMore = kernel.block().count() % width;
    b.iconst_0().istore(accumulator);
    accumulate(withOneMore, elements + 1);
    accumulate(width - withOneMore, elements);
    int half = code.newInt();
    Label start = b.newLabel();
    Label end = b.newLabel();
    b.loadConstant(width / 2).istore(half);
    b.labelBinding(start).iload(half).ifle(end);
    halve(accumulator, half);
    b.iload(half).iconst_1().ishr().istore(half).goto_(start).labelBinding(end);
    for (int vector = 0; vector < vectors; vector++) {
      fold.storeTotals(fold.loadWork(fold.zero(), vector * lanes), vector * lanes, mask);
    }
  }

  /** Fills the next {@code count} accumulators, each from {@code elements} elements. */
  private void accumulate(int count, int elements) {
    int atOnce = kernel.accumulatorsAtOnce();
    int rest = count % atOnce;
    accumulateGroups(count / atOnce, atOnce, elements);
    accumulateGroups(rest, 1, elements);
  }

  /** Fills the next accumulators: {@code groups} times {@code size} of them. */
  private void accumulateGroups(int groups, int size, int elements) {
    if (groups > 0) {
      code.loop(code.newInt(), groups, 1, () -> accumulateGroup(size, elements));
    }
  }

  private void accumulateGroup(int size, int elements) {
    int[][] accumulators = fold.newTuples(size * vectors);
    if (elements > 0) {
      List<Cursor> inputs = fold.newInputCursors();
      for (int i = 0; i < inputs.size(); i++) {
        int index = inputs.get(i).index();
        b.iload(index).iload(accumulator);
        b.loadConstant(kernel.inputs().get(i).element()).imul().iadd();
        b.istore(index);
      }
      code.loop(
          code.newInt(),
          elements,
          1,
          () -> {
            for (int a = 0; a < accumulators.length; a++) {
              var from = new FoldCode.VectorElements(inputs, a / vectors, a % vectors);
              fold.take(accumulators[a], accumulators[a], from, mask);
            }
            fold.advance(inputs, width);
          });
    }
    int index = code.newInt();
    b.iload(accumulator).loadConstant(lanes * vectors).imul().istore(index);
    for (int a = 0; a < accumulators.length; a++) {
      fold.storeWork(accumulators[a], index, a * lanes);
    }
    b.iinc(accumulator, size);
  }

  /** Combines each of the first {@code half} accumulators with the one {@code half} places on. */
  private void halve(int index, int half) {
    int other = code.newInt();
    int last = code.newInt();
    Label start = b.newLabel();
    Label end = b.newLabel();
    b.iconst_0().istore(index);
    b.iload(half).loadConstant(lanes * vectors).imul().istore(last);
    b.labelBinding(start).iload(index).iload(last).if_icmpge(end);
    b.iload(index).iload(last).iadd().istore(other);
    int[] left = fold.loadWork(index, 0);
    fold.combine(left, fold.loadWork(other, 0));
    fold.storeWork(left, index, 0);
    b.iinc(index, lanes).goto_(start).labelBinding(end);
  }
}
