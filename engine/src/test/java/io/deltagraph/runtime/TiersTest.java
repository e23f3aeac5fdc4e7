package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertBits;
import static io.deltagraph.runtime.Samples.tensor;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The interpreter, the first compiler and the second one give the same bits. */
class TiersTest {

  @Test
  void coldAndWarmRunsAgree() {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      GraphBuilder builder = TestOps.builder();
      Value x = builder.input("x", TensorType.of(dtype, 60, 37));
      Map<String, Value> outputs = new LinkedHashMap<>();
      outputs.put("exp", TestOps.loop("exp", v -> v.get(0).exp(), x));
      outputs.put("log", TestOps.loop("log", v -> v.get(0).abs().log(), x));
      outputs.put("log1p", TestOps.loop("log1p", v -> v.get(0).abs().log1p(), x));
      outputs.put("expm1", TestOps.loop("expm1", v -> v.get(0).expm1(), x));
      outputs.put("sin", TestOps.loop("sin", v -> v.get(0).sin(), x));
      outputs.put("cos", TestOps.loop("cos", v -> v.get(0).cos(), x));
      outputs.put("tanh", TestOps.loop("tanh", v -> v.get(0).tanh(), x));
      outputs.put("erf", TestOps.loop("erf", v -> v.get(0).erf(), x));
      outputs.put("pow", TestOps.loop("pow", v -> v.get(0).abs().pow(v.get(0)), x));
      outputs.put("product", TestOps.product("ij,kj->ik", x, x));
      outputs.put("sum", TestOps.sum(TestOps.axes(false, 0)).of(x));
      Map<String, Tensor> feeds = Map.of("x", tensor(9, x.type()));
      try (Session session = Session.open(builder.graph(outputs))) {
        Map<String, Tensor> cold = session.run(feeds);
        for (int run = 0; run < 600; run++) {
          session.run(feeds);
        }
        session.run(feeds).forEach((name, warm) -> assertBits(name, warm, cold.get(name)));
      }
    }
  }
}
