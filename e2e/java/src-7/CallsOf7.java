import com.backendless.persistence.DataQueryBuilder;

/** What the SDK has had since 7.0. */
final class CallsOf7 extends Calls {
  @Override
  Object call(Called to) throws Exception {
    switch (to.name) {
      case "getUserRolesOf":
        return to.as(() -> users.getUserRoles(to.text(0)), (callback) -> users.getUserRoles(to.text(0), callback));
      case "verifyPassword":
        // There is no form with a callback.
        return users.verifyPassword(to.text(0));
      case "createEmailConfirmationURL":
        return to.as(
            () -> users.createEmailConfirmationURL(to.text(0)),
            (callback) -> users.createEmailConfirmationURL(to.text(0), callback));
      case "findByRole":
        var query = DataQueryBuilder.create();
        query.setPageSize(Integer.parseInt(to.text(1)));
        query.setSortBy(to.text(2));
        return to.as(
            () -> users.findByRole(to.text(0), true, query),
            (callback) -> users.findByRole(to.text(0), true, query, callback));
      default:
        return super.call(to);
    }
  }
}
