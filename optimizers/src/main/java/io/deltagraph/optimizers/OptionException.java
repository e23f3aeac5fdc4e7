package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableList;
import io.deltagraph.registry.NearNames;
import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An option of an optimizer, a schedule or a transform that cannot be used, or its name. */
public final class OptionException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  private final String option;
  private final String found;
  private final String expected;
  private final String advice;
  private final transient List<String> known;

  /** An option of no name is the name of the optimizer or schedule itself. */
  private OptionException(
      String subject,
      String option,
      String found,
      String expected,
      String advice,
      Collection<String> known) {
    super(subject + ": found " + found + ", expected " + expected + "; " + advice + ".");
    this.option = option;
    this.found = found;
    this.expected = expected;
    this.advice = advice;
    this.known = ImmutableList.copyOf(known);
  }

  static OptionException badValue(String option, Object found, String expected) {
    return new OptionException(
        "The option " + option,
        option,
        String.valueOf(found),
        expected,
        "correct the value",
        List.of());
  }

  static OptionException missing(String owner, String option, String expected) {
    return new OptionException(
        owner + " needs the option " + option, option, "nothing", expected, "add it", List.of());
  }

  static OptionException unknownOption(String owner, String option, Collection<String> known) {
    return new OptionException(
        owner,
        option,
        "the unknown option '" + option + "'",
        known.isEmpty() ? "no options" : "only " + listed(known),
        advice(option, known, "delete it"),
        known);
  }

  static OptionException unknownName(String kind, String name, Collection<String> known) {
    return new OptionException(
        "The name of " + kind,
        "",
        "'" + name + "'",
        "one of " + listed(known),
        advice(name, known, "choose one of them"),
        List.of());
  }

  private static String advice(String name, Collection<String> known, String otherwise) {
    // The search is quadratic in the length of a name.
    List<String> near = name.length() <= 100 ? NearNames.of(name, known) : ImmutableList.of();
    return near.isEmpty() ? otherwise : "perhaps '" + String.join("' or '", near) + "' was meant";
  }

  private static String listed(Collection<String> names) {
    return "'" + String.join("', '", names) + "'";
  }

  /** The option that is wrong; none if the name of the optimizer or schedule is. */
  public Optional<String> option() {
    return option.isEmpty() ? Optional.empty() : Optional.of(option);
  }

  /** The options that there are, where the option is none of them. */
  public List<String> known() {
    return known;
  }

  /** What is there. */
  public String found() {
    return found;
  }

  /** What should have been there. */
  public String expected() {
    return expected;
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
