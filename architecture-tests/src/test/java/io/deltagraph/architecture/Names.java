package io.deltagraph.architecture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.TreeMultimap;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One name for one thing; each method lists what is amiss, one sentence each. */
final class Names {
  private static final ImmutableSet<String> NO_TYPES =
      ImmutableSet.of("module-info", "package-info");

  private Names() {}

  /**
   * Names of types, outside of others, that stand in main sources twice, and exceptions that
   * nothing needs any more.
   *
   * @param exceptions why a name may stand twice
   */
  static ImmutableList<String> meaningTwoThings(
      Path root, ImmutableMap<String, String> exceptions) {
    TreeMultimap<String, String> files = TreeMultimap.create();
    for (Path module : modules(root)) {
      for (Path file : Sources.javaFiles(module.resolve("src/main/java"))) {
        String name = file.getFileName().toString().replace(".java", "");
        if (!NO_TYPES.contains(name)) {
          files.put(name, root.relativize(file).toString());
        }
      }
    }
    ImmutableList.Builder<String> found = ImmutableList.builder();
    for (String name : exceptions.keySet()) {
      if (files.get(name).size() < 2) {
        found.add("%s is an exception, but stands once at most".formatted(name));
      }
    }
    files
        .asMap()
        .forEach((name, places) -> {
          if (places.size() > 1 && !exceptions.containsKey(name)) {
            found.add("%s stands for two things: %s".formatted(name, places));
          }
        });
    return found.build();
  }

  private static ImmutableList<Path> modules(Path root) {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .sorted()
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The public types of those packages, by the names that a program writes. */
  static SortedMap<String, String> exported(JavaClasses types, Collection<String> packages) {
    SortedMap<String, String> names = new TreeMap<>();
    for (JavaClass type : types) {
      if (type.isTopLevelClass()
          && type.getModifiers().contains(JavaModifier.PUBLIC)
          && packages.contains(type.getPackageName())) {
        names.put(type.getSimpleName(), type.getName());
      }
    }
    return names;
  }

  /** The public types that a module of the JDK exports to everyone, by the same names. */
  static ImmutableSortedMap<String, String> ofJdk(String module) {
    ImmutableSet<String> packages =
        ModuleLayer.boot().findModule(module).orElseThrow().getDescriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(ImmutableSet.toImmutableSet());
    SortedMap<String, String> names = new TreeMap<>();
    try (ModuleReader reader =
            ModuleLayer.boot().configuration().findModule(module).orElseThrow().reference().open();
        Stream<String> files = reader.list()) {
      files
          .filter(file -> file.endsWith(".class") && !file.contains("$"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .filter(name -> packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
          .filter(Names::isPublic)
          .forEach(name -> names.put(name.substring(name.lastIndexOf('.') + 1), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ImmutableSortedMap.copyOf(names);
  }

  private static boolean isPublic(String name) {
    try {
      return Modifier.isPublic(
          Class.forName(name, false, ClassLoader.getPlatformClassLoader()).getModifiers());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names that mean two types where two modules are imported whole. */
  static ImmutableList<String> clashes(
      SortedMap<String, String> ours, SortedMap<String, String> theirs) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    ours.forEach((name, type) -> {
      String other = theirs.get(name);
      if (other != null) {
        found.add("%s is %s and %s".formatted(name, type, other));
      }
    });
    return found.build();
  }
}
