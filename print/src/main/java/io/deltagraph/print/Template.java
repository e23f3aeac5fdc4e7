package io.deltagraph.print;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template of {@link io.deltagraph.graph.Notation} cut into parts for a node. Braces that hold
 * neither a position of its inputs nor an attribute of its op are part of the text, as LaTeX needs
 * them.
 */
record Template(List<Part> parts) {
  private static final Pattern HOLE = Pattern.compile("\\{([0-9]{1,4})(:p)?}|\\{\\*}|\\{(\\w+)}");

  /** A piece of a template. */
  sealed interface Part {}

  /** Text as it stands. */
  record Text(String text) implements Part {}

  /** An input, in parentheses where it binds looser if {@code guarded}. */
  record Operand(int index, boolean guarded, boolean leading) implements Part {}

  /** All inputs with commas between, and the attributes that the template does not mention. */
  record All() implements Part {}

  /** An attribute. */
  record Setting(String name) implements Part {}

  /** Cuts a template for a node with that many inputs and attributes of those names. */
  static Template parse(String template, int inputs, Set<String> attributes) {
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    Matcher matcher = HOLE.matcher(template);
    int done = 0;
    while (matcher.find()) {
      String position = matcher.group(1);
      String setting = matcher.group(3);
      Part part;
      if (position != null && Integer.parseInt(position) < inputs) {
        part =
            new Operand(Integer.parseInt(position), matcher.group(2) != null, matcher.start() == 0);
      } else if (setting != null && attributes.contains(setting)) {
        part = new Setting(setting);
      } else if (position == null && setting == null) {
        part = new All();
      } else {
        continue;
      }
      if (matcher.start() > done) {
        parts.add(new Text(template.substring(done, matcher.start())));
      }
      parts.add(part);
      done = matcher.end();
    }
    if (done < template.length()) {
      parts.add(new Text(template.substring(done)));
    }
    return new Template(parts.build());
  }

  /** Whether the template mentions an attribute. */
  boolean mentions(String attribute) {
    return parts.contains(new Setting(attribute));
  }

  /** Whether the template has a place for whatever it does not mention. */
  boolean listsAll() {
    return parts.contains(new All());
  }

  /** The parts filled in. */
  String fill(Function<Part, String> filler) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(filler.apply(part)));
    return text.toString();
  }
}
