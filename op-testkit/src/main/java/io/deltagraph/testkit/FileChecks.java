package io.deltagraph.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Attribute;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A node is written as a file of a model holds it, the op's name and the attributes as JSON, and
 * read back: the builder has to find that it knows this very node.
 */
final class FileChecks {
  private static final JsonFactory JSON = new JsonFactory();

  private final Subject subject;
  private final List<Trial> trials;

  FileChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  void roundTrips() {
    Findings findings = new Findings(subject);
    complete(findings, subject.op());
    for (Trial trial : trials) {
      if (trial.output() instanceof Apply node) {
        findings.guard(trial.at(), () -> roundTrip(findings, trial.at(), subject.op(), node));
      }
    }
    findings.conclude();
  }

  /** Every component of the record is an attribute: what the schema leaves out, no file holds. */
  private <A extends Record> void complete(Findings findings, Op<A> op) {
    if (!subject.cases().isEmpty()) {
      A attributes = op.schema().read(subject.cases().getFirst().attributes());
      List<String> components = components(attributes.getClass()).toList();
      List<String> names = op.schema().attributes().stream().map(Attribute::name).toList();
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
    String text = json(op.schema().write(attributes));
    A again = op.schema().read(attributes(text));
    if (!attributes.equals(again)) {
      findings.add(
          at,
          "the attributes " + attributes + " come back from the file's " + text + " as " + again);
      return;
    }
    Value back = node.builder().apply(op, again, node.inputs());
    if (back != node) {
      findings.add(at, "a node comes back from the file's " + text + " as another node");
    }
    String second = json(op.schema().write(again));
    if (!second.equals(text)) {
      findings.add(at, "a file says " + text + ", and once read and written again " + second);
    }
  }

  private static String json(Map<String, Object> attributes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
        out.writeFieldName(attribute.getKey());
        write(out, attribute.getValue());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case Integer number -> out.writeNumber(number);
      // JSON has no infinities; schemas read them from text.
      case Double number when !Double.isFinite(number) -> out.writeString(number.toString());
      case Double number -> out.writeNumber(number);
      case Boolean flag -> out.writeBoolean(flag);
      case String string -> out.writeString(string);
      case List<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      default -> throw new IOException("No file can hold the attribute " + value + ".");
    }
  }

  private static Map<String, Object> attributes(String text) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    try (JsonParser in = JSON.createParser(text)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        attributes.put(name, read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return attributes;
  }

  private static Object read(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_ARRAY) {
      ImmutableList.Builder<Object> list = ImmutableList.builder();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        list.add(read(in));
      }
      return list.build();
    }
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      default -> throw new IOException("Unexpected " + in.currentToken() + " in " + in + ".");
    };
  }
}
