package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.deltagraph.graph.Algebra;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The module descriptor, the service file and the classes of a module of ops name the same ops. */
class ProvidersTest {
  private static final Path ROOT = Sources.root();
  private static final String SERVICE = Op.class.getName();

  static Iterable<String> modules() {
    return Budgets.MODULES_OF_OPS;
  }

  @Test
  void theModulesOfOpsAreThoseThatListSome() {
    Set<String> listing = new TreeSet<>();
    for (String module : Design.modules()) {
      if (Files.exists(
          ROOT.resolve(module).resolve("src/main/resources/META-INF/services/" + SERVICE))) {
        listing.add(module);
      }
    }
    assertThat(listing).containsExactlyInAnyOrderElementsOf(Budgets.MODULES_OF_OPS);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theServiceFileNamesEveryOpClass(String module) throws IOException {
    Path file = classes(module).resolve("META-INF/services/" + SERVICE);
    assertThat(Files.readAllLines(file))
        .containsExactlyElementsOf(opClasses(module))
        .hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theModuleDescriptorNamesEveryOpClass(String module) throws IOException {
    try (InputStream in = Files.newInputStream(classes(module).resolve("module-info.class"))) {
      Set<String> provided = new TreeSet<>();
      ModuleDescriptor.read(in).provides().stream()
          .filter(provides -> provides.service().equals(SERVICE))
          .forEach(provides -> provided.addAll(provides.providers()));
      assertThat(provided).isEqualTo(opClasses(module));
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void noOpHasStateOrAnotherConstructorThanOneWithoutParameters(String module) throws Exception {
    for (String name : opClasses(module)) {
      Class<?> op = Class.forName(name);
      assertThat(Modifier.isFinal(op.getModifiers())).as(name).isTrue();
      assertThat(op.getConstructors()).as(name).hasSize(1);
      assertThat(op.getConstructor().getParameterCount()).as(name).isZero();
      assertThat(
              Stream.of(op.getDeclaredFields())
                  .filter(field -> !Modifier.isStatic(field.getModifiers())))
          .as(name)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyOpIsNamedAsItsClass(String module) throws Exception {
    for (String name : opClasses(module)) {
      Class<?> type = Class.forName(name);
      Op<?> op = (Op<?>) type.getConstructor().newInstance();
      assertThat(op.id().name().replace("_", "")).isEqualToIgnoringCase(type.getSimpleName());
    }
  }

  /** Names of numpy and torch, and of languages' operators, that are none here. */
  @ParameterizedTest
  @CsvSource({
    "cat, concat",
    "concatenate, concat",
    "mm, matmul",
    "bmm, matmul",
    "mul, hadamard",
    "sub, subtract",
    "div, divide",
    "neg, negate",
    "gt, greater",
    "le, less_equal",
    "ne, not_equal",
    "absolute, abs",
    "amin, min",
    "var, variance",
    "norm, norm2",
    "detach, stop_gradient",
    "expand_dims, unsqueeze",
    "expand, broadcast_to",
    "ravel, flatten",
    "view, reshape",
    "reduce_prod, prod",
    "argmax, arg_max",
    "swish, silu",
    "bce, binary_cross_entropy",
  })
  void whatOthersCallAnOpLeadsToIt(String theirs, String ours) {
    assertThatThrownBy(() -> OpRegistry.load().op(OpId.of(theirs)))
        .hasMessageContaining("Did you mean '" + ours + "'");
  }

  @Test
  void noSynonymIsANameOrMeansTwoOps() {
    Map<OpId, OpRegistry.Entry> entries = OpRegistry.load().entries();
    Set<String> seen = new TreeSet<>();
    for (OpRegistry.Entry entry : entries.values()) {
      for (String synonym : entry.op().synonyms()) {
        assertThat(seen.add(synonym)).as(synonym).isTrue();
        assertThat(entries.keySet()).doesNotContain(OpId.of(synonym));
      }
    }
    assertThat(seen).hasSizeGreaterThan(60);
  }

  @Test
  void everyNameThatBackwardRulesMayAskForIsProvided() {
    String algebra =
        Sources.read(
            ROOT.resolve("engine/src/main/java")
                .resolve(Algebra.class.getName().replace('.', '/') + ".java"));
    OpRegistry ops = OpRegistry.load();
    assertThat(Pattern.compile("\\bop\\(\"(\\w+)\"").matcher(algebra).results())
        .hasSizeGreaterThan(40)
        .allMatch(asked -> ops.op(OpId.of(asked.group(1))) != null);
  }

  private static Path classes(String module) {
    return ROOT.resolve(module).resolve("target/classes");
  }

  private static ImmutableSet<String> opClasses(String module) throws IOException {
    ImmutableSortedSet.Builder<String> found = ImmutableSortedSet.naturalOrder();
    try (Stream<Path> files = Files.walk(classes(module))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = classes(module).relativize(file).toString().replace('/', '.');
        String type = name.substring(0, name.length() - ".class".length());
        // What a textbook's rules write with has no name in a registry.
        boolean named = !type.equals("module-info") && !type.contains(".textbook.");
        if (named && Op.class.isAssignableFrom(load(type))) {
          found.add(type);
        }
      }
    }
    return found.build();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }
}
