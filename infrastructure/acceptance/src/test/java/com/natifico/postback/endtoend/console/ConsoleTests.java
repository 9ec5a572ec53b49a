package com.natifico.postback.endtoend.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a test class in a real browser, with one {@link ConsoleWorld} for all classes. A parameter
 * {@link Visitors} opens browsers; each must cause no error until the test ends.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ConsoleTests.InABrowser.class)
@interface ConsoleTests {
  /** Starts the world once, and checks after each test that no page did anything forbidden. */
  final class InABrowser implements ExecutionCondition, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(InABrowser.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return ConsoleWorld.chromium() == null
          ? ConditionEvaluationResult.disabled(
              "The console was NOT tested: there is no Chromium. Install Debian's package chromium,"
                  + " or set CHROMIUM to its path.")
          : ConditionEvaluationResult.enabled("there is a Chromium");
    }

    /** Gives each test's constructor its own parameters. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
      return ExtensionContextScope.TEST_METHOD;
    }

    private static Visitors visitors(ExtensionContext context) {
      return context
          .getStore(NAMESPACE)
          .computeIfAbsent(
              Visitors.class, _ -> new Visitors(world(context), new ArrayList<>()), Visitors.class);
    }

    private static ConsoleWorld world(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(
              ConsoleWorld.class,
              _ -> new ConsoleWorld(Objects.requireNonNull(ConsoleWorld.chromium())),
              ConsoleWorld.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
      Visitors visitors = visitors(context);
      boolean failed = context.getExecutionException().isPresent();
      for (Visitor visitor : visitors.all()) {
        if (failed) {
          visitor.keepPicture(context.getDisplayName());
        }
        visitor.close();
      }
      if (!failed) {
        visitors.all().forEach(Visitor::hasBehaved);
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == ConsoleWorld.class || type == Visitors.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Visitors visitors = visitors(context);
      return parameter.getParameter().getType() == ConsoleWorld.class ? visitors.world() : visitors;
    }
  }

  /** The visitors of one test. */
  record Visitors(ConsoleWorld world, List<Visitor> all) {
    /** Opens a browser with a common window size. */
    Visitor open() {
      return open(1280, 860, false);
    }

    Visitor open(int width, int height, boolean dark) {
      return open(new Visitor(world, width, height, dark, "en-GB"));
    }

    /** Opens a browser in another language. */
    Visitor speaking(String locale) {
      return open(new Visitor(world, 1280, 800, false, locale));
    }

    private Visitor open(Visitor visitor) {
      all.add(visitor);
      return visitor;
    }

    /** Opens a browser, signed in on the first page. */
    Visitor as(ConsoleWorld.Affiliate affiliate) {
      return open().signIn(affiliate.key());
    }
  }
}
