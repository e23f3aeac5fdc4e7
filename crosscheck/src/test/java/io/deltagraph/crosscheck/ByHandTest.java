package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.GradientRow;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gradient worked by hand, beside autodiff and differences, needs no clues by hand. */
class ByHandTest {
  @Test
  void theCountsOfTheLossComeByThemselves() {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value x = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 2)));
    Value t = builder.input("T", new TensorType(DType.F64, Shape.batch("N", 1)));
    Value w = builder.parameter("W", TensorType.of(DType.F64, 1, 2));
    Value loss = x.matmul(w.transpose()).op("half_squared_error", Map.of("reduction", "mean"), t);
    Map<String, Tensor> point =
        Map.of(
            "X",
            Tensor.matrix(new double[][] {{1, 2}, {3, -1}, {0, 1}}),
            "T",
            Tensor.matrix(new double[][] {{1}, {0}, {1}}),
            "W",
            Tensor.matrix(new double[][] {{0.5, -0.25}}));
    // By hand: the errors are −1, 1.75 and −1.25, so that δᵀX is [4.25, −5].
    Tensor mean = Tensor.matrix(new double[][] {{4.25 / 3, -5.0 / 3}});
    Tensor sum = Tensor.matrix(new double[][] {{4.25, -5}});
    GradientRow row =
        GradientRow.of("W", GradientRow.Kind.PARAMETER, mean)
            .withClosedForm(sum)
            .withDifferences(FiniteDifferences.of(loss, point).entries("W"));
    assertThat(row.diagnosis().orElseThrow().sentence())
        .startsWith(
            "It is the right one times 3, the number of samples: a sum over the samples"
                + " where the right one has a mean.");
  }
}
