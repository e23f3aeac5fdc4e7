package io.deltagraph.experiments.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltagraph.data.BuiltInSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads specs from JSON.
 *
 * <p>Everything that is wrong is one {@link io.deltagraph.data.InputException} that names the file
 * and the JSON path. At most 1 MiB, 16 levels deep; unknown and repeated fields are refused.
 */
public final class SpecReader {
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 16;
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_NUMBER = 100;
  private static final Pattern DUPLICATE =
      Pattern.compile("Duplicate field '(.*)'.*", Pattern.DOTALL);
  private static final String BUILT_IN = "built-in spec ";

  private SpecReader() {}

  /**
   * Reads the built-in spec of that name or, if there is none, the file at that path.
   *
   * @throws io.deltagraph.data.InputException if it cannot be read or is no such spec
   */
  public static TrainingSpec resolve(String nameOrPath) {
    Optional<BuiltInSet> set = BuiltInSet.of(nameOrPath);
    return set.isPresent() ? builtIn(set.get()) : read(Path.of(nameOrPath));
  }

  /** Reads the built-in spec of a built-in set. */
  public static TrainingSpec builtIn(BuiltInSet set) {
    String resource = "sets/" + set.id() + ".json";
    try (InputStream in = SpecReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "the resource " + resource + " is missing from deltagraph-experiments");
      }
      return parse(BUILT_IN + set.id(), set.id(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws io.deltagraph.data.InputException if it cannot be read or is no such spec
   */
  public static TrainingSpec read(Path file) {
    if (!Files.exists(file)) {
      throw SpecErrors.notFound(file, BuiltInSet.ids());
    }
    if (Files.isDirectory(file)) {
      throw SpecErrors.folder(file);
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (AccessDeniedException e) {
      throw SpecErrors.unreadable(file, "access denied");
    } catch (IOException e) {
      throw SpecErrors.unreadable(file, String.valueOf(e.getMessage()));
    }
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    return parse(
        file.toString(),
        name.endsWith(".json") ? name.substring(0, name.length() - 5) : name,
        bytes);
  }

  /**
   * Reads a spec from memory.
   *
   * @param source what to call it in errors
   * @param name what to call the run
   * @throws io.deltagraph.data.InputException if it is no such spec
   */
  public static TrainingSpec parse(String source, String name, byte[] json) {
    if (json.length > LONGEST) {
      throw SpecErrors.tooLong(source, LONGEST);
    }
    JsonNode tree;
    try {
      tree = mapper().readTree(json);
    } catch (StreamConstraintsException e) {
      throw SpecErrors.outOfBounds(source, line(e.getLocation()), DEEPEST, LONGEST_TEXT);
    } catch (JsonProcessingException e) {
      Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
      if (duplicate.matches()) {
        throw SpecErrors.duplicate(source, line(e.getLocation()), duplicate.group(1));
      }
      JsonLocation at = e.getLocation();
      throw SpecErrors.notJson(source, line(at), at == null ? 1 : at.getColumnNr());
    } catch (IOException e) {
      // Bytes that are no text in any encoding of JSON.
      throw SpecErrors.notJson(source, 1, 1);
    }
    if (tree.isMissingNode()) {
      throw SpecErrors.empty(source);
    }
    return new SpecParts(new JsonCursor(source, "$", tree)).spec(name);
  }

  private static long line(@Nullable JsonLocation at) {
    return at == null ? 1 : at.getLineNr();
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxDocumentLength(LONGEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
