package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.print.TextTable;
import io.deltagraph.runtime.Session;
import io.deltagraph.workloads.MachinePeaks;
import io.deltagraph.workloads.Measurement;
import io.deltagraph.workloads.Workload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Measurements as a table and as JSON. */
record BenchText(
    Session.Options options,
    Optional<MachinePeaks> limits,
    List<Measurement> measured,
    Optional<ProcessStart> start) {

  /** A workload in a few words. */
  static String describe(Workload workload) {
    return workload.sizes().stream().map(String::valueOf).collect(Collectors.joining("-"))
        + ", batch "
        + workload.batch();
  }

  /** The table and what its columns mean. */
  String text() {
    TextTable table =
        TextTable.of(
            "workload",
            "net",
            "step µs",
            "GFLOP/s",
            "of peak",
            "first step ms",
            "peak MB",
            "warm-up s");
    for (Measurement m : measured) {
      OptionalDouble share = share(m);
      table.row(
          m.workload().name(),
          describe(m.workload()),
          number(m.pace().stepMicros()) + (m.pace().steady() ? "" : " ~"),
          number(m.gflops()),
          share.isPresent() ? "%.1f %%".formatted(100 * share.getAsDouble()) : "",
          number(m.firstStepMillis()),
          "%.0f".formatted(m.peakBytes() * 1e-6),
          "%.1f".formatted(m.pace().warmUpSeconds()));
    }
    StringBuilder text = new StringBuilder(table.text()).append('\n');
    text.append(
        "%s, %d thread%s, backend %s; %s\n"
            .formatted(
                measured.getFirst().dtype().text(),
                options.threads(),
                options.threads() == 1 ? "" : "s",
                options.backend().orElseThrow().name(),
                machine()));
    text.append("GFLOP/s counts the products alone, 2mnk each.");
    if (measured.stream().anyMatch(m -> !m.pace().steady())) {
      text.append(" ~ the pace had not settled when the time for warming up was over.");
    }
    for (Measurement m : measured) {
      m.profile()
          .ifPresent(profile ->
              text.append("\n\n").append(new ProfileText(m.workload().name(), profile).text()));
    }
    start.ifPresent(s ->
        text.append(
            "\nFirst trained step of %s, start of the process included: %.0f ms (median of %d)."
                .formatted(s.workload(), s.median(), s.millis().length())));
    return text.toString();
  }

  private String machine() {
    return limits
        .map(l ->
            "multiply-adds reach %.1f GFLOP/s (%d-bit vectors) and memory %.1f GB/s here."
                .formatted(l.fmaPeakGflops(), l.vectorBits(), l.bandwidthGBs()))
        .orElse(
            "the machine's limits were not measured: that needs the SIMD backend, which is not there.");
  }

  /** Empty if the peak is not known. */
  private OptionalDouble share(Measurement m) {
    return limits
        .map(l -> OptionalDouble.of(m.gflops() / l.fmaPeakGflops()))
        .orElse(OptionalDouble.empty());
  }

  /** Three digits or more. */
  static String number(double value) {
    return value >= 100
        ? "%,.0f".formatted(value)
        : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
  }

  /** All figures. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    ObjectNode machine = json.putObject("machine");
    Json.put(machine, "fmaPeakGflops", limits.map(MachinePeaks::fmaPeakGflops).orElse(Double.NaN));
    Json.put(machine, "bandwidthGBs", limits.map(MachinePeaks::bandwidthGBs).orElse(Double.NaN));
    limits.ifPresent(l -> machine.put("vectorBits", l.vectorBits()));
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("java", Runtime.version().toString());
    json.put("backend", options.backend().orElseThrow().name());
    ArrayNode workloads = json.putArray("workloads");
    measured.forEach(m -> workloads.add(json(m)));
    start.ifPresent(s -> {
      ObjectNode process = json.putObject("processStart");
      process.put("workload", s.workload());
      Json.put(process, "firstStepMillis", s.median());
      ArrayNode runs = process.putArray("runs");
      s.millis().forEach(runs::add);
    });
    return json;
  }

  private ObjectNode json(Measurement m) {
    ObjectNode json = Json.object();
    json.put("name", m.workload().name())
        .put("threads", m.threads())
        .put("dtype", m.dtype().text());
    Json.put(json, "stepMicros", m.pace().stepMicros());
    Json.put(json, "fastestMicros", m.pace().fastestMicros());
    Json.put(json, "slowestMicros", m.pace().slowestMicros());
    Json.put(json, "gflops", m.gflops());
    Json.put(json, "shareOfPeak", share(m));
    Json.put(json, "firstStepMillis", m.firstStepMillis());
    Json.put(json, "warmUpSeconds", m.pace().warmUpSeconds());
    json.put("steady", m.pace().steady());
    json.put("flops", m.flops()).put("planBytes", m.planBytes()).put("peakBytes", m.peakBytes());
    m.profile()
        .ifPresent(
            profile -> json.set("profile", new ProfileText(m.workload().name(), profile).json()));
    return json;
  }
}
