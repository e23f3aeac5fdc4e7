package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertSame;
import static io.deltagraph.runtime.Samples.f32;
import static io.deltagraph.runtime.Samples.f64;
import static io.deltagraph.runtime.Samples.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointwiseTest {
  /** Every word of the language but erf, over two numbers of one type. */
  private static final Map<String, Function<Lanes, Lane>> WORDS =
      Map.ofEntries(
          Map.entry("add", x -> x.get(0).plus(x.get(1))),
          Map.entry("subtract", x -> x.get(0).minus(x.get(1))),
          Map.entry("multiply", x -> x.get(0).times(x.get(1))),
          Map.entry("divide", x -> x.get(0).over(x.get(1))),
          Map.entry("negate", x -> x.get(0).negate()),
          Map.entry("abs", x -> x.get(0).abs()),
          Map.entry("minimum", x -> x.get(0).minimum(x.get(1))),
          Map.entry("maximum", x -> x.get(0).maximum(x.get(1))),
          Map.entry("sqrt", x -> x.get(0).sqrt()),
          Map.entry("sin", x -> x.get(0).sin()),
          Map.entry("cos", x -> x.get(0).cos()),
          Map.entry("fma", x -> x.get(0).fma(x.get(1), x.get(0))),
          Map.entry("round", x -> x.get(0).round()),
          Map.entry("round_halves", x -> x.get(0).floor().plus(x.get(1)).minus(0.5).round()),
          Map.entry("scale", x -> x.get(0).scale(whole(x.get(1)))),
          Map.entry("exponent", x -> x.get(0).exponent()),
          Map.entry("pow", x -> x.get(0).pow(x.get(1))),
          Map.entry("floor", x -> x.get(0).floor()),
          Map.entry("less", x -> x.get(0).less(x.get(1))),
          Map.entry("less_equal", x -> x.get(0).lessEqual(x.get(1))),
          Map.entry("equal", x -> x.get(0).equal(x.get(1))),
          Map.entry("and", x -> x.get(0).less(0).and(x.get(1).less(0))),
          Map.entry("or", x -> x.get(0).less(0).or(x.get(1).less(0))),
          Map.entry("not", x -> x.get(0).less(x.get(1)).not()),
          Map.entry("select", x -> x.get(0).less(0).select(x.get(1), x.get(0))),
          Map.entry("cast_i32", x -> x.get(0).cast(DType.I32)),
          Map.entry("cast_i64", x -> x.get(0).cast(DType.I64)),
          Map.entry("cast_bool", x -> x.get(0).cast(DType.BOOL)),
          Map.entry("cast_f32", x -> x.get(0).cast(DType.F32)),
          Map.entry("cast_f64", x -> x.get(0).cast(DType.F64)),
          Map.entry("is_nan", x -> x.get(0).isNaN()));

  /** A power that SCALE may be given. */
  private static Lane whole(Lane lane) {
    return lane.times(40).maximum(lane.constant(-252)).minimum(lane.constant(252)).floor();
  }

  private static final double[] EDGES = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    3.7,
    -3.7,
    1e-300,
    1e300,
    1e-40,
    16777217,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE
  };

  @Test
  void everyWordOnEveryPairOfEdges() {
    int n = EDGES.length;
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      TensorType type = TensorType.of(dtype, n * n);
      Map<String, Tensor> feeds =
          Map.of(
              "a", Tensor.generate(type, i -> EDGES[i / n]),
              "b", Tensor.generate(type, i -> EDGES[i % n]));
      WORDS.forEach((word, lane) -> {
        GraphBuilder builder = TestOps.builder();
        Value a = builder.input("a", type);
        assertSame(TestOps.loop(word, lane, a, builder.input("b", type)), feeds);
      });
    }
  }

  @Test
  void integersAndMasks() {
    for (DType dtype : List.of(DType.I64, DType.I32)) {
      GraphBuilder builder = TestOps.builder();
      TensorType type = TensorType.of(dtype, 600);
      Value a = builder.input("a", type);
      Value b = builder.input("b", TensorType.of(DType.BOOL, 600));
      Value sum = TestOps.loop("s", x -> x.get(0).times(3).plus(x.get(0).constant(1)), a);
      Value picked = TestOps.loop("p", x -> x.get(0).select(x.get(1), x.get(1).negate()), b, sum);
      assertSame(picked, Map.of("a", tensor(1, type), "b", tensor(2, b.type())));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 17, 511, 512, 513, 1024, 1537})
  void blocksOfEverySize(int size) {
    for (TensorType type : List.of(f64(size), f32(size))) {
      GraphBuilder builder = TestOps.builder();
      Value x = builder.input("x", type);
      Value y = TestOps.loop("y", v -> v.get(0).cos().plus(2).reciprocal().times(v.get(0)), x);
      assertSame(y, Map.of("x", tensor(size, type)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'[3,4]', '[3,4]'",
    "'[3,4]', '[4]'",
    "'[3,4]', '[3,1]'",
    "'[3,1]', '[1,4]'",
    "'[]', '[5,7]'",
    "'[1]', '[513]'",
    "'[2,3,5]', '[3,1]'",
    "'[2,1,5]', '[1,3,1]'",
    "'[0,3]', '[1,3]'",
    "'[1,0]', '[4,1]'",
    "'[37,29]', '[29]'",
    "'[1,1,1]', '[1]'",
    "'[7,1,600]', '[7,2,1]'"
  })
  void broadcastsBothWays(String left, String right) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      TensorType a = new TensorType(dtype, Shape.parse(left));
      TensorType b = new TensorType(dtype, Shape.parse(right));
      GraphBuilder builder = TestOps.builder();
      Value x = builder.input("x", a);
      Value y = builder.input("y", b);
      Map<String, Tensor> feeds = Map.of("x", tensor(1, a), "y", tensor(2, b));
      Function<Lanes, Lane> lane = v -> v.get(0).times(v.get(1)).minus(v.get(0));
      assertSame(TestOps.loop("xy", lane, x, y), feeds);
      assertSame(TestOps.loop("yx", lane, y, x), feeds);
    }
  }

  @Test
  void theBranchNotTakenHasNoInfluence() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(2));
    Value y = TestOps.loop("y", v -> v.get(0).greater(0).select(v.get(0).log(), v.get(0)), x);
    Tensor got = Evaluate.values(List.of(y), Map.of("x", Tensor.vector(-1, 1))).getFirst();
    assertThat(got.toDoubles()).containsExactly(-1, 0);
  }

  /** Expressions whose parts are used again and again, so that registers come and go. */
  @Test
  void randomExpressions() {
    for (int seed = 0; seed < 150; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DType dtype = random.nextBoolean() ? DType.F64 : DType.F32;
      List<Lane> lanes = new ArrayList<>(List.of(Lane.input(0, dtype), Lane.input(1, dtype)));
      for (int i = 0; i < 40; i++) {
        Lane a = lanes.get(random.nextInt(lanes.size()));
        Lane b = lanes.get(random.nextInt(lanes.size()));
        lanes.add(
            switch (random.nextInt(6)) {
              case 0 -> a.plus(b);
              case 1 -> a.times(b);
              case 2 -> a.minus(b.constant(random.nextInt(3)));
              case 3 -> a.sin();
              case 4 -> a.less(b).select(b, a.negate());
              default -> a.maximum(b);
            });
      }
      GraphBuilder builder = TestOps.builder();
      TensorType type = TensorType.of(dtype, 5);
      Value x = builder.input("x", type);
      Value y = TestOps.loop("y", v -> lanes.getLast(), x, builder.input("y", type));
      try {
        assertSame(y, Map.of("x", tensor(seed, type), "y", tensor(seed + 1, type)));
      } catch (AssertionError e) {
        throw new AssertionError("randomExpressions with seed " + seed, e);
      }
    }
  }
}
