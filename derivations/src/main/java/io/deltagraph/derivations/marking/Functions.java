package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.models.OpChoice;
import io.deltagraph.ops.OneHot;
import io.deltagraph.registry.NearNames;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions of the language as ops. */
final class Functions {
  private static final String SOFTMAX = "softmax";

  private final Scene scene;
  private final Orientation orientation;
  private final OpLookup ops;

  Functions(Scene scene, Orientation orientation) {
    this.scene = scene;
    this.orientation = orientation;
    ops = scene.network().inputs().builder().ops();
  }

  /** What functions may be called. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of("sigma", "step", "ln", "ones", "diag"));
    ops.ids().forEach(id -> names.add(id.name()));
    return names;
  }

  /** Whether an argument is no number: class indices, or what holds or not. */
  boolean takesAsItIs(Function function, int place) {
    String name = function.name();
    if (name.equals("one_hot")) {
      return true;
    }
    return ops.ids().stream()
        .filter(id -> id.name().equals(name))
        .map(id -> ops.op(id).signature())
        .anyMatch(signature ->
            place < signature.inputs().size()
                && signature.input(place).accepts() == OpSignature.Accepts.MASK);
  }

  Value number(double number) {
    return scene.network().loss().constant(number);
  }

  Value call(Expression.Call call, List<Value> arguments) throws Misfit {
    return switch (call.function().name()) {
      case "I" -> identity(call, dim(call, 0));
      case "ones" -> ones(call);
      case "diag" -> diagonal(call, arguments);
      case "one_hot" -> oneHot(call, arguments);
      default -> apply(call, call.function(), arguments, call.attributes());
    };
  }

  /** The derivative by the first argument, entry by entry. */
  Value derivative(Expression.Derivative part, List<Value> arguments) throws Misfit {
    Value x = arguments.getFirst();
    if (!x.dtype().isFloat()) {
      throw new Misfit(part, "an argument of numbers");
    }
    Value y = apply(part, part.function(), arguments, part.attributes());
    if (y instanceof Apply apply && !byEntries(apply.op())) {
      throw new Misfit(
          part,
          "the derivative of a function by entries: that of "
              + apply.op().id()
              + " is a matrix for each sample, its Jacobian");
    }
    Value one = x.constant(1).broadcastTo(y.shape());
    try {
      return Gradient.pullback(y, one, List.of(x)).wrt(x);
    } catch (GraphException e) {
      throw new Misfit(part, "a function that has a derivative");
    }
  }

  private static boolean byEntries(Op<?> op) {
    return op instanceof Pointwise<?>
        || (op instanceof Composite<?> && !op.id().name().contains(SOFTMAX));
  }

  private Value apply(
      Expression part, Function function, List<Value> arguments, Map<String, Object> attributes)
      throws Misfit {
    String name = function.name();
    Map<String, Object> given = attributes;
    List<Value> inputs = new ArrayList<>(arguments);
    int layer = function.layer();
    if (name.equals("phi")) {
      layer = layer == Name.NO_INDEX && scene.depth() == 1 ? 1 : layer;
      if (layer < 1 || layer > scene.depth()) {
        throw new Misfit(part, "the number of a layer from 1 to " + scene.depth());
      }
      OpChoice choice = scene.plan().layers().get(layer - 1).activation();
      name = choice.op();
      given = attributes.isEmpty() ? choice.attributes() : attributes;
    } else if (attributes.isEmpty()) {
      given = ofLayer(name, inputs.getFirst()).map(OpChoice::attributes).orElse(attributes);
    }
    int dot = name.indexOf('.');
    String output = name.substring(dot + 1);
    name = dot < 0 ? name : name.substring(0, dot);
    if (name.equals("sign") && given.isEmpty() && ofLayer(name, inputs.getFirst()).isEmpty()) {
      given = Map.of("value_at_zero", 0.0); // a textbook's, which is the slope of |x|
    }
    Op<?> op;
    try {
      op = ops.op(OpId.of(name));
    } catch (GraphException e) {
      throw new Misfit(part, "a function that there is" + near(name));
    }
    if (inputs.size() == 1 && op.signature().inputs().size() == 2) {
      slope(op.id().name(), layer).ifPresent(inputs::add);
    }
    if (orientation.columns()
        && op.id().name().contains(SOFTMAX)
        && attributes.get("axis") == null
        && inputs.getFirst().type().rank() == 2) {
      Value rows = built(part, op.id(), given, List.of(inputs.getFirst().transpose()));
      return rows.transpose();
    }
    Map<String, Object> attributesOfNode = shapes(op, given);
    if (dot < 0) {
      return built(part, op.id(), attributesOfNode, inputs);
    }
    if (!op.signature().outputs().contains(output)) {
      throw new Misfit(part, "an output that there is: " + op.signature().outputs());
    }
    try {
      return inputs.getFirst().builder().tuple(op.id(), attributesOfNode, inputs).part(output);
    } catch (GraphException e) {
      throw new Misfit(part, "arguments that fit: " + first(e));
    }
  }

