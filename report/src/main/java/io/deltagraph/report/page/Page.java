package io.deltagraph.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page as a value; each method gives another one. Written, it is one HTML file that needs nothing
 * else, loads nothing and runs nothing but its own script.
 *
 * @param title of the window and of the page
 * @param lead what comes before the first section
 * @param sections in their order
 * @param players whose frames the page holds
 * @param numbers what the page shows as plain maps, lists, texts and numbers, by name: they are
 *     inside as JSON and can be saved from it
 * @param scripts that run after the page's own, each as text
 */
public record Page(
    String title,
    List<Content> lead,
    List<Section> sections,
    List<Player> players,
    Map<String, Object> numbers,
    List<String> scripts) {

  /** Copies. */
  public Page {
    lead = List.copyOf(lead);
    sections = List.copyOf(sections);
    players = List.copyOf(players);
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    scripts = List.copyOf(scripts);
  }

  /**
   * A part with a heading.
   *
   * @param id to link to
   * @param heading its heading
   * @param content what it holds
   */
  public record Section(String id, String heading, List<Content> content) {
    /** Copies. */
    public Section {
      content = List.copyOf(content);
    }
  }

  /** A page with a title alone. */
  public static Page titled(String title) {
    return new Page(title, List.of(), List.of(), List.of(), Map.of(), List.of());
  }

  /** With more before the first section. */
  public Page lead(Content... more) {
    return new Page(title, joined(lead, List.of(more)), sections, players, numbers, scripts);
  }

  /** With one more section. */
  public Page section(String id, String heading, Content... content) {
    return section(id, heading, List.of(content));
  }

  /** With one more section. */
  public Page section(String id, String heading, List<? extends Content> content) {
    Section section = new Section(id, heading, List.copyOf(content));
    return new Page(title, lead, joined(sections, List.of(section)), players, numbers, scripts);
  }

  /** With the frames of a player, whose figure stands somewhere on the page. */
  public Page playing(Player player) {
    return new Page(title, lead, sections, joined(players, List.of(player)), numbers, scripts);
  }

  /** With numbers, as plain maps, lists, texts and numbers. */
  public Page number(String name, Object value) {
    requirePlain(name, value);
    Map<String, Object> more = new LinkedHashMap<>(numbers);
    more.put(name, value);
    return new Page(title, lead, sections, players, more, scripts);
  }

  /** What JSON is made of without looking into a class, which no module lets others do. */
  private static void requirePlain(String name, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> map.values().forEach(inner -> requirePlain(name, inner));
      case Iterable<?> list -> list.forEach(inner -> requirePlain(name, inner));
      case Object[] array -> Arrays.asList(array).forEach(inner -> requirePlain(name, inner));
      case null -> {}
      default -> {
        boolean plain =
            value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value.getClass().isArray();
        if (!plain) {
          throw new IllegalArgumentException(
              "The numbers '%s' of a page are plain maps, lists, texts and numbers, got a %s."
                  .formatted(name, value.getClass().getSimpleName()));
        }
      }
    }
  }

  /**
   * With one more script. It reads the page's numbers as {@code deltagraphPage.numbers}.
   *
   * @param text of this project, never of a reader's
   */
  public Page script(String text) {
    return new Page(title, lead, sections, players, numbers, joined(scripts, List.of(text)));
  }

  private static <T> List<T> joined(List<? extends T> first, List<? extends T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** The page as HTML. */
  public String html() {
    return new PageTemplate().fill(this);
  }

  /** The numbers as JSON. */
  public String json() {
    return json(numbers, true);
  }

  /** All that the script works with. */
  String data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("numbers", numbers);
    Map<String, Object> frames = new LinkedHashMap<>();
    players.forEach(player -> frames.put(player.id(), player.data()));
    data.put("players", frames);
    return Escaping.jsonInScript(json(data, false));
  }

  private static String json(Object value, boolean pretty) {
    try {
      JsonMapper mapper = JsonMapper.builder().build();
      return pretty
          ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n"
          : mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain numbers always have JSON.", e);
    }
  }
}
