package io.deltagraph.architecture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules, each for a root package, so that the fixtures can stand in for the project. */
final class Design {
  /** The engine's packages; each may depend on those before it. */
  static final ImmutableList<String> ENGINE_PACKAGES =
      ImmutableList.of(
          "type",
          "tensor",
          "graph",
          "exchange",
          "registry",
          "derived",
          "gradient",
          "rewrite",
          "plan",
          "backend",
          "tiering",
          "runtime",
          "reference");

  /** Those in which heap arrays may be read and written. */
  private static final ImmutableSet<String> KNOW_ARRAYS =
      ImmutableSet.of("tensor", "backend", "reference");

  /** Packages of the other modules, each the root of its module's. */
  static final ImmutableMap<String, String> PACKAGE_OF_MODULE =
      ImmutableMap.<String, String>builder()
          .put("ops-core", "ops")
          .put("ops-activations", "activations")
          .put("losses", "losses")
          .put("optimizers", "optimizers")
          .put("closed-form", "closedform")
          .put("random", "random")
          .put("data", "data")
          .put("files", "files")
          .put("models", "models")
          .put("training", "training")
          .put("workloads", "workloads")
          .put("serving", "serving")
          .put("onnx-proto", "onnxproto")
          .put("onnx", "onnx")
          .put("spark", "spark")
          .put("derivations", "derivations")
          .put("crosscheck", "crosscheck")
          .put("experiments", "experiments")
          .put("report", "report")
          .put("op-testkit", "testkit")
          .put("check", "check")
          .put("print", "print")
          .put("backend-simd", "simd")
          .put("cli", "cli")
          .buildOrThrow();

  private static final ImmutableMap<String, ImmutableSet<String>> MODULE_DIRECTIONS =
      ImmutableMap.<String, ImmutableSet<String>>builder()
          .put("engine", ImmutableSet.of())
          .put("closed-form", ImmutableSet.of())
          .put("check", ImmutableSet.of("engine", "print"))
          .put("print", ImmutableSet.of("engine"))
          .put("backend-simd", ImmutableSet.of("engine"))
          .put("files", ImmutableSet.of("engine"))
          .put("op-testkit", ImmutableSet.of("engine", "check", "print", "files"))
          .put("ops-core", ImmutableSet.of("engine"))
          .put("ops-activations", ImmutableSet.of("engine", "ops-core"))
          .put("losses", ImmutableSet.of("engine", "ops-core", "ops-activations"))
          .put("optimizers", ImmutableSet.of("engine"))
          .put("random", ImmutableSet.of())
          .put("data", ImmutableSet.of("engine", "random"))
          .put(
              "models",
              ImmutableSet.of("engine", "ops-core", "ops-activations", "losses", "random"))
          .put("training", ImmutableSet.of("engine", "files", "models", "optimizers", "random"))
          .put(
              "workloads",
              ImmutableSet.of(
                  "engine",
                  "ops-activations",
                  "losses",
                  "backend-simd",
                  "data",
                  "models",
                  "optimizers",
                  "random",
                  "training"))
          .put("serving", ImmutableSet.of("engine", "data", "files", "models", "random"))
          .put("onnx-proto", ImmutableSet.of())
          .put(
              "onnx",
              ImmutableSet.of(
                  "engine",
                  "ops-core",
                  "ops-activations",
                  "losses",
                  "data",
                  "files",
                  "models",
                  "serving",
                  "onnx-proto"))
          .put("spark", ImmutableSet.of("engine", "data", "models", "training", "serving"))
          .put(
              "derivations",
              ImmutableSet.of("engine", "ops-core", "losses", "check", "print", "models", "random"))
          .put(
              "crosscheck",
              ImmutableSet.of(
                  "engine",
                  "ops-activations",
                  "losses",
                  "check",
                  "closed-form",
                  "models",
                  "training",
                  "random"))
          .put(
              "experiments",
              ImmutableSet.of(
                  "engine",
                  "ops-activations",
                  "losses",
                  "check",
                  "random",
                  "data",
                  "files",
                  "models",
                  "optimizers",
                  "training",
                  "serving",
                  "crosscheck"))
          .put(
              "report",
              ImmutableSet.of(
                  "engine",
                  "ops-activations",
                  "losses",
                  "check",
                  "random",
                  "data",
                  "files",
                  "models",
                  "optimizers",
                  "training",
                  "serving",
                  "derivations",
                  "print",
                  "crosscheck",
                  "experiments"))
          .put(
              "cli",
              ImmutableSet.of(
                  "engine",
                  "check",
                  "print",
                  "backend-simd",
                  "random",
                  "data",
                  "files",
                  "models",
                  "optimizers",
                  "training",
                  "serving",
                  "derivations",
                  "crosscheck",
                  "workloads",
                  "experiments",
                  "report"))
          .buildOrThrow();

  private Design() {}

  static ImmutableSet<String> modules() {
    return MODULE_DIRECTIONS.keySet();
  }

  static Parts enginePackages(String root) {
    return Parts.inOrder(root, ENGINE_PACKAGES);
  }

  static Parts modules(String root) {
    ImmutableMap.Builder<String, String> partOf = ImmutableMap.builder();
    ENGINE_PACKAGES.forEach(name -> partOf.put(name, "engine"));
    PACKAGE_OF_MODULE.forEach((module, name) -> partOf.put(name, module));
    return new Parts(root, partOf.buildOrThrow(), MODULE_DIRECTIONS);
  }

  /** The second road to every number uses the JDK alone. */
  static ArchRule closedFormStandsAlone(String root) {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(root + ".closedform..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            root + ".closedform..", "java..", "org.apiguardian..", "org.jspecify..");
  }

  /** A backend with other memory than heap arrays must not need another graph, plan or session. */
  static ArchRule arraysAreKnownToBackendsAlone(String root) {
    String[] others =
        ENGINE_PACKAGES.stream()
            .filter(name -> !KNOW_ARRAYS.contains(name))
            .map(name -> root + "." + name + "..")
            .toArray(String[]::new);
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(others)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(Pattern.quote(root + ".tensor.TensorBuffer") + "(\\$.*)?");
  }

  /** The second road is no second road for whoever has walked the first one with its help. */
  static ArchRule onlyTheCrossCheckKnowsTheClosedForm(String root) {
    return noneBut(root, "closedform", "crosscheck");
  }

  /** What is asked for in a spec is handed down as plain values. */
  static ArchRule nothingBelowExperimentsKnowsThem(String root) {
    return noneBut(root, "experiments", "report", "cli");
  }

  /** Who only predicts takes nothing along that trains. */
  static ArchRule servingNeedsNoOptimizer(String root) {
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(root + ".serving..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(root + ".optimizers..", root + ".training..");
  }

  private static ArchRule noneBut(String root, String known, String... allowed) {
    String[] free =
        Stream.concat(Stream.of(known), Stream.of(allowed))
            .map(name -> root + "." + name + "..")
            .toArray(String[]::new);
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(free)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + "." + known + "..");
  }

  static ArchRule noPackageCycle(String root) {
    return SlicesRuleDefinition.slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  static ArchRule noGlobalState(String root) {
    return ArchRuleDefinition.fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .areStatic()
        .should()
        .beFinal()
        .allowEmptyShould(true);
  }

  /** Only the command line speaks to whoever started the process. */
  static ArchRule onlyTheCommandLinePrints(String root) {
    String[] others =
        Iterables.toArray(
            Iterables.transform(
                Iterables.filter(modules(root).partOf().keySet(), name -> !name.equals("cli")),
                name -> root + "." + name + ".."),
            String.class);
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(others)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..");
  }
}
