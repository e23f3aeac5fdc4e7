package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every module and package has to have. */
class LayoutTest {
  private static final Path ROOT = Sources.root();
  private static final ImmutableSet<String> ENGINE = ImmutableSet.of("engine");

  @TempDir private Path folder;

  /** A class, as it is written in running text. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][A-Za-z]*)?)`");

  @Test
  void theMapForMaintainersNamesFilesThatAreThere() {
    assertThat(unknownClasses(Sources.read(ROOT.resolve("docs/architecture.md")))).isEmpty();
    assertThat(unknownClasses("`Planner` and `NoSuchPlanner`")).containsExactly("NoSuchPlanner");
  }

  private static Set<String> unknownClasses(String page) {
    Set<String> named =
        CLASS.matcher(page).results().map(found -> found.group(1)).collect(Collectors.toSet());
    assertThat(named).isNotEmpty();
    Set<String> there =
        Stream.concat(Design.modules().stream(), Stream.of("architecture-tests"))
            .flatMap(module -> Sources.javaFiles(ROOT.resolve(module)).stream())
            .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
            .collect(Collectors.toSet());
    return Sets.difference(named, there);
  }

  @Test
  void everyPackageSaysWhatLivesThere() {
    assertThat(Layout.packagesWithoutDescription(ROOT, Design.modules())).isEmpty();
  }

  @Test
  void noModuleHasAPrivateDoor() {
    assertThat(Layout.privateDoors(ROOT, Design.modules())).isEmpty();
  }

  @Test
  void theBomListsEveryModule() {
    assertThat(Layout.modulesOfBom(ROOT)).containsExactlyInAnyOrderElementsOf(Design.modules());
    assertThat(Layout.version(ROOT.resolve("bom/pom.xml")))
        .isNotEmpty()
        .isEqualTo(Layout.version(ROOT.resolve("pom.xml")));
  }

  @Test
  void anUndescribedPackageIsFound() throws IOException {
    write("engine/src/main/java/a/A.java", "package a;");
    write("engine/src/main/java/b/package-info.java", "/** One. Two. */\npackage b;");
    write(
        "engine/src/main/java/c/package-info.java",
        "/**\n * One. Two, see {@code a.b}.\n * Three.\n */\n@NullMarked\npackage c;");
    assertThat(Layout.packagesWithoutDescription(folder, ENGINE))
        .containsExactly(
            Path.of("engine/src/main/java/a") + " has no package-info.java",
            Path.of("engine/src/main/java/b") + " is not @NullMarked",
            Path.of("engine/src/main/java/b") + " is described in 2 sentences, not 3");
  }

  @Test
  void aPrivateDoorIsFound() throws IOException {
    assertThat(Layout.privateDoors(folder, ENGINE))
        .containsExactly("engine has no module-info.java");
    write(
        "engine/src/main/java/module-info.java",
        "module m {\n  exports a.b\n      to c;\n  exports d; // exports e to f;\n}\n");
    assertThat(Layout.privateDoors(folder, ENGINE))
        .containsExactly("engine exports a.b to friends");
  }

  @Test
  void aBomThatLacksAModuleIsFound() throws IOException {
    write(
        "bom/pom.xml",
        "<artifactId>deltagraph-bom</artifactId><version>2</version><dependencyManagement>"
            + "<artifactId>deltagraph-op-testkit</artifactId></dependencyManagement>");
    assertThat(Layout.modulesOfBom(folder)).containsExactly("op-testkit");
    assertThat(Layout.version(folder.resolve("bom/pom.xml"))).isEqualTo("2");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
