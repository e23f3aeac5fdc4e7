package io.deltagraph.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure that plays: frame by frame, attributes and texts of its parts change. A part is any
 * element of the picture with {@code data-part="name"}; several may have one name and change
 * together. What the picture shows by itself should be the first frame.
 *
 * @param id of the figure, unique on its page
 * @param caption what it shows
 * @param frames how many there are, at least one
 * @param pause between two frames at usual speed, in milliseconds
 * @param changes by part and attribute, a value for each frame; the attribute {@code text} is the
 *     text inside
 */
public record Player(
    String id,
    String caption,
    int frames,
    int pause,
    Map<String, Map<String, List<String>>> changes) {
  /** The name that stands for the text inside of a part. */
  public static final String TEXT = "text";

  private static final int USUAL_PAUSE = 400;

  /** Copies. */
  public Player {
    Map<String, Map<String, List<String>>> copy = new LinkedHashMap<>();
    changes.forEach((part, attributes) -> {
      Map<String, List<String>> values = new LinkedHashMap<>();
      attributes.forEach((attribute, list) -> values.put(attribute, List.copyOf(list)));
      copy.put(part, values);
    });
    changes = copy;
  }

  /** A player in which nothing changes yet. */
  public static Player of(String id, String caption, int frames) {
    return new Player(id, caption, frames, USUAL_PAUSE, Map.of());
  }

  /** With another pause between two frames, in milliseconds. */
  public Player pausing(int milliseconds) {
    return new Player(id, caption, frames, milliseconds, changes);
  }

  /**
   * With an attribute of a part that changes.
   *
   * @param values one for each frame
   */
  public Player changing(String part, String attribute, List<String> values) {
    if (values.size() != frames) {
      throw new IllegalArgumentException(
          "'%s' has %d frames, got %d values of %s of '%s'."
              .formatted(id, frames, values.size(), attribute, part));
    }
    if (!attribute.equals(TEXT)) {
      values.forEach(value -> Element.of("g").with(attribute, value));
    }
    Map<String, Map<String, List<String>>> more = new LinkedHashMap<>(changes);
    Map<String, List<String>> ofPart = new LinkedHashMap<>(more.getOrDefault(part, Map.of()));
    ofPart.put(attribute, values);
    more.put(part, ofPart);
    return new Player(id, caption, frames, pause, more);
  }

  /** With a part whose text changes. */
  public Player saying(String part, List<String> texts) {
    return changing(part, TEXT, texts);
  }

  /** The figure: caption, the picture and what else changes, and the controls. */
  public Element figure(Content... picture) {
    List<Content> stage = new ArrayList<>(List.of(picture));
    return Element.of(
            "figure",
            Element.of("figcaption", caption),
            Element.of("div").with("class", "stage").containing(stage),
            controls())
        .with("class", "player")
        .with("id", id)
        .with("data-player", id);
  }

  private Element controls() {
    Element speed = Element.of("select").with("data-do", "speed");
    for (String factor : List.of("0.25", "0.5", "1", "2", "4", "10")) {
      Element option = Element.of("option", "× " + factor).with("value", factor);
      speed = speed.containing(factor.equals("1") ? option.with("selected", "") : option);
    }
    return Element.of(
            "div",
            button("first", "First"),
            button("back", "Back"),
            button("play", "Play"),
            button("forward", "Forward"),
            button("last", "Last"),
            Element.of("input")
                .with("type", "range")
                .with("min", "0")
                .with("max", Integer.toString(frames - 1))
                .with("value", "0")
                .with("data-do", "go")
                .with("aria-label", "Frame of: " + caption),
            Element.of("output", "1 of " + frames).with("data-do", "place"),
            Element.of("label", Content.text("Speed "), speed))
        .with("class", "controls")
        .with("role", "group")
        .with("aria-label", "Player of: " + caption);
  }

  private static Element button(String does, String text) {
    return Element.of("button", text).with("type", "button").with("data-do", does);
  }

  /** What the page's script plays from. */
  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("frames", frames);
    data.put("pause", pause);
    data.put("changes", changes);
    return data;
  }
}
