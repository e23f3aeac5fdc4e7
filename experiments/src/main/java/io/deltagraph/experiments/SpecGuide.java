package io.deltagraph.experiments;

import io.deltagraph.experiments.spec.SpecReference;
import io.deltagraph.optimizers.Optimizers;
import io.deltagraph.optimizers.Schedules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page that lists the fields of a spec, as Markdown. */
public final class SpecGuide {
  private SpecGuide() {}

  private static final String TOP =
      """
      # A spec, field by field

      A spec is a JSON object that says what to train on what and how: `./deltagraph train my-spec.json`.
      This page is written by `./deltagraph spec --markdown`; `./deltagraph spec FIELD` shows a field in a terminal,
      and [spec.schema.json](spec.schema.json) is what editors complete and mark specs by: put
      `"$schema": "path/to/spec.schema.json"` into the spec, or map the file in the editor's settings.

      A spec of four fields and a table is enough:

      ```json
      {
        "data": { "csv": "houses.csv", "target": "price", "task": "regression" },
        "model": { "family": "linear" },
        "loss": "mean_squared_error",
        "optimizer": { "name": "adam", "learningRate": 0.01 },
        "epochs": 100
      }
      ```

      """;

  /** The whole page. */
  public static String markdown() {
    StringBuilder out = new StringBuilder(TOP);
    out.append("| field | takes | without it |\n|---|---|---|\n");
    for (SpecReference.Entry entry : SpecReference.entries()) {
      out.append("| `").append(entry.path()).append("` | ").append(cell(entry.takes()));
      out.append(" | ").append(without(entry)).append(" |\n");
    }
    out.append('\n');
    for (SpecReference.Entry entry : SpecReference.entries()) {
      out.append("## `").append(entry.path()).append("`\n\n").append(entry.meaning());
      out.append("\n\n* Takes ").append(entry.takes()).append(".\n");
      out.append("* Without it: ").append(without(entry)).append(".\n");
      if (!entry.families().isEmpty()) {
        out.append("* For ").append(String.join(", ", entry.families())).append(".\n");
      }
      out.append("* Example: `\"").append(name(entry)).append("\": ");
      out.append(entry.example()).append("`\n\n");
    }
    options(out, "Optimizers", Optimizers.names(), Optimizers::options);
    options(out, "Schedules", Schedules.names(), Schedules::options);
    out.append(
        "\nActivations and losses are ops: `./deltagraph ops` lists them, also those of plugins.\n");
    return out.toString();
  }

  private static void options(
      StringBuilder out,
      String title,
      List<String> names,
      Function<String, Map<String, String>> options) {
    out.append("## ")
        .append(title)
        .append("\n\n| name | options and their defaults |\n|---|---|\n");
    for (String name : names) {
      out.append("| `").append(name).append("` | ");
      out.append(
          options.apply(name).entrySet().stream()
              .map(option -> "`" + option.getKey() + "` " + option.getValue())
              .collect(Collectors.joining(", ")));
      out.append(" |\n");
    }
    out.append('\n');
  }

  private static String name(SpecReference.Entry entry) {
    return entry.path().substring(entry.path().lastIndexOf('.') + 1);
  }

  private static String without(SpecReference.Entry entry) {
    boolean json = entry.without().matches("[\\[{\"0-9].*");
    return json ? "`" + entry.without() + "`" : cell(entry.without());
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
