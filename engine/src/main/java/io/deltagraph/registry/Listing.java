package io.deltagraph.registry;

import com.google.common.base.Splitter;
import com.google.common.base.Throwables;
import com.google.common.io.Resources;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A class that a jar or module names as a provider. The JDK's service loader says neither which jar
 * it is nor, for some, which class; so what it leaves out is looked up here.
 *
 * @param source who names it
 * @param home the class's module, or whatever loads it
 */
record Listing(Provenance source, Home home) {
  static final String FILE = "META-INF/services/" + Op.class.getName();

  /** What loads a class. */
  @FunctionalInterface
  interface Home {
    /** The class, not initialised. */
    Class<?> load(String name) throws ClassNotFoundException;
  }

  /** The classes listed in service files. */
  static List<Listing> of(Enumeration<URL> files, ClassLoader loader) throws IOException {
    List<Listing> found = new ArrayList<>();
    while (files.hasMoreElements()) {
      URL file = files.nextElement();
      String text = Resources.toString(file, StandardCharsets.UTF_8);
      for (String line : Splitter.on('\n').split(text)) {
        String name = line.replaceAll("#.*", "").trim();
        if (!name.isEmpty()) {
          found.add(new Listing(source(name, file), n -> Class.forName(n, false, loader)));
        }
      }
    }
    return found;
  }

  private static Provenance source(String name, URL file) throws IOException {
    if (file.openConnection() instanceof JarURLConnection jar) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return Provenance.of(
          name,
          main.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
          main.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
          Provenance.path(jar.getJarFileURL()));
    }
    return Provenance.of(name, null, null, Provenance.path(file).replace("/" + FILE, ""));
  }

  /** The classes that the modules of a layer and of its parents provide. */
  static List<Listing> ofAll(ModuleLayer layer) {
    Stream<Listing> parents = layer.parents().stream().flatMap(parent -> ofAll(parent).stream());
    return Stream.concat(of(layer), parents).toList();
  }

  /** The classes that the modules of a layer provide. */
  static Stream<Listing> of(ModuleLayer layer) {
    return layer.configuration().modules().stream()
        .flatMap(module -> of(module, layer.findModule(module.name()).orElseThrow()));
  }

  private static Stream<Listing> of(ResolvedModule resolved, Module module) {
    ModuleDescriptor descriptor = resolved.reference().descriptor();
    String location = resolved.reference().location().map(uri -> uri.getPath()).orElse("");
    return descriptor.provides().stream()
        .filter(provides -> provides.service().equals(Op.class.getName()))
        .flatMap(provides -> provides.providers().stream())
        .map(name ->
            new Listing(
                Provenance.of(name, descriptor, String.valueOf(location)),
                n -> {
                  Class<?> type = Class.forName(module, n);
                  if (type == null) {
                    throw new ClassNotFoundException(n);
                  }
                  return type;
                }));
  }

  /** Why the service loader left it out. */
  ProviderFailure failure() {
    return new ProviderFailure("", source, reason());
  }

  private String reason() {
    Class<?> type;
    try {
      type = home.load(source.className());
    } catch (ClassNotFoundException e) {
      return "it is listed as a provider but is not there. Correct its name in module-info.java and "
          + FILE
          + ".";
    } catch (LinkageError e) {
      return reason("loading it", e);
    }
    if (!Op.class.isAssignableFrom(type)) {
      return "it is no %s of this engine. Implement one of the six kinds of op, and leave the engine out of the jar."
          .formatted(Op.class.getName());
    }
    if (Stream.of(type.getConstructors()).noneMatch(made -> made.getParameterCount() == 0)) {
      return "it has no public constructor without parameters. Add one; the class is public too.";
    }
    Provenance found = Provenance.of(type);
    if (!found.location().equals(source.location())) {
      return "the class is already there from %s. Remove one of the two jars.".formatted(found);
    }
    return type.getModule().isNamed()
        ? "it is listed in %s alone. Add 'provides %s with %s' to module-info.java."
            .formatted(FILE, Op.class.getName(), type.getName())
        : "it could not be reached. See what else is wrong with this list of providers.";
  }

  /** What went wrong while {@code doing} something with a provider. */
  static String reason(String doing, Throwable problem) {
    return switch (problem) {
      case GraphException.BadProvider e -> String.valueOf(e.getMessage());
      case UnsupportedClassVersionError e ->
          "it was built for a newer Java (%s). Run on that, or build it with --release %d."
              .formatted(e.getMessage(), Runtime.version().feature());
      case ExceptionInInitializerError e ->
          "its static initialiser throws %s. Tell its author, or leave the jar out."
              .formatted(Throwables.getRootCause(e));
      case NoClassDefFoundError e ->
          "it needs the class %s, which is not there. Put the jar that has it beside this one."
              .formatted(String.valueOf(e.getMessage()).replace('/', '.'));
      case IllegalArgumentException e when doing.equals("its id") ->
          "its id throws %s Correct it.".formatted(e);
      default -> "%s throws %s. Tell its author, or leave the jar out.".formatted(doing, problem);
    };
  }
}
