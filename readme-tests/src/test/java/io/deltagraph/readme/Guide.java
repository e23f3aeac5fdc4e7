package io.deltagraph.readme;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * What a text tells its readers to do, in order. Every block is a step or part of one: a block that
 * is neither, or a file that no command uses, is refused.
 */
record Guide(ImmutableList<Guide.Step> steps) {

  /** What the tests do not run, each with the reason. */
  static final ImmutableMap<String, String> NOT_RUN =
      ImmutableMap.of(
          "mvn verify", "this test is part of it, and .ci/run runs it on a clean copy",
          "mvn -Dquick -DskipTests install",
              "it writes to the user's repository; the same files are laid out in a temporary one");

  /** A step. */
  sealed interface Step {
    /** Where its block begins. */
    int line();

    /** A file to write, or one of the project that is shown. */
    record ShowFile(int line, String file, String text) implements Step {}

    /** Commands, and what they print if that is shown. */
    record RunCommands(int line, ImmutableList<String> commands, Optional<String> output)
        implements Step {}
  }

  /** The steps of a Markdown text. */
  static Guide of(String markdown) {
    ImmutableList<Block> blocks = Block.of(markdown);
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (!block.file().isEmpty()) {
        refuseUnused(block, blocks.subList(i + 1, blocks.size()));
        steps.add(new Step.ShowFile(block.line(), block.file(), block.text()));
      } else if (block.language().equals("sh")) {
        Optional<String> output = Optional.empty();
        if (i + 1 < blocks.size() && isOutput(blocks.get(i + 1))) {
          i++;
          output = Optional.of(blocks.get(i).text());
        }
        steps.add(new Step.RunCommands(block.line(), commands(block), output));
      } else {
        throw refused(block, "it is no command, no output of the command before it, and no file");
      }
    }
    return new Guide(steps.build());
  }

  private static boolean isOutput(Block block) {
    return block.language().equals("text") && block.file().isEmpty();
  }

  /** One per line, but for a line that ends in a backslash: the next one goes on with it. */
  private static ImmutableList<String> commands(Block block) {
    return block
        .text()
        .replaceAll("\\\\\n\\s*", "")
        .lines()
        .collect(ImmutableList.toImmutableList());
  }

  /** A file is used by a later command that names it or a project folder that it lies in. */
  private static void refuseUnused(Block file, ImmutableList<Block> later) {
    boolean used =
        later.stream()
            .filter(block -> block.language().equals("sh"))
            .flatMap(block -> commands(block).stream())
            .flatMap(command -> Splitter.on(' ').splitToStream(command))
            .anyMatch(word -> word.equals(file.file()) || file.file().startsWith(word + "/"));
    if (!used) {
      throw refused(file, "no later command uses the file");
    }
  }

  private static AssertionError refused(Block block, String why) {
    return new AssertionError(
        "README.md:" + block.line() + ": nothing tests this block: " + why + ".\n" + block.text());
  }
}
