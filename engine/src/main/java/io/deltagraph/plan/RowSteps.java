package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins loops and folds that go through the same rows: the largest logit of each row, the
 * exponentials, their sum and the gradient of softmax with cross entropy are one pass. Otherwise
 * each of them would read all rows from memory that the one before has written there.
 */
final class RowSteps {
  /** How many steps are looked at, the first one of a pass and those that follow it. */
  private static final int WINDOW = 32;

  private final List<Step> steps;
  private final BitSet taken = new BitSet();

  private RowSteps(List<Step> steps) {
    this.steps = steps;
  }

  /** The same work in fewer steps. Values do not share buffers yet: each slot is written once. */
  static List<Step> of(List<Step> steps) {
    RowSteps all = new RowSteps(steps);
    List<Step> joined = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (!all.taken.get(i)) {
        joined.add(all.from(i));
      }
    }
    return joined;
  }

  /** A step joined with all those after it that can be done in the same pass. */
  private Step from(int first) {
    int rows = rows(steps.get(first));
    if (rows < 2) {
      return steps.get(first);
    }
    BitSet pass = connected(first, sameRows(first, rows));
    taken.or(pass);
    return pass.cardinality() == 1
        ? steps.get(first)
        : new Step.Rows(
            pass.stream().mapToObj(steps::get).collect(ImmutableList.toImmutableList()));
  }

  /** The first step, and later ones through the same rows that read nothing that others make. */
  private BitSet sameRows(int first, int rows) {
    BitSet found = new BitSet();
    Map<Integer, Operand> written = new HashMap<>();
    Set<Integer> others = new HashSet<>();
    for (int i = first; i < Math.min(first + WINDOW, steps.size()); i++) {
      Step step = steps.get(i);
      if (taken.get(i)) {
        continue;
      }
      boolean fits = rows(step) == rows;
      for (Operand input : step.inputs()) {
        Operand made = written.get(input.slot());
        fits &= made == null ? !others.contains(input.slot()) : input.isInRowsOf(made);
      }
      found.set(i, fits);
      for (Operand output : step.outputs()) {
        if (fits) {
          written.put(output.slot(), output);
        } else {
          others.add(output.slot());
        }
      }
    }
    return found;
  }

  /**
   * The candidates that read or write rows of a value that the first step does, or one of these.
   */
  private BitSet connected(int first, BitSet candidates) {
    BitSet pass = new BitSet();
    pass.set(first);
    Set<Integer> slots = new HashSet<>(slots(first));
    int before;
    do {
      before = pass.cardinality();
      for (int i : candidates.stream().toArray()) {
        Set<Integer> own = slots(i);
        if (!Collections.disjoint(own, slots)) {
          pass.set(i);
          slots.addAll(own);
        }
      }
    } while (pass.cardinality() > before);
    return pass;
  }

  /** What a step reads or writes row by row. */
  private Set<Integer> slots(int step) {
    return Streams.concat(steps.get(step).inputs().stream(), steps.get(step).outputs().stream())
        .filter(operand -> operand.layout().strides().get(0) != 0)
        .map(Operand::slot)
        .collect(Collectors.toSet());
  }

  /** The number of rows that a step goes through; 0 if it does not go row by row. */
  private static int rows(Step step) {
    boolean goes =
        switch (step) {
          case Step.Loop loop -> true;
          case Step.Fold fold -> !fold.axes().contains(0);
          case Step.Product product -> false;
          case Step.Rows rows -> false;
          case Step.Copy copy -> false;
          case Step.Call call -> false;
        };
    TensorType type = step.outputs().getFirst().type();
    return goes && type.rank() > 0 ? type.shape().dim(0).size() : 0;
  }
}
