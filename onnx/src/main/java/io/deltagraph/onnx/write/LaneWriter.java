package io.deltagraph.onnx.write;

import io.deltagraph.exchange.OnnxRefusal;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneMath;
import io.deltagraph.type.DType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lane expressions as ONNX's pointwise ops. What ONNX lacks is composed so that it stays exact:
 * ln(1 + x) and e^x − 1 near 0 (Kahan; Higham 2002, §1.14.1), the error function in double
 * precision, for which ONNX Runtime has no kernel, by the engine's own polynomials.
 */
final class LaneWriter {
  private final NodeList nodes;
  private final Sizes sizes;
  private final List<String> inputs;
  private final IdentityHashMap<Lane, String> written = new IdentityHashMap<>();

  LaneWriter(NodeList nodes, Sizes sizes, List<String> inputs) {
    this.nodes = nodes;
    this.sizes = sizes;
    this.inputs = inputs;
  }

  /** The name of what an expression of the inputs gives. */
  String write(Lane root) {
    Deque<Lane> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Lane lane = open.getLast();
      Lane missing =
          lane.arguments().stream().filter(a -> !written.containsKey(a)).findFirst().orElse(null);
      if (missing == null) {
        open.removeLast();
        written.computeIfAbsent(lane, this::node);
      } else {
        open.add(missing);
      }
    }
    return name(root);
  }

  private String name(Lane lane) {
    String name = written.get(lane);
    if (name == null) {
      throw new IllegalStateException("A lane is written before what it is made of.");
    }
    return name;
  }

  private String node(Lane lane) {
    List<Lane> of = lane.arguments();
    return switch (lane.op()) {
      case INPUT -> inputs.get(lane.input());
      case CONSTANT -> nodes.constant(lane.dtype(), lane.value());
      case ADD -> same("Add", lane);
      case SUBTRACT -> same("Sub", lane);
      case MULTIPLY -> same("Mul", lane);
      case DIVIDE -> same("Div", lane);
      case NEGATE -> same("Neg", lane);
      case ABS -> same("Abs", lane);
      case MINIMUM -> same("Min", lane);
      case MAXIMUM -> same("Max", lane);
      case FMA ->
          nodes.add("Add", nodes.add("Mul", name(of.get(0)), name(of.get(1))), name(of.get(2)));
      case SQRT -> same("Sqrt", lane);
      case EXP -> same("Exp", lane);
      case LOG -> logarithm(name(of.get(0)), lane.dtype());
      case LOG1P -> logarithmOfOneMore(name(of.get(0)), lane.dtype());
      case EXPM1 -> powerMinusOne(name(of.get(0)), lane.dtype());
      case SIN -> same("Sin", lane);
      case COS -> same("Cos", lane);
      case TANH -> same("Tanh", lane);
      case ERF -> lane.dtype() == DType.F32 ? same("Erf", lane) : polynomial(lane);
      case POW -> same("Pow", lane);
      case FLOOR -> same("Floor", lane);
      case ROUND -> same("Round", lane);
      case SCALE -> scaled(name(of.get(0)), name(of.get(1)), lane.dtype());
      case EXPONENT -> throw new OnnxRefusal("ONNX cannot take the exponent of a number apart");
      case LESS -> same("Less", lane);
      case LESS_EQUAL -> same("LessOrEqual", lane);
      case EQUAL -> same("Equal", lane);
      case AND -> same("And", lane);
      case OR -> same("Or", lane);
      case NOT -> same("Not", lane);
      case SELECT -> selected(lane);
      case CAST -> sizes.cast(name(of.get(0)), of.get(0).dtype(), lane.dtype());
      case IS_NAN -> nodes.add("Not", nodes.add("Equal", name(of.get(0)), name(of.get(0))));
    };
  }

  private String same(String operator, Lane lane) {
    boolean masks = lane.arguments().getFirst().dtype() == DType.BOOL;
    boolean ordered = lane.op() == LaneOp.LESS || lane.op() == LaneOp.LESS_EQUAL;
    return nodes.add(
        operator,
        lane.arguments().stream()
            .map(argument ->
                masks && ordered
                    ? sizes.cast(name(argument), DType.BOOL, DType.I32)
                    : name(argument))
            .toArray(String[]::new));
  }

  /** Never the logarithm of a sigmoid or of a softmax, which are 0 where it is still finite. */
  private String logarithm(String x, DType dtype) {
    List<String> from = nodes.sources(x);
    return switch (nodes.producer(x)) {
      case "Sigmoid" -> nodes.add("Neg", softplus(nodes.add("Neg", from.getFirst()), dtype));
      case "Softmax" ->
          nodes.add("LogSoftmax", Map.of("axis", nodes.attribute(x, "axis", -1)), from.getFirst());
      default -> nodes.add("Log", x);
    };
  }

  /** ln(1 + e^x). */
  private String softplus(String x, DType dtype) {
    if (dtype == DType.F32) {
      return nodes.add("Softplus", x);
    }
    String power = nodes.add("Exp", nodes.add("Neg", nodes.add("Abs", x)));
    return nodes.add(
        "Add", nodes.add("Max", x, nodes.constant(dtype, 0)), logarithmOfOneMore(power, dtype));
  }

  /** {@code x ln(u) / (u − 1)} with {@code u = 1 + x}; x itself where u is 1 or infinite. */
  private String logarithmOfOneMore(String x, DType dtype) {
    String one = nodes.constant(dtype, 1);
    String infinity = nodes.constant(dtype, Double.POSITIVE_INFINITY);
    String u = nodes.add("Add", x, one);
    String gap = nodes.add("Sub", u, one);
    String itself = nodes.add("Or", nodes.add("Equal", u, one), nodes.add("Equal", u, infinity));
    String quotient = nodes.add("Div", x, nodes.add("Where", itself, one, gap));
    String product = nodes.add("Mul", nodes.add("Log", u), quotient);
    return nodes.add("Where", itself, x, product);
  }

  /** {@code x (u − 1) / ln(u)} with {@code u = e^x} for |x| < 1, else u − 1. */
  private String powerMinusOne(String x, DType dtype) {
    String one = nodes.constant(dtype, 1);
    String u = nodes.add("Exp", x);
    String gap = nodes.add("Sub", u, one);
    String small = nodes.add("Less", nodes.add("Abs", x), one);
    String itself = nodes.add("Equal", u, one);
    String log = nodes.add("Where", itself, one, nodes.add("Log", u));
    String near = nodes.add("Mul", x, nodes.add("Div", gap, log));
    return nodes.add("Where", itself, x, nodes.add("Where", small, near, gap));
  }

  private String polynomial(Lane lane) {
    Lane argument = lane.arguments().getFirst();
    LaneWriter inner = new LaneWriter(nodes, sizes, List.of(name(argument)));
    return inner.write(LaneMath.expand(Lane.input(0, argument.dtype()).erf()));
  }

  /** In two halves, since 2^b may overflow where the result does not. */
  private String scaled(String x, String power, DType dtype) {
    String two = nodes.constant(dtype, 2);
    String half = nodes.add("Floor", nodes.add("Mul", power, nodes.constant(dtype, 0.5)));
    String once = nodes.add("Mul", x, nodes.add("Pow", two, half));
    return nodes.add("Mul", once, nodes.add("Pow", two, nodes.add("Sub", power, half)));
  }

  private String selected(Lane lane) {
    String mask = name(lane.arguments().get(0));
    String yes = name(lane.arguments().get(1));
    String no = name(lane.arguments().get(2));
    if (lane.dtype() != DType.BOOL) {
      return nodes.add("Where", mask, yes, no);
    }
    return nodes.add(
        "Or", nodes.add("And", mask, yes), nodes.add("And", nodes.add("Not", mask), no));
  }
}
