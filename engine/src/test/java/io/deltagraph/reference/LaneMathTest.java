package io.deltagraph.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import io.deltagraph.graph.Lane;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.type.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The elementary functions against series in 60 digits, and against the platform's. */
class LaneMathTest {
  private static final double ULPS_OF_F32 = 2;
  private static final double ULPS_OF_F64 = 4;

  /** Where one formula takes over from another, or a result leaves the range of its type. */
  private static final double[] BREAKS = {
    0,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    0x1p-60,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    0x1p-28,
    Math.log(2) / 2,
    0.55,
    Math.sqrt(0.5),
    0.921875,
    1,
    Math.sqrt(2),
    4,
    6,
    10,
    20,
    87.33654475,
    88.3762626647949,
    88.72283905206835,
    103.97207708,
    708.3964185322641,
    709.782712893384,
    744.4400719213812,
    745.1332191019411,
    Float.MAX_VALUE,
    Double.MAX_VALUE
  };

  /** Numbers that the results do not depend on: bounds with room to spare, and where to split. */
  private static final Set<Double> FREE =
      Set.of(
          -104.0,
          89.0,
          -746.0,
          710.0,
          10.0,
          20.0,
          4.0,
          6.0,
          0.55,
          (double) 0.55f,
          0.921875,
          0x1p-28,
          0x1p-60,
          0x1.8p23,
          0x1.8p52,
          Math.sqrt(2),
          (double) (float) Math.sqrt(2));

  /** A function: as a lane, in 60 digits, as a good double, and where it is finite. */
  @SuppressWarnings("ImmutableEnumChecker") // Method references hold nothing.
  enum Function {
    EXP(Lane::exp, Precise::exp, Math::exp, -746, 710),
    EXPM1(Lane::expm1, Precise::expm1, Math::expm1, -746, 710),
    LOG(Lane::log, Precise::log, Math::log, Double.MIN_VALUE, Double.MAX_VALUE),
    LOG1P(Lane::log1p, Precise::log1p, Math::log1p, Math.nextUp(-1.0), Double.MAX_VALUE),
    TANH(Lane::tanh, Precise::tanh, Math::tanh, -Double.MAX_VALUE, Double.MAX_VALUE),
    ERF(Lane::erf, Precise::erf, LaneMathTest::erf, -Double.MAX_VALUE, Double.MAX_VALUE),
    SIGMOID(LaneMathTest::sigmoid, Precise::sigmoid, LaneMathTest::sigmoid, -746, 746);

    private final UnaryOperator<Lane> lane;
    private final DoubleFunction<BigDecimal> exact;
    private final DoubleUnaryOperator platform;
    private final double from;
    private final double to;

    Function(
        UnaryOperator<Lane> lane,
        DoubleFunction<BigDecimal> exact,
        DoubleUnaryOperator platform,
        double from,
        double to) {
      this.lane = lane;
      this.exact = exact;
      this.platform = platform;
      this.from = from;
      this.to = to;
    }

    LaneProgram program(DType dtype) {
      return LaneProgram.of(1, List.of(lane.apply(Lane.input(0, dtype))));
    }
  }

  /** As the op of that name has it. */
  private static Lane sigmoid(Lane x) {
    Lane power = x.abs().negate().exp();
    Lane start = x.less(0).select(power, x.constant(1));
    return start.fma(power.over(power.plus(1)).negate(), start);
  }

  private static double sigmoid(double x) {
    return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
  }

  /** The platform has none; what is asked for here is what has no decimal. */
  private static double erf(double x) {
    return x == 0 ? x : Math.signum(x);
  }

  private static double[] run(LaneProgram program, double... x) {
    double[] results = new double[x.length];
    LaneMachine machine = new LaneMachine(program, LaneMachine.BLOCK);
    for (int from = 0; from < x.length; from += LaneMachine.BLOCK) {
      int count = Math.min(LaneMachine.BLOCK, x.length - from);
      System.arraycopy(x, from, machine.input(0), 0, count);
      machine.run(count);
      System.arraycopy(machine.output(0), 0, results, from, count);
    }
    return results;
  }

  /** Numbers of a type: around the breaks, of all sizes, and where the functions bend. */
  private static double[] samples(Function function, DType dtype, int count) {
    SplittableRandom random = new SplittableRandom(17);
    Set<Double> samples = new LinkedHashSet<>();
    for (double at : BREAKS) {
      for (int step = -2; step <= 2; step++) {
        double rounded = dtype.round(at);
        double ulp = dtype == DType.F32 ? Math.ulp((float) rounded) : Math.ulp(rounded);
        samples.add(dtype.round(rounded + step * ulp));
        samples.add(dtype.round(-rounded - step * ulp));
      }
    }
    for (int odd = -2001; odd <= 2001; odd += 182) {
      samples.add(dtype.round(odd * Math.log(2) / 2));
    }
    while (samples.size() < count) {
      samples.add(
          dtype.round(
              switch (random.nextInt(4)) {
                case 0 -> random.nextDouble(-2, 2);
                case 1 -> random.nextDouble(-6, 6);
                case 2 -> random.nextDouble(-700, 700);
                default ->
                    dtype == DType.F32
                        ? Float.intBitsToFloat(random.nextInt())
                        : Double.longBitsToDouble(random.nextLong());
              }));
    }
    return samples.stream()
        .mapToDouble(Double::doubleValue)
        .filter(x -> x >= function.from && x <= function.to)
        .toArray();
  }

  private static List<BigDecimal> exact(Function function, double[] x) {
    return Doubles.asList(x).stream().map(function.exact::apply).toList();
  }

