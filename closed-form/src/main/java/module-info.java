/** The closed-form formulas, on plain arrays; they stand on nothing but the JDK. */
module io.deltagraph.closedform {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.closedform;
}
