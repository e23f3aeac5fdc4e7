package io.deltagraph.report.run;

import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.spec.SpecWriter;
import io.deltagraph.report.drawing.BarChart;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What ran: data, net, settings, versions, time, and how to run it again. */
final class OriginSection {
  private OriginSection() {}

  static Page add(Page page, RunReport report, String command) {
    List<Element> all = new ArrayList<>();
    all.add(Element.of("h3", "Run it again"));
    all.add(Element.of("pre", Element.of("code", command)));
    Element facts = Element.of("dl").with("class", "facts");
    for (Map.Entry<String, String> fact : facts(report)) {
      facts = facts.containing(Element.of("dt", fact.getKey()), Element.of("dd", fact.getValue()));
    }
    all.add(facts);
    report
        .settings()
        .ifPresent(spec -> {
          all.add(Element.of("h3", "The whole spec"));
          all.add(
              Element.of(
                  "details",
                  Element.of("summary", "Show it as a file that 'deltagraph train' reads"),
                  Element.of("pre", Element.of("code", SpecWriter.toJson(spec)))));
        });
    List<RunReport.Timed> phases = report.origin().phases();
    all.add(
        new BarChart(
                "What the time was spent on",
                phases.stream()
                    .map(phase -> phase.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .toList(),
                phases.stream().map(phase -> phase.took().toNanos() * 1e-9).toList(),
                "In seconds.")
            .figure());
    all.add(
        Element.of(
                "p",
                Element.of("button", "Save the numbers of this page as JSON")
                    .with("type", "button")
                    .with("data-save", "numbers.json"))
            .with("class", "actions"));
    return page.section("origin", "What ran", all);
  }

  private static List<Map.Entry<String, String>> facts(RunReport report) {
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    report
        .data()
        .ifPresent(data -> {
          facts.add(
              Map.entry(
                  "data",
                  "%s: %d rows trained on, %d held out, %d features, %s"
                      .formatted(
                          data.name(),
                          data.training(),
                          data.heldOut(),
                          data.features().size(),
                          data.classes().isEmpty()
                              ? "a number to predict"
                              : data.classes().size() + " classes of '" + data.target() + "'")));
          facts.add(Map.entry("split", data.split()));
          if (!data.taken().isEmpty()) {
            facts.add(Map.entry("taken for", String.join("; ", data.taken())));
          }
        });
    report
        .net()
        .ifPresent(net -> {
          facts.add(Map.entry("model", net.family() + ", " + net.parameters() + " parameters"));
          List<String> layers =
              net.layers().stream()
                  .map(layer ->
                      layer.inputs() + " → " + layer.units() + " " + layer.activation().words())
                  .toList();
          facts.add(Map.entry("layers", String.join("; ", layers)));
          facts.add(Map.entry("loss", net.loss()));
          facts.add(Map.entry("optimizer", net.optimizer()));
        });
    report
        .settings()
        .ifPresent(spec -> {
          facts.add(Map.entry("seed", Long.toString(spec.seed())));
          facts.add(Map.entry("dtype", spec.dtype().text()));
          facts.add(Map.entry("threads", Integer.toString(spec.threads())));
        });
    String version = report.origin().version();
    facts.add(
        Map.entry("Deltagraph", version.isEmpty() ? "of classes without a version" : version));
    facts.add(
        Map.entry(
            "Java", Runtime.version() + ", " + System.getProperty("java.vm.name", "unknown")));
    facts.add(
        Map.entry(
            "machine",
            System.getProperty("os.name", "")
                + " "
                + System.getProperty("os.arch", "")
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors"));
    facts.add(Map.entry("started", report.origin().started().toString()));
    facts.add(
        Map.entry(
            "took", String.format(Locale.ROOT, "%.2f s", report.origin().took().toNanos() * 1e-9)));
    report
        .files()
        .ifPresent(
            files -> facts.add(Map.entry("saved as", files.json() + " and " + files.weights())));
    return facts;
  }
}
