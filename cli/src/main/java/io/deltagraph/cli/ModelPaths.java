package io.deltagraph.cli;

import java.nio.file.Path;

/** The names of a model's two files. */
final class ModelPaths {
  private static final String JSON = ".json";
  private static final String WEIGHTS = ".safetensors";

  private ModelPaths() {}

  static Path json(Path stem) {
    return sibling(stem, JSON);
  }

  static Path weights(Path stem) {
    return sibling(stem, WEIGHTS);
  }

  private static Path sibling(Path stem, String ending) {
    String name = String.valueOf(stem.getFileName());
    for (String known : new String[] {JSON, WEIGHTS}) {
      if (name.endsWith(known)) {
        name = name.substring(0, name.length() - known.length());
      }
    }
    return stem.resolveSibling(name + ending);
  }
}
