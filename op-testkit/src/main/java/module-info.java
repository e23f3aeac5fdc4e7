/** The contract that an op plugin is tested against, for this project's ops and anyone's. */
module io.deltagraph.testkit {
  requires com.google.common;
  requires io.deltagraph.check;
  requires transitive io.deltagraph.engine;
  requires io.deltagraph.files;
  requires io.deltagraph.print;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.testkit;
}
