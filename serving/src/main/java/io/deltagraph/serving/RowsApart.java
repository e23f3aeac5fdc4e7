package io.deltagraph.serving;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.Dim;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether each row of a graph's outputs is computed from the same row of its input alone, so that
 * rows may be run in any company. Told from the kinds of its ops and the places of the named
 * dimension; where these do not tell, the answer is no.
 */
final class RowsApart {
  private final Dim rows;

  private RowsApart(Dim rows) {
    this.rows = rows;
  }

  /**
   * Looks at all that the outputs are computed from.
   *
   * @param graph of one input, whose first dimension is named
   */
  static boolean in(Graph graph) {
    RowsApart apart = new RowsApart(graph.inputs().getFirst().shape().dim(0));
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(graph.outputs().values());
    while (!open.isEmpty()) {
      Value value = open.pop();
      if (!seen.add(value)) {
        continue;
      }
      switch (value) {
        case Input input -> {
          if (!apart.isOfRows(input)) {
            return false;
          }
        }
        case GraphParameter ignored -> {}
        case Constant ignored -> {}
        case Apply node -> {
          if (!apart.keeps(node)) {
            return false;
          }
          open.addAll(node.body().map(List::of).orElse(node.inputs()));
        }
      }
    }
    return true;
  }

  /** Whether a node's rows are made of the same rows of its inputs, or it has to do with none. */
  private boolean keeps(Apply node) {
    List<Value> ofRows = node.inputs().stream().filter(this::names).toList();
    if (ofRows.isEmpty() && !names(node)) {
      return true;
    }
    // A value that the rows have been folded into has no such dimension any more.
    if (!isOfRows(node) || !ofRows.stream().allMatch(this::isOfRows)) {
      return false;
    }
    return switch (node.op()) {
      case Pointwise<Record> ignored -> true;
      case Reduction<Record> ignored -> true;
      case Composite<Record> ignored -> true;
      // Of two that both have rows, those of one might be summed.
      case Contraction<Record> ignored -> ofRows.size() == 1;
      case View<Record> ignored -> false;
      case Kernel<Record> ignored -> false;
    };
  }

  /** Whether the rows are the first dimension of a value, and no other. */
  private boolean isOfRows(Value value) {
    List<Dim> dims = value.shape().dims();
    return !dims.isEmpty()
        && dims.getFirst().equals(rows)
        && dims.stream().filter(dim -> !dim.isFixed()).count() == 1;
  }

  private boolean names(Value value) {
    return value.shape().dims().stream().anyMatch(dim -> !dim.isFixed());
  }
}
