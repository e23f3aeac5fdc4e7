package io.deltagraph.check;

import static java.util.Objects.requireNonNull;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A scalar and its kinks while one entry after the other of a tensor is moved. What does not depend
 * on that tensor is computed once and held, so that moving a weight of the last layer does not
 * compute the first anew; the plan of the rest is bound once.
 */
final class MovedEntries implements AutoCloseable {
  private final double scalar;
  private final Program program;
  private final BoundSession plan;
  private final Value moved;
  private final boolean reachesScalar;
  private final List<Signs> signs = new ArrayList<>();

  /** The signs of a value at the point, and the value where the entry has been moved to. */
  private static final class Signs {
    /** How many are compared at a time. */
    private static final int BLOCK = 256;

    private final byte[] before;
    private final double[] block = new double[BLOCK];
    private final TensorReader now;

    Signs(Tensor at, TensorReader now) {
      before = new byte[at.length()];
      for (int i = 0; i < before.length; i++) {
        before[i] = sign(at.get(i));
      }
      this.now = now;
    }

    boolean haveChanged() {
      for (int from = 0; from < before.length; from += BLOCK) {
        int count = Math.min(BLOCK, before.length - from);
        now.load(from, count, block);
        for (int i = 0; i < count; i++) {
          if (sign(block[i]) != before[from + i]) {
            return true;
          }
        }
      }
      return false;
    }

    /** Negative, zero of either sign, positive, or NaN. */
    private static byte sign(double number) {
      return (byte) (number > 0 ? 1 : number < 0 ? -1 : number == 0 ? 0 : 2);
    }
  }

  private MovedEntries(
      double scalar, boolean reachesScalar, Program program, BoundSession plan, Value moved) {
    this.scalar = scalar;
    this.reachesScalar = reachesScalar;
    this.program = program;
    this.plan = plan;
    this.moved = moved;
  }

  /**
   * Prepares to move entries.
   *
   * @param at the scalar, then the values whose signs tell of kinks, at the point
   * @param name the input or parameter to move
   */
  static MovedEntries of(PointValues at, String name) {
    List<Value> roots = at.roots();
    Value moved = roots.getFirst().builder().named(name).orElseThrow();
    Set<Value> moving = moving(roots, moved);
    Map<Value, Value> standIns = standIns(moving, moved);
    Map<String, Tensor> feeds = new HashMap<>(at.point());
    standIns.forEach((value, standIn) -> feeds.put(standIn.label(), at.of(value)));
    List<Value> reached = roots.stream().filter(moving::contains).distinct().toList();
    Substitution in = new Substitution(standIns);
    Value standIn = requireNonNull(standIns.get(moved));
    // Where nothing depends on the tensor the plan shows the tensor itself.
    List<Value> values =
        reached.isEmpty() ? List.of(standIn) : reached.stream().map(in::in).toList();
    Program program = Program.quick(values, at.point().keySet());
    MovedEntries entries =
        new MovedEntries(
            at.of(roots.getFirst()).get(0),
            moving.contains(roots.getFirst()),
            program,
            program.bind(feeds),
            standIn);
    for (int i = 0; i < reached.size(); i++) {
      if (reached.get(i) != roots.getFirst()) {
        TensorReader now = entries.plan.reader(Integer.toString(i));
        entries.signs.add(new Signs(at.of(reached.get(i)), now));
      }
    }
    return entries;
  }

  /** Those of the roots, and of what they are computed from, that depend on a value. */
  private static Set<Value> moving(List<Value> roots, Value moved) {
    Set<Value> moving = new HashSet<>(Set.of(moved));
    for (Value value : Reachable.from(roots)) {
      if (value instanceof Apply node && node.inputs().stream().anyMatch(moving::contains)) {
        moving.add(value);
      }
    }
    return moving;
  }

  /** Inputs for the moved value, and for all that stays but is needed beside it. */
  private static Map<Value, Value> standIns(Set<Value> moving, Value moved) {
    GraphBuilder builder = moved.builder();
    Map<Value, Value> standIns = new LinkedHashMap<>();
    // A parameter's weights lie as products read them; an input would be arranged in every run.
    standIns.put(
        moved,
        moved.type().shape().isFixed()
            ? builder.parameterStandIn(moved.type())
            : builder.standIn(moved.type()));
    for (Value value : moving) {
      if (value instanceof Apply node) {
        for (Value input : node.inputs()) {
          if (!moving.contains(input) && !(input instanceof Constant)) {
            standIns.computeIfAbsent(input, held -> builder.standIn(held.type()));
          }
        }
      }
    }
    return standIns;
  }

  /** The scalar with one entry at another place, until that entry is set again. */
  double at(int position, double entry) {
    set(position, entry);
    plan.run();
    return reachesScalar ? plan.scalar("0") : scalar;
  }

  /** Puts an entry back. */
  void restore(int position, double entry) {
    set(position, entry);
  }

  private void set(int position, double entry) {
    if (moved instanceof GraphParameter parameter) {
      program.set(parameter, position, entry);
    } else {
      plan.setElement(moved.label(), position, entry);
    }
  }

  /** Whether a kink lies between the point and where the entry is now. */
  boolean isAcrossKink() {
    return signs.stream().anyMatch(Signs::haveChanged);
  }

  @Override
  public void close() {
    program.close();
  }
}
