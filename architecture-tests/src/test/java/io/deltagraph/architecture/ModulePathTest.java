package io.deltagraph.architecture;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The modules as a launcher sees them. The tests of this build run on the class path, where a
 * missing {@code requires} or {@code provides} goes unnoticed.
 */
class ModulePathTest {
  private static final String CLI = "io.deltagraph.cli";

  /** What the command loads when it is asked to, since a jar without a descriptor is among it. */
  private static final ImmutableSet<String> LATE =
      ImmutableSet.of("io.deltagraph.onnx", "io.deltagraph.onnxproto");

  /**
   * Every module on the class path. What has no descriptor, such as a folder of tests, is left out:
   * whatever the command needs must have one, since jlink makes no image of other modules.
   */
  private static final ImmutableMap<String, ModuleReference> MODULES =
      Maps.uniqueIndex(
          Splitter.on(File.pathSeparator)
              .splitToStream(System.getProperty("java.class.path"))
              .flatMap(entry -> modulesAt(Path.of(entry)).stream())
              .filter(module -> !module.descriptor().isAutomatic())
              .collect(toImmutableSet()),
          module -> module.descriptor().name());

  private static ImmutableSet<ModuleReference> modulesAt(Path entry) {
    try {
      return ImmutableSet.copyOf(ModuleFinder.of(entry).findAll());
    } catch (FindException notAModule) {
      return ImmutableSet.of();
    }
  }

  @Test
  void theCommandBringsEveryModuleButTheTestKit() {
    ImmutableSet<String> resolved =
        resolve(CLI).modules().stream().map(module -> module.name()).collect(toImmutableSet());
    assertThat(Sets.filter(resolved, name -> name.startsWith("io.deltagraph.")))
        .containsExactlyInAnyOrder(
            "io.deltagraph.engine",
            "io.deltagraph.ops",
            "io.deltagraph.activations",
            "io.deltagraph.losses",
            "io.deltagraph.optimizers",
            "io.deltagraph.closedform",
            "io.deltagraph.check",
            "io.deltagraph.print",
            "io.deltagraph.simd",
            "io.deltagraph.random",
            "io.deltagraph.data",
            "io.deltagraph.files",
            "io.deltagraph.models",
            "io.deltagraph.training",
            "io.deltagraph.workloads",
            "io.deltagraph.serving",
            "io.deltagraph.derivations",
            "io.deltagraph.crosscheck",
            "io.deltagraph.experiments",
            "io.deltagraph.report",
            CLI);
  }

  @Test
  void theLateModulesResolveBesideTheCommand() {
    Path[] jars =
        Splitter.on(File.pathSeparator)
            .splitToStream(System.getProperty("java.class.path"))
            .map(Path::of)
            .filter(entry ->
                modulesAt(entry).stream()
                    .map(module -> module.descriptor().name())
                    .anyMatch(name -> LATE.contains(name) || name.equals("com.google.protobuf")))
            .toArray(Path[]::new);
    Configuration late =
        resolve(CLI).resolve(ModuleFinder.of(jars), ModuleFinder.of(), ImmutableSet.copyOf(LATE));
    assertThat(late.modules()).extracting(module -> module.name()).containsAll(LATE);
  }

  @Test
  void theTestKitResolves() {
    assertThat(resolve("io.deltagraph.testkit").findModule("io.deltagraph.engine")).isPresent();
  }

  @Test
  void aPredictorBringsNothingThatTrains() {
    Configuration serving = resolve("io.deltagraph.serving");
    assertThat(serving.findModule("io.deltagraph.files")).isPresent();
    for (String other : List.of("optimizers", "training", "closedform", "experiments")) {
      assertThat(serving.findModule("io.deltagraph." + other)).as(other).isEmpty();
    }
  }

  @Test
  void theCrossCheckAloneRequiresTheClosedForm() {
    assertThat(
            MODULES.values().stream()
                .map(ModuleReference::descriptor)
                .filter(module ->
                    module.requires().stream()
                        .anyMatch(needed -> needed.name().equals("io.deltagraph.closedform")))
                .map(ModuleDescriptor::name))
        .containsExactly("io.deltagraph.crosscheck");
  }

  @Test
  void aModuleThatIsMissingIsNoticed() {
    ImmutableSet<String> without =
        ImmutableSet.copyOf(Sets.difference(MODULES.keySet(), ImmutableSet.of("info.picocli")));
    assertThatThrownBy(() -> resolve(CLI, without))
        .isInstanceOf(FindException.class)
        .hasMessageContaining("info.picocli");
  }

  @Test
  void theMainClassLoadsInItsLayer() throws ClassNotFoundException {
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(resolve(CLI), ClassLoader.getPlatformClassLoader());
    Class<?> main = layer.findLoader(CLI).loadClass(CLI + ".Main");
    assertThat(main.getModule().getName()).isEqualTo(CLI);
    assertThat(main.getModule().getLayer()).isSameAs(layer);
  }

  /**
   * On the class path providers come from {@code META-INF/services}, on the module path from
   * descriptors.
   */
  @Test
  void bothKindsOfRegistrationAgree() throws IOException {
    for (ModuleReference module : MODULES.values()) {
      if (module.descriptor().name().startsWith("io.deltagraph.")) {
        for (String service : servicesOf(module)) {
          assertThat(listed(module, service))
              .as("providers of %s in %s", service, module.descriptor().name())
              .containsExactlyInAnyOrderElementsOf(provided(module, service));
        }
      }
    }
  }

  private static ImmutableSet<String> servicesOf(ModuleReference module) throws IOException {
    ImmutableSet.Builder<String> services = ImmutableSet.builder();
    module.descriptor().provides().forEach(provides -> services.add(provides.service()));
    try (ModuleReader reader = module.open()) {
      reader
          .list()
          .filter(name -> name.matches("META-INF/services/[^/]+"))
          .forEach(name -> services.add(name.substring(name.lastIndexOf('/') + 1)));
    }
    return services.build();
  }

  private static ImmutableSet<String> provided(ModuleReference module, String service) {
    return module.descriptor().provides().stream()
        .filter(provides -> provides.service().equals(service))
        .map(ModuleDescriptor.Provides::providers)
        .flatMap(List::stream)
        .collect(toImmutableSet());
  }

  private static ImmutableSet<String> listed(ModuleReference module, String service)
      throws IOException {
    try (ModuleReader reader = module.open()) {
      Optional<InputStream> file = reader.open("META-INF/services/" + service);
      if (file.isEmpty()) {
        return ImmutableSet.of();
      }
      try (InputStream content = file.get()) {
        return Splitter.on('\n')
            .trimResults()
            .splitToStream(new String(content.readAllBytes(), StandardCharsets.UTF_8))
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(toImmutableSet());
      }
    }
  }

  private static Configuration resolve(String root) {
    return resolve(root, ImmutableSet.copyOf(Sets.difference(MODULES.keySet(), LATE)));
  }

  private static Configuration resolve(String root, ImmutableSet<String> available) {
    ModuleFinder finder =
        ModuleFinder.of(
            available.stream()
                .map(name -> Path.of(MODULES.get(name).location().orElseThrow()))
                .toArray(Path[]::new));
    return ModuleLayer.boot()
        .configuration()
        .resolveAndBind(finder, ModuleFinder.of(), ImmutableSet.of(root));
  }
}
