/** The {@code deltagraph} command. */
module io.deltagraph.cli {
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires io.deltagraph.models;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  opens io.deltagraph.cli to
      info.picocli;
}
