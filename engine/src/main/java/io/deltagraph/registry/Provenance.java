package io.deltagraph.registry;

import java.security.CodeSource;
import java.util.Optional;

/**
 * Where an op comes from, read from its class without making an instance.
 *
 * @param className the class of the op
 * @param source the module, or the jar or folder of the class path
 * @param version the version that module or jar states, or an empty string
 */
public record Provenance(String className, String source, String version) {

  static Provenance of(Class<?> type) {
    Module module = type.getModule();
    if (module.isNamed()) {
      String version = module.getDescriptor().rawVersion().orElse("");
      return new Provenance(type.getName(), module.getName(), version);
    }
    Package home = type.getPackage();
    String title = home.getImplementationTitle();
    String version = home.getImplementationVersion();
    return new Provenance(
        type.getName(), title == null ? location(type) : title, version == null ? "" : version);
  }

  private static String location(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(url ->
            url.getPath().replaceAll("/(target/(test-)?classes/?)?$", "").replaceAll(".*/", ""))
        .orElse("unknown source");
  }

  /** Source and version, such as {@code acme-ops 1.2}. */
  public String provider() {
    return version.isEmpty() ? source : source + " " + version;
  }

  @Override
  public String toString() {
    return provider() + " (" + className + ")";
  }
}
