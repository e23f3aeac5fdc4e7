package org.codehaus.groovy.vmplugin.v8;

import java.util.function.Function;

/** Calls on behalf of a script, as Groovy's class of this name does. */
public final class IndyInterface {
  private IndyInterface() {}

  /** What is called gives. */
  public static <T, R> R fromCache(Function<T, R> called, T argument) {
    return called.apply(argument);
  }
}
