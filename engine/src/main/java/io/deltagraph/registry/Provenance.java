package io.deltagraph.registry;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where an op comes from, read from its class without making an instance.
 *
 * @param className the class of the op; empty where a whole jar is meant
 * @param source the module, on the class path too; where it is none the title, jar or folder
 * @param version the version that module or jar states, or an empty string
 * @param location the path of the jar or folder, or an empty string
 */
public record Provenance(String className, String source, String version, String location) {
  private static final String PROJECT = "io.deltagraph.";

  static Provenance of(Class<?> type) {
    return of(type, Provenance::descriptor);
  }

  /**
   * The same for one who asks for many classes.
   *
   * @param modules the module that a jar or folder of the class path is, by its path: {@link
   *     #descriptor}, or what is known of it
   */
  static Provenance of(Class<?> type, Function<String, Optional<ModuleDescriptor>> modules) {
    String location = location(type);
    Module module = type.getModule();
    if (module.isNamed()) {
      return of(type.getName(), module.getDescriptor(), location);
    }
    Package home = type.getPackage();
    return ofJar(
        type.getName(),
        home.getImplementationTitle(),
        home.getImplementationVersion(),
        location,
        modules);
  }

  /** The path of the jar or folder that a class is in, or an empty string. */
  static String location(Class<?> type) {
    CodeSource code = type.getProtectionDomain().getCodeSource();
    return code == null ? "" : path(code.getLocation());
  }

  /** The same for another class of that jar or folder. */
  Provenance of(String otherClass) {
    return new Provenance(otherClass, source, version, location);
  }

  /** A jar or folder of the class path; one that is a module has that name there too. */
  static Provenance ofJar(
      String className, @Nullable String title, @Nullable String version, String location) {
    return ofJar(className, title, version, location, Provenance::descriptor);
  }

  private static Provenance ofJar(
      String className,
      @Nullable String title,
      @Nullable String version,
      String location,
      Function<String, Optional<ModuleDescriptor>> modules) {
    return modules
        .apply(location)
        .map(module -> of(className, module, location))
        .orElseGet(() -> of(className, title, version, location));
  }

  /** The module that a jar or a folder of classes is, read from it. */
  static Optional<ModuleDescriptor> descriptor(String location) {
    if (location.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI place = Path.of(location).toUri();
      String within = location.endsWith(".jar") ? "jar:" + place + "!/" : place.toString();
      try (InputStream in = URI.create(within + "module-info.class").toURL().openStream()) {
        return Optional.of(ModuleDescriptor.read(in));
      }
    } catch (IOException | IllegalArgumentException | InvalidModuleDescriptorException noModule) {
      return Optional.empty();
    }
  }

  static Provenance of(String className, ModuleDescriptor module, String location) {
    return new Provenance(className, module.name(), module.rawVersion().orElse(""), location);
  }

  static Provenance of(
      String className, @Nullable String title, @Nullable String version, String location) {
    return new Provenance(
        className,
        title == null ? folder(location) : title,
        version == null ? "" : version,
        location);
  }

  static String path(@Nullable URL url) {
    try {
      return url == null || !url.getProtocol().equals("file")
          ? String.valueOf(url)
          : Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      return url.toString();
    }
  }

  private static String folder(String location) {
    String name = location.replaceAll("[/\\\\]target[/\\\\](test-)?classes$", "");
    return name.isEmpty() ? "unknown source" : name.replaceAll(".*[/\\\\]", "");
  }

  /** Whether it is one of this project's own classes. */
  public boolean isBuiltIn() {
    return className.startsWith(PROJECT);
  }

  /** Source and version, such as {@code acme-ops 1.2}. */
  public String provider() {
    return version.isEmpty() ? source : source + " " + version;
  }

  @Override
  public String toString() {
    String jar = folder(location);
    String where = isBuiltIn() || !jar.endsWith(".jar") || jar.equals(source) ? "" : jar;
    String what = className + (className.isEmpty() || where.isEmpty() ? "" : " in ") + where;
    return provider() + (what.isEmpty() ? "" : " (" + what + ")");
  }
}
