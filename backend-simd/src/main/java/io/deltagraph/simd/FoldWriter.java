package io.deltagraph.simd;

import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Writes the kernel of a fold. It is given the inputs, the output or those of the tuple, then the
 * work arrays of the tuple, then for each input the places of neighbouring results, and those for
 * the last vector; its range is one of strips of some vectors of results, or of results.
 */
final class FoldWriter {
  private final FoldPrograms programs;
  private final DType dtype;
  private final int results;
  private final int count;
  private final List<Fold.Walk> inputs;
  private final boolean across;
  private final boolean isPart;
  private final int strip;
  private final int together;
  private final int work;
  private final VectorCode code;
  private final CodeBuilder b;
  private final int lanes;
  private final int width;
  private final int accumulators;
  private final int tuple;
  private final int[] arrays;
  private final int[] maps;
  private final int[] tailMaps;
  private final int[] places;
  private final LaneCode elements;
  private final LaneCode step;
  private final LaneCode combine;
  private final LaneCode finish;
  private final int[] identity;
  private final int zeros;

  FoldWriter(Fold fold, VectorCode code) {
    programs = fold.programs();
    dtype = fold.dtype();
    results = fold.results();
    count = fold.count();
    inputs = fold.inputs();
    across = fold.across();
    isPart = fold.isPart();
    strip = fold.strip();
    together = fold.together();
    work = inputs.size() + fold.outputs();
    lanes = VectorCode.lanes(dtype);
    width = SummationTree.width(dtype);
    accumulators = fold.accumulators();
    tuple = programs.width();
    maps = new int[inputs.size()];
    tailMaps = new int[inputs.size()];
    places = new int[inputs.size() + 1];
    this.code = code;
    this.b = code.code();
    arrays = new int[work + tuple];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = code.array(i, code.array());
    }
    for (int i = 0; i < maps.length; i++) {
      maps[i] = code.array(arrays.length + i, ConstantDescs.CD_int.arrayType());
      tailMaps[i] = code.array(arrays.length + maps.length + i, ConstantDescs.CD_int.arrayType());
    }
    for (int i = 0; i < places.length; i++) {
      places[i] = code.place(i, next(i));
    }
    elements = lanes(fold.element());
    step = lanes(programs.step());
    combine = lanes(programs.combine());
    finish = lanes(programs.finish());
    zeros = code.newInt();
    b.iconst_0().istore(zeros);
    identity = new int[tuple];
    LaneCode start = lanes(programs.identity());
    code.constant(0);
    b.astore(start.input(0));
    start.write();
    for (int t = 0; t < tuple; t++) {
      identity[t] = code.newReference();
      b.aload(start.output(t)).astore(identity[t]);
    }
  }

  /** How far what the next unit takes of an input, or puts into the outputs, lies. */
  private int next(int array) {
    int result = array < inputs.size() ? inputs.get(array).result() : 1;
    return across ? result * lanes * strip : result;
  }

  private LaneCode lanes(LaneProgram program) {
    return new LaneCode(code, program, dtype, Collections.nCopies(program.inputs(), dtype));
  }

  void write() {
    int counter = code.newInt();
    int whole = across ? results / (lanes * strip) : results;
    Label start = b.newLabel();
    Label rest = b.newLabel();
    Label end = b.newLabel();
    b.iload(Kernels.FROM).istore(counter);
    b.labelBinding(start);
    b.iload(counter).loadConstant(whole).if_icmpge(rest);
    b.iload(counter).iload(Kernels.TO).if_icmpge(end);
    if (across) {
      across(-1);
    } else {
      along();
    }
    for (int i = 0; i < places.length; i++) {
      b.iload(places[i]).loadConstant(next(i)).iadd().istore(places[i]);
    }
    b.iinc(counter, 1).goto_(start).labelBinding(rest);
    if (across && results % lanes != 0) {
      b.iload(counter).iload(Kernels.TO).if_icmpge(end);
      across(code.mask(results % lanes));
    }
    b.labelBinding(end).return_();
  }

  /** Takes the elements at {@code at + offset · next}, of a vector of a strip, into a tuple. */
  private void take(int[] into, int[] from, int[] at, int offset, int vector, int mask) {
    for (int i = 0; i < inputs.size(); i++) {
      Fold.Walk walk = inputs.get(i);
      int stride = across ? walk.result() : walk.next();
      int place = offset * walk.next() + vector * lanes * walk.result();
      if (stride == 0) {
        code.broadcast(arrays[i], at[i], place);
      } else if (stride == 1) {
        code.load(arrays[i], at[i], place, mask);
      } else {
        code.gather(arrays[i], at[i], place, mask < 0 ? maps[i] : tailMaps[i], zeros, mask);
      }
      b.astore(elements.input(i));
    }
    elements.write();
    for (int t = 0; t < tuple; t++) {
      give(from[t], step.input(t));
    }
    b.aload(elements.output(0)).astore(step.input(tuple));
    step.write();
    for (int t = 0; t < tuple; t++) {
      b.aload(step.output(t)).astore(into[t]);
    }
  }

  private void give(int vector, int input) {
    b.aload(vector);
    code.exact();
    b.astore(input);
  }

  private int[] newTuple() {
    int[] locals = new int[tuple];
    for (int t = 0; t < tuple; t++) {
      locals[t] = code.newReference();
      b.aload(identity[t]).astore(locals[t]);
    }
    return locals;
  }

  private int[] copiesOfPlaces() {
    int[] at = new int[inputs.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = code.newInt();
      b.iload(places[i]).istore(at[i]);
    }
    return at;
  }

  private void advance(int[] at, int elementsTaken) {
    for (int i = 0; i < at.length; i++) {
      int distance = inputs.get(i).next() * elementsTaken;
      if (distance != 0) {
        b.iload(at[i]).loadConstant(distance).iadd().istore(at[i]);
      }
    }
  }

  /**
   * A few accumulators at a time, which wait in the work arrays: code that holds all of them is
   * more than the compiler takes.
   */
  private void across(int mask) {
    int turns = count / width;
    int longer = count % width;
    int accumulator = code.newInt();
    b.iconst_0().istore(accumulator);
    accumulators(accumulator, longer, turns + 1, mask);
    accumulators(accumulator, width - longer, turns, mask);
    int half = code.newInt();
    Label start = b.newLabel();
    Label end = b.newLabel();
    b.loadConstant(width / 2).istore(half);
    b.labelBinding(start).iload(half).ifle(end);
    halve(accumulator, half);
    b.iload(half).iconst_1().ishr().istore(half).goto_(start).labelBinding(end);
    for (int vector = 0; vector < strip; vector++) {
      store(fetch(zeros, vector * lanes), vector * lanes, mask);
    }
  }

  /** The next so many accumulators, each with as many elements. */
  private void accumulators(int first, int many, int elementsOfEach, int mask) {
    int rest = many % together;
    group(first, many / together, together, elementsOfEach, mask);
    group(first, rest, 1, elementsOfEach, mask);
  }

  private void group(int first, int groups, int size, int elementsOfEach, int mask) {
    if (groups == 0) {
      return;
    }
    code.times(
        code.newInt(),
        groups,
        1,
        () -> {
          int[][] accumulators = new int[size * strip][];
          Arrays.setAll(accumulators, a -> newTuple());
          if (elementsOfEach > 0) {
            int[] at = copiesOfPlaces();
            for (int i = 0; i < at.length; i++) {
              b.iload(at[i]).iload(first).loadConstant(inputs.get(i).next()).imul().iadd();
              b.istore(at[i]);
            }
            code.times(
                code.newInt(),
                elementsOfEach,
                1,
                () -> {
                  for (int a = 0; a < accumulators.length; a++) {
                    take(accumulators[a], accumulators[a], at, a / strip, a % strip, mask);
                  }
                  advance(at, width);
                });
          }
          int place = code.newInt();
          b.iload(first).loadConstant(lanes * strip).imul().istore(place);
          for (int a = 0; a < accumulators.length; a++) {
            keep(accumulators[a], place, a * lanes);
          }
          b.iinc(first, size);
        });
  }

  /** Combines each of the first {@code half} accumulators with the one that lies so far on. */
  private void halve(int place, int half) {
    int other = code.newInt();
    int last = code.newInt();
    Label start = b.newLabel();
    Label end = b.newLabel();
    b.iconst_0().istore(place);
    b.iload(half).loadConstant(lanes * strip).imul().istore(last);
    b.labelBinding(start).iload(place).iload(last).if_icmpge(end);
    b.iload(place).iload(last).iadd().istore(other);
    int[] left = fetch(place, 0);
    combine(left, fetch(other, 0));
    keep(left, place, 0);
    b.iinc(place, lanes).goto_(start).labelBinding(end);
  }

  private int[] fetch(int place, int offset) {
    int[] locals = new int[tuple];
    for (int t = 0; t < tuple; t++) {
      locals[t] = code.newReference();
      code.load(arrays[work + t], place, offset, -1);
      b.astore(locals[t]);
    }
    return locals;
  }

  private void keep(int[] locals, int place, int offset) {
    for (int t = 0; t < tuple; t++) {
      b.aload(locals[t]);
      code.store(arrays[work + t], place, offset, -1);
    }
  }

  private void combine(int[] left, int[] right) {
    for (int t = 0; t < tuple; t++) {
      give(left[t], combine.input(t));
      give(right[t], combine.input(tuple + t));
    }
    combine.write();
    for (int t = 0; t < tuple; t++) {
      b.aload(combine.output(t)).astore(left[t]);
    }
  }

  private void store(int[] total, int offset, int mask) {
    int place = places[inputs.size()];
    if (isPart) {
      for (int t = 0; t < tuple; t++) {
        b.aload(total[t]);
        code.store(arrays[inputs.size() + t], place, offset, mask);
      }
      return;
    }
    for (int t = 0; t < tuple; t++) {
      give(total[t], finish.input(t));
    }
    code.constant(count);
    b.astore(finish.input(tuple));
    finish.write();
    b.aload(finish.output(0));
    code.store(arrays[inputs.size()], place, offset, mask);
  }

  /** A vector holds all accumulators, or as many as it has lanes. */
  private void along() {
    int[][] totals = new int[accumulators / lanes][];
    Arrays.setAll(totals, part -> newTuple());
    int[] at = copiesOfPlaces();
    if (count >= accumulators) {
      code.times(
          code.newInt(),
          count / accumulators,
          1,
          () -> {
            for (int part = 0; part < totals.length; part++) {
              take(totals[part], totals[part], at, part * lanes, 0, -1);
            }
            advance(at, accumulators);
          });
    }
    for (int part = 0; part < totals.length && part * lanes < count % accumulators; part++) {
      takeRest(totals[part], at, part * lanes);
    }
    int[] total = totals[0];
    for (int half = totals.length / 2; half > 0; half /= 2) {
      for (int part = 0; part < half; part++) {
        combine(totals[part], totals[part + half]);
      }
    }
    int[] right = newTuple();
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int t = 0; t < tuple; t++) {
        code.exchange(half, true, total[t], total[t]);
        b.astore(right[t]);
      }
      combine(total, right);
    }
    store(total, 0, code.mask(1));
  }

  /** The last elements, fewer than there are accumulators, from {@code offset} on. */
  private void takeRest(int[] total, int[] at, int offset) {
    int mask = code.mask(count % accumulators - offset);
    if (mask < 0) {
      take(total, total, at, offset, 0, mask);
      return;
    }
    int[] taken = newTuple();
    take(taken, total, at, offset, 0, mask);
    for (int t = 0; t < tuple; t++) {
      b.aload(total[t]);
      code.exact();
      b.aload(taken[t]).aload(mask);
      code.blend();
      b.astore(total[t]);
    }
  }
}
