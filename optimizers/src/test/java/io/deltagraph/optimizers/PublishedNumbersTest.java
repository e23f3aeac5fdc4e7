package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * PyTorch's own numbers: parameters of a net of 2, 3 and 1 sigmoid neurons trained on the sum of
 * its outputs, from PyTorch's {@code test/cpp/api/optim_baseline.h} (set-up in {@code optim.cpp}
 * beside it). Its numbers for Adam stem from a PyTorch that put ε elsewhere, so those of AdamW
 * without decay stand for Adam here.
 */
class PublishedNumbersTest {
  /**
   * The four digits of {@code optim.cpp} are rounded; these follow from the published first step of
   * gradient descent with decay, {@code w₁ = w₀ − 0.1 (g(w₀) + 0.01 w₀)}, solved for w₀.
   */
  private static final double[][] START = {
    {
      -0.2108988568338871, -0.4975560466422629, -0.14129216202471762,
      -0.3420288967865903, -0.2523635082803723, 0.6975570255493777
    },
    {-0.10853121966252377, -0.297948499687533, 0.6892015099955717},
    {-0.05080313011597659, -0.39413518751058996, -0.28433759745928844},
    {-0.07113812430174117}
  };

  @Test
  void adam() {
    agrees(
        new Adam(1),
        101,
        8.233039313231831,
        7.971150747377481,
        6.643620950677599,
        6.47097740790054,
        6.170125488259256,
        7.150739103343502,
        8.417695070103738,
        6.597188212844593,
        7.23175710827678,
        -6.729624357635757,
        -7.09743493108154,
        -6.753301896575352,
        -6.435639096011218);
  }

  @Test
  void adamW() {
    agrees(
        new AdamW(1),
        1001,
        2.0576784836825315,
        2.3496934395759377,
        1.4878413407927933,
        1.6428612479757005,
        1.4483225979568104,
        1.5914034339763325,
        3.163383747232199,
        2.101446878895216,
        2.012344413569353,
        -3.246000281299229,
        -3.338904166978488,
        -1.8037666936489785,
        -1.3517884775416527);
  }

  /** PyTorch has a number for AMSGrad with decoupled decay only, which is added here. */
  @Test
  void amsGrad() {
    UpdateRule amsGrad = new AmsGrad(1);
    UpdateRule decoupled =
        new UpdateRule() {
          @Override
          public String name() {
            return "amsgrad";
          }

          @Override
          public Schedule learningRate() {
            return amsGrad.learningRate();
          }

          @Override
          public Value next(ParameterUpdate at) {
            return amsGrad.next(at).minus(at.parameter().times(0.01));
          }
        };
    agrees(
        decoupled,
        1001,
        2.029022468328371,
        2.3125066985045892,
        1.4573100228823295,
        1.605484259933419,
        1.417038245960655,
        1.5533932056240227,
        3.103195011518616,
        2.043964003458376,
        1.9546640840748621,
        -3.1014680843131184,
        -3.1828179298513968,
        -1.7172933346797972,
        -1.2914899987134136);
  }

  @Test
  void adagrad() {
    agrees(
        new Adagrad(1),
        1001,
        2.7098389356033783,
        2.5833548721723747,
        1.9841994925173085,
        1.8723468731726323,
        1.4228158926355312,
        2.4421305315945085,
        3.4096859099156673,
        2.178143852041279,
        2.6375854547611364,
        -2.9509704554208467,
        -3.2994581338995044,
        -2.3899651139415874,
        -1.8922653655195538);
  }

  @Test
  void adagradWithDecayOfBoth() {
    agrees(
        WeightDecay.of(1e-6).before(new Adagrad(Schedule.constant(1), 1e-3, 0, 1e-10)),
        1001,
        2.2458961718688957,
        2.2525031725114775,
        1.8886034384961112,
        1.7908930341267955,
        1.3307102435291205,
        2.3236474976004615,
        3.230036385413078,
        2.1065407459636134,
        2.5642349249609664,
        -2.83151249424399,
        -3.1751926295316566,
        -2.3219682378974036,
        -1.8434843744626483);
  }

  @Test
  void rmsProp() {
    agrees(
        new RmsProp(0.1),
        1001,
        3.017515620579049,
        2.9452004251453268,
        2.291469925522962,
        2.2217217025782916,
        1.6544730927621272,
        2.705431441204422,
        3.9190041004420166,
        2.651317624465938,
        2.993736489599992,
        -4.053111559341913,
        -4.450801801162238,
        -3.0271845519131957,
        -2.3539498905973444);
  }

