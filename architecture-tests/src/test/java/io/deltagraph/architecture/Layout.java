package io.deltagraph.architecture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every module and package has to have; each method lists what is amiss, one sentence each.
 */
final class Layout {
  private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern SENTENCE_END = Pattern.compile("\\.(?=\\s|$)");
  private static final Pattern QUALIFIED_EXPORT = Pattern.compile("exports\\s+([\\w.]+)\\s+to\\b");
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>deltagraph-([a-z-]+)</artifactId>");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  private Layout() {}

  /** A package says in three sentences what lives there and what may not, and is null-marked. */
  static ImmutableList<String> packagesWithoutDescription(Path root, Iterable<String> modules) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    for (String module : modules) {
      ImmutableSet<Path> packages =
          Sources.mainJavaFiles(root, module).stream()
              .filter(file -> !file.endsWith("module-info.java"))
              .map(Path::getParent)
              .collect(ImmutableSet.toImmutableSet());
      for (Path folder : packages) {
        Path info = folder.resolve("package-info.java");
        String name = root.relativize(folder).toString();
        if (!Files.exists(info)) {
          found.add(name + " has no package-info.java");
          continue;
        }
        String text = Sources.read(info);
        if (!text.contains("@NullMarked")) {
          found.add(name + " is not @NullMarked");
        }
        int sentences = sentences(text);
        if (sentences != 3) {
          found.add("%s is described in %d sentences, not 3".formatted(name, sentences));
        }
      }
    }
    return found.build();
  }

  private static int sentences(String packageInfo) {
    Matcher comment = JAVADOC.matcher(packageInfo);
    return comment.find()
        ? Math.toIntExact(SENTENCE_END.matcher(comment.group(1)).results().count())
        : 0;
  }

  /** No module is a friend: what the project's own modules reach, a stranger's jar reaches too. */
  static ImmutableList<String> privateDoors(Path root, Iterable<String> modules) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    for (String module : modules) {
      Path descriptor = root.resolve(module).resolve("src/main/java/module-info.java");
      if (!Files.exists(descriptor)) {
        found.add(module + " has no module-info.java");
        continue;
      }
      QUALIFIED_EXPORT
          .matcher(Sources.withoutComments(Sources.read(descriptor)))
          .results()
          .forEach(door -> found.add("%s exports %s to friends".formatted(module, door.group(1))));
    }
    return found.build();
  }

  /** The modules whose versions the bill of materials sets. */
  static ImmutableSet<String> modulesOfBom(Path root) {
    String bom = Sources.read(root.resolve("bom/pom.xml"));
    return ARTIFACT
        .matcher(bom.substring(bom.indexOf("<dependencyManagement>")))
        .results()
        .map(artifact -> artifact.group(1))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** The first version that a {@code pom.xml} states. */
  static String version(Path pom) {
    Matcher version = VERSION.matcher(Sources.read(pom));
    return version.find() ? version.group(1) : "";
  }
}
