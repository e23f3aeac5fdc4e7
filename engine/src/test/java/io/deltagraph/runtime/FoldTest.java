package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertSame;
import static io.deltagraph.runtime.Samples.f64;
import static io.deltagraph.runtime.Samples.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTest {

  private static TestOps.Fold argMax(Reduction.Axes axes) {
    return new TestOps.Fold(
        OpId.of("test:arg_max"),
        axes,
        (x, index) -> Lanes.of(x, index),
        like -> Lanes.of(like.constant(Double.NEGATIVE_INFINITY), Lane.constant(DType.I64, -1)),
        (a, b) -> {
          Lane later = a.get(1).less(b.get(1));
          Lane equal = a.get(0).equal(b.get(0));
          Lane right = b.get(0).greater(a.get(0)).or(equal.and(later.not()));
          return Lanes.of(right.select(b.get(0), a.get(0)), right.select(b.get(1), a.get(1)));
        },
        (total, count) -> total.get(1));
  }

  /** The mean through Welford's rule: a tuple whose combination rounds differently in any order. */
  private static TestOps.Fold mean(Reduction.Axes axes) {
    return new TestOps.Fold(
        OpId.of("test:mean"),
        axes,
        (x, index) -> Lanes.of(x, x.constant(1)),
        like -> Lanes.of(like.constant(0), like.constant(0)),
        (a, b) -> {
          Lane n = a.get(1).plus(b.get(1));
          Lane share = b.get(1).over(n);
          Lane moved = a.get(0).plus(b.get(0).minus(a.get(0)).times(share));
          return Lanes.of(n.greater(0).select(moved, a.get(0)), n);
        },
        (total, count) -> total.get(0).times(total.get(1)).over(count));
  }

  @ParameterizedTest
  @CsvSource({
    "'[0]', 0",
    "'[1]', 0",
    "'[7]', 0",
    "'[8]', 0",
    "'[9]', 0",
    "'[15]', 0",
    "'[16]', 0",
    "'[17]', 0",
    "'[511]', 0",
    "'[513]', 0",
    "'[4095]', 0",
    "'[4096]', 0",
    "'[4097]', 0",
    "'[12293]', 0",
    "'[28672]', 0",
    "'[140001]', 0",
    "'[3,5]', 0",
    "'[3,5]', 1",
    "'[5,600]', 0",
    "'[5,600]', 1",
    "'[600,5]', 0",
    "'[600,5]', 1",
    "'[3,4,5]', 1",
    "'[3,4,5]', 0 2",
    "'[20,3,19]', 0 2",
    "'[0,3]', 0",
    "'[0,3]', 1",
    "'[4,0]', 1",
    "'[2,4100]', 1",
    "'[4100,2]', 0",
    "'[4500,20]', 0",
    "'[1,1]', 0",
    "'[3,1,2]', 1",
    "'[17,33]', ''",
    "'[2,2,2,2]', 1 3"
  })
  void theTreeIsTheOneThatIsStated(String shape, String axes) {
    Integer[] folded =
        Arrays.stream(axes.split(" "))
            .filter(s -> !s.isEmpty())
            .map(Integer::valueOf)
            .toArray(Integer[]::new);
    for (DType dtype : List.of(DType.F64, DType.F32, DType.I32)) {
      TensorType type = new TensorType(dtype, Shape.parse(shape));
      GraphBuilder builder = TestOps.builder();
      Value x = builder.input("x", type);
      Map<String, Tensor> feeds = Map.of("x", tensor(7, type));
      assertSame(TestOps.sum(TestOps.axes(false, folded)).of(x), feeds);
      if (dtype.isFloat()) {
        assertSame(mean(TestOps.axes(true, folded)).of(x), feeds);
        assertSame(argMax(TestOps.axes(false, folded)).of(x), feeds);
      }
    }
  }

  @Test
  void bothWaysOfFoldingGiveTheSameBits() {
    // Ten equal rows are folded one by one along them; two thousand side by side.
    TensorType row = TensorType.of(DType.F32, 1, 9001);
    Tensor one = tensor(3, row);
    GraphBuilder builder = TestOps.builder();
    Value few = builder.input("few", row);
    TensorType many = TensorType.of(DType.F32, 9001, 700);
    Value across = builder.input("across", many);
    Tensor columns = Tensor.generate(many, i -> one.get(i / 700));
    List<Tensor> sums =
        Evaluate.values(
            List.of(
                TestOps.sum(TestOps.axes(false, 1)).of(few),
                TestOps.sum(TestOps.axes(false, 0)).of(across)),
            Map.of("few", one, "across", columns));
    assertThat(sums.get(1).toDoubles()).containsOnly(sums.get(0).get(0));
  }

  @Test
  void firstOfEqualElements() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(40));
    Value at = argMax(TestOps.axes(false)).of(x);
    Tensor ties = Tensor.generate(x.type(), i -> i == 9 || i == 16 || i == 33 ? 1 : 0);
    assertThat(Evaluate.values(List.of(at), Map.of("x", ties)).getFirst().item()).isEqualTo(9);
  }

  @Test
  void nothingGivesTheIdentity() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(3, 0));
    Value at = argMax(TestOps.axes(false, 1)).of(x);
    Tensor got = Evaluate.values(List.of(at), Map.of("x", Tensor.zeros(x.type()))).getFirst();
    assertThat(got.toDoubles()).containsExactly(-1, -1, -1);
  }

  @Test
  void readsThroughViews() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(70, 90));
    Map<String, Tensor> feeds = Map.of("x", tensor(5, x.type()));
    assertSame(TestOps.sum(TestOps.axes(false, 1)).of(TestOps.transpose(x)), feeds);
    Value repeated = TestOps.window(x, Shape.of(5, 90, 3), 90 * 69, -90, 1, 0);
    assertSame(mean(TestOps.axes(false, 0, 2)).of(repeated), feeds);
  }
}
