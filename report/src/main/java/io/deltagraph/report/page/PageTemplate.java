package io.deltagraph.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one template, stylesheet and script of all pages. */
final class PageTemplate {
  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");

  private final String template = resource("page.html");
  private final String style = resource("page.css") + resource("drawing.css");
  private final String script = resource("page.js");

  /** The page as HTML; its policy allows its own style and scripts by their hashes, and no more. */
  String fill(Page page) {
    List<String> scripts = new ArrayList<>();
    scripts.add(script);
    scripts.addAll(page.scripts());
    StringBuilder tags = new StringBuilder();
    StringBuilder allowed = new StringBuilder();
    for (String text : scripts) {
      if (text.contains("</script") || text.contains("<!--")) {
        throw new IllegalArgumentException("A script would end before its end: " + text);
      }
      tags.append("<script>").append(text).append("</script>\n");
      allowed.append(" '").append(hash(text)).append('\'');
    }
    Map<String, String> slots =
        Map.of(
            "policy",
            "default-src 'none'; style-src '"
                + hash(style)
                + "'; script-src"
                + allowed
                + "; img-src data:; base-uri 'none'; form-action 'none'",
            "title",
            markup(Content.text(page.title())),
            "style",
            style,
            "lead",
            markup(page.lead()),
            "contents",
            markup(contents(page)),
            "sections",
            markup(page.sections().stream().map(PageTemplate::section).toList()),
            "data",
            page.data(),
            "scripts",
            tags.toString());
    return SLOT.matcher(template)
        .replaceAll(slot -> Matcher.quoteReplacement(slots.getOrDefault(slot.group(1), "")));
  }

  private static List<Element> contents(Page page) {
    if (page.sections().size() < 3) {
      return List.of();
    }
    List<Element> items =
        page.sections().stream()
            .map(section ->
                Element.of(
                    "li", Element.of("a", section.heading()).with("href", "#" + section.id())))
            .toList();
    return List.of(
        Element.of("nav", Element.of("ul").containing(items)).with("aria-label", "On this page"));
  }

  private static Element section(Page.Section section) {
    String heading = section.id() + "-heading";
    return Element.of("section", Element.of("h2", section.heading()).with("id", heading))
        .with("id", section.id())
        .with("aria-labelledby", heading)
        .containing(section.content());
  }

  private static String markup(List<? extends Content> contents) {
    StringBuilder out = new StringBuilder();
    for (Content content : contents) {
      content.write(out);
      out.append('\n');
    }
    return out.toString();
  }

  private static String markup(Content content) {
    StringBuilder out = new StringBuilder();
    content.write(out);
    return out.toString();
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + name + " beside this class.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