  /** How far a result is from the exact one, in units in the last place of the exact one. */
  private static double ulps(double got, BigDecimal exact, DType dtype) {
    double nearest = dtype == DType.F32 ? exact.floatValue() : exact.doubleValue();
    if (!Double.isFinite(got) || !Double.isFinite(nearest)) {
      return got == nearest ? 0 : Double.POSITIVE_INFINITY;
    }
    double ulp = dtype == DType.F32 ? Math.ulp((float) nearest) : Math.ulp(nearest);
    BigDecimal error = new BigDecimal(got).subtract(exact).abs();
    return error.divide(new BigDecimal(ulp), MathContext.DECIMAL64).doubleValue();
  }

  private static double bound(DType dtype) {
    return dtype == DType.F32 ? ULPS_OF_F32 : ULPS_OF_F64;
  }

  private static double worst(LaneProgram program, double[] x, List<BigDecimal> exact, DType type) {
    double[] got = run(program, x);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      worst = Math.max(worst, ulps(got[i], exact.get(i), type));
    }
    return worst;
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithSeriesInSixtyDigits(Function function) {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      double[] x = samples(function, dtype, 1500);
      double[] got = run(function.program(dtype), x);
      for (int i = 0; i < x.length; i++) {
        assertThat(ulps(got[i], function.exact.apply(x[i]), dtype))
            .as("error of %s in %s at %s, which is %s", function, dtype, x[i], got[i])
            .isLessThanOrEqualTo(bound(dtype));
      }
    }
  }

  /** The same kind of samples fails when any other constant of a program is off by half of it. */
  @ParameterizedTest
  @EnumSource
  void aWrongCoefficientIsSeen(Function function) {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      LaneProgram program = function.program(dtype);
      double[] x = samples(function, dtype, 700);
      List<BigDecimal> exact = exact(function, x);
      assertThat(worst(program, x, exact, dtype)).isLessThanOrEqualTo(bound(dtype));
      for (int i = 0; i < program.constants().size(); i++) {
        double constant = program.constants().get(i);
        if (FREE.contains(constant) || !Double.isFinite(constant)) {
          continue;
        }
        List<Double> wrong = new ArrayList<>(program.constants());
        wrong.set(i, dtype.round(constant == 0 ? 8 : constant * 1.5));
        LaneProgram mistaken =
            new LaneProgram(
                program.inputs(),
                program.outputs(),
                ImmutableList.copyOf(wrong),
                program.registers(),
                program.code());
        assertThat(worst(mistaken, x, exact, dtype))
            .as("error of %s in %s with %s for %s", function, dtype, wrong.get(i), constant)
            .isGreaterThan(bound(dtype));
      }
    }
  }

  /** All floats in steps, against the platform's functions of doubles. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ERF")
  void floatsOfAllSizes(Function function) {
    double[] x = new double[1 << 19];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(i * 8191);
    }
    double[] got = run(function.program(DType.F32), x);
    for (int i = 0; i < x.length; i++) {
      double expected = function.platform.applyAsDouble(x[i]);
      double nearest = (float) expected;
      boolean right =
          Double.isFinite(nearest)
              ? Math.abs(got[i] - expected) <= ULPS_OF_F32 * Math.ulp((float) nearest)
              : Double.compare(got[i], nearest) == 0;
      if (!right) {
        throw new AssertionError(
            "%s(%s) is %s instead of %s".formatted(function, x[i], got[i], expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void edges(DType dtype) {
    double infinity = Double.POSITIVE_INFINITY;
    for (Function function : Function.values()) {
      double far = function == Function.LOG || function == Function.LOG1P ? infinity : 800;
      double[] x = {0.0, -0.0, infinity, -infinity, far, -far, Double.NaN};
      double[] got = run(function.program(dtype), x);
      for (int i = 0; i < x.length; i++) {
        assertThat(Double.doubleToLongBits(got[i]))
            .as("%s(%s), which is %s", function, x[i], got[i])
            .isEqualTo(Double.doubleToLongBits(function.platform.applyAsDouble(x[i])));
      }
    }
    assertThat(run(Function.LOG.program(dtype), 1, -1, -infinity, -1e-40))
        .containsExactly(0, Double.NaN, Double.NaN, Double.NaN);
    assertThat(run(Function.LOG1P.program(dtype), -1, -2, -infinity))
        .containsExactly(-infinity, Double.NaN, Double.NaN);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void tanhAndErfAreOdd(DType dtype) {
    for (Function function : List.of(Function.TANH, Function.ERF)) {
      double[] x = samples(function, dtype, 2000);
      double[] mirrored = Doubles.asList(x).stream().mapToDouble(v -> -v).toArray();
      double[] left = run(function.program(dtype), mirrored);
      double[] right = run(function.program(dtype), x);
      for (int i = 0; i < x.length; i++) {
        assertThat(left[i]).as("%s(%s)", function, -x[i]).isEqualTo(-right[i]);
      }
    }
  }

  /** These run fused in vector loops, where each word costs. */
  @Test
  void theyAreShort() {
    assertThat(Function.EXP.program(DType.F32).code()).hasSizeLessThanOrEqualTo(14);
    assertThat(Function.LOG.program(DType.F32).code()).hasSizeLessThanOrEqualTo(25);
    assertThat(Function.TANH.program(DType.F32).code()).hasSizeLessThanOrEqualTo(30);
    assertThat(Function.ERF.program(DType.F32).code()).hasSizeLessThanOrEqualTo(34);
  }
}
