package com.natifico.postback.endtoend;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs the tests of a class on each of {@link Engine#all}, with a separate system: the constructor
 * takes a {@link Running}, which JUnit closes after the last test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(OnEveryEngine.Stacks.class)
@interface OnEveryEngine {
  /** Parameters of template.yaml. */
  String value() default "";

  /** Starts each system just before its tests. */
  final class Stacks extends AnnotationBasedArgumentsProvider<OnEveryEngine> {
    @Override
    protected Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context, OnEveryEngine annotation) {
      return Engine.all().map(engine -> Arguments.of(Running.on(engine, annotation.value())));
    }
  }
}
