package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.deltagraph.type.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets intermediate values share buffers: a buffer is free again after the last step that reads any
 * view of its value. A loop may write where it reads, if nothing reads that afterwards. Steps that
 * are taken together row by row free nothing before the last of them, since the first one reads
 * again for each block of rows.
 */
final class SlotAllocation {
  private final List<Slot> values;
  private final boolean overwrite;
  private final int[] place;
  private final List<DType> dtypes = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<Slot> shared = new ArrayList<>();
  private final Map<DType, TreeMap<Integer, ArrayDeque<Integer>>> free = new EnumMap<>(DType.class);

  /**
   * Allocates.
   *
   * @param values one slot per value, as if nothing were shared
   * @param computed what is computed, in terms of those slots
   * @param commits what follows
   * @param outputs what is read between the two
   * @param overwrite whether a loop may write where it reads
   */
  SlotAllocation(
      List<Slot> values,
      List<Step> computed,
      List<Step> commits,
      Collection<Operand> outputs,
      boolean overwrite) {
    this.overwrite = overwrite;
    this.values = values;
    this.place = new int[values.size()];
    Arrays.fill(place, -1);
    List<Step> steps = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (Step step : Iterables.concat(computed, commits)) {
      starts.addAll(Collections.nCopies(step.parts().size(), steps.size()));
      steps.addAll(step.parts());
    }
    int[] last = new int[values.size()];
    for (int i = 0; i < steps.size(); i++) {
      for (Operand output : steps.get(i).outputs()) {
        last[output.slot()] = i;
      }
      for (Operand input : steps.get(i).inputs()) {
        last[input.slot()] = i;
      }
    }
    for (Operand operand : outputs) {
      last[operand.slot()] = steps.size();
    }
    for (int i = 0; i < values.size(); i++) {
      if (!isScratch(i)) {
        place[i] = shared.size();
        shared.add(values.get(i));
      }
    }
    assign(steps, starts, last);
  }

  private boolean isScratch(int slot) {
    return values.get(slot).role() instanceof Slot.Scratch;
  }

  private void assign(List<Step> steps, List<Integer> starts, int[] last) {
    int fixed = shared.size();
    List<Set<Integer>> ending = new ArrayList<>();
    for (int i = 0; i <= steps.size(); i++) {
      ending.add(new LinkedHashSet<>());
    }
    for (int i = 0; i < steps.size(); i++) {
      for (Operand output : steps.get(i).outputs()) {
        if (isScratch(output.slot())) {
          List<Step> before = steps.subList(starts.get(i), i);
          int from = overwritten(steps.get(i), before, output, last, i, ending.get(i));
          int buffer = from < 0 ? take(values.get(output.slot())) : place[from] - fixed;
          ending.get(i).remove(buffer);
          place[output.slot()] = fixed + buffer;
          ending.get(last[output.slot()]).add(buffer);
        }
      }
      if (i + 1 < steps.size() && starts.get(i + 1).equals(starts.get(i))) {
        ending.get(i + 1).addAll(ending.get(i));
      } else {
        ending.get(i).forEach(ended -> free(ended).addLast(ended));
      }
    }
    for (int i = 0; i < lengths.size(); i++) {
      shared.add(new Slot(dtypes.get(i), lengths.get(i), new Slot.Scratch()));
    }
  }

  /**
   * The input of a step that its output can overwrite element by element: it lies as the output
   * does, and nothing reads it afterwards; −1 if there is none.
   *
   * @param before the steps that are taken before it row by row
   */
  private int overwritten(
      Step step, List<Step> before, Operand output, int[] last, int now, Set<Integer> ending) {
    int first =
        switch (step) {
          case Step.Loop loop -> 0;
          case Step.Product product -> 2;
          case Step.Fold fold -> Integer.MAX_VALUE;
          case Step.Rows rows -> Integer.MAX_VALUE;
          case Step.Copy copy -> Integer.MAX_VALUE;
          case Step.Call call -> Integer.MAX_VALUE;
        };
    List<Operand> inputs = step.inputs();
    for (int i = first; overwrite && i < inputs.size(); i++) {
      Operand input = inputs.get(i);
      int slot = input.slot();
      if (isScratch(slot)
          && last[slot] == now
          && values.get(slot).length() == values.get(output.slot()).length()
          && input.type().equals(output.type())
          && input.layout().equals(output.layout())
          && ending.contains(place[slot] - shared.size())
          && inputs.stream().allMatch(o -> o.slot() != slot || o.equals(input))
          && inputs.subList(0, Math.min(first, inputs.size())).stream()
              .allMatch(o -> o.slot() != slot)
          && before.stream()
              .flatMap(part -> part.inputs().stream())
              .allMatch(o -> o.slot() != slot || o.isInRowsOf(input))) {
        return slot;
      }
    }
    return -1;
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

  List<Slot> slots() {
    return ImmutableList.copyOf(shared);
  }

  Operand placed(Operand operand) {
    return new Operand(place[operand.slot()], operand.type(), operand.layout());
  }

  List<Step> placed(List<Step> steps) {
    return steps.stream()
        .map(step -> step.at(this::placed))
        .collect(ImmutableList.toImmutableList());
  }
}
