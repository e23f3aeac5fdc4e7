package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.print.TextTable;
import io.deltagraph.workloads.Profile;

/** Where a workload's time goes, as a table and as JSON. */
record ProfileText(String workload, Profile profile) {

  /** The slowest first; then how the sum compares with a step that is not profiled. */
  String text() {
    TextTable table =
        TextTable.of("step", "kind", "by", "calls", "total µs", "µs a call", "share", "what");
    for (Profile.Part part : profile.parts()) {
      table.row(
          part.number() == 0 ? "" : Integer.toString(part.number()),
          kind(part),
          part.backend(),
          "%,d".formatted(profile.runs()),
          "%,.0f".formatted(part.micros()),
          micros(part.micros() / profile.runs()),
          "%.1f %%".formatted(100 * profile.share(part)),
          what(part));
    }
    return "Where the time of %s goes, step by step of its plan:\n".formatted(workload)
        + table.leftAligned()
        + "Together %s µs; without the clock between them a step takes %s µs."
            .formatted(micros(profile.sumMicros()), micros(profile.stepMicros()))
        + " Reading the clock costs %.0f ns, which is taken off each."
            .formatted(profile.clockNanos());
  }

  /** The same figures. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    Json.put(json, "stepMicros", profile.stepMicros());
    Json.put(json, "sumMicros", profile.sumMicros());
    Json.put(json, "clockNanos", profile.clockNanos());
    ArrayNode steps = json.putArray("steps");
    for (Profile.Part part : profile.parts()) {
      ObjectNode step = steps.addObject();
      step.put("step", part.number()).put("kind", kind(part)).put("what", what(part));
      step.put("backend", part.backend()).put("calls", profile.runs());
      Json.put(step, "totalMicros", part.micros());
      Json.put(step, "microsPerCall", part.micros() / profile.runs());
      Json.put(step, "share", profile.share(part));
    }
    return json;
  }

  private static String kind(Profile.Part part) {
    return part.step().map(PlanText::kind).orElse("input");
  }

  private static String what(Profile.Part part) {
    return part.step().map(PlanText::what).orElse("a batch is copied to the inputs");
  }

  private static String micros(double value) {
    return value < 10 ? "%.3f".formatted(value) : BenchText.number(value);
  }
}
