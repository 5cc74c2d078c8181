#include "core/connect/connections/superset_sign_in.h"

#include <utility>

#include "core/net/http_error.h"
#include "core/pipeline/pipeline.h"

namespace rw {

namespace {

constexpr long kWrongRequest = 400;

/// The body of a request; its owner wipes it.
std::string signInBody(const TestedConnection& tested, std::string_view password) {
    Json body = {
        {"username", tested.field("user")}, {"password", ""}, {"provider", tested.field("provider")}};
    std::string& copy = body["password"].get_ref<std::string&>();
    copy.assign(password);
    std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    wipe(copy);
    return text;
}

}  // namespace

Result<Text> signInToSuperset(TestedConnection& tested, HttpServer server) {
    const std::string user = tested.field("user");
    RW_TRY_ASSIGN(const Secret password, tested.secret("password"));
    HttpServer withPassword = server;
    withPassword.user = user;
    withPassword.password = password;
    RW_TRY(usableServer(withPassword));
    HttpClient client(std::move(server));
    client.cancelWith(tested.cancelled());
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.path = "/api/v1/security/login";
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = password.reveal([&tested](std::string_view text) { return signInBody(tested, text); });
    Result<HttpAnswer> answer = client.send(request);
    wipe(request.body);
    RW_TRY(answer.status());
    const long status = answer->status;
    Json read = Json::parse(answer->body, nullptr, false);
    wipe(answer->body);
    if (codeOf(status) == ErrorCode::Denied && status >= kWrongRequest) {
        Error error{ErrorCode::Denied,
                    RW_TEXT("connections", "Superset does not let “%1” in with this password.").with(user),
                    RW_TEXT("connections", "Correct the user, the password, or where the users are.")};
        error.param = "password";
        return Status(std::move(error));
    }
    if (status >= kWrongRequest) return refusedAnswer(client.server(), status, {});
    const auto token = read.is_object() ? read.find("access_token") : read.end();
    if (token == read.end() || !token->is_string())
        return strangeAnswer(client.server(), RW_TEXT("connections", "it gives no token"));
    wipe(token->get_ref<std::string&>());
    return RW_TEXT("connections", "As “%1”.").with(user);
}

}  // namespace rw
