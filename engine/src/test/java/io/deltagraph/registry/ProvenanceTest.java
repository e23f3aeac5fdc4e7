package io.deltagraph.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("A jar that is a module has that name on the class path too")
  void aModuleOnTheClassPath() throws Exception {
    assertThat(NullMarked.class.getModule().isNamed()).isFalse();
    Path jar =
        Path.of(NullMarked.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleDescriptor module = ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    assertThat(Provenance.of(NullMarked.class))
        .isEqualTo(
            new Provenance(
                NullMarked.class.getName(),
                module.name(),
                module.rawVersion().orElseThrow(),
                jar.toString()));
  }

  @Test
  @DisplayName("A folder of classes that is a module has that name too")
  void aModuleInAFolder() throws Exception {
    Path jar =
        Path.of(NullMarked.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path classes = Files.createDirectories(folder.resolve("some-ops/target/classes"));
    assertThat(Provenance.ofJar("a.B", null, null, classes.toString()).source())
        .isEqualTo("some-ops");
    try (JarFile from = new JarFile(jar.toFile());
        InputStream module = from.getInputStream(from.getEntry("module-info.class"))) {
      Files.copy(module, classes.resolve("module-info.class"));
    }
    assertThat(Provenance.ofJar("a.B", null, null, classes.toString()).source())
        .isEqualTo("org.jspecify");
  }

  @Test
  @DisplayName("Any other has its title, or the name of its file")
  void noModule() throws IOException {
    Path jar = folder.resolve("some ops.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("nothing"));
    }
    assertThat(Provenance.ofJar("a.B", "Some ops", "1.2", jar.toString()).provider())
        .isEqualTo("Some ops 1.2");
    assertThat(Provenance.ofJar("a.B", null, null, jar.toString()).provider())
        .isEqualTo("some ops.jar");
    // What is no class file is no descriptor.
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("module-info.class"));
      out.write(1);
    }
    assertThat(Provenance.ofJar("a.B", "Some ops", null, jar.toString()).provider())
        .isEqualTo("Some ops");
    assertThat(Provenance.ofJar("a.B", null, null, folder.resolve("gone.jar").toString()).source())
        .isEqualTo("gone.jar");
  }
}
