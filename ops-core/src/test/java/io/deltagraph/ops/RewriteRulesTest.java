package io.deltagraph.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.rewrite.RewriteRule;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RewriteRulesTest {
  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Value x = builder.input("x", TensorType.of(DType.F64, 2, 3));

  private Simplifier.Simplified simplified(Value value) {
    return Simplifier.of(builder.ops()).simplify(builder.graph(Map.of("y", value)));
  }

  @Test
  void undoesWhatUndoesItself() {
    Simplifier.Simplified result = simplified(x.negate().negate().transpose().transpose().exp());
    assertThat(result.graph().output("y")).isSameAs(x.exp());
    assertThat(result.applied())
        .containsExactlyInAnyOrderEntriesOf(Map.of("−(−x) → x", 1, "(Xᵀ)ᵀ → X", 1));
  }

  @Test
  void dropsFactorsOfOneThatChangeNoType() {
    assertThat(simplified(x.times(1)).graph().output("y")).isSameAs(x);
    assertThat(simplified(x.constant(1).times(x)).graph().output("y")).isSameAs(x);
    Value larger = x.constant(1).reshape(Shape.of(1, 1, 1)).times(x);
    assertThat(simplified(larger).graph().output("y")).isSameAs(larger);
    Value two = x.times(2);
    assertThat(simplified(two).graph().output("y")).isSameAs(two);
    assertThat(simplified(x.negate().exp().negate()).applied()).isEmpty();
  }

  @Test
  void keepsValuesOutputsAndUpdates() {
    GraphParameter w = builder.parameter("w", TensorType.of(DType.F64, 2, 3));
    Value y = x.transpose().transpose().plus(w).negate().negate();
    Graph graph = builder.graph(Map.of("y", y), Map.of(w, w.times(1).plus(y)));
    Graph simple = Simplifier.of(builder.ops()).simplify(graph).graph();
    assertThat(simple.updates().keySet()).containsExactly(w);
    assertThat(simple.nodes().size()).isLessThan(graph.nodes().size());
    Map<String, Tensor> point =
        Map.of(
            "x", Tensor.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}}),
            "w", Tensor.matrix(new double[][] {{7, 8, 9}, {1, 2, 3}}));
    assertThat(Evaluate.values(List.of(simple.output("y")), point).getFirst().toDoubles())
        .containsExactly(8, 10, 12, 5, 7, 9);
  }

  @Test
  void aRuleThatChangesTheTypeIsNamed() {
    RewriteRule bad =
        new RewriteRule() {
          @Override
          public String name() {
            return "exp(x) → Σ x";
          }

          @Override
          public OpId root() {
            return OpId.of("exp");
          }

          @Override
          public Optional<Value> rewrite(Apply node) {
            return Optional.of(node.input(0).sum());
          }
        };
    Graph graph = builder.graph(Map.of("y", x.exp()));
    assertThatThrownBy(() -> Simplifier.of(bad).simplify(graph))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessageContaining("'exp(x) → Σ x'")
        .hasMessageContaining("a rule keeps the type");
  }

  @Test
  void rulesThatUndoEachOtherEnd() {
    RewriteRule flip =
        new RewriteRule() {
          @Override
          public String name() {
            return "flip";
          }

          @Override
          public OpId root() {
            return OpId.of("add");
          }

          @Override
          public Optional<Value> rewrite(Apply node) {
            return Optional.of(node.input(1).plus(node.input(0)));
          }
        };
    Graph graph = builder.graph(Map.of("y", x.plus(x.exp())));
    assertThat(Simplifier.of(flip).simplify(graph).graph().output("y").type()).isEqualTo(x.type());
  }
}