  @Test
  void centeredRmsPropAfterDecayOfWeights() {
    agrees(
        WeightDecay.of(1e-6).before(new RmsProp(Schedule.constant(0.1), 0.99, 1e-8, 0, true)),
        101,
        2.3762999876885833,
        2.239095829416783,
        1.726175067071914,
        1.5891569459230444,
        1.2410074108588462,
        2.2345431036725723,
        2.990896455635836,
        1.8152108764849464,
        2.377985429759037,
        -2.3071822180635286,
        -2.636859516619699,
        -2.0198181394256642,
        -1.622583045791722);
  }

  @Test
  void centeredRmsPropWithMomentum() {
    agrees(
        WeightDecay.of(1e-6).before(new RmsProp(Schedule.constant(0.1), 0.99, 1e-8, 0.9, true)),
        101,
        11.587263945492355,
        12.552112516667206,
        10.773002960161074,
        10.782117868337808,
        9.675467654064093,
        10.830689360054789,
        15.298238342006444,
        11.252244653209866,
        11.423905295074075,
        -11.287147147258441,
        -11.673871066494183,
        -11.143068139029769,
        -10.744790465364126);
  }

  @Test
  void gradientDescentAfterDecayOfWeights() {
    agrees(
        WeightDecay.of(1e-2).before(new GradientDescent(0.1)),
        1001,
        0.05277160918732605,
        -0.008539186625351441,
        0.1161515444487197,
        0.09919929206676087,
        0.07614530177703588,
        0.48359250162323586,
        0.3999968617221315,
        0.45839442009256354,
        0.8383132966805791,
        -1.1254107858333455,
        -1.2913604197768889,
        -1.717739109221235,
        -2.1762368071604308);
  }

  @Test
  void momentumAfterDecayOfWeights() {
    agrees(
        WeightDecay.of(1e-2).before(new Sgd(0.1, 0.9)),
        1001,
        0.17948886155124505,
        0.24230096332204806,
        0.17957117450689372,
        0.242415213133214,
        0.17982712042628357,
        0.2427862039224869,
        0.6281635672171683,
        0.6284667582211864,
        0.6294549191500093,
        -1.4115305541843781,
        -1.4119772978756444,
        -1.4134296522818641,
        -2.0634616066978615);
  }

  @Test
  void nesterovAfterDecayOfWeights() {
    agrees(
        WeightDecay.of(1e-6).before(new Sgd(Schedule.constant(0.1), 0.9, 0, true)),
        1001,
        -0.07326215742204903,
        -0.31339589848358795,
        0.09201816976416921,
        -0.030224217178854797,
        -0.0479503174605994,
        0.9713800632469923,
        0.35396614509118257,
        0.485298524494989,
        1.3920431643924076,
        -1.8125038126190638,
        -2.146734711618823,
        -3.3176778240157505,
        -4.192162739857097);
  }

  private static void agrees(Optimizer optimizer, int steps, double... published) {
    double[] computed = train(optimizer, steps);
    assertThat(computed).hasSameSizeAs(published);
    for (int i = 0; i < published.length; i++) {
      assertThat(computed[i])
          .as("parameter %d", i)
          .isCloseTo(published[i], within(1e-9 * Math.max(1, Math.abs(published[i]))));
    }
  }

  private static double[] train(Optimizer optimizer, int steps) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    List<GraphParameter> parameters =
        List.of(
            builder.parameter("W1", TensorType.of(DType.F64, 3, 2)),
            builder.parameter("b1", TensorType.of(DType.F64, 3)),
            builder.parameter("W2", TensorType.of(DType.F64, 1, 3)),
            builder.parameter("b2", TensorType.of(DType.F64, 1)));
    Value inputs =
        builder.constant(
            Tensor.matrix(
                new double[] {0.1, 0.2}, new double[] {0.3, 0.4}, new double[] {0.5, 0.6}));
    Value hidden = layer(inputs, parameters.get(0), parameters.get(1));
    Value loss = layer(hidden, parameters.get(2), parameters.get(3)).sum();
    Gradient gradient = Gradient.of(loss, parameters);
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    parameters.forEach(parameter -> gradients.put(parameter, gradient.wrt(parameter)));
    OptimizerStep step = optimizer.step(gradients);
    try (Session session = Session.open(builder.graph(Map.of("loss", loss), step.updates()))) {
      step.initialState().forEach((state, tensor) -> session.set(state.label(), tensor));
      for (int i = 0; i < START.length; i++) {
        GraphParameter parameter = parameters.get(i);
        session.set(parameter.label(), Tensor.of(parameter.type(), START[i]));
      }
      for (int i = 0; i < steps; i++) {
        session.run(Map.of());
      }
      List<Double> all = new ArrayList<>();
      parameters.forEach(p -> all.addAll(Doubles.asList(session.get(p.label()).toDoubles())));
      return Doubles.toArray(all);
    }
  }

  private static Value layer(Value rows, Value weights, Value bias) {
    Value z = rows.matmul(weights.transpose()).plus(bias);
    return z.negate().exp().plus(1).reciprocal();
  }
}
