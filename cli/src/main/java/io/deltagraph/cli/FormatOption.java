package io.deltagraph.cli;

import io.deltagraph.serving.ExchangeFormat;
import picocli.CommandLine.Option;

/** {@code --format}, of commands that write or read the files of other programs. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "onnx",
      description = "The format of the file (default: ${DEFAULT-VALUE}).")
  private String name = "";

  /** The name of the format. */
  String name() {
    return name;
  }

  /**
   * The format.
   *
   * @throws io.deltagraph.data.InputException naming the formats that are there, if there is none
   *     of that name
   */
  ExchangeFormat format() {
    return LateModules.format(name);
  }
}
