package io.deltagraph.testkit;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.print.Printer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an op says of itself, and how it is printed. */
final class DescriptionChecks {
  private static final Splitter LINES = Splitter.on('\n');

  private final Subject subject;
  private final List<Trial> trials;

  DescriptionChecks(Subject subject, List<Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /** Names, inputs, notation, domain and attributes do not change from one question to the next. */
  void stable() {
    Findings findings = new Findings(subject);
    same(findings, "id", Op::id);
    same(findings, "signature", Op::signature);
    same(findings, "notation", Op::notation);
    same(findings, "domain", Op::domain);
    same(
        findings,
        "schema",
        op -> op.schema().attributes().stream().map(OpAttribute::name).toList());
    long names =
        subject.op().signature().inputs().stream().map(input -> input.name()).distinct().count();
    if (names < subject.op().signature().inputs().size()) {
      findings.add("gives two inputs one name: " + subject.op().signature().inputs());
    }
    subject.op().signature().outputs().stream()
        .filter(name -> !name.matches("[a-z][a-z0-9_]*"))
        .forEach(name ->
            findings.add(
                "calls an output '"
                    + name
                    + "'; files and users ask for it by a name such as 'mean'"));
    distinct(findings, subject.op());
    findings.conclude();
  }

  private void same(Findings findings, String what, Function<Op<?>, Object> question) {
    Object first = question.apply(subject.op());
    Object again = question.apply(subject.op());
    if (!first.equals(again)) {
      findings.add("its " + what + " is " + first + " once and " + again + " the next time");
    }
  }

  /** Records of attributes are equal just when the data that they are read from are. */
  private <A extends Record> void distinct(Findings findings, Op<A> op) {
    Map<A, Map<String, Object>> known = new HashMap<>();
    for (Trial trial : trials) {
      A attributes = op.schema().read(trial.at().attributes());
      Map<String, Object> data = op.schema().write(attributes);
      Map<String, Object> earlier = known.putIfAbsent(attributes, data);
      if (earlier != null && !earlier.equals(data)) {
        findings.add(
            trial.at(),
            "the attributes " + data + " equal " + earlier + ", so that two nodes become one");
        return;
      }
      if (op.schema().read(trial.at().attributes()).hashCode() != attributes.hashCode()) {
        findings.add(trial.at(), "the attributes " + data + " have two hash codes");
        return;
      }
    }
  }

  /** The formula of a node names its inputs, and its LaTeX is well formed. */
  void printed() {
    Findings findings = new Findings(subject);
    for (Trial trial : trials) {
      findings.guard(trial.at(), () -> printed(findings, trial));
    }
    findings.conclude();
  }

  private static void printed(Findings findings, Trial trial) {
    Printer printer = Printer.of(List.of(trial.output()));
    String text = formulas(printer.text(), " = ");
    String latex = formulas(printer.latex(), " &= ");
    for (int i = 0; i < trial.inputs().size(); i++) {
      Input input = trial.inputs().get(i);
      Printer alone = Printer.of(List.of(input));
      String plain = between(alone.text(), "input ", ":");
      String symbol = between(alone.latex(), "{align*}\n", " &");
      if (!text.contains(plain)) {
        findings.add(trial.at(), "its text lacks input " + i + ": " + text);
      }
      if (!latex.contains(symbol)) {
        findings.add(trial.at(), "its LaTeX lacks input " + i + ": " + latex);
      }
    }
    for (String hole : List.of(":p}", "{*}")) {
      if (text.contains(hole) || latex.contains(hole)) {
        findings.add(trial.at(), "a place of its notation is not filled: " + text + latex);
      }
    }
    String unescaped = latex.replace("\\{", "").replace("\\}", "");
    if (CharMatcher.is('{').countIn(unescaped) != CharMatcher.is('}').countIn(unescaped)) {
      findings.add(trial.at(), "the braces of its LaTeX do not match: " + latex);
    }
  }

  private static String formulas(String printed, String sign) {
    return String.join("\n", LINES.splitToStream(printed).filter(l -> l.contains(sign)).toList());
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
