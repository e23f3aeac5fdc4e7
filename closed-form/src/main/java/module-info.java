/**
 * The textbook formulas on plain arrays: the second road to every number, so it requires nothing of
 * the project.
 */
module io.deltagraph.closedform {
  requires static transitive org.jspecify;
}
