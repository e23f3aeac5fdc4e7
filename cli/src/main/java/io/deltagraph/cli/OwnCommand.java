package io.deltagraph.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * How this program was started: the JVM and its flags, so that others of the same kind can be.
 *
 * @param java the JVM and everything before the class
 * @param module what stands before the name of a class: the module and a slash, or nothing
 */
record OwnCommand(List<String> java, String module) {
  private static final String MODULE = "io.deltagraph.cli/";

  OwnCommand {
    java = ImmutableList.copyOf(java);
  }

  /** Empty where the system does not tell, or where this program is part of another one. */
  static Optional<OwnCommand> find() {
    ProcessHandle.Info self = ProcessHandle.current().info();
    if (self.command().isEmpty() || self.arguments().isEmpty()) {
      return Optional.empty();
    }
    List<String> arguments = List.of(self.arguments().get());
    for (String module : List.of(MODULE, "")) {
      int main = arguments.indexOf(module + Main.class.getName());
      if (main >= 0) {
        return Optional.of(
            new OwnCommand(
                ImmutableList.<String>builder()
                    .add(self.command().get())
                    .addAll(arguments.subList(0, main))
                    .build(),
                module));
      }
    }
    return Optional.empty();
  }

  /** What runs a class of this program with arguments. */
  ImmutableList<String> running(Class<?> main, List<String> arguments) {
    return ImmutableList.<String>builder()
        .addAll(java)
        .add(module + main.getName())
        .addAll(arguments)
        .build();
  }
}
