package io.deltagraph.tiering;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import java.util.List;

/** The steps of a plan that is being run, each of which can go over to tasks of another backend. */
public interface SwitchableSteps {

  /** Lets a step run on those tasks from its next run on. */
  void replace(int step, Backend by, List<Task> tasks);

  /** No further step is about to change over. */
  void settle();

  /** Whether the plan will not be run any more. */
  boolean isClosed();
}