  /** Shapes are written as lists. */
  private static Map<String, Object> shapes(Op<?> op, Map<String, Object> given) {
    Map<String, Object> attributes = new HashMap<>(given);
    for (OpAttribute<?, ?> attribute : op.schema().attributes()) {
      if (attribute.kind() == OpAttribute.Kind.SHAPE
          && given.get(attribute.name()) instanceof List<?> sizes) {
        attributes.put(attribute.name(), sizes.toString());
      }
    }
    return attributes;
  }

  private Value built(Expression part, OpId op, Map<String, Object> attributes, List<Value> inputs)
      throws Misfit {
    try {
      return inputs.getFirst().builder().apply(op, attributes, inputs);
    } catch (GraphException.BadAttribute e) {
      throw new Misfit(part, "other attributes: " + first(e));
    } catch (GraphException e) {
      throw new Misfit(part, "arguments that fit: " + first(e));
    }
  }

  private static String first(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("[.:]$", "");
  }

  private Optional<OpChoice> ofLayer(String op, Value argument) {
    Optional<OpChoice> found = Optional.empty();
    for (int l = scene.depth(); l >= 1; l--) {
      OpChoice choice = scene.plan().layers().get(l - 1).activation();
      if (choice.op().equals(op)) {
        found = Optional.of(choice);
        Value z = scene.preActivation(l);
        if (argument == z || argument == z.transpose()) {
          return found;
        }
      }
    }
    return found;
  }

  private Optional<Value> slope(String op, int layer) {
    KnownNames names = new KnownNames(scene, orientation);
    for (int l = 1; l <= scene.depth(); l++) {
      boolean asked = layer == Name.NO_INDEX || layer == l;
      if (asked && scene.plan().layers().get(l - 1).activation().op().equals(op)) {
        return names.slope(l);
      }
    }
    return Optional.empty();
  }

  private String near(String name) {
    List<String> near = NearNames.of(name, ops.ids().stream().map(OpId::name).toList());
    return near.isEmpty() ? "" : ", such as " + String.join(" or ", near);
  }

  private Dim dim(Expression.Call call, int place) throws Misfit {
    Expression argument = call.arguments().get(place);
    if (argument instanceof Numeral(double value)
        && value == Math.rint(value)
        && value >= 1
        && value <= 10_000) {
      return Dim.of((int) value);
    }
    if (argument instanceof Name name && !name.isGradient()) {
      String base = new KnownNames(scene, orientation).canonical(name).base();
      if (base.equals("n")) {
        return scene.network().inputs().shape().dim(0);
      }
      if (base.equals("k")) {
        return Dim.of(scene.plan().outputs());
      }
    }
    throw new Misfit(argument, "a size: n, k or a whole number up to 10000");
  }

  private Value ones(Expression.Call call) throws Misfit {
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      dims.add(dim(call, i));
    }
    if (dims.size() > 2) {
      throw new Misfit(call, "one size or two");
    }
    return scene.network().loss().constant(1).broadcastTo(Shape.of(dims));
  }

  private Value identity(Expression.Call call, Dim dim) throws Misfit {
    if (dim.isFixed() && dim.size() > 2_000) {
      throw new Misfit(call, "a smaller identity");
    }
    return identity(dim);
  }

  private Value identity(Dim dim) {
    Value counted =
        scene.network().loss().constant(1).broadcastTo(Shape.of(List.of(dim))).cumsum(0);
    Value rows = counted.op("unsqueeze", Map.of("axes", List.of(1)));
    return rows.equal(counted.op("unsqueeze", Map.of("axes", List.of(0)))).cast(DType.F64);
  }

  private Value diagonal(Expression.Call call, List<Value> arguments) throws Misfit {
    Value x = arguments.getFirst();
    return switch (x.type().rank()) {
      case 1 -> identity(x.shape().dim(0)).times(x);
      case 2 -> {
        if (!x.shape().dim(0).equals(x.shape().dim(1))) {
          throw new Misfit(call, "a vector or a square matrix");
        }
        yield x.times(identity(x.shape().dim(0))).sum(List.of(1), false);
      }
      default -> throw new Misfit(call, "a vector or a square matrix");
    };
  }

  /** What is one-hot already stays as it is. */
  private Value oneHot(Expression.Call call, List<Value> arguments) throws Misfit {
    Value t = arguments.getFirst();
    if (t.dtype().isFloat()) {
      if (t == scene.network().targets() || t.type().rank() == 2) {
        return t;
      }
      throw new Misfit(call, "class indices, as the targets are");
    }
    Value rows = OneHot.of(t, scene.plan().outputs(), DType.F64);
    return orientation.columns() ? rows.transpose() : rows;
  }
}
