package io.deltagraph.report.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.report.layout.LayeredLayout.Link;
import io.deltagraph.report.layout.LayeredLayout.Point;
import io.deltagraph.report.layout.LayeredLayout.Room;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayeredLayoutTest {
  private static final double BETWEEN = 20;

  private static List<Room> rooms(int count) {
    return Collections.nCopies(count, new Room(60, 30));
  }

  @Test
  void aChainIsAColumn() {
    LayeredLayout layout =
        LayeredLayout.of(rooms(3), List.of(new Link(0, 1), new Link(1, 2)), BETWEEN);
    assertThat(layout.nodes())
        .containsExactly(new Point(30, 15), new Point(30, 65), new Point(30, 115));
    assertThat(layout.links().getFirst()).containsExactly(new Point(30, 30), new Point(30, 50));
    assertThat(layout.width()).isEqualTo(60);
    assertThat(layout.height()).isEqualTo(130);
  }

  /** A parameter stands just above the op that reads it, not at the top. */
  @Test
  void aNodeStandsAsLowAsItMay() {
    List<Link> links = List.of(new Link(0, 1), new Link(1, 2), new Link(3, 2));
    assertThat(Ranks.of(4, links).rank()).containsExactly(0, 1, 2, 1);
  }

  @Test
  void aLongLinkBendsInEachRankOnItsWay() {
    List<Link> links = List.of(new Link(0, 1), new Link(1, 2), new Link(0, 2));
    LayeredLayout layout = LayeredLayout.of(rooms(3), links, BETWEEN);
    assertThat(layout.links().get(2)).hasSize(3);
    // The bend is not behind the node between.
    double bend = layout.links().get(2).get(1).x();
    assertThat(Math.abs(bend - layout.nodes().get(1).x())).isGreaterThanOrEqualTo(30);
  }

  /** Two links that cross as they were given, and need not. */
  @Test
  void crossingsThatNeedNotBeAreGone() {
    List<Link> links = List.of(new Link(0, 3), new Link(1, 2));
    Ranks ranks = Ranks.of(4, links);
    assertThat(Crossings.count(ranks, List.of(List.of(0, 1), List.of(2, 3)))).isEqualTo(1);
    assertThat(Crossings.count(ranks, Crossings.reduced(ranks))).isZero();
  }

  @Test
  void aTreeIsDrawnWithoutCrossings() {
    List<Link> links = new ArrayList<>();
    int[] places = {3, 5, 1, 6, 2, 4};
    for (int i = 0; i < places.length; i++) {
      links.add(new Link(places[i], i < 3 ? 7 : 8));
    }
    links.add(new Link(7, 0));
    links.add(new Link(8, 0));
    Ranks ranks = Ranks.of(9, links);
    assertThat(Crossings.count(ranks, Crossings.reduced(ranks))).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nodesOfMadeUpGraphsDoNotOverlapAndLinksGoDown(long seed) {
    Random random = new Random(seed);
    int count = 5 + random.nextInt(40);
    List<Room> rooms = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      rooms.add(new Room(20 + random.nextInt(100), 20 + random.nextInt(30)));
      for (int i = 0; node > 0 && i < random.nextInt(3); i++) {
        links.add(new Link(random.nextInt(node), node));
      }
    }
    LayeredLayout layout = LayeredLayout.of(rooms, links, BETWEEN);
    String replay = "seed " + seed;
    for (int a = 0; a < count; a++) {
      Point at = layout.nodes().get(a);
      assertThat(at.x() - rooms.get(a).width() / 2).as(replay).isGreaterThan(-1e-9);
      assertThat(at.x() + rooms.get(a).width() / 2).as(replay).isLessThan(layout.width() + 1e-9);
      assertThat(at.y() + rooms.get(a).height() / 2).as(replay).isLessThan(layout.height() + 1e-9);
      for (int b = a + 1; b < count; b++) {
        Point other = layout.nodes().get(b);
        boolean apart =
            Math.abs(at.x() - other.x())
                    >= (rooms.get(a).width() + rooms.get(b).width()) / 2 + BETWEEN - 1e-9
                || Math.abs(at.y() - other.y())
                    >= (rooms.get(a).height() + rooms.get(b).height()) / 2 + BETWEEN - 1e-9;
        assertThat(apart).as(replay + ": nodes " + a + " and " + b).isTrue();
      }
    }
    for (List<Point> route : layout.links()) {
      for (int i = 1; i < route.size(); i++) {
        assertThat(route.get(i).y()).as(replay).isGreaterThan(route.get(i - 1).y());
      }
    }
  }

  @Test
  void aCircleIsRefused() {
    assertThatThrownBy(
            () -> LayeredLayout.of(rooms(2), List.of(new Link(0, 1), new Link(1, 0)), BETWEEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The links of a layout lead in no circle, these do.");
  }

  @Test
  void aLinkToNoNodeIsRefused() {
    assertThatThrownBy(() -> LayeredLayout.of(rooms(2), List.of(new Link(0, 2)), BETWEEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are 2 nodes, got Link[from=0, to=2].");
  }

  @Test
  void nothingIsLaidOut() {
    LayeredLayout layout = LayeredLayout.of(List.of(), List.of(), BETWEEN);
    assertThat(layout.nodes()).isEmpty();
    assertThat(layout.height()).isZero();
  }
}
