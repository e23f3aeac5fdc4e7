package ${package};

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class ${opClass}Test implements OpContract {
  @Override public Op<?> op() { return new ${opClass}(); }
}
