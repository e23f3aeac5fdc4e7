import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds every Java file under a folder to google-java-format: {@code check} lists the files that
 * differ and exits with 1, {@code apply} rewrites them. It is a source-file program because it has
 * to run in the JDK that the build found, not in the one that runs Maven.
 */
public final class Format {
  private static final Set<String> SKIPPED =
      Set.of("target", ".git", "node_modules", "examples", "archetype-resources");

  private Format() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2 || !Set.of("check", "apply").contains(arguments[0])) {
      System.err.println("Usage: java Format.java check|apply FOLDER");
      System.exit(2);
    }
    boolean apply = arguments[0].equals("apply");
    Path root = Path.of(arguments[1]);
    List<Path> sources = sources(root);
    List<String> complaints =
        sources.parallelStream().flatMap(file -> visit(root, file, apply).stream()).toList();
    complaints.forEach(System.err::println);
    if (complaints.isEmpty() || apply) {
      return;
    }
    System.err.println(
        "The files above are not formatted. To rewrite them: mvn -q -pl build-tools validate -Dformat");
    System.exit(1);
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static List<String> visit(Path root, Path file, boolean apply) {
    try {
      String before = Files.readString(file);
      String ordered =
          RemoveUnusedImports.removeUnusedImports(
              ImportOrderer.reorderImports(before, JavaFormatterOptions.Style.GOOGLE));
      String after = new Formatter().formatSource(ordered);
      if (after.equals(before)) {
        return List.of();
      }
      if (apply) {
        Files.writeString(file, after);
        return List.of("formatted " + root.relativize(file));
      }
      return List.of(root.relativize(file).toString());
    } catch (FormatterException | IOException problem) {
      return List.of(root.relativize(file) + ": " + problem.getMessage());
    }
  }
}
