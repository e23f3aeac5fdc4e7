package io.deltagraph.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** What a command wrote and ended with. */
record Run(int exitCode, String out, String err) {
  private static final Pattern RUNTIME =
      Pattern.compile(
          ".*(deltagraph-(?!cli|op-testkit|onnx)|guava|failureaccess|jackson|picocli|fastcsv"
              + "|jspecify|error_prone|j2objc).*\\.jar");

  /** Runs a command in this process. */
  static Run here(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = texts(arguments).toArray(String[]::new);
    CommandLine command =
        Main.commandLine(texts).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = command.execute(texts);
    return new Run(exitCode, out.toString(), err.toString());
  }

  private static List<String> texts(Object... arguments) {
    return Arrays.stream(arguments).map(Object::toString).toList();
  }

  /** Runs a command in a process of its own, on the module path as the launcher does. */
  static Run process(Path folder, Object... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(folder, out, err, arguments);
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        throw new IllegalStateException("still running: " + Files.readString(err));
      }
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  static Process start(Path folder, Path out, Path err, Object... arguments) throws IOException {
    return new ProcessBuilder(command(arguments))
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  /** What starts the command in a process of its own. */
  static List<String> command(Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "--add-exports=java.base/jdk.internal.module=io.deltagraph.simd",
                "--module-path",
                modulePath(),
                "--module",
                "io.deltagraph.cli/io.deltagraph.cli.Main"));
    command.addAll(texts(arguments));
    return command;
  }

  private static String modulePath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
        .filter(entry ->
            (entry.endsWith("classes") && !entry.endsWith("test-classes"))
                || RUNTIME.matcher(entry).matches())
        .filter(entry -> !entry.contains("op-testkit"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Standard output, which must be one JSON object and nothing else. */
  JsonNode json() throws IOException {
    ObjectMapper mapper =
        new ObjectMapper()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    JsonNode json = mapper.readTree(out.getBytes(StandardCharsets.UTF_8));
    if (!json.isObject()) {
      throw new AssertionError("no JSON object: " + out);
    }
    return json;
  }
}
