package io.deltagraph.readme;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown text.
 *
 * @param line of its fence, from 1
 * @param language the first word behind the fence
 * @param file the second word, or empty
 * @param text its lines, each ended
 */
record Block(int line, String language, String file, String text) {
  private static final Pattern FENCE = Pattern.compile("```(\\S*) ?(\\S*)");
  private static final Pattern OTHER_CODE =
      Pattern.compile("( {0,3}~~~| {0,3}````| +```| {4}|\t).*");

  /** All blocks, in order; code in any other form is refused, because it would be overlooked. */
  static ImmutableList<Block> of(String markdown) {
    ImmutableList.Builder<Block> blocks = ImmutableList.builder();
    List<String> lines = markdown.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      Matcher fence = FENCE.matcher(lines.get(at));
      if (fence.matches()) {
        int end = at + 1;
        while (end < lines.size() && !lines.get(end).equals("```")) {
          end++;
        }
        require(end < lines.size(), at, "a block that does not end");
        String text = String.join("\n", new ArrayList<>(lines.subList(at + 1, end))) + "\n";
        blocks.add(new Block(at + 1, fence.group(1), fence.group(2), text));
        at = end;
      } else {
        require(!OTHER_CODE.matcher(lines.get(at)).matches(), at, "code that is no fenced block");
      }
      at++;
    }
    return blocks.build();
  }

  private static void require(boolean holds, int index, String what) {
    if (!holds) {
      throw new AssertionError("README.md:" + (index + 1) + " has " + what + ".");
    }
  }
}
