package com.natifico.postback.endtoend;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Rules for dependencies between packages (function -> contract and aws -> core) and for
 * constructors.
 */
@AnalyzeClasses(
    packages = "com.natifico.postback",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArrowsTest.NoTestJars.class})
final class ArrowsTest {
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String ROOT = "com.natifico.postback";

  @ArchTest
  static final ArchRule coreKnowsNoAwsAndNoIo =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "..")
          .and()
          .resideOutsideOfPackages(
              ROOT + ".contract..",
              ROOT + ".aws..",
              ROOT + ".functions..",
              ROOT + ".local..",
              ROOT + ".operations..",
              ROOT + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".contract..",
              ROOT + ".aws..",
              ROOT + ".functions..",
              ROOT + ".local..",
              "software.amazon..",
              "com.amazonaws..",
              "com.fasterxml..",
              "org.apache..",
              "java.io..",
              "java.nio.file..",
              "java.net.http..");

  @ArchTest
  static final ArchRule coreHasNoClockAndNoRandomnessOfItsOwn =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "..")
          .and()
          .resideOutsideOfPackages(
              ROOT + ".contract..",
              ROOT + ".aws..",
              ROOT + ".functions..",
              ROOT + ".local..",
              ROOT + ".operations..",
              ROOT + ".cli..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.SecureRandom");

  @ArchTest
  static final ArchRule ideasOfTheCoreHaveNoCycles =
      slices()
          .matching(
              ROOT
                  + ".(acceptance|access|conversion|delivery|egress|macro|notification|postback"
                  + "|signature|statistics|url|contract)..")
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule urlsKnowNothingElseOfOurs =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".url..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage(ROOT + "..")
                  .and(JavaClass.Predicates.resideOutsideOfPackage(ROOT + ".url..")));

  @ArchTest
  static final ArchRule contractKnowsTheCoreAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".contract..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".aws..", ROOT + ".functions..", ROOT + ".local..", "software.amazon..");

  @ArchTest
  static final ArchRule partsOfTheContractHaveNoCycles =
      slices().matching(ROOT + ".contract.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rolesOfAwsHaveNoCycles =
      slices().matching(ROOT + ".aws.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyAnswersAreWrittenWithDatabind =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".contract..", ROOT + ".aws..", ROOT + ".functions..")
          .and()
          .haveNameNotMatching(".*\\.AnswerJson(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.databind..");

  @ArchTest
  static final ArchRule awsKnowsNoFunction =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".aws..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".contract..", ROOT + ".functions..", ROOT + ".local..");

  @ArchTest
  static final ArchRule functionsDoNotKnowEachOther =
      slices().matching(ROOT + ".functions.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule nothingImportsLocal =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".local..");

  @ArchTest
  static final ArchRule operationsKnowTheCoreAndTheStorageLayoutAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".operations..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(ROOT + ".aws..", ROOT + ".functions..", ROOT + ".local..")
                  .and(resideOutsideOfPackage(ROOT + ".aws.dynamodb")));

  @ArchTest
  static final ArchRule onlyTheCommandLineImportsOperations =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".operations..", ROOT + ".cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".operations..");

  @ArchTest
  static final ArchRule nothingImportsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".cli..");

  /** It sees of the system what the API answers, and the tables only by the operations. */
  @ArchTest
  static final ArchRule theCommandLineKnowsOperationsAlone =
      classes()
          .that()
          .resideInAPackage(ROOT + ".cli..")
          .should()
          .onlyDependOnClassesThat(
              JavaClass.Predicates.resideOutsideOfPackage(ROOT + "..")
                  .or(resideInAnyPackage(ROOT + ".cli..", ROOT + ".operations..")));

  @ArchTest
  static final ArchRule partsOfTheCommandLineHaveNoCycles =
      slices().matching(ROOT + ".cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule localImportsNothingOfOurs =
      classes()
          .that()
          .resideInAPackage(ROOT + ".local..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              ROOT + ".functions..", ROOT + ".aws..", ROOT + ".conversion..", ROOT + ".delivery..");

  /** The one that Lambda calls, one for an environment and one for given services. */
  @ArchTest
  static final ArchRule functionsHaveAtMostThreeConstructors =
      classes()
          .that()
          .implement(RequestHandler.class)
          .should(
              new ArchCondition<JavaClass>("have at most three constructors") {
                @Override
                public void check(JavaClass function, ConditionEvents events) {
                  events.add(
                      new SimpleConditionEvent(
                          function,
                          function.getConstructors().size() <= 3,
                          function.getFullName()));
                }
              });

  /** A constructor with more parameters should take a value object instead. */
  @ArchTest
  static final ArchRule constructorsHaveAtMostSevenParameters =
      constructors()
          .should(
              new ArchCondition<JavaConstructor>("have at most seven parameters") {
                @Override
                public void check(JavaConstructor constructor, ConditionEvents events) {
                  events.add(
                      new SimpleConditionEvent(
                          constructor,
                          constructor.getRawParameterTypes().size() <= 7,
                          constructor.getFullName()));
                }
              });
}
