/** Pages to look at: what a run did, in one HTML file each. */
module io.deltagraph.report {
  requires com.fasterxml.jackson.databind;
  requires io.deltagraph.activations;
  requires io.deltagraph.losses;
  requires io.deltagraph.print;
  requires transitive io.deltagraph.derivations;
  requires transitive io.deltagraph.experiments;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.report.derivation;
  exports io.deltagraph.report.drawing;
  exports io.deltagraph.report.layout;
  exports io.deltagraph.report.lecture;
  exports io.deltagraph.report.page;
  exports io.deltagraph.report.run;
}
