package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One name for one thing. */
class NamesTest {
  /** Names that may stand twice, each with the reason. */
  private static final ImmutableMap<String, String> TWICE = ImmutableMap.of();

  private static final Path ROOT = Sources.root();

  @TempDir private Path folder;

  @Test
  void noClassNameMeansTwoThings() {
    assertThat(Names.meaningTwoThings(ROOT, TWICE)).isEmpty();
  }

  @Test
  void aNameThatStandsTwiceIsFound() throws IOException {
    write("engine/src/main/java/a/Slot.java");
    write("engine/src/main/java/a/package-info.java");
    write("engine/src/main/java/b/package-info.java");
    write("optimizers/src/main/java/b/Slot.java");
    write("optimizers/src/main/java/b/Other.java");
    write("optimizers/src/test/java/b/Other.java");
    assertThat(Names.meaningTwoThings(folder, ImmutableMap.of()))
        .containsExactly(
            "Slot stands for two things: [%s, %s]"
                .formatted(
                    Path.of("engine/src/main/java/a/Slot.java"),
                    Path.of("optimizers/src/main/java/b/Slot.java")));
    assertThat(Names.meaningTwoThings(folder, ImmutableMap.of("Slot", "why", "Other", "why")))
        .containsExactly("Other is an exception, but stands once at most");
  }

  /**
   * Compact source files and the JDK's shell import all of java.base: with {@code import module
   * io.deltagraph.engine} beside it, a name of both would mean neither. Single ops have their names
   * from elsewhere.
   */
  @Test
  void whoImportsOurModulesAndTheJdkCanUseEveryName() {
    JavaClasses project = new ClassFileImporter().importPackages("io.deltagraph");
    List<String> modules =
        Design.modules().stream()
            .filter(module -> !Budgets.MODULES_OF_OPS.contains(module))
            .filter(module ->
                Files.exists(ROOT.resolve(module).resolve("src/main/java/module-info.java")))
            .toList();
    assertThat(modules).contains("engine", "data", "training");
    ImmutableSet<String> packages = Promises.exported(ROOT, modules);
    assertThat(Names.clashes(Names.exported(project, packages), Names.ofJdk("java.base")))
        .isEmpty();
  }

  @Test
  void aNameOfTheJdkIsFound() {
    JavaClasses seeded = new ClassFileImporter().importClasses(String.class, Path.class);
    assertThat(
            Names.clashes(
                Names.exported(seeded, ImmutableSet.of("java.lang")), Names.ofJdk("java.base")))
        .containsExactly("String is java.lang.String and java.lang.String");
    assertThat(Names.ofJdk("java.base"))
        .containsAllEntriesOf(
            ImmutableSortedMap.of(
                "Parameter", "java.lang.reflect.Parameter", "Optional", "java.util.Optional"))
        .doesNotContainKeys("Unsafe", "AbstractStringBuilder");
  }

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x\n");
    Path pom = folder.resolve(name.substring(0, name.indexOf('/'))).resolve("pom.xml");
    Files.writeString(pom, "x\n");
  }
}
