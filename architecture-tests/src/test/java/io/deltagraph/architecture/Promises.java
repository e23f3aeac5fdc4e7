package io.deltagraph.architecture;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** What an exported type promises: stable, or incubating, which is called experimental. */
final class Promises {
  private static final ImmutableSet<API.Status> KNOWN =
      ImmutableSet.of(API.Status.STABLE, API.Status.EXPERIMENTAL);

  private Promises() {}

  /** The packages that modules export to everyone, read from their compiled descriptors. */
  static ImmutableSet<String> exported(Path root, Iterable<String> modules) {
    ImmutableSet.Builder<String> packages = ImmutableSet.builder();
    for (String module : modules) {
      Path file = root.resolve(module).resolve("target/classes/module-info.class");
      try (InputStream in = Files.newInputStream(file)) {
        ModuleDescriptor.read(in).exports().stream()
            .filter(exports -> !exports.isQualified())
            .forEach(exports -> packages.add(exports.source()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return packages.build();
  }

  /** Each public type of those packages is marked, by itself, a type around it or its package. */
  static ArchRule areMade(ImmutableSet<String> packages) {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAnyPackage(packages.toArray(new String[0]))
        .and()
        .haveModifier(JavaModifier.PUBLIC)
        .should(
            new ArchCondition<>("promise to be stable, or say that they are experimental") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                Optional<API.Status> status = status(type);
                if (status.isEmpty()) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type,
                          type.getName()
                              + " promises nothing: mark its package-info or the type @API(status ="
                              + " STABLE) or @API(status = EXPERIMENTAL)"));
                } else if (!KNOWN.contains(status.get())) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type,
                          type.getName()
                              + " is exported and marked "
                              + status.get()
                              + ", not one of "
                              + KNOWN));
                }
              }
            });
  }

  /** What others see of those packages is made of this project's types and the JDK's. */
  static ArchRule speakTheJdk(ImmutableSet<String> packages) {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAnyPackage(packages.toArray(new String[0]))
        .and()
        .haveModifier(JavaModifier.PUBLIC)
        .should(
            new ArchCondition<>("show no library in their exported signatures") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (JavaMember member : type.getMembers()) {
                  if (isSeen(member)) {
                    member.getAllInvolvedRawTypes().stream()
                        .filter(shown -> shown.getPackageName().startsWith("com.google."))
                        .forEach(shown ->
                            events.add(
                                SimpleConditionEvent.violated(
                                    member, member.getFullName() + " shows " + shown.getName())));
                  }
                }
              }
            });
  }

  private static boolean isSeen(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  /** The packages with a public type that promises to be stable, in order. */
  static SortedSet<String> stable(JavaClasses types) {
    SortedSet<String> packages = new TreeSet<>();
    for (JavaClass type : types) {
      if (type.getModifiers().contains(JavaModifier.PUBLIC)
          && status(type).filter(status -> status == API.Status.STABLE).isPresent()) {
        packages.add(type.getPackageName());
      }
    }
    return packages;
  }

  private static Optional<API.Status> status(JavaClass type) {
    Stream<JavaClass> around =
        Stream.iterate(
                Optional.of(type), Optional::isPresent, t -> t.orElseThrow().getEnclosingClass())
            .map(Optional::orElseThrow);
    return Stream.concat(
            around.flatMap(t -> t.tryGetAnnotationOfType(API.class).stream()),
            type.getPackage().tryGetAnnotationOfType(API.class).stream())
        .map(API::status)
        .findFirst();
  }
}
