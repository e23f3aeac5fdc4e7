package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutionTest {
  private final GraphBuilder builder = GraphBuilder.withoutSites(TestOps.registry());
  private final Input x = builder.input("x", TensorType.of(DType.F64, 2));
  private final Input y = builder.input("y", TensorType.of(DType.F64, 2));
  private final GraphParameter w = builder.parameter("w", TensorType.of(DType.F64, 2));

  @Test
  void makesAnewWhatReadsTheReplacedValueAndNothingElse() {
    Value kept = w.times(w);
    Value read = x.op("scale", Map.of("k", 3)).times(kept);
    assertThat(new Substitution(Map.of(x, y)).in(read))
        .isSameAs(y.op("scale", Map.of("k", 3)).times(kept));
    assertThat(new Substitution(Map.of(x, y)).in(kept)).isSameAs(kept);
    assertThat(new Substitution().in(read)).isSameAs(read);
  }

  @Test
  void exchangesTwoValues() {
    assertThat(new Substitution(Map.of(x, y, y, x)).in(x.plus(y.times(y))))
        .isSameAs(y.plus(x.times(x)));
  }

  @Test
  void keepsWhatStandsInItsOwnPlace() {
    Value kept = x.plus(x).times(x);
    Value sum = kept.plus(x);
    Value expected = kept.plus(y);
    int size = builder.size();
    assertThat(new Substitution(Map.of(x, y, kept, kept)).in(sum)).isSameAs(expected);
    assertThat(builder.size()).as("nothing below it is made anew").isEqualTo(size);
  }

  @Test
  void expandsACompositeAnew() {
    Value twice = x.op("twice");
    assertThat(new Substitution(Map.of(x, y)).in(twice)).isSameAs(y.op("twice"));
    assertThat(((Apply) new Substitution(Map.of(x, y)).in(twice)).body()).contains(y.plus(y));
  }

  @Test
  void keepsTheNamesOfOutputsAndTheParametersThatAreSet() {
    Graph graph = builder.graph(Map.of("y", x.plus(w)), Map.of(w, w.times(x)));
    Graph other = new Substitution(Map.of(x, y)).in(graph);
    assertThat(other.outputs()).isEqualTo(Map.of("y", y.plus(w)));
    assertThat(other.updates()).isEqualTo(Map.of(w, w.times(y)));
  }

  @Test
  void takesOneReplacementAfterAnother() {
    Substitution substitution = new Substitution();
    Value square = x.times(x);
    substitution.put(square, substitution.in(square).plus(y));
    assertThat(substitution.in(square.times(x))).isSameAs(x.times(x).plus(y).times(x));
  }

  @Test
  void refusesWhatAnOpCannotTake() {
    Value wide = builder.input("z", TensorType.of(DType.F64, 3));
    assertThatThrownBy(() -> new Substitution(Map.of(x, wide)).in(x.plus(y)))
        .isInstanceOf(GraphException.BadTypes.class);
  }

  @Test
  void walksAChainOfAnyLength() {
    Value chain = x;
    Value expected = y;
    for (int i = 0; i < 20_000; i++) {
      chain = chain.times(chain);
      expected = expected.times(expected);
    }
    assertThat(new Substitution(Map.of(x, y)).in(chain)).isSameAs(expected);
  }

  @Test
  void reachesEachValueOnceInputsFirst() {
    Value square = x.times(x);
    Value sum = square.plus(square);
    assertThat(Reachable.from(List.of(sum, square))).containsExactly(x, square, sum);
    assertThat(Reachable.from(List.of(sum), square::equals)).containsExactly(square, sum);
    assertThat(Reachable.from(List.of(square), square::equals)).containsExactly(square);
  }

  @Test
  void reachesWhereItsStepsLead() {
    Value sum = x.times(w).plus(y);
    assertThat(Reachable.along(List.of(sum), node -> node.inputs().subList(0, 1)))
        .containsExactly(x, x.times(w), sum);
  }
}
