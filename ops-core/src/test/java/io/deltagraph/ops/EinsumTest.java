package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EinsumTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Einsum();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]", "[4, 3]").with("subscripts", "ij,kj->ik"),
        Case.of("[2, 3]", "[3, 4]").with("subscripts", "ij,jk->ik"),
        Case.of("[2, 3]", "[2, 3]").with("subscripts", "ij,ij->"),
        Case.of("[2]", "[3]").with("subscripts", "i,j->ji"),
        Case.of("[N, 3]", "[N, 2]").with("subscripts", "ni,nj->ij"),
        Case.of("[2, 3]", "[2]").with("subscripts", "ij,i->i"),
        Case.of("[2, 2, 3]", "[2, 3, 2]").with("subscripts", "bij,bjk->bik"));
  }

  @Test
  void pairsSumsAndKeepsAxes() {
    assertThat(
            elements(
                x -> Einsum.of("ij,kj->ik", x[0], x[1]),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(21, 168, 168, 1344);
    assertThat(
            elements(
                x -> Einsum.of("ij,ij->", x[0], x[1]),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(1365);
    assertThat(
            elements(
                x -> Einsum.of("i,j->ji", x[0], x[1]), Tensor.vector(1, 2), Tensor.vector(3, 5)))
        .containsExactly(3, 6, 5, 10);
    assertThat(
            elements(
                x -> Einsum.of("ij,ij->j", x[0], x[1]),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(65, 260, 1040);
  }

  @Test
  void refusesSubscriptsThatDoNotFit() {
    assertThat(refusal(x -> Einsum.of("ij,jk->ik", x[0], x[1]), "f64[2, 3]", "f64[2]"))
        .isEqualTo(
            "einsum cannot take f64[2, 3] and f64[2]: the subscripts 'jk' name 2 axes of [2].");
  }

  @Test
  void refusesSubscriptsOfAnotherForm() {
    assertThat(
            refusal(
                x -> x[0].op("einsum", Map.of("subscripts", "ij->ji"), x[1]), "f64[2]", "f64[2]"))
        .isEqualTo("einsum: Subscripts look like 'ij,kj->ik', got 'ij->ji'.");
  }
}
