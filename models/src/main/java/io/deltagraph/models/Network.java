package io.deltagraph.models;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.losses.L1Penalty;
import io.deltagraph.losses.L2Penalty;
import io.deltagraph.ops.Pad;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * A feed-forward net as a graph over a named number of rows {@code N}.
 *
 * @param plan what it was built from
 * @param inputs X, N × features
 * @param targets T: N × outputs, or N class indices where the loss takes indices
 * @param layers from the first to the last
 * @param outputs what the net predicts, N × outputs: the last activation
 * @param loss the scalar to be minimised, penalties included
 * @param initial each parameter's value before training
 */
public record Network(
    NetworkPlan plan,
    Input inputs,
    Input targets,
    List<Layer> layers,
    Value outputs,
    Value loss,
    Map<GraphParameter, Tensor> initial) {
  public Network {
    layers = ImmutableList.copyOf(layers);
    initial = ImmutableMap.copyOf(initial);
  }

  /** The name of the dimension that counts samples. */
  public static final String BATCH = "N";

  /** The name of the graph's output that holds predictions. */
  public static final String OUTPUTS = "outputs";

  /** The name of the graph's output that holds the loss. */
  public static final String LOSS = "loss";

  static final double FURTHER_PARAMETER = 0.25; // prelu's usual start (He et al. 2015)

  /** Builds a net; weights are drawn from {@code seeds}. */
  public static Network build(NetworkPlan plan, OpLookup ops, Seeds seeds) {
    return new Assembly(plan, new GraphBuilder(ops), seeds, false).network();
  }

  /** Builds a net whose layers have a shift for finite differences of their deltas. */
  public static Network buildForChecking(NetworkPlan plan, OpLookup ops, Seeds seeds) {
    return new Assembly(plan, new GraphBuilder(ops), seeds, true).network();
  }

  /** All parameters, layer by layer. */
  public List<GraphParameter> parameters() {
    return ImmutableList.copyOf(initial.keySet());
  }

  /** The number of numbers that training sets. */
  public int parameterCount() {
    return parameters().stream().mapToInt(p -> p.shape().elements()).sum();
  }

  /** From inputs to predictions. */
  public Graph prediction() {
    return inputs.builder().graph(ImmutableMap.of(OUTPUTS, outputs));
  }

  /** From inputs and targets to predictions and loss. */
  public Graph evaluation() {
    return inputs.builder().graph(ImmutableMap.of(OUTPUTS, outputs, LOSS, loss));
  }

  /** Puts a net together, layer by layer. */
  private static final class Assembly {
    private final NetworkPlan plan;
    private final GraphBuilder builder;
    private final Seeds seeds;
    private final boolean shifted;
    private final Map<GraphParameter, Tensor> initial = new LinkedHashMap<>();

    Assembly(NetworkPlan plan, GraphBuilder builder, Seeds seeds, boolean shifted) {
      this.plan = plan;
      this.builder = builder;
      this.seeds = seeds;
      this.shifted = shifted;
    }

    Network network() {
      Input inputs = builder.input("X", batch(plan.features()));
      OpSignature signature = builder.ops().op(plan.loss().id()).signature();
      boolean indices = signature.input(1).accepts() == OpSignature.Accepts.INTEGER;
      Input targets =
          builder.input(
              "T",
              indices
                  ? new TensorType(DType.I32, Shape.of(Dim.named(BATCH)))
                  : batch(plan.outputs()));
      List<Layer> layers = new ArrayList<>();
      Value current = inputs;
      for (LayerPlan layer : plan.layers()) {
        layers.add(layer(layers.size() + 1, layer, current));
        current = layers.getLast().activation();
      }
      Layer last = layers.getLast();
      Value logits = last.preActivation();
      Value outputs = current;
      if (plan.referenceClass()) {
        logits = Pad.of(logits, 1, 0, 1, 0).named("logits");
        outputs = activate(last.plan(), layers.size(), logits);
      }
      boolean takesLogits = signature.input(0).role().isLogits();
      Value data =
          (takesLogits ? logits : outputs).op(plan.loss().op(), plan.loss().attributes(), targets);
      OpId op = plan.loss().id();
      expect(data, TensorType.scalar(plan.dtype()), "The loss '" + op + "'", op);
      Value loss = penalised(data, inputs, layers).named(LOSS);
      return new Network(
          plan,
          inputs,
          targets,
          ImmutableList.copyOf(layers),
          outputs,
          loss,
          ImmutableMap.copyOf(initial));
    }

    private TensorType batch(int width) {
      return new TensorType(plan.dtype(), Shape.batch(BATCH, width));
    }

    private Layer layer(int number, LayerPlan layer, Value input) {
      String name = Layer.name(number);
      int fanIn = input.shape().dim(1).size();
      RandomStream random = seeds.derive("initialise", number).stream();
      GraphParameter weights =
          parameter(
              Layer.weight(number),
              Shape.of(layer.units(), fanIn),
              () -> layer.initialiser().draw(random, fanIn, layer.units()));
      GraphParameter bias = parameter(Layer.bias(number), Shape.of(layer.units()), () -> 0);
      Value z = input.matmul(weights.transpose()).plus(bias);
      Optional<Input> shift = Optional.empty();
      if (shifted) {
        Input added = builder.input(name + ".shift", batch(layer.units()));
        shift = Optional.of(added);
        z = z.plus(added);
      }
      z.named("Z" + number);
      Value a =
          plan.referenceClass() && number == plan.layers().size() ? z : activate(layer, number, z);
      return new Layer(name, layer, weights, bias, z, a, shift);
    }

    private Value activate(LayerPlan layer, int number, Value z) {
      OpId op = layer.activation().id();
      List<Value> arguments = new ArrayList<>();
      arguments.add(z);
      for (OpSignature.Param further :
          builder.ops().op(op).signature().inputs().stream().skip(1).toList()) {
        arguments.add(
            parameter(
                Layer.further(number, further.name()), Shape.scalar(), () -> FURTHER_PARAMETER));
      }
      Value a = builder.apply(op, layer.activation().attributes(), arguments);
      expect(a, z.type(), "The activation '" + op + "' of " + Layer.name(number), op);
      return a.name().isPresent() ? a : a.named("A" + number);
    }

    /** Whatever op a plan names, its result has to fit. */
    private void expect(Value result, TensorType type, String who, OpId op) {
      if (!result.type().equals(type)) {
        throw new GraphException.BadGraph(
            who
                + " gives "
                + result.type()
                + ", where "
                + type
                + " is needed: choose another op.\n  op      "
                + op
                + "  "
                + builder.ops().provider(builder.ops().op(op)));
      }
    }

    private GraphParameter parameter(String name, Shape shape, DoubleSupplier draw) {
      TensorType type = new TensorType(plan.dtype(), shape);
      GraphParameter parameter = builder.parameter(name, type);
      initial.put(parameter, Tensor.generate(type, i -> draw.getAsDouble()));
      return parameter;
    }

    private Value penalised(Value data, Value inputs, List<Layer> layers) {
      Value result = data;
      if (plan.l2() > 0) {
        result = result.plus(penalty(L2Penalty.ID, plan.l2(), layers).over(samples(inputs)));
      }
      if (plan.l1() > 0) {
        result = result.plus(penalty(L1Penalty.ID, plan.l1(), layers).over(samples(inputs)));
      }
      return result;
    }

    private Value penalty(OpId op, double lambda, List<Layer> layers) {
      List<Value> weights = layers.stream().<Value>map(Layer::weights).toList();
      return builder.apply(op, ImmutableMap.of("lambda", lambda), weights);
    }

    private static Value samples(Value inputs) {
      return inputs.elementCount(List.of(0));
    }
  }
}
