/** Seeds, and streams of random numbers that depend on nothing else. */
module io.deltagraph.random {
  requires com.google.common;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.random;
}
