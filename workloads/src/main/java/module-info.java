/** The training steps that are timed, and what measures them. */
module io.deltagraph.workloads {
  requires com.google.common;
  requires io.deltagraph.losses;
  requires io.deltagraph.activations;
  requires io.deltagraph.data;
  requires static io.deltagraph.simd;
  requires transitive io.deltagraph.training;
  requires java.management;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.workloads;
}
