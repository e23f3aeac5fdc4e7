package io.deltagraph.architecture.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a module path, in a process of its own: every way of loading ops. */
class ModulesTest {
  private static final String DESCRIPTOR =
      "module %s { requires io.deltagraph.engine; %s provides io.deltagraph.graph.Op with %s; }";

  private static final String PROGRAM =
      """
      package app;
      public final class Main {
        public static void main(String[] arguments) {
          List<java.nio.file.Path> jars = Arrays.stream(arguments).map(java.nio.file.Path::of).toList();
          io.deltagraph.registry.OpRegistry own = io.deltagraph.registry.OpRegistry.load();
          tell("own", own);
          tell("paths", io.deltagraph.registry.OpRegistry.load(jars, any -> true));
          ModuleLayer boot = ModuleLayer.boot();
          for (java.nio.file.Path jar : jars) {
            var finder = java.lang.module.ModuleFinder.of(jar);
            Set<String> names = new HashSet<>();
            finder.findAll().forEach(module -> names.add(module.descriptor().name()));
            var configuration =
                boot.configuration().resolve(finder, java.lang.module.ModuleFinder.of(), names);
            ModuleLayer layer =
                boot.defineModulesWithManyLoaders(configuration, Main.class.getClassLoader());
            tell("layer", io.deltagraph.registry.OpRegistry.load(layer));
          }
        }

        private static void tell(String how, io.deltagraph.registry.OpRegistry registry) {
          System.out.println(how + ": relu " + registry.entries().containsKey(OpId.of("relu")));
          registry.entries().forEach((id, entry) -> {
            if (!id.isBare()) {
              System.out.println(how + ": " + id + " by " + entry.provenance());
            }
          });
          registry.failures().forEach(failure -> System.out.println(how + ": left out " + failure));
        }
      }
      """;

  @TempDir private Path folder;

  /** Java says on standard error when it resolves a module that incubates. */
  private static final String INCUBATING = "io.deltagraph.simd";

  private final List<String> modulePath = new ArrayList<>();

  @BeforeEach
  void program() throws IOException {
    for (String entry :
        Splitter.on(File.pathSeparator).split(System.getProperty("java.class.path"))) {
      try {
        if (ModuleFinder.of(Path.of(entry)).findAll().stream()
            .map(module -> module.descriptor())
            .anyMatch(module -> !module.isAutomatic() && !module.name().equals(INCUBATING))) {
          modulePath.add(entry);
        }
      } catch (FindException notAModule) {
        // a folder of tests
      }
    }
    Path jar =
        new PluginJar(folder, "app")
            .helper("app.Main", PROGRAM.replace("package app;\n", ""))
            .module("module app { requires io.deltagraph.engine; }")
            .write();
    modulePath.add(jar.toString());
  }

  private Path plugin(String name, String id) throws IOException {
    return new PluginJar(folder, name)
        .good("com.acme.hidden." + name, id)
        .module(
            DESCRIPTOR.formatted(
                "com.acme." + name.toLowerCase(java.util.Locale.ROOT),
                "",
                "com.acme.hidden." + name))
        .write();
  }

