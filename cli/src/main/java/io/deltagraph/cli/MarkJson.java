package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.check.Cause;
import io.deltagraph.check.Diagnosis.Finding;
import io.deltagraph.derivations.language.Misreading;
import io.deltagraph.derivations.marking.Marking;

/** A marked derivation as JSON. */
final class MarkJson {
  private MarkJson() {}

  static ObjectNode of(Marking marking) {
    ObjectNode json = Json.object().put("verdict", marking.verdict().text());
    ArrayNode conventions = json.putArray("conventions");
    marking.conventions().forEach(conventions::add);
    ArrayNode lines = json.putArray("lines");
    marking.lines().forEach(line -> lines.add(line(line)));
    ArrayNode missing = json.putArray("missing");
    marking.missing().forEach(missing::add);
    if (!marking.remarks().isEmpty()) {
      ArrayNode remarks = json.putArray("remarks");
      marking.remarks().forEach(remarks::add);
    }
    return json;
  }

  private static ObjectNode line(Marking.Line line) {
    ObjectNode json = Json.object().put("line", line.line());
    if (!line.name().isEmpty()) {
      json.put("name", line.name());
    }
    json.put("source", line.source()).put("verdict", line.verdict().text());
    if (line.verdict() == Marking.Verdict.UNREAD) {
      line.problem().ifPresent(problem -> place(json, problem));
      return json;
    }
    json.put("identical", line.identical());
    ArrayNode causes = json.putArray("causes");
    for (Finding finding : line.causes()) {
      Cause cause = finding.cause();
      ObjectNode one =
          causes.addObject().put("code", cause.code()).put("sentence", cause.sentence());
      Json.put(one, "residual", finding.residual());
      if (!cause.parts().isEmpty()) {
        ArrayNode parts = one.putArray("parts");
        cause.parts().forEach(part -> parts.add(part.code()));
      }
    }
    Json.put(json, "difference", line.difference());
    line.right().ifPresentOrElse(right -> json.put("right", right), () -> json.putNull("right"));
    line.follows()
        .ifPresentOrElse(number -> json.put("follows", number), () -> json.putNull("follows"));
    if (!line.remark().isEmpty()) {
      json.put("remark", line.remark());
    }
    return json;
  }

  private static void place(ObjectNode json, Misreading problem) {
    json.putObject("place")
        .put("line", problem.place().line())
        .put("column", problem.place().column());
    json.put("read", problem.read()).put("expected", problem.expected());
  }
}
