// http_source: rows of a service that is asked over HTTP again and again.
#include "core/connect/web/http_source.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/connect/web/http_place.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/nodes/sources/received_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundHttpSource final : public BoundSource {
 public:
    std::string connection{};  ///< empty: HttpPolling::url counts
    HttpPolling polling{};
    MessageFormat format{};
};

void bindServer(BindContext& context, BoundHttpSource& bound) {
    if (context.text("server") != "url") {
        bound.connection = context.text("connection");
        bound.polling.path = context.text("path");
        return;
    }
    bound.polling.url = context.text("url");
    if (const Status usable = usableUrl(bound.polling.url); !usable.ok())
        context.error("url", usable.error().message, usable.error().fix);
    bound.accesses.push_back(askingAccess(bound.polling.url));
}

void bindPages(BindContext& context, HttpPolling& polling) {
    const std::string pages = context.text("pages");
    if (pages == "link") polling.pages = HttpPolling::Pages::Link;
    if (pages != "number") return;
    polling.pages = HttpPolling::Pages::Number;
    polling.pageParam = context.text("page_param");
    polling.firstPage = context.integer("first_page");
    const bool plain = std::all_of(polling.pageParam.begin(), polling.pageParam.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '_' || c == '-' || c == '.' || c == '[' ||
               c == ']';
    });
    if (!plain || polling.pageParam.empty())
        context.error(
            "page_param",
            RW_TEXT("http_source", "“%1” can't be the name of a parameter.").with(polling.pageParam),
            RW_TEXT("http_source", "Write the word before the = of the address, such as page."));
}

void bindKey(BindContext& context, const Schema& columns, HttpPolling& polling) {
    const std::vector<std::string> names = context.list("key");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column = requireColumn(context, "key", columns, names[i], static_cast<int>(i));
        if (column >= 0) polling.key.push_back(column);
    }
    polling.remembered = static_cast<std::size_t>(std::max<std::int64_t>(context.integer("remember"), 1));
}

