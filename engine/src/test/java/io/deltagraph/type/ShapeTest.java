package io.deltagraph.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void broadcastsAlignedAtTheLastDimension() {
    assertThat(Shape.of(4, 1, 3).broadcast(Shape.of(5, 1))).contains(Shape.of(4, 5, 3));
    assertThat(Shape.scalar().broadcast(Shape.of(2))).contains(Shape.of(2));
    assertThat(Shape.of(0, 3).broadcast(Shape.of(1, 3))).contains(Shape.of(0, 3));
    assertThat(Shape.of(2).broadcast(Shape.of(3))).isEmpty();
    assertThat(Shape.of(0).broadcast(Shape.of(2))).isEmpty();
  }

  @Test
  void namedDimensionsBroadcastWithThemselvesAndOneOnly() {
    Shape batch = Shape.batch("N", 3);
    assertThat(batch.broadcast(Shape.of(1, 3))).contains(batch);
    assertThat(batch.broadcast(batch)).contains(batch);
    assertThat(batch.broadcast(Shape.of(5, 3))).isEmpty();
    assertThat(batch.broadcast(Shape.batch("M", 3))).isEmpty();
  }

  @Test
  void bindsNames() {
    assertThat(Shape.batch("N", 3).bind(Map.of("N", 7))).isEqualTo(Shape.of(7, 3));
    assertThat(Shape.batch("N", 3).bind(Map.of("M", 7))).isEqualTo(Shape.batch("N", 3));
  }

  @Test
  void readsWhatItPrints() {
    for (Shape shape : new Shape[] {Shape.scalar(), Shape.of(0), Shape.batch("N", 64, 1)}) {
      assertThat(Shape.parse(shape.toString())).isEqualTo(shape);
    }
    assertThatThrownBy(() -> Shape.parse("N, 3")).hasMessageContaining("got 'N, 3'");
    assertThatThrownBy(() -> Shape.parse("[-1]")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsElementsWithoutOverflow() {
    assertThat(Shape.of(65536, 65536, 0).elements()).isZero();
    assertThat(Shape.scalar().elements()).isEqualTo(1);
    assertThatThrownBy(() -> Shape.of(65536, 65536).elements())
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("[65536, 65536]");
  }

  @Test
  void normalisesAxes() {
    assertThat(Shape.of(2, 3).axis(-1)).isEqualTo(1);
    assertThatThrownBy(() -> Shape.of(2, 3).axis(2)).hasMessageContaining("no axis 2 in [2, 3]");
    assertThatThrownBy(() -> Shape.scalar().axis(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesMoreDimensionsThanItsLimit() {
    assertThat(Shape.of(1, 1, 1, 1, 1, 1, 1, 1).rank()).isEqualTo(Shape.MAX_RANK);
    assertThatThrownBy(() -> Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 1)).hasMessageContaining("at most 8");
  }
}
