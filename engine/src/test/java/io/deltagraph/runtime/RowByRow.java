package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * Plain loops that take what goes through rows one row after the other, the last row first: rows
 * that meet what is left of others give wrong numbers.
 *
 * @param seen the passes that were taken so
 */
record RowByRow(List<Step.Rows> seen) implements Backend {
  @Override
  public String name() {
    return "row by row";
  }

  @Override
  public Optional<List<Task>> tasks(Step step, Memory memory) {
    if (!(step instanceof Step.Rows rows)) {
      return Backend.reference().tasks(step, memory);
    }
    seen.add(rows);
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    for (int row = rows.rows() - 1; row >= 0; row--) {
      tasks.addAll(Backend.reference().tasks(rows.slice(row, 1), memory).orElseThrow());
    }
    return Optional.of(tasks.build());
  }
}
