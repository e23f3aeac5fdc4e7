package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;

/** The checks of one op, in the order in which an author wants to see them fail. */
final class Contract {
  private final Subject subject;
  private final TestReporter reporter;
  private final Findings building;
  private @Nullable List<Trial> trials;

  Contract(Subject subject, TestReporter reporter) {
    this.subject = subject;
    this.reporter = reporter;
    this.building = new Findings(subject);
  }

  /** The cases at their numbers, made by the first check that runs. */
  private List<Trial> trials() {
    List<Trial> known = trials;
    if (known == null) {
      known = make();
      trials = known;
    }
    return known;
  }

  private List<Trial> make() {
    List<Trial> made = new ArrayList<>();
    if (subject.cases().isEmpty()) {
      building.add(GeneratedCases.none(subject.op(), subject.ops()));
    }
    for (Case at : subject.cases()) {
      building.guard(at, () -> looks(at).forEach(look -> made.add(Trial.of(subject, look))));
    }
    return ImmutableList.copyOf(made);
  }

  /** A case of several outputs by each of them, then by all that have gradients. */
  private List<Case> looks(Case at) {
    List<String> names = subject.op().signature().outputs();
    if (names.size() == 1 || !at.outputs().isEmpty()) {
      return List.of(at);
    }
    List<Apply> parts =
        Trial.parts(GraphBuilder.withoutSites(subject.ops()), subject.op(), at, DType.F64);
    List<Case> looks = new ArrayList<>();
    names.forEach(name -> looks.add(at.lookingAt(List.of(name))));
    List<String> floats =
        parts.stream()
            .filter(part -> part.dtype().isFloat())
            .map(part -> names.get(part.index()))
            .toList();
    if (floats.size() > 1) {
      looks.add(at.lookingAt(floats));
    }
    return looks;
  }

  /** Those by one output. */
  private List<Trial> alone() {
    return trials().stream().filter(trial -> trial.at().isOfOne()).toList();
  }

  /** Every case can be built; those that cannot are reported here and left out elsewhere. */
  private void built() {
    trials();
    building.conclude();
  }

  Stream<DynamicNode> checks() {
    return Stream.of(
        check(
            "registered once, in both lists of services",
            () -> new RegistrationChecks(subject).registered()),
        check("every case can be built", this::built),
        check(
            "describes itself the same each time",
            () -> new DescriptionChecks(subject, alone()).stable()),
        check(
            "printed as text and LaTeX with its inputs",
            () -> new DescriptionChecks(subject, alone()).printed()),
        check(
            "JSON brings back the same node", () -> new FileChecks(subject, alone()).roundTrips()),
        forward("the shape rule agrees with the forward pass", ForwardChecks::shapes),
        forward("finite inside its domain", ForwardChecks::finite),
        check("gives what its codomain says", () -> new CodomainChecks(subject, alone()).held()),
        check(
            "extremes give numbers or infinities",
            () -> new ExtremeChecks(subject, alone()).numbers()),
        check(
            "extremes agree with exact numbers",
            () -> new ExactChecks(subject, alone()).exact(reporter)),
        forward("refuses what it cannot take", ForwardChecks::refusals),
        check(
            "takes as many inputs as its signature says",
            () -> new ArityChecks(subject, alone()).counts()),
        forward("the forward pass is pure and deterministic", ForwardChecks::purity),
        forward("a smaller input is repeated", ForwardChecks::broadcasting),
        check("a fold gives the same in any order", () -> new FoldChecks(subject, alone()).laws()),
        check(
            "vectors agree with scalars at all sizes",
            () -> new SizeChecks(subject, alone()).sizes()),
        check(
            "every backend agrees with the reference",
            () -> new BackendChecks(subject, alone()).agree(reporter)),
        gradient("gradients agree with finite differences", GradientChecks::gradients),
        gradient("the backward pass is pure and deterministic", GradientChecks::purity),
        check("kinks are told", () -> new KinkChecks(subject, alone()).told()),
        gradient("flat gradients are flat", GradientChecks::flatness),
        second(
            "second derivatives agree with differences of gradients", SecondOrderChecks::hessians),
        second("forward mode agrees with reverse", SecondOrderChecks::forwardMode),
        check("f32 agrees with f64", () -> new PrecisionChecks(subject, alone()).singlePrecision()),
        check(
            "seeded mistakes in the backward rule are caught",
            () -> new MutationChecks(subject, trials()).mistakes(reporter)));
  }

  private DynamicTest forward(String name, Consumer<ForwardChecks> check) {
    return check(name, () -> check.accept(new ForwardChecks(subject, alone())));
  }

  private DynamicTest gradient(String name, Consumer<GradientChecks> check) {
    return check(name, () -> check.accept(new GradientChecks(subject, trials())));
  }

  private DynamicTest second(String name, Consumer<SecondOrderChecks> check) {
    return check(name, () -> check.accept(new SecondOrderChecks(subject, trials())));
  }

  /** A failure names the check: Maven's output tells dynamic tests by their numbers alone. */
  private static DynamicTest check(String name, Executable check) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            check.execute();
          } catch (AssertionFailedError failure) {
            String message = "The check '%s' fails.\n%s".formatted(name, failure.getMessage());
            throw new AssertionFailedError(message, failure);
          }
        });
  }
}
