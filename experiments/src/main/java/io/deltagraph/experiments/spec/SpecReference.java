package io.deltagraph.experiments.spec;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.InputException;
import java.util.List;

/** What the fields of a spec are, from the table that the reader checks by. */
public final class SpecReference {
  private SpecReference() {}

  /**
   * A field.
   *
   * @param path from the top of the spec, such as {@code model.layers[].units}
   * @param meaning in sentences
   * @param takes what it may hold, in words
   * @param without what there is where it is left out: a default as JSON, or in words
   * @param required whether a spec without it is refused
   * @param example a value, as JSON
   * @param families the families of models that it is for; none means all
   */
  public record Entry(
      String path,
      String meaning,
      String takes,
      String without,
      boolean required,
      String example,
      List<String> families) {
    public Entry {
      families = ImmutableList.copyOf(families);
    }
  }

  /** All fields; one that stands in another comes after it. */
  public static List<Entry> entries() {
    return SpecFields.ALL.stream().map(SpecReference::entry).collect(toImmutableList());
  }

  /**
   * A field and those that stand in it.
   *
   * @param name its path; the last part is enough
   * @throws InputException if there is no such field
   */
  public static List<Entry> find(String name) {
    String path = name.startsWith("$.") ? name.substring(2) : name;
    List<Entry> exact =
        entries().stream()
            .filter(entry -> entry.path().equals(path) || inside(path, entry.path()))
            .collect(toImmutableList());
    if (!exact.isEmpty()) {
      return exact;
    }
    List<Entry> ending =
        entries().stream()
            .filter(entry -> entry.path().endsWith("." + path))
            .collect(toImmutableList());
    if (ending.isEmpty()) {
      List<String> known =
          SpecFields.ALL.stream()
              .flatMap(field -> ImmutableList.of(field.path(), field.name()).stream())
              .distinct()
              .collect(toImmutableList());
      throw new InputException(
          "the name of a field",
          InputException.quoted(name),
          "a field of a spec",
          InputException.suggestion(name, known, "see all of them by 'deltagraph spec'"));
    }
    return ending;
  }

  private static boolean inside(String outer, String path) {
    return path.startsWith(outer + ".") || path.startsWith(outer + "[].");
  }

  /** The JSON Schema of a spec, draft 2020-12. */
  public static String schema() {
    return SpecSchema.schema().toPrettyString() + "\n";
  }

  private static Entry entry(SpecField<?> field) {
    return new Entry(
        field.path(),
        field.meaning(),
        field.kind().takes(),
        switch (field.absence()) {
          case SpecField.Absence.Refused ignored -> "refused";
          case SpecField.Absence.Default(String json) -> json;
          case SpecField.Absence.Meaning(String words) -> words;
        },
        field.absence() instanceof SpecField.Absence.Refused,
        field.example(),
        field.families());
  }
}
