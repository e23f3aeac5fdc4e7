package io.deltagraph.data;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables that ship inside this module; where they come from is in {@link #attribution()}. */
public enum BuiltInSet {
  /** 1,797 handwritten digits of 8 × 8 pixels, 0 to 16; ten classes. */
  DIGITS("digits", "digit"),
  /** 569 tumours, 30 measurements; malignant or benign. */
  BREAST_CANCER("breast-cancer", "class", "malignant", "benign"),
  /** 150 irises, 4 measurements; three species. */
  IRIS("iris", "class", "setosa", "versicolor", "virginica"),
  /** 178 wines, 13 measurements; three cultivars. */
  WINE("wine", "class", "cultivar 1", "cultivar 2", "cultivar 3"),
  /** 442 patients, 10 measurements; a number for how the disease went on after a year. */
  DIABETES("diabetes", "progression"),
  /** Five houses, area and bedrooms; the price in thousands (file 002). */
  HOUSE_PRICES("house-prices", "price"),
  /** Exclusive or of two bits. */
  XOR("xor", "out"),
  /** Conjunction of two bits. */
  AND("and", "out"),
  /** Disjunction of two bits. */
  OR("or", "out");

  private static final String FOLDER = "sets/";

  private final String id;
  private final String target;
  private final ImmutableList<String> classNames;

  BuiltInSet(String id, String target, String... classNames) {
    this.id = id;
    this.target = target;
    this.classNames = ImmutableList.copyOf(classNames);
  }

  /** Returns the name that specs and the command line use. */
  public String id() {
    return id;
  }

  /** Returns the column to predict unless a spec says otherwise. */
  public String target() {
    return target;
  }

  /**
   * Returns the names of the classes in the order of the values; none where the values say it all.
   */
  public List<String> classNames() {
    return classNames;
  }

  /** Reads the table. */
  public CsvTable table() {
    return CsvTable.parse("built-in set " + id, resource(FOLDER + id + ".csv"), CsvLimits.DEFAULT);
  }

  /** Returns the set of that name. */
  public static Optional<BuiltInSet> of(String id) {
    return Arrays.stream(values()).filter(set -> set.id.equals(id)).findFirst();
  }

  /** Returns the names of all sets. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(BuiltInSet::id).collect(toImmutableList());
  }

  /** Returns where the sets come from and on what terms, as Markdown. */
  public static String attribution() {
    return new String(resource(FOLDER + "LICENCES.md"), StandardCharsets.UTF_8);
  }

  /**
   * Returns whether the target is a class, as it is in all sets but those that ask for a number.
   */
  public boolean isOfClasses() {
    return switch (this) {
      case DIGITS, BREAST_CANCER, IRIS, WINE, XOR, AND, OR -> true;
      case DIABETES, HOUSE_PRICES -> false;
    };
  }

  private static byte[] resource(String name) {
    try (InputStream in = BuiltInSet.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the resource " + name + " is missing from deltagraph-data");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
