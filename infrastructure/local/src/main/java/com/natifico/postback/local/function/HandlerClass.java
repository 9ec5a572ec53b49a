package com.natifico.postback.local.function;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.natifico.postback.local.StartFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A handler's class, and the serialization of its events and responses, as in Lambda's runtime
 * interface client. A {@link CustomPojoSerializer} of the package comes first, then the serializers
 * of the known event classes, then the runtime's own Jackson.
 */
final class HandlerClass {
  private final FunctionSettings settings;
  private final ClassLoader classes;
  private final Class<?> handler;
  private final @Nullable CustomPojoSerializer custom;

  /**
   * @throws StartFailure if the package has no such class, or the class is not a handler
   */
  HandlerClass(FunctionSettings settings, ClassLoader classes) {
    this.settings = settings;
    this.classes = classes;
    this.handler = load();
    this.custom = customSerializer();
  }

  private Class<?> load() {
    String name = settings.handler();
    try {
      Class<?> loaded = classes.loadClass(name);
      if (!RequestHandler.class.isAssignableFrom(loaded)
          && !RequestStreamHandler.class.isAssignableFrom(loaded)) {
        throw new StartFailure(
            "%s: %s is neither a RequestHandler nor a RequestStreamHandler."
                .formatted(settings.id(), name));
      }
      return loaded;
    } catch (ClassNotFoundException e) {
      throw new StartFailure(
          ("%s: %s has no class %s, which template.yaml names as its Handler: build it with mvn"
                  + " package -DskipTests.")
              .formatted(settings.id(), settings.zip(), name),
          e);
    } catch (LinkageError e) {
      throw new StartFailure(
          settings.id() + ": " + name + " does not load, " + settings.zip() + " lacks " + e, e);
    }
  }

  private @Nullable CustomPojoSerializer customSerializer() {
    List<CustomPojoSerializer> found =
        ServiceLoader.load(CustomPojoSerializer.class, classes).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (found.size() > 1) {
      throw new StartFailure(
          settings.id()
              + ": the package has more than one CustomPojoSerializer; Lambda allows one.");
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Creates an execution environment; throws what the constructor throws. */
  Instance newInstance() throws Throwable {
    Object created = inContext(this::construct);
    return switch (created) {
      case RequestHandler<?, ?> typed -> typed(typed);
      case RequestStreamHandler streaming ->
          (event, context) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            streaming.handleRequest(new ByteArrayInputStream(event), out, context);
            return out.toByteArray();
          };
      default -> throw new IllegalStateException(created.getClass() + " is not a handler");
    };
  }

  private Object construct() throws Exception {
    try {
      try {
        return handler.getConstructor(Map.class).newInstance(settings.environment());
      } catch (NoSuchMethodException _) {
        return handler.getConstructor().newInstance();
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Instance typed(RequestHandler<?, ?> handler) throws Exception {
    @SuppressWarnings("unchecked")
    RequestHandler<Object, Object> any = (RequestHandler<Object, Object>) handler;
    List<Type> types = eventAndAnswer(handler.getClass());
    PojoSerializer<Object> event = serializer(types.get(0));
    PojoSerializer<Object> answer = serializer(types.get(1));
    return (bytes, context) ->
        inContext(
            () -> {
              Object in = event.fromJson(new ByteArrayInputStream(bytes));
              Object out = any.handleRequest(in, context);
              ByteArrayOutputStream json = new ByteArrayOutputStream();
              answer.toJson(out, json);
              return json.toByteArray();
            });
  }

  /** The type arguments of RequestHandler; Object if they are missing. */
  private static List<Type> eventAndAnswer(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Type implemented : c.getGenericInterfaces()) {
        if (implemented instanceof ParameterizedType parameterized
            && parameterized.getRawType() == RequestHandler.class) {
          Type[] arguments = parameterized.getActualTypeArguments();
          return List.of(known(arguments[0]), known(arguments[1]));
        }
      }
    }
    return List.of(Object.class, Object.class);
  }

  private static Type known(Type type) {
    return type instanceof TypeVariable<?> ? Object.class : type;
  }

  private PojoSerializer<Object> serializer(Type type) {
    if (custom != null) {
      return new OfThePackage(custom, type);
    }
    if (type instanceof Class<?> event
        && LambdaEventSerializers.isLambdaSupportedEvent(event.getName())) {
      @SuppressWarnings("unchecked")
      PojoSerializer<Object> serializer =
          (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(event, classes);
      return serializer;
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }

  /** The package's own serializer, for one type. */
  private record OfThePackage(CustomPojoSerializer serializer, Type type)
      implements PojoSerializer<Object> {
    @Override
    public Object fromJson(InputStream json) {
      return serializer.fromJson(json, type);
    }

    @Override
    public Object fromJson(String json) {
      return serializer.fromJson(json, type);
    }

    @Override
    public void toJson(Object value, OutputStream json) {
      serializer.toJson(value, json, type);
    }
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  private <T> T inContext(Action<T> action) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
