#include "core/connect/connections/superset_sign_in.h"

#include <utility>

#include "core/net/http_error.h"
#include "core/pipeline/pipeline.h"

namespace rw {

namespace {

constexpr long kWrongRequest = 400;

/// The body of a request; its owner wipes it.
std::string signInBody(const SupersetUser& user, std::string_view password) {
    Json body = {{"username", user.name}, {"password", ""}, {"provider", user.provider}};
    std::string& copy = body["password"].get_ref<std::string&>();
    copy.assign(password);
    std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    wipe(copy);
    return text;
}

}  // namespace

Result<Secret> supersetToken(HttpClient& client, const SupersetUser& user) {
    HttpServer withPassword = client.server();
    withPassword.user = user.name;
    withPassword.password = user.password;
    RW_TRY(usableServer(withPassword));
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.path = "/api/v1/security/login";
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = user.password.reveal([&user](std::string_view text) { return signInBody(user, text); });
    Result<HttpAnswer> answer = client.send(request);
    wipe(request.body);
    RW_TRY(answer.status());
    const long status = answer->status;
    Json read = Json::parse(answer->body, nullptr, false);
    wipe(answer->body);
    if (codeOf(status) == ErrorCode::Denied && status >= kWrongRequest) {
        Error error{
            ErrorCode::Denied,
            RW_TEXT("connections", "Superset does not let “%1” in with this password.").with(user.name),
            RW_TEXT("connections", "Correct the user, the password, or where the users are.")};
        error.param = "password";
        return Status(std::move(error));
    }
    if (status >= kWrongRequest) return refusedAnswer(client.server(), status, {});
    const auto token = read.is_object() ? read.find("access_token") : read.end();
    if (token == read.end() || !token->is_string())
        return strangeAnswer(client.server(), RW_TEXT("connections", "it gives no token"));
    Secret kept(token->get_ref<const std::string&>());
    wipe(token->get_ref<std::string&>());
    return kept;
}

Result<Text> signInToSuperset(TestedConnection& tested, HttpServer server) {
    SupersetUser user{tested.field("user"), {}, tested.field("provider")};
    RW_TRY_ASSIGN(user.password, tested.secret("password"));
    HttpClient client(std::move(server));
    client.cancelWith(tested.cancelled());
    RW_TRY(supersetToken(client, user).status());
    return RW_TEXT("connections", "As “%1”.").with(user.name);
}

}  // namespace rw
