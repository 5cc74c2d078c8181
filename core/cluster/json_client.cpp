#include "core/cluster/json_client.h"

#include "core/cluster/flink_trace.h"
#include "core/net/http_error.h"

namespace rw {

Result<HttpAnswer> JsonClient::send(HttpMethod method, const std::string& path, const Json& body) {
    HttpRequest request{
        method, path, {}, {{"Content-Type", "application/json"}, {"Accept", "application/json"}}};
    if (!body.is_null()) request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return HttpClient::send(request);
}

Result<Json> JsonClient::ask(HttpMethod method, const std::string& path, const Json& body) {
    RW_TRY_ASSIGN(const HttpAnswer answer, send(method, path, body));
    if (answer.status >= 400) return refusedAnswer(server(), answer);
    return jsonOf(server(), answer);
}

Status refusedAnswer(const HttpServer& server, const HttpAnswer& answer) {
    Error refused = refusedAnswer(server, answer.status, innermostCause(errorsOf(answer))).error();
    if (answer.status == 404)
        refused.fix = RW_TEXT(
            "cluster",
            "See whether the address is right: Flink's SQL gateway and its JobManager have one each.");
    return Status(std::move(refused));
}

Result<Json> jsonOf(const HttpServer& server, const HttpAnswer& answer) {
    if (answer.body.empty()) return Json();
    Json json = Json::parse(answer.body, nullptr, false);
    if (json.is_discarded())
        return strangeAnswer(server, RW_TEXT("cluster", "it says “%1”").with(firstLineOf(answer.body)));
    return json;
}

Status lacking(const HttpServer& server, const char* member) {
    return strangeAnswer(server, RW_TEXT("cluster", "it lacks “%1”").with(member));
}

}  // namespace rw
