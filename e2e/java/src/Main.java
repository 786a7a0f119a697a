import com.backendless.exceptions.BackendlessException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes the calls that standard input asks for, one a line, and says on standard output what each came to.
 *
 * A line is the form ("blocking" or "callback"), the call and its arguments, with tabs between them.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Calls calls = (Calls) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split("\t", -1);
      answers.println(answer(calls, words));
    }
    // The SDK keeps threads of its own.
    System.exit(0);
  }

  private static String answer(Calls calls, String[] words) {
    var called = new Called(words);
    try {
      return "{\"result\":" + Json.of(calls.call(called)) + "}";
    } catch (BackendlessException fault) {
      var said = Json.of(fault.getExtendedData());
      return "{\"code\":" + Json.of(fault.getCode()) + ",\"message\":" + Json.of(fault.getMessage()) + ",\"extendedData\":" + said + "}";
    } catch (Throwable thrown) {
      return "{\"thrown\":" + Json.of(thrown.toString()) + "}";
    }
  }
}
