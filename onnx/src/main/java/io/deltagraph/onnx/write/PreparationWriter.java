package io.deltagraph.onnx.write;

import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.FeatureColumns.Blank;
import io.deltagraph.data.FeatureColumns.Column;
import io.deltagraph.data.PolynomialFeatures;
import io.deltagraph.graph.Lane;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.serving.Preparation;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What turns raw cells into a net's input, computed in f64 and in the order that serving has. */
final class PreparationWriter {
  /** What stands for a category that was not seen in training, and for one that is refused. */
  private static final int NONE = -1;

  private static final int REFUSED = -2;

  private final OnnxExport.Draft draft;
  private final NodeList nodes;
  private final Dim rows;

  PreparationWriter(OnnxExport.Draft draft, Dim rows) {
    this.draft = draft;
    this.nodes = draft.nodes();
    this.rows = rows;
  }

  /** The name of the prepared rows, n × features. */
  String write(Preparation preparation, DType dtype) {
    String base = columns(preparation.columns());
    int features =
        preparation.columns().columns().stream().mapToInt(c -> c.features().size()).sum();
    nodes.scope("preparation");
    String products = products(base, features, preparation.degree());
    String shifted = nodes.add("Sub", products, row(preparation.scaling().shifts()));
    String scaled = nodes.add("Div", shifted, row(preparation.scaling().divisors()));
    String cast = draft.sizes().cast(scaled, DType.F64, dtype);
    nodes.scope("");
    return cast;
  }

