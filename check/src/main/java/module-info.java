/** Central differences, comparisons of gradients by several roads, and their verdicts. */
module io.deltagraph.check {
  requires com.google.common;
  requires transitive io.deltagraph.engine;
  requires io.deltagraph.print;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.check;
}
