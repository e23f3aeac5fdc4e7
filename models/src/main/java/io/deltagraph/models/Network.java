package io.deltagraph.models;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
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
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A feed-forward net as a graph over a named number of rows {@code N}.
 *
 * @param plan what it was built from
 * @param layers from the first to the last
 * @param model its graph: from X, N × features, and T, which is N × outputs, or N class indices
 *     where the loss takes indices, to the last activation, N × outputs, and the loss; with weights
 *     of the samples, N, where the plan has them
 */
public record Network(NetworkPlan plan, List<Layer> layers, Model model) {
  public Network {
    layers = ImmutableList.copyOf(layers);
  }

  /** The name of the dimension that counts samples. */
  public static final String BATCH = "N";

  /** The name of the graph's output that holds predictions. */
  public static final String OUTPUTS = "outputs";

  /** The name of the graph's output that holds the loss. */
  public static final String LOSS = "loss";

  /** The name of the input. */
  public static final String INPUTS = "X";

  /** The name of the targets. */
  public static final String TARGETS = "T";

  /** The name of the samples' weights, N numbers, where the plan has them. */
  public static final String WEIGHTS = "weights";

  /** Builds a net; weights are drawn from {@code seeds}. */
  public static Network build(NetworkPlan plan, OpLookup ops, Seeds seeds) {
    return new Assembly(plan, ops, seeds, false).network();
  }

  /** Builds a net whose layers have a shift for finite differences of their deltas. */
  public static Network buildForChecking(NetworkPlan plan, OpLookup ops, Seeds seeds) {
    return new Assembly(plan, ops, seeds, true).network();
  }

  /** X, N × features. */
  public Input inputs() {
    return model.inputs().getFirst();
  }

  /** T: N × outputs, or N class indices where the loss takes indices. */
  public Input targets() {
    return model.targets().getFirst();
  }

  /** What the net predicts, N × outputs: the last activation. */
  public Value outputs() {
    return model.outputs().values().iterator().next();
  }

  /** The scalar to be minimised, penalties included. */
  public Value loss() {
    return model.loss();
  }

  /** Each parameter's value before training. */
  public Map<GraphParameter, Tensor> initial() {
    return model.initial();
  }

  /** All parameters, layer by layer. */
  public List<GraphParameter> parameters() {
    return model.trainable();
  }

  /** The number of numbers that training sets. */
  public int parameterCount() {
    return model.parameterCount();
  }

  /** From inputs to predictions. */
  public Graph prediction() {
    return model.inference();
  }

  /** From inputs and targets to predictions and loss. */
  public Graph evaluation() {
    return model.evaluation();
  }

  /** Puts a net together, layer by layer. */
  private static final class Assembly {
    private final NetworkPlan plan;
    private final ModelBuilder made;
    private final OpLookup ops;
    private final boolean shifted;

    Assembly(NetworkPlan plan, OpLookup ops, Seeds seeds, boolean shifted) {
      this.plan = plan;
      this.made = new ModelBuilder(ops, plan.dtype(), seeds);
      this.ops = ops;
      this.shifted = shifted;
    }

    Network network() {
      Input inputs = made.input(INPUTS, plan.features());
      OpSignature signature = ops.op(plan.loss().id()).signature();
      boolean indices = signature.input(1).accepts() == OpSignature.Accepts.INTEGER;
      Input targets = indices ? made.classTarget(TARGETS) : made.target(TARGETS, plan.outputs());
      List<Layer> layers = new ArrayList<>();
      Value current = inputs;
      for (LayerPlan layer : plan.layers()) {
        layers.add(layer(layers.size() + 1, layer, current));
        current = layers.getLast().output();
      }
      Layer last = layers.getLast();
      Value logits = last.preActivation();
      Value outputs = current;
      if (plan.referenceClass()) {
        logits = Pad.of(logits, 1, 0, 1, 0).named("logits");
        outputs = activate(last.dense(), layers.size(), logits);
      }
      boolean takesLogits = signature.input(0).role().isLogits();
      Value data = data(takesLogits ? logits : outputs, targets);
      OpId op = plan.loss().id();
      expect(data, TensorType.scalar(plan.dtype()), "The loss '" + op + "'", op);
      Value loss = penalised(data, inputs, layers).named(LOSS);
      made.output(OUTPUTS, outputs);
      return new Network(plan, layers, made.model(loss, Optional.of(plan)));
    }

    private Value data(Value given, Value targets) {
      return plan.weighted()
          ? SampleWeights.weighted(plan.loss(), given, targets, made.target(WEIGHTS))
          : given.op(plan.loss().op(), plan.loss().attributes(), targets);
    }

    private Layer layer(int number, LayerPlan layer, Value input) {
      Dense dense = made.dense(input.shape().dim(1).size(), layer);
      Value z = dense.preActivation(input);
      Optional<Input> shift = Optional.empty();
      if (shifted) {
        Input added = made.graph().input(Layer.name(number) + ".shift", z.type());
        shift = Optional.of(added);
        z = z.plus(added);
      }
      z.named("Z" + number);
      Value normalised = made.modes().normalised(Layer.name(number), layer.normalisation(), z);
      Value a = hasReference(number) ? normalised : activate(dense, number, normalised);
      Value output = made.modes().dropout(Layer.name(number), a, layer.dropout());
      return new Layer(Layer.name(number), layer, dense, z, a, output, shift);
    }

    private boolean hasReference(int number) {
      return plan.referenceClass() && number == plan.layers().size();
    }

    private Value activate(Dense dense, int number, Value z) {
      OpId op = dense.activation().id();
      Value a = dense.activate(z);
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
                + ops.provider(ops.op(op)));
      }
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
      return weights.getFirst().builder().apply(op, ImmutableMap.of("lambda", lambda), weights);
    }

    private static Value samples(Value inputs) {
      return inputs.elementCount(List.of(0));
    }
  }
}
