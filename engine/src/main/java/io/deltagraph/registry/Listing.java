package io.deltagraph.registry;

import com.google.common.base.Splitter;
import com.google.common.base.Throwables;
import com.google.common.io.Resources;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
 * @param service what it is said to provide
 */
record Listing(Provenance source, Home home, Class<?> service) {
  /** The file of a jar that lists the providers of a service. */
  static String file(Class<?> service) {
    return "META-INF/services/" + service.getName();
  }

  /** What loads a class. */
  @FunctionalInterface
  interface Home {
    /** The class, not initialised. */
    Class<?> load(String name) throws ClassNotFoundException;
  }

  /** The classes listed in service files. */
  static List<Listing> of(Enumeration<URL> files, ClassLoader loader, Class<?> service)
      throws IOException {
    List<Listing> found = new ArrayList<>();
    while (files.hasMoreElements()) {
      URL file = files.nextElement();
      String text = Resources.toString(file, StandardCharsets.UTF_8);
      Provenance source = source(file, service); // of the whole file: reading it takes time
      for (String line : Splitter.on('\n').split(text)) {
        String name = line.replaceAll("#.*", "").trim();
        if (!name.isEmpty()) {
          found.add(new Listing(source.of(name), n -> Class.forName(n, false, loader), service));
        }
      }
    }
    return found;
  }

  private static Provenance source(URL file, Class<?> service) throws IOException {
    if (file.openConnection() instanceof JarURLConnection jar) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return Provenance.ofJar(
          "",
          main.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
          main.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
          Provenance.path(jar.getJarFileURL()));
    }
    return Provenance.ofJar("", null, null, Provenance.path(file).replace("/" + file(service), ""));
  }

  /** The classes that the modules of a layer and of its parents provide. */
  static List<Listing> ofAll(ModuleLayer layer, Class<?> service) {
    Stream<Listing> parents =
        layer.parents().stream().flatMap(parent -> ofAll(parent, service).stream());
    return Stream.concat(of(layer, service), parents).toList();
  }

  /** The classes that the modules of a layer provide. */
  static Stream<Listing> of(ModuleLayer layer, Class<?> service) {
    return layer.configuration().modules().stream()
        .flatMap(module -> of(module, layer.findModule(module.name()).orElseThrow(), service));
  }

  private static Stream<Listing> of(ResolvedModule resolved, Module module, Class<?> service) {
    ModuleDescriptor descriptor = resolved.reference().descriptor();
    String location = resolved.reference().location().map(uri -> uri.getPath()).orElse("");
    return descriptor.provides().stream()
        .filter(provides -> provides.service().equals(service.getName()))
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
                },
                service));
  }

  /** Why the service loader left it out. */
  ProviderFailure failure() {
    return new ProviderFailure("", source, reason());
  }

  /** Whether it is what Kotlin makes of an {@code object}. */
  private static boolean isSingle(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .anyMatch(field ->
            field.getName().equals("INSTANCE")
                && field.getType() == type
                && Modifier.isStatic(field.getModifiers()));
  }

  private String reason() {
    Class<?> type;
    try {
      type = home.load(source.className());
    } catch (ClassNotFoundException e) {
      return "it is listed as a provider but is not there. Correct its name in module-info.java and "
          + file(service)
          + ".";
    } catch (LinkageError e) {
      return reason("loading it", e);
    }
    if (!service.isAssignableFrom(type)) {
      return "it is no %s of this engine. Implement %s, and leave the engine out of the jar."
          .formatted(
              service.getName(),
              service == Op.class ? "one of the six kinds of op" : "that interface");
    }
    if (Stream.of(type.getConstructors()).noneMatch(made -> made.getParameterCount() == 0)) {
      return isSingle(type)
          ? "it is one object, INSTANCE, without a public constructor, which the service loader calls. In Kotlin write 'class' in place of 'object'; elsewhere make the constructor public."
          : "it has no public constructor without parameters. Add one; the class is public too.";
    }
    Provenance found = Provenance.of(type);
    if (!found.location().equals(source.location())) {
      return "the class is already there from %s. Remove one of the two jars.".formatted(found);
    }
    return type.getModule().isNamed()
        ? "it is listed in %s alone. Add 'provides %s with %s' to module-info.java."
            .formatted(file(service), service.getName(), type.getName())
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
          "it needs the class %s, which is not there. Give the jar that has it as well."
              .formatted(String.valueOf(e.getMessage()).replace('/', '.'));
      case IllegalArgumentException e when doing.equals("its id") ->
          "its id throws %s Correct it.".formatted(e);
      default -> "%s throws %s. Tell its author, or leave the jar out.".formatted(doing, problem);
    };
  }
}
