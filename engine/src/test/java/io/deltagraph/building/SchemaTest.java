package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.Schema;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private record All(List<Integer> axes, boolean keep, DType dtype, Shape shape, String text) {}

  private static final Schema<All> SCHEMA =
      Schema.of(
          All::new,
          OpAttribute.integers("axes", All::axes),
          OpAttribute.flag("keep", All::keep).orElse(false),
          OpAttribute.dtype("dtype", All::dtype).orElse(DType.F32),
          OpAttribute.shape("shape", All::shape).orElse(Shape.batch("N", 2)),
          OpAttribute.text("text", All::text).orElse(""));

  @Test
  void readsWhatItWrites() {
    All record = new All(ImmutableList.of(0, -1), true, DType.I64, Shape.of(3), "t");
    Map<String, Object> data = SCHEMA.write(record);
    assertThat(data.keySet()).containsExactly("axes", "keep", "dtype", "shape", "text");
    assertThat(data)
        .containsEntry("dtype", "i64")
        .containsEntry("shape", "[3]")
        .containsEntry("keep", true);
    assertThat(SCHEMA.read(data)).isEqualTo(record);
  }

  @Test
  void readsObjectsAsWellAsWhatFilesHold() {
    All read =
        SCHEMA.read(Map.of("axes", List.of(), "dtype", DType.I64, "shape", Shape.parse("[3, 2]")));
    assertThat(read.dtype()).isEqualTo(DType.I64);
    assertThat(read.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(SCHEMA.read(SCHEMA.write(read))).isEqualTo(read);
  }

  @Test
  void fillsInDefaults() {
    assertThat(SCHEMA.read(Map.of("axes", List.of(1L))))
        .isEqualTo(new All(ImmutableList.of(1), false, DType.F32, Shape.batch("N", 2), ""));
    assertThatThrownBy(SCHEMA::defaults).hasMessageContaining("The attribute 'axes' must be given");
  }

  @Test
  void refusesOtherKinds() {
    assertThatThrownBy(() -> SCHEMA.read(Map.of("axes", 1)))
        .hasMessageContaining("of kind INTEGERS, got '1'");
    assertThatThrownBy(() -> SCHEMA.read(Map.of("axes", List.of(1.5))))
        .hasMessageContaining("INTEGERS");
    assertThatThrownBy(() -> SCHEMA.read(Map.of("axes", List.of(), "dtype", "f16")))
        .hasMessageContaining("No dtype named 'f16'");
    assertThatThrownBy(() -> SCHEMA.read(Map.of("axis", 1)))
        .hasMessageContaining("no attribute 'axis'");
  }
}
