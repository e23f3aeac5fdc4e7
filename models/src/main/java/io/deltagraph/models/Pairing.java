package io.deltagraph.models;

import io.deltagraph.activations.Identity;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a loss is about what a net gives out, so that a small loss means good predictions.
 *
 * <p>The roles of the loss's inputs and what the last activation's numbers can be decide. A loss of
 * logits is not shown the activation, which predictions go through: for it, the activation is tried
 * on a few logits.
 *
 * @param activation of the last layer
 * @param outputs how many numbers the net gives for a sample
 * @param loss what is made small
 * @param task what is predicted
 */
public record Pairing(OpChoice activation, int outputs, OpChoice loss, Task task) {
  private static final double[] LOGITS = {-8, -5, -3, -1, -0.6, -0.1, 0.1, 0.6, 1, 3, 5, 8};
  private static final double CLOSE = 1e-9;

  /** What a net predicts. */
  public enum Task {
    /** A class: the largest of several outputs, or the side of a bound on which one lies. */
    CLASSES,
    /** The number that it gives out. */
    NUMBERS
  }

  /** The pair of a net. */
  public static Pairing of(NetworkPlan plan, Task task) {
    return new Pairing(plan.layers().getLast().activation(), plan.outputs(), plan.loss(), task);
  }

  /**
   * Whether the loss is about what the net gives out; a loss that says nothing of its inputs is
   * taken to be.
   *
   * @throws GraphException if there is no such op, or an attribute is not its
   */
  public boolean fits(OpLookup ops) {
    OpSignature.Role role = role(ops);
    Codomain given = activation.codomain(ops);
    boolean numbers = task == Task.NUMBERS;
    boolean several = outputs > 1;
    return switch (role) {
      case ANY, TARGETS, SIGNS, CLASSES -> true;
      case ESTIMATES -> several ? fitsRows(given) : fitsOne(given, numbers);
      case MARGINS -> !numbers && given == Codomain.REALS;
      case EVENT_PROBABILITIES ->
          given == Codomain.EVENT_PROBABILITIES
              || (several && given == Codomain.CLASS_PROBABILITIES);
      case CLASS_PROBABILITIES -> several && given == Codomain.CLASS_PROBABILITIES;
      case CLASS_LOG_PROBABILITIES -> several && given == Codomain.CLASS_LOG_PROBABILITIES;
      case EVENT_LOGITS ->
          switch (given) {
            case EVENT_PROBABILITIES -> isSigmoid(ops);
            case REALS -> !numbers && (several ? rises(ops) : keepsSigns(ops));
            case NON_NEGATIVE, NON_POSITIVE, CLASS_PROBABILITIES, CLASS_LOG_PROBABILITIES -> false;
          };
      case CLASS_LOGITS ->
          several
              && switch (given) {
                case CLASS_PROBABILITIES -> isSoftmax(ops, false);
                case CLASS_LOG_PROBABILITIES -> isSoftmax(ops, true);
                case REALS -> rises(ops);
                case NON_NEGATIVE, NON_POSITIVE, EVENT_PROBABILITIES -> false;
              };
    };
  }

  /** What the loss takes from the net. */
  public OpSignature.Role role(OpLookup ops) {
    return ops.op(loss.id()).signature().input(0).role();
  }

  /** Estimates of 0 and 1, one of which is to be the largest. */
  private static boolean fitsRows(Codomain given) {
    return given != Codomain.NON_POSITIVE && given != Codomain.CLASS_LOG_PROBABILITIES;
  }

  /** An estimate of a number, or of 0 and 1; a share of a whole that has one part is always 1. */
  private static boolean fitsOne(Codomain given, boolean numbers) {
    return switch (given) {
      case REALS, NON_NEGATIVE, EVENT_PROBABILITIES -> true;
      case NON_POSITIVE -> numbers;
      case CLASS_PROBABILITIES, CLASS_LOG_PROBABILITIES -> false;
    };
  }

  /** All known losses with which this output makes a pair. */
  public List<OpId> losses(OpLookup ops) {
    return losses(ops, outputs).stream()
        .filter(id -> fit(new Pairing(activation, outputs, OpChoice.of(id.name()), task), ops))
        .toList();
  }

