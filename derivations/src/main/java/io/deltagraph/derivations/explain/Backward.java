package io.deltagraph.derivations.explain;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.textbook.Pullback;
import io.deltagraph.ops.textbook.Scaled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes back from the loss, equation by equation, and finds the lines of a derivation. */
final class Backward {

  /** What comes back to a value through another one. */
  record Share(Value through, Value gradient) {}

  /**
   * A gradient that gets a line.
   *
   * @param of the value with respect to which it is
   * @param form the gradient in the textbook's form, and the way there
   * @param shares what it is the sum of
   */
  record Found(Value of, Textbook.Rewritten form, List<Share> shares) {}

  private final Value loss;
  private final Set<Value> wrt;
  private final Cuts cuts;
  private final Textbook textbook;
  private final Set<Value> active = new HashSet<>();
  private final Map<Value, Set<Value>> waiting = new HashMap<>();
  private final Map<Value, List<Share>> shares = new HashMap<>();
  private final Map<Value, Input> symbols = new LinkedHashMap<>();
  private final List<Found> found = new ArrayList<>();

  Backward(Value loss, List<? extends Value> wrt, Cuts cuts, Textbook textbook) {
    this.loss = loss;
    this.wrt = new LinkedHashSet<>(wrt);
    this.cuts = cuts;
    this.textbook = textbook;
  }

  /** What stands in lines for the gradient with respect to a value that has a line itself. */
  Map<Value, Input> symbols() {
    return symbols;
  }

  /** The lines, in the order of backpropagation; those that no gradient reaches are left out. */
  List<Found> run() {
    List<Value> back = new ArrayList<>();
    for (Value value : cuts.nodes()) {
      boolean depends =
          value instanceof Apply apply
              && value.dtype().isFloat()
              && apply.inputs().stream().anyMatch(active::contains);
      if (depends || wrt.contains(value)) {
        active.add(value);
      }
      if (depends && cuts.isCut(value)) {
        back.add(value);
        for (Value inside : cuts.within(value)) {
          if (inside != value && cuts.isCut(inside) && active.contains(inside)) {
            waiting.computeIfAbsent(inside, key -> new LinkedHashSet<>()).add(value);
          }
        }
      }
    }
    shares.put(loss, List.of(new Share(loss, loss.constant(1))));
    for (Value value : back.reversed()) {
      if (shares.containsKey(value)) {
        propagate(value, value == loss ? loss.constant(1) : symbol(value));
      }
      finish(value);
    }
    return found;
  }

  /** Writes the gradients of leaves down once everything that uses them is behind. */
  private void finish(Value value) {
    for (Value inside : cuts.within(value)) {
      Set<Value> users = waiting.get(inside);
      if (users != null
          && users.remove(value)
          && users.isEmpty()
          && !(inside instanceof Apply)
          && wrt.contains(inside)
          && shares.containsKey(inside)) {
        write(inside);
      }
    }
  }

  /** What stands for the gradient with respect to a value on the way in what comes before it. */
  private Value symbol(Value value) {
    if (!wrt.contains(value) && isStep((Apply) value) && !isRepeated((Apply) value)) {
      return total(value);
    }
    write(value);
    Input symbol = value.builder().standIn(value.type());
    symbols.put(value, symbol);
    return symbol;
  }

  private void write(Value value) {
    found.add(new Found(value, textbook.rewrite(total(value), cuts::isCut), shares(value)));
  }

  /** The latest first: what comes from the layers, and then from penalties. */
  private List<Share> shares(Value value) {
    return shares.getOrDefault(value, List.of()).reversed();
  }

  private Value total(Value value) {
    return shares(value).stream().map(Share::gradient).reduce(Value::plus).orElseThrow();
  }

  /** Whether a value is one op on another such as an activation, whose gradient needs no line. */
  private boolean isStep(Apply value) {
    List<Value> computed =
        value.inputs().stream().filter(v -> v instanceof Apply && active.contains(v)).toList();
    return computed.size() == 1
        && cuts.isCut(computed.getFirst())
        && value.inputs().stream()
            .allMatch(input -> input == computed.getFirst() || input.type().rank() == 0);
  }

  /** Whether the gradient would be written twice in what comes before, and is no short one. */
  private boolean isRepeated(Apply value) {
    Value own = textbook.rewrite(total(value), cuts::isCut).value();
    Value core = Scaled.of(own).core().orElse(own);
    if (size(core) <= 3) {
      return false;
    }
    Value before = textbook.rewrite(Pullback.of(value, position(value), own), cuts::isCut).value();
    int uses = 0;
    for (Value node : cuts.within(before)) {
      if (node instanceof Apply apply && node != core) {
        uses += (int) apply.inputs().stream().filter(input -> input == core).count();
      }
    }
    return uses > 1;
  }

  private int position(Apply value) {
    for (int i = 0; i < value.inputs().size(); i++) {
      if (active.contains(value.input(i)) && value.input(i) instanceof Apply) {
        return i;
      }
    }
    return 0;
  }

  private int size(Value value) {
    return cuts.within(value).size();
  }

  private void propagate(Value cut, Value gradient) {
    Map<Value, Value> gradients = new HashMap<>();
    gradients.put(cut, gradient);
    Map<Value, Value> back = new LinkedHashMap<>();
    for (Value value : cuts.within(cut).reversed()) {
      Value own = gradients.get(value);
      if (own == null || !(value instanceof Apply node)) {
        continue;
      }
      for (int i = 0; i < node.inputs().size(); i++) {
        Value input = node.input(i);
        if (active.contains(input) && input.dtype().isFloat()) {
          Value share = Pullback.of(node, i, own);
          (cuts.isCut(input) ? back : gradients).merge(input, share, Value::plus);
        }
      }
    }
    back.forEach((value, share) ->
        shares.computeIfAbsent(value, key -> new ArrayList<>()).add(new Share(cut, share)));
  }
}
