package io.deltagraph.testkit;

import io.deltagraph.files.GraphJson;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A graph of one node is written as a file of a model and read back: the attributes are the same,
 * and the builder finds that it knows this very node.
 */
final class FileChecks {
  private static final String OUTPUT = "output";
  private static final String OP = "{\"op\":";

  private final Subject subject;
  private final List<Trial> trials;

  FileChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void roundTrips() {
    Findings findings = new Findings(subject);
    complete(findings, subject.op());
    OpLookup ops = new Registered(subject.op(), subject.ops());
    for (Trial trial : trials) {
      findings.guard(
          trial.at(),
          () -> {
            GraphBuilder builder = GraphBuilder.withoutSites(ops);
            if (Trial.apply(builder, subject.op(), trial.at(), DType.F64) instanceof Apply node) {
              roundTrip(findings, trial.at(), subject.op(), node);
            }
          });
    }
    findings.conclude();
  }

  /** As if the op were registered: whether it is, another check looks at. */
  private record Registered(Op<?> op, OpLookup others) implements OpLookup {
    @Override
    public Op<?> op(OpId id) {
      return id.equals(op.id()) ? op : others.op(id);
    }

    @Override
    public String provider(Op<?> provided) {
      return others.provider(provided);
    }
  }

  /** Every component of the record is an attribute: what the schema leaves out, no file holds. */
  private <A extends Record> void complete(Findings findings, Op<A> op) {
    if (!subject.cases().isEmpty()) {
      A attributes = op.schema().read(subject.cases().getFirst().attributes());
      List<String> components = components(attributes.getClass()).toList();
      List<String> names = op.schema().attributes().stream().map(OpAttribute::name).toList();
      if (components.size() > names.size()) {
        findings.add(
            "keeps "
                + components
                + " in its attributes, but its schema lists "
                + names
                + ": a file loses the rest");
      }
    }
  }

  private static Stream<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(part ->
            part.getType().isRecord() ? components(part.getType()) : Stream.of(part.getName()));
  }

  private static <A extends Record> void roundTrip(
      Findings findings, Case at, Op<A> op, Apply node) {
    A attributes = op.schema().read(at.attributes());
    String text = write(node);
    Apply read = (Apply) read(text, node.builder().ops()).output(OUTPUT);
    if (!attributes.equals(read.attributes())) {
      findings.add(
          at,
          "the attributes "
              + attributes
              + " come back from the file's "
              + line(text)
              + " as "
              + read.attributes());
      return;
    }
    @SuppressWarnings("unchecked") // equal to attributes of this op
    A again = (A) read.attributes();
    Value back = node.builder().tuple(op, again, node.inputs()).part(read.index());
    if (back != node) {
      findings.add(at, "a node comes back from the file's " + line(text) + " as another node");
    }
    String second = write(read);
    if (!second.equals(text)) {
      findings.add(
          at, "a file says " + line(text) + ", and once read and written again " + line(second));
    }
  }

  private static String write(Apply node) {
    try {
      return GraphJson.write(node.builder().graph(Map.of(OUTPUT, node)));
    } catch (ModelFileException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Graph read(String text, OpLookup ops) {
    try {
      return GraphJson.read(text, ops);
    } catch (ModelFileException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line of the node, which is the last one. */
  private static String line(String text) {
    return text.lines().filter(line -> line.contains(OP)).toList().getLast().strip();
  }
}
