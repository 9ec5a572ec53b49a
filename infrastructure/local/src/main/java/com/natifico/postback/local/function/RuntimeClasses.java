package com.natifico.postback.local.function;

/**
 * The classes that a function sees besides its own package: as on Lambda, the Java platform and the
 * classes of aws-lambda-java-core and aws-lambda-java-serialization. The local stack's class path
 * is hidden, so that a jar missing from the package is missing here, too.
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
    // The event classes are not included, because a function packages them itself.
    return rest.indexOf('.') < 0
        || rest.startsWith("logging.")
        || rest.startsWith("serialization.");
  }
}
