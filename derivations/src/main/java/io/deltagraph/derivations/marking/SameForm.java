package io.deltagraph.derivations.marking;

import io.deltagraph.check.Program;
import io.deltagraph.derivations.explain.Textbook;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether two values are the same formula of what has a name. */
final class SameForm {
  private final Scene scene;
  private final KnownNames names;
  private final Textbook textbook;
  private final Set<Value> named = new HashSet<>();
  private final Map<Value, Value> forms = new HashMap<>();

  SameForm(Scene scene, KnownNames names) {
    this.scene = scene;
    this.names = names;
    textbook = Textbook.of(scene.network().inputs().builder().ops());
    for (Name name : names.all()) {
      names.value(name).ifPresent(named::add);
    }
    named.addAll(scene.values());
  }

  /** Whether the rules of the textbook make the same node of both. */
  boolean identical(Value a, Value b) {
    return a.equals(b) || form(a).equals(form(b));
  }

  private Value form(Value value) {
    return forms.computeIfAbsent(
        value,
        root -> {
          try {
            return textbook.rewrite(root, named::contains).value();
          } catch (GraphException e) {
            return root; // a plugin's rule that breaks proves nothing
          }
        });
  }

  /**
   * Whether a line is right whatever the delta is that it comes from: where that is 0, as behind a
   * step, all that is made of it is 0 and tells nothing. The last delta comes from activations.
   */
  boolean equalForAnyNumbers(Name name, Value student, Value right) {
    try {
      Map<Value, Input> standIns = new HashMap<>();
      int l = names.from(name);
      if (l <= scene.depth()) {
        Value z = scene.preActivation(l);
        Input delta = z.builder().standIn(z.type());
        standIns.put(scene.gradient(z), delta);
        Optional<Value> local = names.gradient(name, delta);
        return local.isPresent()
            && equal(new Substitution(standIns).in(student), local.get(), standIns.values());
      }
      for (int i = 1; i <= scene.depth(); i++) {
        Value a = scene.activation(i);
        standIns.putIfAbsent(a, a.builder().standIn(a.type()));
      }
      Substitution substitution = new Substitution(standIns);
      return equal(substitution.in(student), substitution.in(right), standIns.values());
    } catch (GraphException e) {
      return false;
    }
  }

  private boolean equal(Value a, Value b, Iterable<Input> standIns) {
    List<Value> asked = List.of(a.minus(b).norm2(), b.norm2());
    for (int batch = 0; batch < scene.batches().size(); batch++) {
      Map<String, Tensor> point = new HashMap<>(scene.batches().get(batch));
      RandomStream random = Seeds.of(batch).derive("stand-ins").stream();
      for (Input standIn : standIns) {
        TensorType type = bound(standIn.type(), scene.rows(batch));
        point.put(standIn.label(), Tensor.generate(type, i -> random.nextDouble(0.1, 0.9)));
      }
      try (Program program = Program.plain(asked, point.keySet())) {
        List<Tensor> norms = program.run(point);
        if (!(norms.get(0).item() <= Likeness.ROUNDING * norms.get(1).item())) {
          return false;
        }
      }
    }
    return true;
  }

  private static TensorType bound(TensorType type, int rows) {
    List<Dim> dims =
        type.shape().dims().stream().map(dim -> dim.isFixed() ? dim : Dim.of(rows)).toList();
    return new TensorType(type.dtype(), Shape.of(dims));
  }
}
