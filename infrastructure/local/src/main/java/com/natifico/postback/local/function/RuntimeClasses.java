package com.natifico.postback.local.function;

/**
 * What a function sees beside its own package: the Java platform and the runtime's own classes,
 * which are those of aws-lambda-java-core and aws-lambda-java-serialization, as on Lambda. Nothing
 * of the local stack's class path, so that a jar missing in the package is missing here, too.
 */
final class RuntimeClasses extends ClassLoader {
  private static final String CORE = "com.amazonaws.services.lambda.runtime.";

  static {
    registerAsParallelCapable();
  }

  RuntimeClasses() {
    super(getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isOfTheRuntime(name)) {
      return RuntimeClasses.class.getClassLoader().loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  private static boolean isOfTheRuntime(String name) {
    if (name.startsWith("com.amazonaws.lambda.thirdparty.")) {
      return true;
    }
    if (!name.startsWith(CORE)) {
      return false;
    }
    String rest = name.substring(CORE.length());
    // The events are not among them: a function packages those itself.
    return rest.indexOf('.') < 0
        || rest.startsWith("logging.")
        || rest.startsWith("serialization.");
  }
}