BoundNodeRef bindHttpSource(BindContext& context) {
    auto bound = std::make_shared<BoundHttpSource>();
    HttpPolling& polling = bound->polling;
    bindServer(context, *bound);
    bindPages(context, polling);
    polling.every = context.duration("every");
    polling.items = bindSplit(context);
    if (context.has("give_up_after")) polling.giveUpAfter = context.duration("give_up_after");
    std::optional<MessageFormat> format = bindFormat(context);
    if (!format) return nullptr;
    bindKey(context, format->columns, polling);
    bindTiming(context, format->columns, *bound);
    bound->outputs.push_back(sourceRejectedStream());
    bound->live = true;
    bound->guarantee.promise = bound->guarantee.withoutCheckpoints = Guarantee::Promise::AtMostOnce;
    bound->guarantee.lost =
        RW_TEXT("http_source",
                "Rows that the service no longer has when it is asked next are lost. After a failure it is "
                "asked again: what it still has is not lost.");
    const std::string place = polling.url.empty() ? httpPath(polling.path) : polling.url;
    bound->summary = RW_TEXT("http_source", "%1 · every %2 · %3")
                         .with(place, durationText(polling.every), columnCount(format->columns.size()));
    bound->format = *std::move(format);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeHttpSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundHttpSource&>(node);
    std::optional<NodeConnection> connection;
    if (!bound.connection.empty()) {
        RW_TRY_ASSIGN(connection, connectionOf(context, bound.connection));
    }
    HttpSourceOptions options;
    options.polling = bound.polling;
    options.decoder = makeMessageDecoder(bound.format, decoderOptions(bound, context));
    if (!bound.polling.key.empty()) {
        DecoderOptions all = decoderOptions(bound, context);
        all.wanted.clear();
        options.keys = makeMessageDecoder(bound.format, std::move(all));
    }
    auto source = std::make_unique<HttpSource>(context, std::move(connection), std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> serverParams() {
    ParamSpec server = makeParam("server", ParamKind::Choice, RW_TEXT("http_source", "Service"),
                                 RW_TEXT("http_source",
                                         "A connection of this computer, which has headers, a token and "
                                         "certificates, or an address that anybody may ask."),
                                 "connection");
    server.choices = {{"connection", RW_TEXT("http_source", "By a connection")},
                      {"url", RW_TEXT("http_source", "By an address")}};
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("http_source", "Connection"),
                  RW_TEXT("http_source",
                          "The service, by the name that it has on this computer. Its token "
                          "goes to its own address alone."));
    connection.choices = {{"http", RW_TEXT("http_source", "HTTP")}};
    connection.required = true;
    connection.appliesWhen = AppliesWhen{"server", {"connection"}};
    ParamSpec path = makeParam("path", ParamKind::String, RW_TEXT("http_source", "Path"),
                               RW_TEXT("http_source",
                                       "Below the address of the connection, with parameters: "
                                       "`orders?state=new`."));
    path.subject = true;
    path.appliesWhen = AppliesWhen{"server", {"connection"}};
    ParamSpec url = makeParam("url", ParamKind::String, RW_TEXT("http_source", "Address"),
                              RW_TEXT("http_source", "The whole address: `https://api.example/v1/orders`."));
    url.required = true;
    url.appliesWhen = AppliesWhen{"server", {"url"}};
    ParamSpec every = makeParam("every", ParamKind::Duration, RW_TEXT("http_source", "Every"),
                                RW_TEXT("http_source",
                                        "The time from one request to the next. A service that says when to "
                                        "come back (`Retry-After`) is left alone until then."),
                                "10s");
    every.min = 100;
    every.max = 86'400'000;
    return {std::move(server), std::move(connection), std::move(path), std::move(url), std::move(every)};
}

std::vector<ParamSpec> keyParams() {
    ParamSpec key =
        makeParam("key", ParamKind::ColumnNames, RW_TEXT("http_source", "Key"),
                  RW_TEXT("http_source",
                          "The columns that name a row: one that an earlier answer had is left out. "
                          "Empty: all rows of each answer are given."));
    ParamSpec remember =
        makeParam("remember", ParamKind::Integer, RW_TEXT("http_source", "Keys to remember"),
                  RW_TEXT("http_source",
                          "So many keys are remembered, those that were met last; each takes 16 bytes of a "
                          "checkpoint. It must be more than an answer has rows, on all its pages."),
                  100'000);
    remember.min = 1;
    remember.max = 10'000'000;
    remember.advanced = true;
    return {std::move(key), std::move(remember)};
}

std::vector<ParamSpec> pageParams() {
    ParamSpec pages =
        makeParam("pages", ParamKind::Choice, RW_TEXT("http_source", "Pages"),
                  RW_TEXT("http_source",
                          "How an answer goes on: not at all, on pages that a parameter of the "
                          "address counts, until one has no rows, or where the header `Link` with "
                          "`rel=\"next\"` leads to, at the same server."),
                  "one");
    pages.choices = {{"one", RW_TEXT("http_source", "One page")},
                     {"number", RW_TEXT("http_source", "Counted pages")},
                     {"link", RW_TEXT("http_source", "Header Link")}};
    ParamSpec param = makeParam("page_param", ParamKind::String, RW_TEXT("http_source", "Page parameter"),
                                RW_TEXT("http_source", "The parameter of the address that counts."), "page");
    param.appliesWhen = AppliesWhen{"pages", {"number"}};
    ParamSpec first = makeParam("first_page", ParamKind::Integer, RW_TEXT("http_source", "First page"),
                                RW_TEXT("http_source", "The number of the first page."), 1);
    first.min = 0;
    first.appliesWhen = AppliesWhen{"pages", {"number"}};
    ParamSpec giveUp =
        makeParam("give_up_after", ParamKind::Duration, RW_TEXT("http_source", "Give up after"),
                  RW_TEXT("http_source",
                          "The run ends when the service did not answer for so long. Empty: it "
                          "is asked for ever."));
    giveUp.min = 1;
    giveUp.advanced = true;
    return {std::move(pages), std::move(param), std::move(first), std::move(giveUp)};
}

/// Of what an answer holds: text of some form. Its key is the node's own.
std::vector<ParamSpec> answerFormatParams() {
    std::vector<ParamSpec> params;
    for (ParamSpec& spec : formatParams()) {
        if (spec.name == "key" || spec.name == "schema" || spec.name == "registry") continue;
        if (spec.name == "format")
            std::erase_if(spec.choices, [](const Choice& choice) {
                return choice.value == "avro" || choice.value == "debezium";
            });
        params.push_back(std::move(spec));
    }
    return params;
}

std::vector<ParamSpec> httpSourceParams() {
    std::vector<ParamSpec> params = serverParams();
    for (ParamSpec& spec : splitParams("items")) params.push_back(std::move(spec));
    for (auto* const more : {&answerFormatParams, &keyParams, &pageParams}) {
        for (ParamSpec& spec : more()) params.push_back(std::move(spec));
    }
    for (ParamSpec& spec : timingParams()) params.push_back(std::move(spec));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind http_sourceKind() {
    NodeKind kind;
    kind.type = "http_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("http_source", "HTTP service");
    kind.palette = {{kind.name, RW_TEXT("http_source", "Rows of a service that is polled"), "http_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = httpSourceParams();
    kind.bind = bindHttpSource;
    kind.make = makeHttpSource;
    return kind;
}

}  // namespace rw
