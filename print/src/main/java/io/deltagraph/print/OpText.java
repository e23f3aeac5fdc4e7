package io.deltagraph.print;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An op as one line of text, apart from any graph. */
public final class OpText {
  private OpText() {}

  /**
   * How an op is written with the names of its inputs, and for a pointwise op with default
   * attributes what its lanes compute: {@code silu(x) = x / (1 + e^(−x))}. Several outputs stand
   * before it by their names: {@code values, order = sort_with_order(x)}.
   */
  public static String formula(Op<?> op) {
    String written = written(op);
    List<String> outputs = op.signature().outputs();
    if (outputs.size() > 1) {
      return String.join(", ", outputs) + " = " + written;
    }
    Optional<String> lanes =
        op instanceof Pointwise<?> pointwise ? lanes(pointwise) : Optional.empty();
    return lanes
        .filter(text -> !text.equals(written))
        .map(text -> written + " = " + text)
        .orElse(written);
  }

  private static List<String> names(Op<?> op) {
    return op.signature().inputs().stream()
        .map(OpSignature.Param::name)
        .collect(ImmutableList.toImmutableList());
  }

  private static String written(Op<?> op) {
    List<String> names = names(op);
    Set<String> attributes =
        op.schema().attributes().stream()
            .map(OpAttribute::name)
            .collect(ImmutableSet.toImmutableSet());
    String all = String.join(", ", names) + (op.signature().repeats() ? ", ..." : "");
    return Template.parse(op.notation().text(), names.size(), attributes)
        .fill(part ->
            switch (part) {
              case Template.Text text -> text.text();
              case Template.Operand operand -> names.get(operand.index());
              case Template.All ignored -> all;
              case Template.Setting setting -> setting.name();
            });
  }

  private static <A extends Record> Optional<String> lanes(Pointwise<A> op) {
    ImmutableList.Builder<Lane> inputs = ImmutableList.builder();
    for (int i = 0; i < op.signature().inputs().size(); i++) {
      inputs.add(Lane.input(i, dtype(op.signature().input(i).accepts())));
    }
    try {
      Lane lane = op.forward(op.schema().defaults(), new Lanes(inputs.build()));
      return Optional.of(new LaneText(names(op)).of(lane));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // Attributes without a default, or an op that fails: whoever applies it is told.
      return Optional.empty();
    }
  }

  private static DType dtype(OpSignature.Accepts accepts) {
    return switch (accepts) {
      case FLOAT, SAME, ANY -> DType.F64;
      case INTEGER -> DType.I32;
      case MASK -> DType.BOOL;
    };
  }
}
