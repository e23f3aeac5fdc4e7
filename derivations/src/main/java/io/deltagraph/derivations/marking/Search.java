package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Cause;
import io.deltagraph.check.DerivativeSlip;
import io.deltagraph.check.Diagnosis.Finding;
import io.deltagraph.check.PenaltySlip;
import io.deltagraph.check.Ratio;
import io.deltagraph.check.Slip;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.marking.Trees.Spot;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what makes a wrong line right: factors, then every single change, then pairs, each
 * accepted on all batches to rounding alone. The work of a file is bounded.
 */
final class Search {
  private static final long WORK = 400_000_000L;
  private static final int MOST_PAIRS = 4_000;
  private static final int MOST_BUILT = 60_000;
  private static final int MOST_CAUSES = 3;
  private static final double CLOSE = 1e-9;

  private final Scene scene;
  private final Attempt attempt;
  private final Likeness comparison;
  private final Map<Asked, List<Finding>> known = new HashMap<>();
  private long work;
  private int built;
  private boolean stopped;

  Search(Scene scene, Attempt attempt, Likeness comparison) {
    this.scene = scene;
    this.attempt = attempt;
    this.comparison = comparison;
  }

  /** Whether some search ended before everything was tried. */
  boolean stopped() {
    return stopped;
  }

  /** The causes that explain a line, the most telling first; none if nothing does. */
  List<Finding> causes(Row row, Value reference) {
    Line line = new Line(row, reference);
    Asked asked =
        new Asked(
            requireNonNull(row.name),
            line.root,
            row.written().equation().indices(),
            reference,
            Optional.ofNullable(line.value),
            attempt.valuesAbove(row));
    List<Finding> causes = known.get(asked);
    if (causes == null) {
      causes = line.causes();
      known.put(asked, causes);
    }
    return causes;
  }

  /** All that the causes of a line depend on: the same line again has the same. */
  private record Asked(
      Name name,
      Expression root,
      List<String> indices,
      Value reference,
      Optional<Value> value,
      Map<Name, Value> above) {}

  /** A repair and the value that it gives. */
  private record Tried(Repair repair, Value value) {}

  /** One that is right, and the difference that remains. */
  private record Accepted(Tried tried, double residual) {}

  private final class Line {
    private final Row row;
    private final Value reference;
    private final Expression root;
    private final Expression whole;
    private final boolean entries;
    private final @Nullable Value value;
    private final Repairs repairs;
    private final Map<String, Finding> found = new LinkedHashMap<>();
    private final List<Tried> scalable = new ArrayList<>();

    Line(Row row, Value reference) {
      this.row = row;
      this.reference = reference;
      root = attempt.inlined(row);
      entries = !row.written().equation().indices().isEmpty();
      whole = entries ? Repairs.LINE : root;
      value = row.corrected;
      repairs =
          new Repairs(
              scene,
              attempt.orientation(),
              spotted -> {
                Value part = attempt.part(row, spotted.node(), value);
                return part != null && part.shape().equals(z(spotted.layer()).shape());
              });
    }

    private Value z(int layer) {
      return attempt.names().value(Name.value("Z", layer)).orElseThrow();
    }

    List<Finding> causes() {
      Name name = requireNonNull(row.name);
      Value fitted = value == null ? null : attempt.fit(value, requireNonNull(row.truth), row);
      Optional<Finding> number = Optional.empty();
      if (fitted != null) {
        Likeness.Result result = compared(fitted);
        number = scaled(result, false);
        if (number.isPresent() && !isNumber(number.get())) {
          return List.of(number.get());
        }
      }
      List<Tried> singles = tried(repairs.telling(root, name, whole), fitted);
      accept(singles);
      List<Tried> scaled = List.copyOf(scalable);
      terms();
      if (!found.isEmpty()) {
        return best();
      }
      accept(tried(OperandRepairs.of(root, attempt.names()), fitted));
      if (!found.isEmpty()) {
        return best();
      }
      if (number.isPresent()) {
        return List.of(number.get());
      }
      pairsWithFactors(scaled);
      if (found.isEmpty()) {
        pairs(name);
      }
      return best();
    }

    private List<Finding> best() {
      return found.values().stream().limit(MOST_CAUSES).toList();
    }

    private Likeness.Result compared(Value actual) {
      spend(1);
      return comparison.compare(List.of(new Likeness.Pair(actual, reference))).getFirst();
    }

