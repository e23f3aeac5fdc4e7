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
   * and rewriting, and whatever has no budget of its own; counted as the lines of an op are.
   */
  static final int CODE_LINES_OF_THE_CORE = 3_900;

  /** The engine's packages that an author of an op need not know, each with its own budget. */
  static final ImmutableMap<String, Integer> CODE_LINES_OF_PACKAGE =
      ImmutableMap.of(
          "exchange", 80,
          "registry", 950,
          "derived", 400,
          "plan", 2_600,
          "backend", 750,
          "tiering", 650,
          "runtime", 1_200,
          "reference", 1_500);

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

  /** Of the engine without the packages that have a budget of their own. */
  static int codeLinesOfCore(Path root) {
    int all = Sources.mainJavaFiles(root, "engine").stream().mapToInt(Sources::bodyLines).sum();
    return all
        - CODE_LINES_OF_PACKAGE.keySet().stream().mapToInt(name -> codeLinesOf(root, name)).sum();
  }

  /** The parts of the engine that are over their budgets. */
  static ImmutableList<String> partsOverBudget(Path root) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    int core = codeLinesOfCore(root);
    if (core > CODE_LINES_OF_THE_CORE) {
      found.add("the core has %d lines of code".formatted(core));
    }
    CODE_LINES_OF_PACKAGE.forEach((name, most) -> {
      int lines = codeLinesOf(root, name);
      if (lines > most) {
        found.add("%s has %d lines of code".formatted(name, lines));
      }
    });
    return found.build();
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
