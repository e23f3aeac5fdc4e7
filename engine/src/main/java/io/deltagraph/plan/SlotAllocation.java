package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
  private final Map<DType, TreeMap<Integer, ArrayDeque<Integer>>> free = new EnumMap<>(DType.class);

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
      for (Operand output : steps.get(i).outputs()) {
        last[output.slot()] = i;
      }
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
    List<List<Integer>> ending = new ArrayList<>();
    for (int i = 0; i <= steps.size(); i++) {
      ending.add(new ArrayList<>());
    }
    for (int i = 0; i < steps.size(); i++) {
      for (Operand output : steps.get(i).outputs()) {
        int value = output.slot();
        place[value] = fixed + take(values.get(value));
        ending.get(last[value]).add(place[value] - fixed);
      }
      ending.get(i).forEach(ended -> free(ended).addLast(ended));
    }
    for (int i = 0; i < lengths.size(); i++) {
      shared.add(new Slot(dtypes.get(i), lengths.get(i), new Slot.Scratch()));
    }
  }

  /**
   * The smallest free buffer that is long enough, else the longest free one grown, else a new one.
   */
  private int take(Slot wanted) {
    TreeMap<Integer, ArrayDeque<Integer>> known = free.get(wanted.dtype());
    Map.@Nullable Entry<Integer, ArrayDeque<Integer>> fit =
        known == null ? null : known.ceilingEntry(wanted.length());
    if (fit == null && known != null) {
      fit = known.lastEntry();
    }
    if (known == null || fit == null) {
      dtypes.add(wanted.dtype());
      lengths.add(wanted.length());
      return lengths.size() - 1;
    }
    int best = fit.getValue().removeFirst();
    if (fit.getValue().isEmpty()) {
      known.remove(fit.getKey());
    }
    lengths.set(best, Math.max(lengths.get(best), wanted.length()));
    return best;
  }

  /** The free buffers of the type and length of that one. */
  private ArrayDeque<Integer> free(int like) {
    return free.computeIfAbsent(dtypes.get(like), dtype -> new TreeMap<>())
        .computeIfAbsent(lengths.get(like), length -> new ArrayDeque<>());
  }

  ImmutableList<Slot> slots() {
    return ImmutableList.copyOf(shared);
  }

  Operand placed(Operand operand) {
    return new Operand(place[operand.slot()], operand.type(), operand.layout());
  }

  Step placed(Step step) {
    return step.at(placed(step.inputs()), placed(step.outputs()));
  }

  private ImmutableList<Operand> placed(List<Operand> operands) {
    return operands.stream().map(this::placed).collect(ImmutableList.toImmutableList());
  }
}
