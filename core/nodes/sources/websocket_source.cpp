// websocket_source: rows of the messages of WebSockets.
#include "core/connect/web/websocket_source.h"

#include "core/connect/web/http_place.h"
#include "core/connect/web/websocket_link.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/journal_params.h"
#include "core/nodes/sources/received_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundWebsocketSource final : public BoundJournalledSource {
 public:
    std::string connection{};  ///< empty: the address counts, or where it listens
    WebsocketReading reading{};
};

void bindUrl(BindContext& context, BoundWebsocketSource& bound) {
    const std::string url = context.text("url");
    bound.reading.url = httpOfWebsocket(url);
    if (bound.reading.url.empty() || !usableUrl(bound.reading.url).ok()) {
        context.error("url", RW_TEXT("websocket_source", "“%1” is no address of a WebSocket.").with(url),
                      RW_TEXT("websocket_source", "Write it as wss://api.example/feed, or with ws://."));
    }
    bound.accesses.push_back(askingAccess(url));
}

void bindSocketListening(BindContext& context, WebsocketReading& reading, BoundWebsocketSource& bound) {
    const std::optional<ListenAddress> address = bindListen(context);
    if (const std::optional<SecretRef> token = bindToken(context); token) reading.token = *token;
    if (!address) return;
    reading.listens = *address;
    if (!isLoopbackAddress(*address) && context.text("token").empty()) {
        context.error("token", RW_TEXT("websocket_source", "Anybody in the network could send rows."),
                      RW_TEXT("websocket_source", "Name a token, or listen at 127.0.0.1."));
    }
    bound.accesses.push_back(listeningAccess(*address, httpPath(reading.path)));
}

BoundNodeRef bindWebsocketSource(BindContext& context) {
    auto bound = std::make_shared<BoundWebsocketSource>();
    WebsocketReading& reading = bound->reading;
    const std::string mode = context.text("mode");
    reading.path = context.text("path");
    std::string place = httpPath(reading.path);
    if (mode == "connection") {
        bound->connection = context.text("connection");
    } else if (mode == "url") {
        bindUrl(context, *bound);
        place = context.text("url");
    } else {
        if (reading.path.empty()) reading.path = "/";
        bindSocketListening(context, reading, *bound);
        place = context.text("listen") + httpPath(reading.path);
    }
    if (mode != "listen") reading.first = context.text("first_message");
    if (context.has("give_up_after")) reading.giveUpAfter = context.duration("give_up_after");
    reading.items = bindSplit(context);
    if (!bindJournalled(context, *bound)) return nullptr;
    bound->summary = RW_TEXT("websocket_source", "%1 · %2 · %3")
                         .with(place, context.choice("format"), columnCount(bound->format.columns.size()));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeWebsocketSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundWebsocketSource&>(node);
    std::optional<NodeConnection> connection;
    if (!bound.connection.empty()) {
        RW_TRY_ASSIGN(connection, connectionOf(context, bound.connection));
    }
    RW_TRY_ASSIGN(JournalledOptions options, journalledOptions(bound, context));
    auto source =
        std::make_unique<WebsocketSource>(context, std::move(connection), bound.reading, std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> socketPlaceParams() {
    ParamSpec mode =
        makeParam("mode", ParamKind::Choice, RW_TEXT("websocket_source", "Service"),
                  RW_TEXT("websocket_source",
                          "Whom it connects to: a connection of this computer, or an address that "
                          "anybody may connect to. Or it listens, and others connect to it."),
                  "connection");
    mode.choices = {{"connection", RW_TEXT("websocket_source", "By a connection")},
                    {"url", RW_TEXT("websocket_source", "By an address")},
                    {"listen", RW_TEXT("websocket_source", "Others connect")}};
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("websocket_source", "Connection"),
                  RW_TEXT("websocket_source",
                          "The service, by the name that it has on this computer: its address with https:// "
                          "is reached as wss://."));
    connection.choices = {{"http", RW_TEXT("websocket_source", "HTTP")}};
    connection.required = true;
    connection.appliesWhen = AppliesWhen{"mode", {"connection"}};
    ParamSpec path = makeParam("path", ParamKind::String, RW_TEXT("websocket_source", "Path"),
                               RW_TEXT("websocket_source",
                                       "Below the address of the connection; where it listens, the path that "
                                       "others ask for."));
    path.subject = true;
    path.appliesWhen = AppliesWhen{"mode", {"connection", "listen"}};
    ParamSpec url = makeParam("url", ParamKind::String, RW_TEXT("websocket_source", "Address"),
                              RW_TEXT("websocket_source", "The whole address: `wss://api.example/feed`."));
    url.required = true;
    url.appliesWhen = AppliesWhen{"mode", {"url"}};
    ParamSpec first =
        makeParam("first_message", ParamKind::String, RW_TEXT("websocket_source", "First message"),
                  RW_TEXT("websocket_source",
                          "Sent as text after each connection, such as "
                          "`{\"op\":\"subscribe\",\"channel\":\"trades\"}`. Empty: nothing is "
                          "sent."));
    first.appliesWhen = AppliesWhen{"mode", {"connection", "url"}};
    return {std::move(mode), std::move(connection), std::move(path), std::move(url), std::move(first)};
}

std::vector<ParamSpec> websocketSourceParams() {
    std::vector<ParamSpec> own = socketPlaceParams();
    for (ParamSpec spec : {listenParam("127.0.0.1:8078"), tokenParam()}) {
        spec.appliesWhen = AppliesWhen{"mode", {"listen"}};
        own.push_back(std::move(spec));
    }
    for (ParamSpec& spec : splitParams("whole")) own.push_back(std::move(spec));
    ParamSpec giveUp =
        makeParam("give_up_after", ParamKind::Duration, RW_TEXT("websocket_source", "Give up after"),
                  RW_TEXT("websocket_source",
                          "The run ends when there was no connection for so long. Empty: it is tried for "
                          "ever."));
    giveUp.min = 1;
    giveUp.advanced = true;
    giveUp.appliesWhen = AppliesWhen{"mode", {"connection", "url"}};
    own.push_back(std::move(giveUp));
    return journalledParams(std::move(own), false);
}

}  // namespace

NodeKind websocket_sourceKind() {
    NodeKind kind;
    kind.type = "websocket_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("websocket_source", "WebSocket");
    kind.palette = {
        {kind.name, RW_TEXT("websocket_source", "Messages of a WebSocket as rows"), "websocket_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = websocketSourceParams();
    kind.bind = bindWebsocketSource;
    kind.make = makeWebsocketSource;
    return kind;
}

}  // namespace rw
