import io.deltagraph.serving.ExchangeFormat;

/** The {@code deltagraph} command. */
module io.deltagraph.cli {
  requires com.fasterxml.jackson.databind;
  requires com.google.common;
  requires info.picocli;
  requires io.deltagraph.derivations;
  requires io.deltagraph.experiments;
  requires io.deltagraph.print;
  requires io.deltagraph.report;
  requires io.deltagraph.workloads;
  requires java.management;
  requires jdk.httpserver;
  requires static io.deltagraph.simd;
  requires static org.jspecify;

  uses ExchangeFormat;

  opens io.deltagraph.cli to
      info.picocli;
}
