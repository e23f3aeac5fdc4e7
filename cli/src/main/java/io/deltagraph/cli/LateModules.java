package io.deltagraph.cli;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.InputException;
import io.deltagraph.serving.ExchangeFormat;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Modules that few commands need, in a folder beside this program's own, loaded when they are asked
 * for: among them are jars without a descriptor, which would slow down every start.
 */
final class LateModules {
  private static final String FOLDER = "late";

  private LateModules() {}

  /**
   * The format of that name.
   *
   * @throws InputException naming the formats that are there, if there is none of that name
   */
  static ExchangeFormat format(String name) {
    List<String> known = new ArrayList<>();
    for (ExchangeFormat format : formats()) {
      if (format.name().equals(name)) {
        return format;
      }
      known.add(format.name());
    }
    throw new InputException(
        "--format",
        InputException.quoted(name),
        known.isEmpty() ? "a format, of which none is installed" : String.join(" or ", known),
        "correct the option");
  }

  private static List<ExchangeFormat> formats() {
    Module own = LateModules.class.getModule();
    ModuleLayer layer = own.getLayer();
    ServiceLoader<ExchangeFormat> found =
        layer == null
            ? ServiceLoader.load(ExchangeFormat.class)
            : ServiceLoader.load(late(own, layer), ExchangeFormat.class);
    return ImmutableList.copyOf(found);
  }

  private static ModuleLayer late(Module own, ModuleLayer layer) {
    Path program =
        Path.of(
            layer
                .configuration()
                .findModule(own.getName())
                .flatMap(module -> module.reference().location())
                .orElseThrow());
    Path folder = Objects.requireNonNull(program.getParent()).resolve(FOLDER);
    ModuleFinder finder = ModuleFinder.of(folder);
    try {
      Set<String> names = new LinkedHashSet<>();
      for (ModuleReference module : finder.findAll()) {
        if (layer.findModule(module.descriptor().name()).isEmpty()) {
          names.add(module.descriptor().name());
        }
      }
      Configuration configuration = layer.configuration().resolve(finder, ModuleFinder.of(), names);
      return layer.defineModulesWithOneLoader(configuration, own.getClassLoader());
    } catch (FindException e) {
      throw new InputException(
          folder.toString(),
          "jars that do not fit (" + e.getMessage() + ")",
          "the jars that belong here",
          "build or unpack the program anew");
    }
  }
}
