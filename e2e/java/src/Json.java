import com.backendless.BackendlessUser;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;

/** What the SDK made of an answer, with the Java type of what JSON has no word for. */
final class Json {
  private Json() {}

  static String of(Object value) {
    if (value == null || value instanceof Integer || value instanceof Boolean) return String.valueOf(value);
    if (value instanceof Number) return "{\"" + value.getClass().getSimpleName() + "\":" + value + "}";
    if (value instanceof Date) return "{\"Date\":" + ((Date) value).getTime() + "}";
    if (value instanceof BackendlessUser) return "{\"BackendlessUser\":" + of(((BackendlessUser) value).getProperties()) + "}";
    if (value instanceof Map) {
      return ((Map<?, ?>) value)
          .entrySet().stream()
              .map((entry) -> text(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection) return ((Collection<?>) value).stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
    if (value.getClass().isArray()) {
      var items = new StringBuilder("[");
      for (int index = 0; index < Array.getLength(value); index++) {
        if (index > 0) items.append(',');
        items.append(of(Array.get(value, index)));
      }
      return items.append(']').toString();
    }
    return text(value.toString());
  }

  private static String text(String value) {
    var quoted = new StringBuilder("\"");
    for (char one : value.toCharArray()) {
      if (one < ' ' || one == '"' || one == '\\') quoted.append(String.format("\\u%04x", (int) one));
      else quoted.append(one);
    }
    return quoted.append('"').toString();
  }
}
