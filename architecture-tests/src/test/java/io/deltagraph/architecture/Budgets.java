package io.deltagraph.architecture;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;

/** Budgets of size; each method lists what is over its budget, one sentence each. */
final class Budgets {
  static final int LINES_OF_A_FILE = 400;

  /**
   * Lines neither blank nor comment, import or package: nobody should save at the formula, the
   * reasons or the names of what is used.
   */
  static final int CODE_LINES_OF_AN_OP = 60;

  /**
   * What an author of an op should be able to hold in their head: types, tensors, graphs, gradients
   * and rewriting; counted as the lines of an op are.
   */
  static final int CODE_LINES_OF_THE_ENGINE = 3_500;

  /** Planning and running, which an author of a backend has to know as well. */
  static final int CODE_LINES_OF_PLAN_AND_RUNTIME = 4_000;

  /** Finding plugins of every kind and keeping strangers apart has a budget of its own. */
  static final int CODE_LINES_OF_THE_REGISTRY = 900;

  /** The plain loops, one backend among several to come, have a budget of their own. */
  static final int CODE_LINES_OF_THE_REFERENCE_BACKEND = 1_500;

  private static final Path ENGINE = Path.of("engine/src/main/java/io/deltagraph");

  static final ImmutableSet<String> MODULES_OF_OPS =
      ImmutableSet.of("ops-core", "ops-activations", "losses");

  private static final String SERVICE =
      "src/main/resources/META-INF/services/io.deltagraph.graph.Op";

  private Budgets() {}

  static ImmutableList<String> filesOverBudget(Path root, Iterable<String> modules) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    for (String module : modules) {
      for (Path file : Sources.mainJavaFiles(root, module)) {
        int lines = Sources.lines(file);
        if (lines > LINES_OF_A_FILE) {
          found.add("%s has %d lines".formatted(root.relativize(file), lines));
        }
      }
    }
    return found.build();
  }

  static int codeLinesOfEngine(Path root) {
    int all = Sources.mainJavaFiles(root, "engine").stream().mapToInt(Sources::bodyLines).sum();
    return all
        - codeLinesOf(root, "reference")
        - codeLinesOf(root, "registry")
        - codeLinesOfPlanAndRuntime(root);
  }

  static int codeLinesOfPlanAndRuntime(Path root) {
    return codeLinesOf(root, "plan") + codeLinesOf(root, "runtime");
  }

  /** Of one package of the engine. */
  static int codeLinesOf(Path root, String name) {
    Path folder = root.resolve(ENGINE).resolve(name);
    return Sources.mainJavaFiles(root, "engine").stream()
        .filter(file -> file.startsWith(folder))
        .mapToInt(Sources::bodyLines)
        .sum();
  }

  /** The source file of every op that a module provides, by the class's name. */
  static ImmutableMap<String, Path> ops(Path root, Iterable<String> modules) {
    ImmutableMap.Builder<String, Path> found = ImmutableMap.builder();
    for (String module : modules) {
      Path service = root.resolve(module).resolve(SERVICE);
      if (Files.exists(service)) {
        for (String line : Splitter.on('\n').trimResults().split(Sources.read(service))) {
          if (!line.isEmpty() && !line.startsWith("#")) {
            found.put(
                line,
                root.resolve(module)
                    .resolve("src/main/java")
                    .resolve(line.replace('.', '/') + ".java"));
          }
        }
      }
    }
    return found.buildOrThrow();
  }

  /**
   * Ops over their budget, and exceptions that nothing needs any more.
   *
   * @param exceptions why an op may be longer, by the class's name
   */
  static ImmutableList<String> opsOverBudget(
      ImmutableMap<String, Path> ops, ImmutableMap<String, String> exceptions) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    for (String name : exceptions.keySet()) {
      if (!ops.containsKey(name)) {
        found.add(name + " is an exception, but no op");
      }
    }
    ops.forEach((name, file) -> {
      if (!Files.exists(file)) {
        found.add("%s is provided, but has no file of its own".formatted(name));
        return;
      }
      int lines = Sources.bodyLines(file);
      if (lines > CODE_LINES_OF_AN_OP && !exceptions.containsKey(name)) {
        found.add("%s has %d lines of code".formatted(name, lines));
      }
      if (lines <= CODE_LINES_OF_AN_OP && exceptions.containsKey(name)) {
        found.add("%s is an exception, but has %d lines of code".formatted(name, lines));
      }
    });
    return found.build();
  }
}
