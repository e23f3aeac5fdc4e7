package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestReporter;

/** The checks of one op, in the order in which an author wants to see them fail. */
final class Contract {
  private final Subject subject;
  private final TestReporter reporter;
  private final Findings building;
  private @Nullable ImmutableList<Trial> trials;

  Contract(Subject subject, TestReporter reporter) {
    this.subject = subject;
    this.reporter = reporter;
    this.building = new Findings(subject);
  }

  /** The cases at their numbers, made by the first check that runs. */
  private ImmutableList<Trial> trials() {
    ImmutableList<Trial> known = trials;
    if (known == null) {
      known = make();
      trials = known;
    }
    return known;
  }

  private ImmutableList<Trial> make() {
    List<Trial> made = new ArrayList<>();
    if (subject.cases().isEmpty()) {
      building.add("there is no case: no generated one fits its shape rule; override cases()");
    }
    for (Case at : subject.cases()) {
      building.guard(at, () -> made.add(Trial.of(subject, at)));
    }
    return ImmutableList.copyOf(made);
  }

  /** Every case can be built; those that cannot are reported here and left out elsewhere. */
  private void built() {
    int count = trials().size();
    if (count < subject.cases().size() || count == 0) {
      building.conclude();
    }
  }

  Stream<DynamicNode> checks() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "registered once, in both lists of services",
            () -> new RegistrationChecks(subject).registered()),
        DynamicTest.dynamicTest("every case can be built", this::built),
        DynamicTest.dynamicTest(
            "describes itself the same each time",
            () -> new DescriptionChecks(subject, trials()).stable()),
        DynamicTest.dynamicTest(
            "printed as text and LaTeX with its inputs",
            () -> new DescriptionChecks(subject, trials()).printed()),
        DynamicTest.dynamicTest(
            "JSON brings back the same node", () -> new FileChecks(subject, trials()).roundTrips()),
        forward("the shape rule agrees with the forward pass", ForwardChecks::shapes),
        forward("finite inside its domain", ForwardChecks::finite),
        DynamicTest.dynamicTest(
            "extremes give numbers or infinities",
            () -> new ExtremeChecks(subject, trials()).numbers()),
        forward("refuses what it cannot take", ForwardChecks::refusals),
        forward("the forward pass is pure and deterministic", ForwardChecks::purity),
        forward("a smaller input is repeated", ForwardChecks::broadcasting),
        DynamicTest.dynamicTest(
            "a fold gives the same in any order", () -> new FoldChecks(subject, trials()).laws()),
        DynamicTest.dynamicTest(
            "vectors agree with scalars at all sizes",
            () -> new SizeChecks(subject, trials()).sizes()),
        DynamicTest.dynamicTest(
            "every backend agrees with the reference",
            () -> new BackendChecks(subject, trials()).agree(reporter)),
        gradient("gradients agree with finite differences", GradientChecks::gradients),
        gradient("the backward pass is pure and deterministic", GradientChecks::purity),
        DynamicTest.dynamicTest(
            "kinks are told by switches", () -> new KinkChecks(subject, trials()).told()),
        gradient("flat gradients are flat", GradientChecks::flatness),
        second(
            "second derivatives agree with differences of gradients", SecondOrderChecks::hessians),
        second("forward mode agrees with reverse", SecondOrderChecks::forwardMode),
        DynamicTest.dynamicTest(
            "f32 agrees with f64", () -> new PrecisionChecks(subject, trials()).singlePrecision()),
        DynamicTest.dynamicTest(
            "seeded mistakes in the backward rule are caught",
            () -> new MutationChecks(subject, trials()).mistakes(reporter)));
  }

  private DynamicTest forward(String name, Consumer<ForwardChecks> check) {
    return DynamicTest.dynamicTest(name, () -> check.accept(new ForwardChecks(subject, trials())));
  }

  private DynamicTest gradient(String name, Consumer<GradientChecks> check) {
    return DynamicTest.dynamicTest(name, () -> check.accept(new GradientChecks(subject, trials())));
  }

  private DynamicTest second(String name, Consumer<SecondOrderChecks> check) {
    return DynamicTest.dynamicTest(
        name, () -> check.accept(new SecondOrderChecks(subject, trials())));
  }
}
