package io.deltagraph.readme;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A temporary folder that looks to commands like a clone of the project after its build: the
 * launcher, the jars, the examples; and a local Maven repository with the project's artifacts
 * installed. Commands run in it, so that they leave nothing behind.
 */
final class Workplace implements AutoCloseable {
  private static final String GROUP = "io/deltagraph";
  private static final Path BUILT = Path.of("target");
  private static final int MINUTES = 5;

  private final Path folder;
  private final Path tools;
  private final Path repository;

  private Workplace(Path folder, Path tools, Path repository) {
    this.folder = folder;
    this.tools = tools;
    this.repository = repository;
  }

  /** What a command came to. */
  record Outcome(int exitCode, String out, String err) {}

  /** Lays everything out below an empty folder. */
  static Workplace in(Path empty) throws IOException {
    Path root = root();
    Path folder = Files.createDirectories(empty.resolve("deltagraph"));
    Path tools = Files.createDirectories(empty.resolve("tools"));
    Path jars = root.resolve("cli/target/dist");
    if (!Files.isDirectory(jars)) {
      throw new AssertionError("There is no " + jars + ": run 'mvn verify' at the project's root.");
    }
    Files.copy(root.resolve("deltagraph"), folder.resolve("deltagraph"));
    copy(jars, folder.resolve("cli/target/dist"));
    Files.createFile(folder.resolve("cli/target/built")); // the launcher need not build
    copy(root.resolve("examples"), folder.resolve("examples"));
    Path java = Path.of(System.getProperty("java.home"));
    Path repository = repository(root, empty.resolve("repository"));
    for (String name : new String[] {"java", "jlink"}) {
      tool(tools.resolve(name), "exec " + quoted(java.resolve("bin").resolve(name)));
    }
    tool(
        tools.resolve("mvn"),
        "JAVA_HOME=%s exec %s -o -B -Dstyle.color=never -Dmaven.repo.local=%s"
            .formatted(
                quoted(Path.of(System.getProperty("maven.java"))), // which may be an older one
                quoted(Path.of(System.getProperty("maven.folder"), "bin", "mvn")),
                quoted(repository)));
    return new Workplace(folder, tools, repository);
  }

  /** The folder of the root {@code pom.xml}. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("engine/pom.xml"))) {
        return at;
      }
    }
    throw new AssertionError("No folder above " + Path.of("").toAbsolutePath() + " is the root.");
  }

  Path folder() {
    return folder;
  }

  /** Runs a line of shell. */
  Outcome run(String command) throws IOException, InterruptedException {
    Path out = tools.resolve("out.txt");
    Path err = tools.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("It ran for " + MINUTES + " minutes and was ended: " + command);
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  void write(String file, String text) throws IOException {
    Path target = folder.resolve(file);
    MoreFiles.createParentDirectories(target);
    Files.writeString(target, text, UTF_8);
  }

  /** Deletes the links to the user's repository, and nothing behind them. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  /**
   * A local repository that shares everything with the user's but this project's artifacts, which
   * are put into it as {@code mvn install} would. Nothing is downloaded.
   */
  private static Path repository(Path root, Path target) throws IOException {
    Path known = Path.of(System.getProperty("maven.repository"));
    share(known, target, Path.of(GROUP));
    String version = System.getProperty("deltagraph.version");
    install(target, root.resolve("pom.xml"), "deltagraph-parent", version);
    for (Path module : list(root)) {
      Path pom = module.resolve("pom.xml");
      String artifact = "deltagraph-" + module.getFileName();
      if (Files.exists(pom) && Files.readString(pom).contains(artifact)) {
        install(target, pom, artifact, version);
      }
    }
    return target;
  }

  private static void install(Path repository, Path pom, String artifact, String version)
      throws IOException {
    Path folder = repository.resolve(GROUP).resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    String stem = artifact + "-" + version;
    Files.copy(pom, folder.resolve(stem + ".pom"));
    Path jar = pom.resolveSibling("target").resolve(stem + ".jar");
    if (Files.exists(jar)) {
      Files.copy(jar, folder.resolve(stem + ".jar"));
    }
  }

  /** Links to every folder of a repository, but not to the one at {@code except}. */
  private static void share(Path from, Path to, Path except) throws IOException {
    Files.createDirectories(to);
    for (Path entry : list(from)) {
      Path link = to.resolve(entry.getFileName());
      if (!entry.getFileName().equals(except.getName(0))) {
        Files.createSymbolicLink(link, entry);
      } else if (except.getNameCount() > 1) {
        share(entry, link, except.subpath(1, except.getNameCount()));
      }
    }
  }

  private static ImmutableList<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().collect(ImmutableList.toImmutableList());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(file -> !ImmutableList.copyOf(from.relativize(file)).contains(BUILT))
          .forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tool(Path file, String start) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + start + " \"$@\"\n", UTF_8);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
