package io.deltagraph.report.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of HTML or SVG; each method gives another one. What could run or load anything is
 * refused: scripts and frames, attributes that hold scripts or styles, links out of the page.
 *
 * @param name such as {@code p} or {@code rect}
 * @param attributes in their order
 * @param children in their order
 */
public record Element(String name, Map<String, String> attributes, List<Content> children)
    implements Content {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
  private static final Pattern LINK =
      Pattern.compile("#[^\\s]*|data:image/png;base64,[A-Za-z0-9+/=]*");
  private static final Set<String> REFUSED =
      Set.of("script", "style", "iframe", "object", "embed", "base", "meta", "link", "form");
  private static final Set<String> LINKING =
      Set.of("href", "src", "action", "srcset", "formaction");
  private static final Set<String> EMPTY = Set.of("br", "hr", "img", "input", "col");
  private static final Set<String> SHAPES =
      Set.of("path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "use", "image");

  /** Checks names and links. */
  public Element {
    if (!NAME.matcher(name).matches() || REFUSED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("A page has no element '" + name + "'.");
    }
    attributes.forEach(Element::require);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
  }

  private static void require(String attribute, String value) {
    String lower = attribute.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(attribute).matches() || lower.startsWith("on") || lower.equals("style")) {
      throw new IllegalArgumentException("A page has no attribute '" + attribute + "'.");
    }
    if (LINKING.contains(lower) && !LINK.matcher(value).matches()) {
      throw new IllegalArgumentException("Nothing on a page leads out of it, got '" + value + "'.");
    }
  }

  /** An element. */
  public static Element of(String name, Content... children) {
    return new Element(name, Map.of(), List.of(children));
  }

  /** An element that holds a text. */
  public static Element of(String name, String text) {
    return of(name, Content.text(text));
  }

  /** With one more attribute. */
  public Element with(String attribute, String value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new Element(name, more, children);
  }

  /** With one more attribute, a number; of pixels, a tenth is kept. */
  public Element with(String attribute, double value) {
    return with(attribute, ShownNumber.pixels(value));
  }

  /** With more children. */
  public Element containing(List<? extends Content> more) {
    List<Content> all = new ArrayList<>(children);
    all.addAll(more);
    return new Element(name, attributes, all);
  }

  /** With more children. */
  public Element containing(Content... more) {
    return containing(List.of(more));
  }

  @Override
  public void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach((attribute, value) -> {
      out.append(' ').append(attribute).append("=\"");
      Escaping.markup(value, out);
      out.append('"');
    });
    if (EMPTY.contains(name)) {
      out.append('>');
    } else if (children.isEmpty() && SHAPES.contains(name)) {
      out.append("/>");
    } else {
      out.append('>');
      children.forEach(child -> child.write(out));
      out.append("</").append(name).append('>');
    }
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }
}