  private String row(List<Double> numbers) {
    return nodes.constant(
        Tensor.vector(numbers.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private String columns(FeatureColumns columns) {
    List<Column> all = columns.columns();
    List<String> parts = new ArrayList<>();
    if (all.stream().anyMatch(Column.OneHot.class::isInstance)) {
      for (Column column : all) {
        boolean texts = column instanceof Column.OneHot;
        int type = (texts ? TensorProto.DataType.STRING : TensorProto.DataType.DOUBLE).getNumber();
        String cells = draft.input(column.name(), type, Shape.of(rows, Dim.of(1)), told(column));
        nodes.scope(column.name());
        parts.addAll(features(column, cells));
      }
    } else {
      int type = TensorProto.DataType.DOUBLE.getNumber();
      String told =
          all.stream()
              .map(column -> column.name() + ": " + told(column))
              .collect(Collectors.joining("\n"));
      String cells = draft.input("rows", type, Shape.of(rows, Dim.of(all.size())), told);
      for (int from = 0; from < all.size(); ) {
        int to = from;
        while (to < all.size() && isPlain(all.get(to))) {
          to++;
        }
        int end = Math.max(to, from + 1);
        nodes.scope(all.get(from).name());
        String some =
            from == 0 && end == all.size()
                ? cells
                : nodes.add("Gather", Map.of("axis", 1), cells, places(from, end));
        parts.addAll(to > from ? List.of(some) : features(all.get(from), some));
        from = end;
      }
    }
    return parts.size() == 1
        ? parts.getFirst()
        : nodes.add("Concat", Map.of("axis", 1), parts.toArray(String[]::new));
  }

  /** What the cells of a column are, for who fills them in. */
  private static String told(Column column) {
    String kind =
        switch (column) {
          case Column.OneHot categories -> "a text";
          case Column.Numeric numbers -> "a number";
          case Column.Dated dates ->
              "a date as days since 1970-01-01, with a fraction for the time";
        };
    String blank = column instanceof Column.OneHot ? "empty" : "NaN";
    return kind
        + (column.blank() instanceof Blank.Filled ? "; a blank is " + blank : "; never blank");
  }

  private String places(int from, int to) {
    return nodes.constant(IntStream.range(from, to).boxed().toList());
  }

  private static boolean isPlain(Column column) {
    return column instanceof Column.Numeric && column.blank() instanceof Blank.Refused;
  }

  private List<String> features(Column column, String cells) {
    Lane cell = Lane.input(0, DType.F64);
    List<String> features = new ArrayList<>();
    switch (column) {
      case Column.OneHot categories -> features.add(oneHot(categories, cells));
      case Column.Numeric numbers -> features.add(lane(filled(cell, column), cells));
      case Column.Dated dates -> {
        Lane days = filled(cell, column);
        if (dates.parts()) {
          parts(days).forEach(part -> features.add(lane(part, cells)));
        } else {
          features.add(lane(days, cells));
        }
      }
    }
    if (column.blank() instanceof Blank.Filled filled && filled.indicated()) {
      features.add(
          column instanceof Column.OneHot
              ? draft.sizes().cast(codes(List.of(""), List.of(1), 0, cells), DType.I64, DType.F64)
              : lane(cell.isNaN().cast(DType.F64), cells));
    }
    return features;
  }

  private String lane(Lane lane, String cells) {
    return new LaneWriter(nodes, draft.sizes(), List.of(cells)).write(lane);
  }

  private static Lane filled(Lane cell, Column column) {
    return column.blank() instanceof Blank.Filled filled
        ? cell.isNaN().select(cell.constant(filled.value()), cell)
        : cell;
  }

  /**
   * Year, month, day and day of the week of a day since 1970-01-01, counted in years that begin in
   * March and eras of 400 years (H. Hinnant, chrono-Compatible Low-Level Date Algorithms).
   */
  private static List<Lane> parts(Lane days) {
    Lane day = days.floor();
    Lane shifted = day.plus(719_468);
    Lane era = shifted.over(146_097).floor();
    Lane ofEra = shifted.minus(era.times(146_097));
    Lane leaps =
        ofEra
            .over(1_460)
            .floor()
            .minus(ofEra.over(36_524).floor())
            .plus(ofEra.over(146_096).floor());
    Lane yearOfEra = ofEra.minus(leaps).over(365).floor();
    Lane before =
        yearOfEra.times(365).plus(yearOfEra.over(4).floor()).minus(yearOfEra.over(100).floor());
    Lane ofYear = ofEra.minus(before);
    Lane fromMarch = ofYear.times(5).plus(2).over(153).floor();
    Lane month = fromMarch.less(10).select(fromMarch.plus(3), fromMarch.minus(9));
    Lane year = yearOfEra.plus(era.times(400)).plus(month.less(3).cast(DType.F64));
    Lane ofMonth = ofYear.minus(fromMarch.times(153).plus(2).over(5).floor()).plus(1);
    Lane fromMonday = day.plus(3);
    Lane weekday = fromMonday.minus(fromMonday.over(7).floor().times(7)).plus(1);
    return List.of(year, month, ofMonth, weekday);
  }

  /** A refused category makes the whole row no number, since a graph cannot complain. */
  private String oneHot(Column.OneHot column, String cells) {
    List<String> keys = new ArrayList<>(column.values());
    List<Integer> places = new ArrayList<>(ReductionWriter.all(keys.size()));
    if (column.blank() instanceof Blank.Filled filled && !keys.contains("")) {
      keys.add("");
      places.add((int) filled.value());
    }
    boolean blanksAreRefused = !keys.contains("") && column.unseenAsZeros();
    if (blanksAreRefused) {
      keys.add("");
      places.add(REFUSED);
    }
    String codes = codes(keys, places, column.unseenAsZeros() ? NONE : REFUSED, cells);
    String known = places(0, column.values().size());
    String ones = draft.sizes().cast(nodes.add("Equal", codes, known), DType.BOOL, DType.F64);
    String refused = nodes.add("Equal", codes, nodes.constant(DType.I64, REFUSED));
    return nodes.add("Where", refused, nodes.constant(DType.F64, Double.NaN), ones);
  }

  private String codes(List<String> keys, List<Integer> values, int other, String cells) {
    return nodes
        .addAll(
            NodeList.TABLES,
            "LabelEncoder",
            1,
            Map.of("keys_strings", keys, "values_int64s", values, "default_int64", other),
            List.of(cells))
        .getFirst();
  }

  /** The products of features, those of one total degree at a time. */
  private String products(String base, int features, int degree) {
    if (degree == 1) {
      return base;
    }
    List<List<Integer>> all = new PolynomialFeatures(degree).factors(features);
    List<String> parts = new ArrayList<>(List.of(base));
    for (int total = 2; total <= degree; total++) {
      int size = total;
      List<List<Integer>> some = all.stream().filter(f -> f.size() == size).toList();
      String product = "";
      for (int k = 0; k < total; k++) {
        int place = k;
        String factor =
            nodes.add(
                "Gather",
                Map.of("axis", 1),
                base,
                nodes.constant(some.stream().map(factors -> factors.get(place)).toList()));
        product = product.isEmpty() ? factor : nodes.add("Mul", product, factor);
      }
      parts.add(product);
    }
    return nodes.add("Concat", Map.of("axis", 1), parts.toArray(String[]::new));
  }
}