    private boolean spend(int candidates) {
      work += (long) candidates * size();
      stopped |= work > WORK;
      return work <= WORK;
    }

    private int size() {
      int size = 200;
      for (int axis = 0; axis < reference.type().rank(); axis++) {
        size *= reference.shape().dim(axis).isFixed() ? reference.shape().dim(axis).size() : 10;
      }
      return Math.max(size / 20, 2_000);
    }

    /** The cause that a constant ratio speaks for. */
    private Optional<Finding> scaled(Likeness.Result result, boolean penalty) {
      if (!(result.scaled() <= Likeness.ROUNDING) || !result.tells()) {
        return Optional.empty();
      }
      return ofFactors(result.factors(), result.scaled(), penalty);
    }

    private Optional<Finding> ofFactors(List<Double> inverse, double residual, boolean penalty) {
      return constant(inverse)
          .map(constant -> penalty ? new PenaltySlip.Times(constant) : constant)
          .map(cause -> new Finding(cause, residual));
    }

    private Optional<Slip.Constant> constant(List<Double> factors) {
      boolean constant = Ratios.constant(factors);
      double first = factors.getFirst();
      if (constant && Math.abs(first + 1) < CLOSE) {
        return Optional.of(Slip.Constant.minus());
      }
      if (constant && Math.abs(first - 1) < CLOSE) {
        return Optional.empty();
      }
      Optional<Ratio> ratio = Ratios.of(scene, factors);
      if (ratio.isPresent()) {
        return ratio.map(Slip.Constant::of);
      }
      double rate = scene.learningRate();
      if (constant
          && KnownNames.isParameterGradient(requireNonNull(row.name))
          && Math.abs(Math.abs(first) - rate) < CLOSE * rate) {
        return Optional.of(Slip.Constant.learningRate(first));
      }
      Optional<Ratio> turned = Ratios.of(scene, factors.stream().map(factor -> -factor).toList());
      if (turned.isPresent()) {
        return turned.map(Slip.Constant::minus);
      }
      return constant ? Optional.of(Slip.Constant.of(first)) : Optional.empty();
    }

    /** Whether a cause is a mere number, or a wrong sign, that something else may explain. */
    private static boolean isNumber(Finding finding) {
      return finding.cause() instanceof Slip.Constant constant && constant.pieces().isEmpty();
    }

    /** Those repairs that have a value of the right shape, each value once. */
    private List<Tried> tried(List<Repair> all, @Nullable Value unlike) {
      List<Tried> tried = new ArrayList<>();
      Set<Value> seen = new HashSet<>();
      for (Repair repair : all) {
        if (repair.tree().equals(root)) {
          continue;
        }
        built++;
        Value repaired = attempt.repaired(row, repair.tree(), value);
        if (repaired != null && repaired != unlike && seen.add(repaired)) {
          tried.add(new Tried(repair, repaired));
        }
      }
      return tried;
    }

    private void accept(List<Tried> tried) {
      for (Accepted one : accepted(tried)) {
        add(new Finding(one.tried().repair().cause(), one.residual()));
      }
    }

