package io.deltagraph.experiments.spec;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.CsvFormat;
import java.util.List;

/**
 * Which table to learn from and what its columns are.
 *
 * @param source where the table is
 * @param target the column to predict
 * @param columns the columns to learn from; none means all but the target
 * @param options what they are taken for, and what stands for blank cells
 * @param classNames what to call the classes, in the order of their values; none means as in the
 *     table
 * @param task what the target holds
 * @param scalesTarget whether the numbers to predict are scaled for training
 * @param format how a CSV file writes its cells
 * @param storage where rows are kept
 */
public record DataSpec(
    Source source,
    String target,
    List<String> columns,
    ColumnOptions options,
    List<String> classNames,
    TargetKind task,
    boolean scalesTarget,
    CsvFormat format,
    Storage storage) {
  public DataSpec {
    columns = ImmutableList.copyOf(columns);
    classNames = ImmutableList.copyOf(classNames);
  }

  /** Where rows are kept while they are trained on. */
  public sealed interface Storage {
    /** All of them in memory. */
    record Memory() implements Storage {}

    /**
     * On disk, and a portion at a time in memory.
     *
     * @param portion how many rows that are; 0 for the usual number
     */
    record Disk(int portion) implements Storage {}
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
