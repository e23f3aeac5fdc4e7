package io.deltagraph.architecture.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A jar of a plugin, from sources. */
final class PluginJar {
  static final String SERVICES = "META-INF/services/io.deltagraph.graph.Op";

  private static final String IMPORTS =
      """
      import io.deltagraph.graph.*;
      import io.deltagraph.tensor.*;
      import io.deltagraph.type.*;
      import java.util.*;
      """;

  private final Path folder;
  private final String name;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> listed = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private String version = "1.2";
  private String services = SERVICES;
  private boolean module;

  PluginJar(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** A class of that name, listed as a provider. */
  PluginJar op(String className, String body) {
    listed.add(className);
    return helper(className, body);
  }

  /** A pointwise op that works: {@code x -> 2x} of that name. */
  PluginJar good(String className, String id) {
    return op(
        className,
        """
        public final class %s implements Pointwise<NoAttributes> {
          @Override public OpId id() { return OpId.of("%s"); }
          @Override public OpSignature signature() { return OpSignature.of("x"); }
          @Override public Lane forward(NoAttributes none, Lanes x) { return x.get(0).plus(x.get(0)); }
        }
        """
            .formatted(simple(className), id));
  }

  /** A class that is not listed. */
  PluginJar helper(String className, String body) {
    String home = className.substring(0, className.lastIndexOf('.'));
    sources.put(className, "package %s;\n%s%s".formatted(home, IMPORTS, body));
    return this;
  }

  PluginJar listing(String line) {
    listed.add(line);
    return this;
  }

  /** A class that is compiled but does not come with the jar. */
  PluginJar without(String className) {
    left.add(className);
    return this;
  }

  /** The classes that are listed provide another service than ops. */
  PluginJar of(Class<?> service) {
    services = "META-INF/services/" + service.getName();
    return this;
  }

  PluginJar version(String number) {
    version = number;
    return this;
  }

  /** With this module descriptor, and without a list in {@code META-INF/services}. */
  PluginJar module(String descriptor) {
    sources.put("module-info", descriptor);
    module = true;
    return this;
  }

  static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  Path write() throws IOException {
    Path classes = compiled();
    Path jar = folder.resolve(name + ".jar");
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.IMPLEMENTATION_TITLE, name);
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(each).toString().replace('\\', '/');
        if (left.stream().noneMatch(gone -> entry.equals(gone.replace('.', '/') + ".class"))) {
          out.putNextEntry(new ZipEntry(entry));
          Files.copy(each, out);
        }
      }
      if (!module) {
        out.putNextEntry(new ZipEntry(services));
        out.write(String.join("\n", listed).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private Path compiled() throws IOException {
    Path source = Files.createDirectories(folder.resolve(name + "-src"));
    Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
    List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-implicit:none"));
    String path = System.getProperty("java.class.path");
    arguments.addAll(List.of(module ? "--module-path" : "-classpath", path));
    if (module) {
      arguments.addAll(List.of("--module-version", version));
    }
    arguments.addAll(List.of("-d", classes.toString()));
    for (Map.Entry<String, String> each : sources.entrySet()) {
      Path file = source.resolve(each.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
      arguments.add(file.toString());
    }
    if (sources.isEmpty()) {
      return classes;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return classes;
  }
}
