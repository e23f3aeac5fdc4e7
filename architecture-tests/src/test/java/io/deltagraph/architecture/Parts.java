package io.deltagraph.architecture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Optional;

/**
 * A division of the packages under a root into parts, and which other parts each may depend on.
 *
 * @param root the package under which everything has to belong to a part
 * @param partOf the part of each package directly under the root, its subpackages included
 * @param allowed the other parts that a part may depend on
 */
record Parts(
    String root,
    ImmutableMap<String, String> partOf,
    ImmutableMap<String, ImmutableSet<String>> allowed) {

  /** Packages of which each may depend on those before it. */
  static Parts inOrder(String root, ImmutableList<String> packages) {
    ImmutableMap.Builder<String, String> partOf = ImmutableMap.builder();
    ImmutableMap.Builder<String, ImmutableSet<String>> allowed = ImmutableMap.builder();
    for (int i = 0; i < packages.size(); i++) {
      partOf.put(packages.get(i), packages.get(i));
      allowed.put(packages.get(i), ImmutableSet.copyOf(packages.subList(0, i)));
    }
    return new Parts(root, partOf.buildOrThrow(), allowed.buildOrThrow());
  }

  /** Holds the directions for every class that belongs to a part. */
  ArchRule directions() {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAnyPackage(
            partOf.keySet().stream().map(name -> root + "." + name + "..").toArray(String[]::new))
        .should(dependOnAllowedParts());
  }

  /** Fails for a class under the root that belongs to no part, so that no package is forgotten. */
  ArchRule completeness() {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            new ArchCondition<>("belong to a known part") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (part(type).isEmpty()) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type, type.getName() + " belongs to none of " + partOf.keySet()));
                }
              }
            });
  }

  private ArchCondition<JavaClass> dependOnAllowedParts() {
    return new ArchCondition<>("depend on allowed parts only, which are " + allowed) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String from = part(type).orElseThrow();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          part(dependency.getTargetClass().getBaseComponentType())
              .filter(to -> !to.equals(from) && !allowed.get(from).contains(to))
              .ifPresent(to ->
                  events.add(
                      SimpleConditionEvent.violated(
                          type,
                          from + " may not depend on " + to + ": " + dependency.getDescription())));
        }
      }
    };
  }

  private Optional<String> part(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(root + ".")) {
      return Optional.empty();
    }
    String below = name.substring(root.length() + 1);
    int dot = below.indexOf('.');
    return Optional.ofNullable(partOf.get(dot < 0 ? below : below.substring(0, dot)));
  }
}
