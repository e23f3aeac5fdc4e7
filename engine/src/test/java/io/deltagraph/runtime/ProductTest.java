package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertSame;
import static io.deltagraph.runtime.Samples.tensor;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ij,jk->ik; [3,4]; [4,5]",
        "ij,kj->ik; [10,23]; [7,23]",
        "ji,jk->ik; [23,10]; [23,17]",
        "ij,jk->ki; [3,4]; [4,9]",
        "ij,jk->ki; [9,4]; [4,3]",
        "ij,jk->ik; [1,1]; [1,1]",
        "ij,jk->ik; [2,3]; [3,513]",
        "ij,jk->ik; [2,5]; [5,1030]",
        "ij,jk->ik; [600,6]; [6,1]",
        "ij,jk->ik; [600,6]; [6,7]",
        "ij,j->i; [6,513]; [513]",
        "i,ij->j; [6]; [6,513]",
        "i,i->; [1000]; [1000]",
        "i,j->ij; [7]; [13]",
        "i,j->ji; [7]; [13]",
        "ij,ij->ij; [3,5]; [3,5]",
        "bij,bjk->bik; [3,4,5]; [3,5,6]",
        "bij,bjk->bik; [3,4,5]; [1,5,6]",
        "bij,bjk->bik; [1,4,5]; [3,5,6]",
        "bij,bjk->bki; [2,9,5]; [2,5,3]",
        "bij,bjk->ibk; [2,9,5]; [2,5,11]",
        "bij,bjk->ikb; [2,9,5]; [2,5,11]",
        "ij,ij->i; [3,4]; [1,4]",
        "ij,jk->ijk; [3,1]; [4,5]",
        "ijk,jkl->il; [3,4,5]; [4,5,6]",
        "ijk,kjl->il; [3,4,5]; [5,4,6]",
        "ij,k->k; [3,4]; [5]",
        "ij,k->i; [3,4]; [5]",
        "ab,cd->dbca; [2,3]; [4,5]",
        "ij,jk->ik; [0,3]; [3,2]",
        "ij,jk->ik; [2,0]; [0,3]",
        "ij,jk->ik; [2,3]; [3,0]",
        "Ab,bA->Ab; [3,4]; [4,3]",
        ",->; []; []",
        ",ij->ji; []; [3,4]"
      })
  void everyPairing(String subscripts, String left, String right) {
    for (DType dtype : List.of(DType.F64, DType.F32, DType.I32)) {
      TensorType a = new TensorType(dtype, Shape.parse(left));
      TensorType b = new TensorType(dtype, Shape.parse(right));
      GraphBuilder builder = TestOps.builder();
      Value product = TestOps.product(subscripts, builder.input("a", a), builder.input("b", b));
      assertSame(product, Map.of("a", tensor(1, a), "b", tensor(2, b)));
    }
  }

  @Test
  void readsThroughViews() {
    GraphBuilder builder = TestOps.builder();
    Value a = builder.input("a", TensorType.of(DType.F32, 30, 20));
    Value b = builder.input("b", TensorType.of(DType.F32, 30, 40));
    Map<String, Tensor> feeds = Map.of("a", tensor(1, a.type()), "b", tensor(2, b.type()));
    assertSame(TestOps.product("ij,jk->ik", TestOps.transpose(a), b), feeds);
    Value part = TestOps.window(b, Shape.of(30, 7), 3, 40, 2);
    assertSame(TestOps.product("ji,jk->ik", a, part), feeds);
    assertSame(TestOps.product("ij,ik->jk", part, part), feeds);
  }
}
