package io.deltagraph.cli;

import io.deltagraph.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a command reads, none of which it may replace. */
final class InputFiles {
  private final Map<Path, String> names = new LinkedHashMap<>();

  /**
   * Adds files.
   *
   * @param what they are, such as {@code spec}
   */
  InputFiles with(String what, Iterable<Path> files) {
    files.forEach(file -> names.put(file, what));
    return this;
  }

  /**
   * Refuses an output that is one of these files, by whatever path or link.
   *
   * @param asked what {@code --output} names
   * @param what goes there, such as {@code the model}
   * @param files that are written
   */
  void spare(Path asked, String what, List<Path> files) throws IOException {
    spare("--output", asked, what, files);
  }

  /**
   * The same for another option.
   *
   * @param option such as {@code --report}
   */
  void spare(String option, Path asked, String what, List<Path> files) throws IOException {
    for (Path file : files) {
      for (Map.Entry<Path, String> input : names.entrySet()) {
        if (Files.isRegularFile(file)
            && Files.exists(input.getKey())
            && Files.isSameFile(file, input.getKey())) {
          throw new InputException(
              option,
              asked.toString(),
              "another name than that of the " + input.getValue(),
              "choose one, so that " + what + " not replace the " + input.getValue());
        }
      }
    }
  }
}
