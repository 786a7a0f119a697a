import com.backendless.BackendlessUser;
import com.backendless.async.callback.AsyncCallback;
import com.backendless.exceptions.BackendlessException;
import com.backendless.exceptions.BackendlessFault;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One call that is asked for. */
final class Called {
  final String name;
  private final boolean isBlocking;
  private final String[] words;

  Called(String[] words) {
    this.words = words;
    this.isBlocking = words[0].equals("blocking");
    this.name = words[1];
  }

  String text(int index) {
    return words[index + 2];
  }

  boolean has(int index) {
    return words.length > index + 2;
  }

  /** The arguments from this one on as `name=type:value`. */
  BackendlessUser changes(BackendlessUser user, int from) {
    for (String word : Arrays.asList(words).subList(from + 2, words.length)) {
      int equals = word.indexOf('=');
      int colon = word.indexOf(':', equals);
      user.setProperty(word.substring(0, equals), value(word.substring(equals + 1, colon), word.substring(colon + 1)));
    }
    return user;
  }

  /** Makes the call in the form that was asked for. A fault comes as the exception of the blocking form. */
  <T> T as(Supplier<T> blocking, Consumer<AsyncCallback<T>> callback) throws Exception {
    if (isBlocking) return blocking.get();
    var answered = new CompletableFuture<T>();
    callback.accept(
        new AsyncCallback<T>() {
          @Override
          public void handleResponse(T response) {
            answered.complete(response);
          }

          @Override
          public void handleFault(BackendlessFault fault) {
            answered.completeExceptionally(new BackendlessException(fault));
          }
        });
    try {
      return answered.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (Exception) failed.getCause();
    }
  }

  /** The same for a call that answers nothing. */
  Object without(Runnable blocking, Consumer<AsyncCallback<Void>> callback) throws Exception {
    return this.<Void>as(
        () -> {
          blocking.run();
          return null;
        },
        callback);
  }

  private static Object value(String type, String text) {
    switch (type) {
      case "int":
        return Integer.valueOf(text);
      case "long":
        return Long.valueOf(text);
      case "double":
        return Double.valueOf(text);
      case "boolean":
        return Boolean.valueOf(text);
      case "date":
        return new Date(Long.parseLong(text));
      case "list":
        return Arrays.asList(text.split(","));
      case "map":
        Map<String, Object> map = new HashMap<>();
        map.put("value", text);
        return map;
      case "null":
        return null;
      default:
        return text;
    }
  }
}
