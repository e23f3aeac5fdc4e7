package io.deltagraph.architecture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ops that main sources name by a text. Whoever asks for an op by a text of its own asks for its
 * spelling: a misspelt one is found when it runs, and a plugin's never fits.
 */
final class OpNames {
  private static final Pattern ID = Pattern.compile("OpId\\.of\\(\"([a-z0-9_]+)\"\\)");
  private static final Pattern TEXT = Pattern.compile("\"([a-z0-9_]+)\"");

  private OpNames() {}

  /** The names that the ops' own modules give their ops. */
  static ImmutableSet<String> ofOps(Path root, Iterable<String> modulesOfOps) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    for (String module : modulesOfOps) {
      for (Path file : Sources.mainJavaFiles(root, module)) {
        ID.matcher(Sources.read(file)).results().map(match -> match.group(1)).forEach(names::add);
      }
    }
    return names.build();
  }

  /**
   * Texts that are names of ops outside the ops' modules, and exceptions that nothing needs.
   *
   * @param exceptions files, or files and texts as {@code Json.java: sum}, by what the text means
   *     there
   */
  static ImmutableList<String> asText(
      Path root,
      Iterable<String> modules,
      Set<String> modulesOfOps,
      ImmutableMap<String, String> exceptions) {
    ImmutableSet<String> names = ofOps(root, modulesOfOps);
    Set<String> unused = new HashSet<>(exceptions.keySet());
    ImmutableList.Builder<String> found = ImmutableList.builder();
    for (String module : modules) {
      if (modulesOfOps.contains(module)) {
        continue;
      }
      for (Path file : Sources.mainJavaFiles(root, module)) {
        Matcher text = TEXT.matcher(Sources.withoutComments(Sources.read(file)));
        while (text.find()) {
          String place = file.getFileName() + ": " + text.group(1);
          if (names.contains(text.group(1))
              && !unused.remove(place)
              && !exceptions.containsKey(place)
              && !unused.remove(file.getFileName().toString())
              && !exceptions.containsKey(file.getFileName().toString())) {
            found.add(place);
          }
        }
      }
    }
    unused.stream()
        .sorted()
        .map(place -> place + " is an exception, but not there")
        .forEach(found::add);
    return found.build();
  }
}
