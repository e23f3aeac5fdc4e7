package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets intermediate values share buffers: one is free again after the last step that reads any view
 * of it. A step's output never shares a buffer with its inputs.
 */
final class SlotAllocation {
  private final List<Slot> values;
  private final int[] place;
  private final List<DType> dtypes = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<Slot> shared = new ArrayList<>();

  /**
   * Allocates.
   *
   * @param values one slot per value, as if nothing were shared
   * @param steps what is computed, in terms of those slots
   * @param kept what is read after the last step
   */
  SlotAllocation(List<Slot> values, List<Step> steps, List<Operand> kept) {
    this.values = values;
    this.place = new int[values.size()];
    Arrays.fill(place, -1);
    int[] last = new int[values.size()];
    for (int i = 0; i < steps.size(); i++) {
      last[steps.get(i).output().slot()] = i;
      for (Operand input : steps.get(i).inputs()) {
        last[input.slot()] = i;
      }
    }
    for (Operand operand : kept) {
      last[operand.slot()] = steps.size();
    }
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i).role() instanceof Slot.Scratch)) {
        place[i] = shared.size();
        shared.add(values.get(i));
      }
    }
    assign(steps, last);
  }

  private void assign(List<Step> steps, int[] last) {
    int fixed = shared.size();
    List<Integer> free = new ArrayList<>();
    List<List<Integer>> ending = new ArrayList<>();
    for (int i = 0; i <= steps.size(); i++) {
      ending.add(new ArrayList<>());
    }
    for (int i = 0; i < steps.size(); i++) {
      int value = steps.get(i).output().slot();
      place[value] = fixed + take(free, values.get(value));
      ending.get(last[value]).add(place[value] - fixed);
      free.addAll(ending.get(i));
    }
    for (int i = 0; i < lengths.size(); i++) {
      shared.add(new Slot(dtypes.get(i), lengths.get(i), new Slot.Scratch()));
    }
  }

  /**
   * The smallest free buffer that is long enough, else the longest free one grown, else a new one.
   */
  private int take(List<Integer> free, Slot wanted) {
    int best = -1;
    for (int candidate : free) {
      if (dtypes.get(candidate) == wanted.dtype()
          && (best < 0 || better(lengths.get(candidate), lengths.get(best), wanted.length()))) {
        best = candidate;
      }
    }
    if (best < 0) {
      dtypes.add(wanted.dtype());
      lengths.add(wanted.length());
      return lengths.size() - 1;
    }
    free.remove(Integer.valueOf(best));
    lengths.set(best, Math.max(lengths.get(best), wanted.length()));
    return best;
  }

  private static boolean better(int length, int than, int wanted) {
    return than < wanted ? length > than : length >= wanted && length < than;
  }

  ImmutableList<Slot> slots() {
    return ImmutableList.copyOf(shared);
  }

  Operand placed(Operand operand) {
    return new Operand(place[operand.slot()], operand.type(), operand.layout());
  }

  private ImmutableList<Operand> placed(List<Operand> operands) {
    return operands.stream().map(this::placed).collect(ImmutableList.toImmutableList());
  }

  Step.Copy placed(Step.Copy copy) {
    return new Step.Copy(copy.node(), placed(copy.input()), placed(copy.output()));
  }

  Step placed(Step step) {
    Operand output = placed(step.output());
    return switch (step) {
      case Step.Loop s -> new Step.Loop(s.node(), s.program(), placed(s.inputs()), output);
      case Step.Fold s ->
          new Step.Fold(s.node(), s.programs(), s.axes(), placed(s.input()), output);
      case Step.Product s ->
          new Step.Product(s.node(), s.subscripts(), placed(s.left()), placed(s.right()), output);
      case Step.Copy s -> placed(s);
      case Step.Call s -> new Step.Call(s.node(), s.kernel(), placed(s.inputs()), output);
    };
  }
}
