import io.deltagraph.backend.Backend;
import io.deltagraph.simd.SimdBackend;

/** Plans on the Vector API of the JDK. */
module io.deltagraph.simd {
  requires com.google.common;
  requires transitive io.deltagraph.engine;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  // Loaded late where the command line allows it.
  requires static jdk.incubator.vector;

  exports io.deltagraph.simd;

  provides Backend with
      SimdBackend;
}
