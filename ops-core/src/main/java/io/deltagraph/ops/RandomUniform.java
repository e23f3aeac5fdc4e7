package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code u[i] = h(seed, i)}: numbers of [0, 1) that depend on a seed and on the place alone, of the
 * type of x and the same in f64 and f32, being multiples of 2⁻²⁴. They are those of SplitMix64
 * (Steele, Lea and Flood 2014), at any place at once, from the first number of the seed's own.
 */
public final class RandomUniform implements Kernel<NoAttributes> {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  /** The op applied: numbers of the type of x. */
  public static Value of(Value x, Value seed) {
    return x.op("random_uniform", seed);
  }

  @Override
  public OpId id() {
    return OpId.of("random_uniform");
  }

  @Override
  public List<String> synonyms() {
    return List.of("rand_like");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x").and("seed", OpSignature.Accepts.INTEGER);
  }

  @Override
  public TensorType infer(NoAttributes none, InputTypes inputs) {
    inputs.require(inputs.get(1).rank() == 0, "the seed is one number");
    return inputs.get(0);
  }

  @Override
  public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
    long start = mixed((long) inputs.get(1).get(0) + GAMMA);
    for (int i = 0; i < output.length(); i++) {
      start += GAMMA;
      output.set(i, (mixed(start) >>> 40) * 0x1p-24);
    }
  }

  private static long mixed(long bits) {
    long once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
    return twice ^ (twice >>> 31);
  }

  /** Zero: x gives its type alone. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return List.of(Cotangent.zero(), Cotangent.zero());
  }
}
