import com.backendless.Backendless;
import com.backendless.BackendlessUser;
import com.backendless.HeadersManager;
import com.backendless.UserService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calls of the SDK's user service, by their names there. */
class Calls {
  protected static final UserService users = Backendless.UserService;

  Object call(Called to) throws Exception {
    switch (to.name) {
      case "initApp":
        Backendless.setUrl(to.text(0));
        Backendless.initApp(to.text(1), to.text(2));
        return null;
      case "currentUser":
        return users.CurrentUser();
      case "userToken":
        return HeadersManager.getInstance().getHeader(HeadersManager.HeadersEnum.USER_TOKEN_KEY);
      case "setUserToken":
        HeadersManager.getInstance().addHeader(HeadersManager.HeadersEnum.USER_TOKEN_KEY, to.text(0));
        return null;
      case "loggedInUser":
        return users.loggedInUser();
      case "register":
        BackendlessUser fresh = to.changes(new BackendlessUser(), 0);
        return to.as(() -> users.register(fresh), (callback) -> users.register(fresh, callback));
      case "login":
        return to.as(
            () -> users.login(to.text(0), to.text(1), to.has(2)),
            (callback) -> users.login(to.text(0), to.text(1), callback, to.has(2)));
      case "loginById":
        return to.as(() -> users.login(to.text(0)), (callback) -> users.login(to.text(0), callback));
      case "loginAsGuest":
        return to.as(() -> users.loginAsGuest(), (callback) -> users.loginAsGuest(callback));
      case "logout":
        return to.without(() -> users.logout(), (callback) -> users.logout(callback));
      case "isValidLogin":
        return to.as(() -> users.isValidLogin(), (callback) -> users.isValidLogin(callback));
      case "update":
        BackendlessUser changed = to.changes(users.CurrentUser(), 0);
        return to.as(() -> users.update(changed), (callback) -> users.update(changed, callback));
      case "findById":
        return to.as(() -> users.findById(to.text(0)), (callback) -> users.findById(to.text(0), callback));
      case "getUserRoles":
        return to.as(() -> users.getUserRoles(), (callback) -> users.getUserRoles(callback));
      case "describeUserClass":
        return properties(to.as(() -> users.describeUserClass(), (callback) -> users.describeUserClass(callback)));
      case "restorePassword":
        return to.without(() -> users.restorePassword(to.text(0)), (callback) -> users.restorePassword(to.text(0), callback));
      case "resendEmailConfirmation":
        return to.without(() -> users.resendEmailConfirmation(to.text(0)), (callback) -> users.resendEmailConfirmation(to.text(0), callback));
      case "assignRole":
        return to.without(() -> users.assignRole(to.text(0), to.text(1)), (callback) -> users.assignRole(to.text(0), to.text(1), callback));
      case "unassignRole":
        return to.without(() -> users.unassignRole(to.text(0), to.text(1)), (callback) -> users.unassignRole(to.text(0), to.text(1), callback));
      case "enableUser":
        return to.without(() -> users.enableUser(to.text(0)), (callback) -> users.enableUser(to.text(0), callback));
      case "disableUser":
        return to.without(() -> users.disableUser(to.text(0)), (callback) -> users.disableUser(to.text(0), callback));
      case "getAuthorizationUrlLink":
        // There is no blocking form.
        return to.<String>as(
            () -> null,
            (callback) -> users.getAuthorizationUrlLink(to.text(0), new HashMap<>(), new ArrayList<>(), callback));
      default:
        throw new IllegalArgumentException(to.name);
    }
  }

  private static List<Map<String, Object>> properties(List<com.backendless.property.UserProperty> described) {
    List<Map<String, Object>> properties = new ArrayList<>();
    for (var property : described) {
      Map<String, Object> one = new HashMap<>();
      one.put("name", property.getName());
      one.put("type", property.getType().name());
      one.put("required", property.isRequired());
      one.put("identity", property.isIdentity());
      properties.add(one);
    }
    return properties;
  }
}
