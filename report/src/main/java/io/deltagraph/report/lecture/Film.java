package io.deltagraph.report.lecture;

import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Player;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What changes from frame to frame while a page is put together. */
final class Film {
  private final List<Content> facts = new ArrayList<>();
  private Player player;
  private int parts;

  Film(String id, String caption, int frames, int pause) {
    player = Player.of(id, caption, frames).pausing(pause);
  }

  int frames() {
    return player.frames();
  }

  /** An element with an attribute that changes; it starts with the first frame's. */
  Element changing(Element element, String attribute, IntFunction<String> value) {
    List<String> values = IntStream.range(0, frames()).mapToObj(value).toList();
    String part = element.attributes().get("data-part");
    String name = part == null ? "p" + parts++ : part;
    player = player.changing(name, attribute, values);
    return element.with("data-part", name).with(attribute, values.getFirst());
  }

  /** An element with a text that changes. */
  Element saying(Element element, IntFunction<String> text) {
    List<String> texts = IntStream.range(0, frames()).mapToObj(text).toList();
    String name = "p" + parts++;
    player = player.saying(name, texts);
    return element.with("data-part", name).containing(Content.text(texts.getFirst()));
  }

  /** A number that stands beside the pictures. */
  Film fact(String name, IntFunction<String> text) {
    facts.add(Element.of("dt", name));
    facts.add(saying(Element.of("dd"), text));
    return this;
  }

  /** The figure: its pictures and the numbers side by side where there is room, the rest below. */
  Element figure(List<Panel> panels, Content... more) {
    List<Content> cells = new ArrayList<>(panels.stream().map(Panel::element).toList());
    if (!facts.isEmpty()) {
      cells.add(
          Element.of(
              "div",
              Element.of("h3", "In numbers"),
              Element.of("dl").with("class", "facts").containing(facts)));
    }
    List<Content> all = new ArrayList<>();
    all.add(Element.of("div").with("class", "grid").containing(cells));
    all.addAll(List.of(more));
    return player.figure(all.toArray(Content[]::new));
  }

  Player player() {
    return player;
  }
}
