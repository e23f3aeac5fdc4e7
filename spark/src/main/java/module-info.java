/** Training on a Spark cluster, which is found on the class path: its jars are no modules. */
module io.deltagraph.spark {
  requires com.google.common;
  requires transitive io.deltagraph.serving;
  requires transitive io.deltagraph.training;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.spark;
}