    /** Those that are right on all batches; the first batch sorts out most of the others. */
    private List<Accepted> accepted(List<Tried> tried) {
      if (!spend(tried.size())) {
        return List.of();
      }
      Likeness.Near near = comparison.near(tried.stream().map(this::pair).toList());
      scalable.addAll(tried.stream().filter(one -> near.scaled().contains(pair(one))).toList());
      List<Tried> left = tried.stream().filter(one -> near.equal().contains(pair(one))).toList();
      List<Likeness.Result> results = results(left);
      List<Accepted> accepted = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i).equal() && (results.get(i).tells() || isOfZero(left.get(i)))) {
          accepted.add(new Accepted(left.get(i), results.get(i).difference()));
        }
      }
      return accepted;
    }

    /** Whether it explains a line that should be 0: nothing else can be told from a 0. */
    private static boolean isOfZero(Tried tried) {
      Cause cause = tried.repair().cause();
      return cause instanceof DerivativeSlip.Missing
          || cause instanceof PenaltySlip.Extra
          || cause instanceof PenaltySlip.OnBias;
    }

    private List<Likeness.Result> results(List<Tried> tried) {
      if (!spend(tried.size())) {
        return List.of();
      }
      return comparison.compare(tried.stream().map(this::pair).toList());
    }

    private Likeness.Pair pair(Tried tried) {
      return new Likeness.Pair(tried.value(), reference);
    }

    /** A term of a sum that is there a number of times. */
    private void terms() {
      if (value == null || entries) {
        return;
      }
      List<Spot> spots = new ArrayList<>();
      List<Likeness.Pair> pairs = new ArrayList<>();
      Value without = null;
      for (Spot spot : Trees.spots(root)) {
        if (!(spot.node() instanceof Binary(Operator operator, Expression left, Expression right))
            || (operator != Operator.PLUS && operator != Operator.MINUS)) {
          continue;
        }
        for (boolean first : List.of(true, false)) {
          Expression term = first ? left : right;
          Expression zero = Trees.join(Operator.PRODUCT, new Numeral(0), term);
          Expression other =
              first ? Trees.join(operator, zero, right) : Trees.join(operator, left, zero);
          without = attempt.repaired(row, spot.put().apply(other), null);
          Value all = attempt.repaired(row, root, null);
          if (without != null && all != null) {
            spots.add(new Spot(term, spot.put()));
            pairs.add(new Likeness.Pair(all.minus(without), reference.minus(without)));
          }
        }
      }
      if (!spend(3 * pairs.size())) {
        return;
      }
      List<Likeness.Result> results = comparison.compare(pairs);
      for (int i = 0; i < results.size(); i++) {
        Expression term = spots.get(i).node();
        scaled(results.get(i), repairs.isPenalty(term))
            .map(cause ->
                new Finding(
                    new Slip.OfTerm("the term " + Repairs.text(term), cause.cause()),
                    cause.residual()))
            .ifPresent(this::add);
      }
      sortTerms();
    }

    /** Factors of penalties before what else explains the line, and plain factors after it. */
    private void sortTerms() {
      List<Finding> sorted = new ArrayList<>(found.values());
      sorted.sort(Comparator.comparingInt(Line::rank));
      found.clear();
      sorted.forEach(this::add);
    }

    private static int rank(Finding finding) {
      Cause cause =
          finding.cause() instanceof Slip.OfTerm(String term, Cause inner)
              ? inner
              : finding.cause();
      return switch (cause) {
        case PenaltySlip.Times(Slip.Constant constant) -> constant.pieces().isEmpty() ? 1 : 0;
        case Slip.Constant constant -> 2;
        case Slip.Composed composed -> 2;
        default -> 1;
      };
    }

    private void add(Finding finding) {
      found.putIfAbsent(key(finding.cause()), finding);
    }

    private static String key(Cause cause) {
      return cause.parts().isEmpty()
          ? cause.code()
          : cause.parts().stream().map(Cause::code).toList().toString();
    }

    private void pairsWithFactors(List<Tried> singles) {
      List<Likeness.Result> results = results(singles);
      for (int i = 0; i < results.size() && found.size() < MOST_CAUSES; i++) {
        Repair repair = singles.get(i).repair();
        scaled(results.get(i), false)
            .filter(factor -> factor.cause().parts().isEmpty() && !isNumber(factor))
            .ifPresent(factor -> compose(repair.cause(), factor.cause(), factor.residual()));
      }
    }

    private void compose(Cause one, Cause two, double residual) {
      if (!one.code().equals(two.code())) {
        add(new Finding(new Slip.Composed(one, two), residual));
      }
    }

    private void pairs(Name name) {
      List<Tried> all = new ArrayList<>();
      List<Repair> firsts = new ArrayList<>();
      Set<Value> seen = new HashSet<>();
      List<Repair> singles = entries ? List.of() : repairs.telling(root, name, whole);
      for (Repair one : singles) {
        if (all.size() >= MOST_PAIRS || built > MOST_BUILT || !spend(0)) {
          stopped = true;
          break;
        }
        for (Repair two : repairs.telling(one.tree(), name, one.tree())) {
          built++;
          Value both = attempt.repaired(row, two.tree(), value);
          if (both != null && seen.add(both) && all.size() < MOST_PAIRS) {
            all.add(new Tried(two, both));
            firsts.add(one);
          }
        }
      }
      for (Accepted one : accepted(all)) {
        Cause first = firsts.get(all.indexOf(one.tried())).cause();
        compose(first, one.tried().repair().cause(), one.residual());
      }
    }
  }
}
