package io.deltagraph.cli.bench;

import io.deltagraph.simd.MachineLimits;
import io.deltagraph.type.DType;
import java.util.Optional;

/**
 * What the machine can do at best with so many threads.
 *
 * @param vectorBits the width of its vectors
 * @param fmaPeakGflops {@code 10⁹} operations per second in multiply-adds
 * @param bandwidthGBs {@code 10⁹} bytes per second from and to memory
 */
public record Limits(int vectorBits, double fmaPeakGflops, double bandwidthGBs) {

  /** Measures the machine; empty without the SIMD backend, since plain loops reach no limits. */
  public static Optional<Limits> measure(DType dtype, int threads) {
    try {
      MachineLimits limits =
          dtype == DType.F64 ? MachineLimits.doubles(threads) : MachineLimits.single(threads);
      return Optional.of(
          new Limits(limits.vectorBits(), limits.fmaPeakGflops(), limits.bandwidthGBs()));
    } catch (NoClassDefFoundError e) {
      // The backend or the JDK's vectors are not there: both are optional.
      return Optional.empty();
    }
  }
}