  /** The usual activations, and those that lie beside this one, with which the loss does. */
  public List<OpId> activations(OpLookup ops) {
    Set<String> homes =
        Set.copyOf(
            List.of(
                Identity.class.getPackageName(),
                ops.op(activation.id()).getClass().getPackageName()));
    List<OpId> found = new ArrayList<>();
    for (OpId id : ops.ids()) {
      Op<?> op = ops.op(id);
      if (homes.contains(op.getClass().getPackageName())) {
        Pairing other = new Pairing(OpChoice.of(id.name()), outputs, loss, task);
        if (fit(other, ops) && other.learns(ops)) {
          found.add(id);
        }
      }
    }
    return found;
  }

  /** A step lets no gradient through, and what falls somewhere is a strange output. */
  private boolean learns(OpLookup ops) {
    return activation.codomain(ops) != Codomain.REALS || rises(ops);
  }

  private static boolean fit(Pairing pair, OpLookup ops) {
    try {
      return pair.fits(ops);
    } catch (GraphException e) {
      return false; // it has to be given attributes
    }
  }

  /** All known losses, for that many outputs. */
  public static List<OpId> losses(OpLookup ops, int outputs) {
    return ops.ids().stream().filter(id -> isLoss(ops.op(id), ops, outputs)).toList();
  }

  /** Whether an op says that it compares with something, or makes one number of two. */
  public static boolean isLoss(Op<?> op, OpLookup ops, int outputs) {
    OpSignature signature = op.signature();
    if (!signature.takes(2) || signature.repeats()) {
      return false;
    }
    if (signature.input(0).role() != OpSignature.Role.ANY) {
      return true;
    }
    try {
      GraphBuilder builder = GraphBuilder.withoutSites(ops);
      TensorType type = new TensorType(DType.F64, Shape.batch(Network.BATCH, outputs));
      List<Value> inputs = List.of(builder.input("X", type), builder.input("T", type));
      return builder.apply(op.id(), Map.of(), inputs).shape().rank() == 0;
    } catch (GraphException e) {
      return false;
    }
  }

  private boolean keepsSigns(OpLookup ops) {
    double[] given = column(ops);
    for (int i = 0; i < LOGITS.length; i++) {
      if (given[i] > 0 != LOGITS[i] > 0) {
        return false;
      }
    }
    return true;
  }

  private boolean rises(OpLookup ops) {
    double[] given = column(ops);
    for (int i = 1; i < LOGITS.length; i++) {
      if (!(given[i] > given[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private boolean isSigmoid(OpLookup ops) {
    double[] given = column(ops);
    for (int i = 0; i < LOGITS.length; i++) {
      if (!(Math.abs(given[i] - 1 / (1 + Math.exp(-LOGITS[i]))) < CLOSE)) {
        return false;
      }
    }
    return true;
  }

  private boolean isSoftmax(OpLookup ops, boolean logarithms) {
    double sum = 0;
    for (double logit : LOGITS) {
      sum += Math.exp(logit);
    }
    double[] given = tried(ops, TensorType.of(DType.F64, 1, LOGITS.length));
    for (int j = 0; j < LOGITS.length; j++) {
      double share = logarithms ? Math.exp(given[j]) : given[j];
      if (!(Math.abs(share - Math.exp(LOGITS[j]) / sum) < CLOSE)) {
        return false;
      }
    }
    return true;
  }

  private double[] column(OpLookup ops) {
    return tried(ops, TensorType.of(DType.F64, LOGITS.length, 1));
  }

  /** What the activation makes of the logits; further inputs are as a net starts with them. */
  private double[] tried(OpLookup ops, TensorType type) {
    GraphBuilder builder = GraphBuilder.withoutSites(ops);
    OpId op = activation.id();
    List<Value> arguments = new ArrayList<>(List.of(builder.constant(Tensor.of(type, LOGITS))));
    for (int i = 1; i < ops.op(op).signature().inputs().size(); i++) {
      arguments.add(builder.constant(Tensor.scalar(ModelBuilder.FURTHER_PARAMETER)));
    }
    Value given = builder.apply(op, activation.attributes(), arguments);
    return Objects.requireNonNull(Evaluate.value(given, Map.of())).toDoubles();
  }
}
