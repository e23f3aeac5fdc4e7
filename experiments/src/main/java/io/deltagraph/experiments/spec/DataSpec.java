package io.deltagraph.experiments.spec;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.BuiltInSet;
import java.util.List;

/**
 * Which table to learn from and what its columns are.
 *
 * @param source where the table is
 * @param target the column to predict
 * @param columns the columns to learn from; none means all but the target
 * @param oneHot those of them that hold categories
 * @param classNames what to call the classes, in the order of their values; none means as in the
 *     table
 * @param task what the target holds
 */
public record DataSpec(
    Source source,
    String target,
    List<String> columns,
    List<String> oneHot,
    List<String> classNames,
    TargetKind task) {
  public DataSpec {
    columns = ImmutableList.copyOf(columns);
    oneHot = ImmutableList.copyOf(oneHot);
    classNames = ImmutableList.copyOf(classNames);
  }

  /** Where a table is. */
  public sealed interface Source {
    /**
     * A set that ships with the project.
     *
     * @param set the set
     */
    record BuiltIn(BuiltInSet set) implements Source {}

    /**
     * A CSV file.
     *
     * @param path absolute, or relative to the folder of the spec
     */
    record Csv(String path) implements Source {}
  }
}
