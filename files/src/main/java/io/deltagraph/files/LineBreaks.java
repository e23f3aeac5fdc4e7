package io.deltagraph.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/** Puts each entry of the outer levels on its own line and the inner ones beside each other. */
final class LineBreaks implements PrettyPrinter {
  private final int levels;
  private int depth;

  /** Breaks lines down to that depth; the outermost object has depth 1. */
  LineBreaks(int levels) {
    this.levels = levels;
  }

  @Override
  public void writeRootValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator out) throws IOException {
    out.writeRaw('{');
    depth++;
  }

  @Override
  public void writeEndObject(JsonGenerator out, int entries) throws IOException {
    close(out, entries, '}');
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
    separate(out);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw(": ");
  }

  @Override
  public void writeStartArray(JsonGenerator out) throws IOException {
    out.writeRaw('[');
    depth++;
  }

  @Override
  public void writeEndArray(JsonGenerator out, int values) throws IOException {
    close(out, values, ']');
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
    separate(out);
  }

  @Override
  public void beforeArrayValues(JsonGenerator out) throws IOException {
    indent(out);
  }

  @Override
  public void beforeObjectEntries(JsonGenerator out) throws IOException {
    indent(out);
  }

  private void separate(JsonGenerator out) throws IOException {
    out.writeRaw(depth <= levels ? "," : ", ");
    indent(out);
  }

  private void close(JsonGenerator out, int entries, char bracket) throws IOException {
    boolean broken = depth <= levels && entries > 0;
    depth--;
    if (broken) {
      out.writeRaw("\n" + "  ".repeat(depth));
    }
    out.writeRaw(bracket);
  }

  private void indent(JsonGenerator out) throws IOException {
    if (depth <= levels) {
      out.writeRaw("\n" + "  ".repeat(depth));
    }
  }
}
