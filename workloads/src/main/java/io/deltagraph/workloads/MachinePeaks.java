package io.deltagraph.workloads;

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
public record MachinePeaks(int vectorBits, double fmaPeakGflops, double bandwidthGBs) {

  /** Measures the machine; empty without the SIMD backend, since plain loops reach no limits. */
  public static Optional<MachinePeaks> measure(DType dtype, int threads) {
    try {
      return (dtype == DType.F64 ? MachineLimits.f64(threads) : MachineLimits.f32(threads))
          .map(at -> new MachinePeaks(at.vectorBits(), at.fmaPeakGflops(), at.bandwidthGBs()));
    } catch (NoClassDefFoundError e) {
      // The backend is not there: it is optional.
      return Optional.empty();
    }
  }
}
