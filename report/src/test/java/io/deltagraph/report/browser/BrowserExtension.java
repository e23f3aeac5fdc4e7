package io.deltagraph.report.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the one browser when the first test asks for it, and ends it after the last. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(BrowserExtension.class);
  private static final boolean REQUIRED =
      "required".equals(System.getProperty("deltagraph.browser", ""));

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Chromium.find().isPresent()) {
      return ConditionEvaluationResult.enabled("There is a Chromium.");
    }
    if (REQUIRED) {
      return ConditionEvaluationResult.enabled(
          "A Chromium is required, and its absence a failure.");
    }
    root(context).getOrComputeIfAbsent("said", key -> sayOnce());
    return ConditionEvaluationResult.disabled("No Chromium was found.");
  }

  private static boolean sayOnce() {
    System.out.println(
        "Skipped the tests in a real browser: no chromium, chromium-browser or google-chrome on the"
            + " path; name one by -D"
            + Chromium.PATH
            + "=PATH.");
    return true;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return root(context).getOrComputeIfAbsent(Chromium.class, key -> start(), Chromium.class);
  }

  private static Chromium start() {
    return Chromium.start(
        Chromium.find()
            .orElseThrow(() ->
                new IllegalStateException(
                    "The tests in a real browser are required, and no Chromium was found: install"
                        + " one, or name one by -D"
                        + Chromium.PATH
                        + "=PATH.")));
  }

  private static ExtensionContext.Store root(ExtensionContext context) {
    return context.getRoot().getStore(HERE);
  }
}