  private ImmutableList<String> run(int exit, List<Path> onPath, Path... jars) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    List<String> path = new ArrayList<>(modulePath);
    onPath.forEach(jar -> path.add(jar.toString()));
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--module-path", String.join(File.pathSeparator, path)));
    command.addAll(List.of("--add-modules", "io.deltagraph.activations"));
    command.addAll(List.of("--module", "app/app.Main"));
    for (Path jar : jars) {
      command.add(jar.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = new String(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(text).isEqualTo(exit);
    return text.lines().collect(ImmutableList.toImmutableList());
  }

  @Test
  void pluginsInHiddenPackagesLoadFromTheModulePathFromLayersAndFromPaths() throws Exception {
    assertThat(run(0, List.of(plugin("Here", "acme:here")), plugin("There", "acme:there")))
        .containsExactly(
            "own: relu true",
            "own: acme:here by com.acme.here 1.2 (com.acme.hidden.Here in Here.jar)",
            "paths: relu true",
            "paths: acme:here by com.acme.here 1.2 (com.acme.hidden.Here in Here.jar)",
            "paths: acme:there by com.acme.there 1.2 (com.acme.hidden.There in There.jar)",
            "layer: relu true",
            "layer: acme:here by com.acme.here 1.2 (com.acme.hidden.Here in Here.jar)",
            "layer: acme:there by com.acme.there 1.2 (com.acme.hidden.There in There.jar)");
  }

  @Test
  void oneJarOnTheModulePathAndByPathIsTakenOnce() throws Exception {
    Path here = plugin("Here", "acme:here");
    assertThat(run(0, List.of(here), here))
        .contains("paths: acme:here by com.acme.here 1.2 (com.acme.hidden.Here in Here.jar)")
        .noneMatch(line -> line.contains("left out"));
  }

  @Test
  void jarsGivenByPathFailAlone() throws Exception {
    Path needy =
        new PluginJar(folder, "Needy")
            .good("com.acme.hidden.Needy", "acme:needy")
            .module(
                DESCRIPTOR.formatted(
                    "com.acme.needy", "requires java.sql;", "com.acme.hidden.Needy"))
            .write();
    Path changed = folder.resolve("Changed.jar");
    Jars.copy(needy, changed, (name, bytes) -> rename(bytes, "java.sql", "java.sqx"));
    Path gone =
        new PluginJar(folder, "Gone")
            .good("com.acme.hidden.Gone", "acme:gone")
            .helper("com.acme.hidden.Other", "public final class Other {}")
            .module(DESCRIPTOR.formatted("com.acme.gone", "", "com.acme.hidden.Gone"))
            .without("com.acme.hidden.Gone")
            .write();
    Path plain =
        new PluginJar(folder, "plain-ops").good("com.acme.plain.Plain", "acme:plain").write();
    List<String> lines =
        run(0, List.of(), plugin("There", "acme:there"), plain).stream()
            .filter(line -> line.startsWith("paths"))
            .toList();
    assertThat(lines)
        .containsExactly(
            "paths: relu true",
            "paths: acme:plain by plain-ops 1.2 (com.acme.plain.Plain in plain-ops.jar)",
            "paths: acme:there by com.acme.there 1.2 (com.acme.hidden.There in There.jar)");
    assertThat(run(1, List.of(), plugin("There", "acme:there"), gone, changed))
        .contains(
            "paths: relu true",
            "paths: acme:there by com.acme.there 1.2 (com.acme.hidden.There in There.jar)",
            "paths: left out com.acme.gone 1.2 (com.acme.hidden.Gone in Gone.jar): it is listed as a provider but is not there. Correct its name in module-info.java and META-INF/services/io.deltagraph.graph.Op.",
            "paths: left out Changed.jar: it is no module that fits here: Module java.sqx not found, required by com.acme.needy. Build it against this version, with what it needs.");
  }

  /** A jar of the application's own module path is resolved by the JVM, before anything of ours. */
  @Test
  void anUnmetRequirementOnTheApplicationsModulePathStopsTheJvm() throws Exception {
    Path needy =
        new PluginJar(folder, "Needy")
            .good("com.acme.hidden.Needy", "acme:needy")
            .module(
                DESCRIPTOR.formatted(
                    "com.acme.needy", "requires java.sql;", "com.acme.hidden.Needy"))
            .write();
    Path changed = folder.resolve("Changed.jar");
    Jars.copy(needy, changed, (name, bytes) -> rename(bytes, "java.sql", "java.sqx"));
    assertThat(run(1, List.of(changed)))
        .contains(
            "Error occurred during initialization of boot layer",
            "java.lang.module.FindException: Module java.sqx not found, required by com.acme.needy");
  }

  private static void rename(byte[] bytes, String from, String to) {
    byte[] old = from.getBytes(StandardCharsets.ISO_8859_1);
    byte[] now = to.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i + old.length <= bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + old.length, old, 0, old.length)) {
        System.arraycopy(now, 0, bytes, i, now.length);
      }
    }
  }
}
