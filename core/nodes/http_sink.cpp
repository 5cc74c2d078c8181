// http_sink: rows as the bodies of requests to a service.
#include "core/connect/web/http_sink.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/connect/web/http_place.h"
#include "core/nodes/format_params.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundHttpSink final : public BoundNode {
 public:
    HttpTarget target{};
};

HttpMethod methodNamed(const std::string& name) {
    if (name == "put") return HttpMethod::Put;
    return name == "patch" ? HttpMethod::Patch : HttpMethod::Post;
}

void bindHeaders(BindContext& context, HttpTarget& target) {
    const Json& headers = context.json("headers");
    if (!headers.is_object()) return;
    for (const auto& [name, value] : headers.items()) {
        const std::string text = value.is_string() ? value.get<std::string>() : std::string();
        if (isSecretHeader(name, text)) {
            context.error(
                "headers",
                RW_TEXT("http_sink", "The header %1 would be a secret in the pipeline's file.").with(name),
                RW_TEXT("http_sink", "Give the connection a token, or an API key, instead."));
        } else if (!isHeaderName(name) || std::any_of(text.begin(), text.end(), isAsciiControl)) {
            context.error(
                "headers", RW_TEXT("http_sink", "“%1” can't be a header.").with(name),
                RW_TEXT("http_sink", "Names have letters, digits and hyphens; values are one line."));
        } else {
            target.headers.push_back({name, text});
        }
    }
}

void bindBody(BindContext& context, HttpTarget& target) {
    const std::string body = context.text("body");
    const FormatKind format = target.encoder.format;
    if (body == "each") target.body = HttpTarget::Body::Each;
    if (body == "lines") target.body = HttpTarget::Body::Lines;
    const bool json = format == FormatKind::JsonObjects || format == FormatKind::Debezium;
    if (target.body == HttpTarget::Body::Array && !json) {
        context.error("body", RW_TEXT("http_sink", "Only rows of JSON can be in an array of JSON."),
                      RW_TEXT("http_sink", "Choose lines, or a row a request."));
    }
    if (target.body == HttpTarget::Body::Lines && format == FormatKind::Avro) {
        context.error("body", RW_TEXT("http_sink", "Records of Avro are no lines."),
                      RW_TEXT("http_sink", "Choose a row a request."));
    }
}

BoundNodeRef bindHttpSink(BindContext& context) {
    auto bound = std::make_shared<BoundHttpSink>();
    HttpTarget& target = bound->target;
    target.connection = context.text("connection");
    target.path = context.text("path");
    target.method = methodNamed(context.text("method"));
    target.batch = static_cast<std::size_t>(std::max<std::int64_t>(context.integer("batch"), 1));
    target.giveUpAfter = context.duration("give_up_after");
    bindHeaders(context, target);
    if (context.input().updating && context.text("format") != "debezium") {
        context.error(
            "format",
            RW_TEXT("http_sink",
                    "The rows of the input change: in this format a service is not told which row "
                    "another one replaces."),
            RW_TEXT("http_sink", "Choose the format Debezium, which has the row before and after."));
        return nullptr;
    }
    std::optional<EncoderOptions> encoder = bindSinkFormat(context, context.input(), {});
    if (!encoder) return nullptr;
    target.encoder = *std::move(encoder);
    bindBody(context, target);
    bound->distribution.kind = Distribution::Kind::Single;
    bound->guarantee.promise = Guarantee::Promise::AtLeastOnce;
    bound->guarantee.more = RW_TEXT(
        "http_sink", "A service that knows the header Idempotency-Key can leave out what it already has.");
    bound->summary = RW_TEXT("http_sink", "%1 · %2")
                         .with(target.path.empty() ? "/" : httpPath(target.path), context.choice("format"));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeHttpSink(const BoundNode& node, const MakeContext& context) {
    const HttpTarget& target = static_cast<const BoundHttpSink&>(node).target;
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, target.connection));
    return Made(std::make_unique<HttpSink>(target, context, std::move(connection)));
}

std::vector<ParamSpec> requestParams() {
    ParamSpec method =
        makeParam("method", ParamKind::Choice, RW_TEXT("http_sink", "Method"),
                  RW_TEXT("http_sink", "The method of the requests, as the service wants it."), "post");
    method.choices = {{"post", RW_TEXT("http_sink", "POST")},
                      {"put", RW_TEXT("http_sink", "PUT")},
                      {"patch", RW_TEXT("http_sink", "PATCH")}};
    ParamSpec body =
        makeParam("body", ParamKind::Choice, RW_TEXT("http_sink", "Body"),
                  RW_TEXT("http_sink",
                          "How the rows of a request are its body: as an array of JSON, each on a "
                          "line, or one row alone."),
                  "array");
    body.choices = {{"array", RW_TEXT("http_sink", "Array of JSON")},
                    {"lines", RW_TEXT("http_sink", "Lines")},
                    {"each", RW_TEXT("http_sink", "A row a request")}};
    ParamSpec batch = makeParam("batch", ParamKind::Integer, RW_TEXT("http_sink", "Batch"),
                                RW_TEXT("http_sink", "Rows of a request, at most."), 100);
    batch.min = 1;
    batch.max = 100'000;
    batch.unit = RW_TEXT("http_sink", "rows");
    batch.appliesWhen = AppliesWhen{"body", {"array", "lines"}};
    ParamSpec headers = makeParam("headers", ParamKind::StringMap, RW_TEXT("http_sink", "Headers"),
                                  RW_TEXT("http_sink",
                                          "Sent with each request, besides those of the connection. Tokens "
                                          "belong into the connection."));
    headers.advanced = true;
    ParamSpec giveUp = makeParam("give_up_after", ParamKind::Duration, RW_TEXT("http_sink", "Give up after"),
                                 RW_TEXT("http_sink",
                                         "The run fails when the service has not taken rows for so long. Its "
                                         "restart settings say whether it is started again; no row is lost "
                                         "with checkpoints."),
                                 "1min");
    giveUp.min = 1'000;
    giveUp.advanced = true;
    return {std::move(method), std::move(body), std::move(batch), std::move(headers), std::move(giveUp)};
}

std::vector<ParamSpec> httpSinkParams() {
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("http_sink", "Connection"),
                  RW_TEXT("http_sink",
                          "The service, by the name that it has on this computer. Its token "
                          "goes to its own address alone."));
    connection.choices = {{"http", RW_TEXT("http_sink", "HTTP")}};
    connection.required = true;
    ParamSpec path = makeParam("path", ParamKind::String, RW_TEXT("http_sink", "Path"),
                               RW_TEXT("http_sink", "Below the address of the connection."));
    path.subject = true;
    std::vector<ParamSpec> params{std::move(connection), std::move(path)};
    for (ParamSpec& spec : sinkFormatParams()) {
        // A registry's head is for topics.
        if (spec.name != "registry" && spec.name != "subject") params.push_back(std::move(spec));
    }
    for (ParamSpec& spec : requestParams()) params.push_back(std::move(spec));
    return params;
}

}  // namespace

NodeKind http_sinkKind() {
    NodeKind kind;
    kind.type = "http_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("http_sink", "HTTP service");
    kind.palette = {{kind.name, RW_TEXT("http_sink", "Rows sent to a service"), "http_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = httpSinkParams();
    kind.bind = bindHttpSink;
    kind.make = makeHttpSink;
    return kind;
}

}  // namespace rw
