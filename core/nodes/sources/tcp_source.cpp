// tcp_source: rows of lines that come over TCP.
#include "core/connect/connections/host_port.h"
#include "core/connect/sockets/socket_sources.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/journal_params.h"
#include "core/nodes/sources/received_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundTcpSource final : public BoundJournalledSource {
 public:
    TcpPlace place{};
};

constexpr const char *kTcpListens = "listen", *kTcpConnects = "connect";

/// What is wrong is reported.
void bindTcpListening(BindContext& context, BoundTcpSource& bound) {
    const std::string text = context.text("address");
    const Result<ListenAddress> address = parseListenAddress(text);
    if (!address.ok()) {
        context.error("address", address.error().message, address.error().fix);
        return;
    }
    bound.place.listens = *address;
    bound.accesses.push_back(listeningAccess(*address, {}));
    if (isLoopbackAddress(*address)) return;
    if (bound.place.token.kind == SecretRef::Kind::None && context.text("token").empty()) {
        context.error(
            "token",
            RW_TEXT("tcp_source", "Other computers can reach this address: anybody could send rows."),
            RW_TEXT("tcp_source",
                    "Name the token that clients have to send as their first line, or "
                    "listen at 127.0.0.1."));
        return;
    }
    context.issue(Severity::Warning, "address",
                  RW_TEXT("tcp_source",
                          "Other computers can reach this address, and everybody on the way can read what is "
                          "sent, the token included."),
                  RW_TEXT("tcp_source", "Listen at 127.0.0.1 where the senders are on this computer."));
}

void bindTcpServer(BindContext& context, BoundTcpSource& bound) {
    const std::string text = context.text("address");
    const Result<HostPort> at = parseHostPort(text, 0);
    if (!at.ok()) {
        context.error("address", at.error().message, at.error().fix);
        return;
    }
    bound.place.server.host = at->host;
    bound.place.server.port = at->port;
    bound.place.server.tls = context.flag("tls");
    if (context.has("give_up_after")) bound.place.giveUpAfter = context.duration("give_up_after");
    Access access;
    access.target = "tcp://" + text;
    access.description = RW_TEXT("tcp_source", "What %1 sends").with(text);
    bound.accesses.push_back(std::move(access));
}

BoundNodeRef bindTcpSource(BindContext& context) {
    auto bound = std::make_shared<BoundTcpSource>();
    if (const std::optional<SecretRef> token = bindToken(context); token) bound->place.token = *token;
    if (context.text("mode") == kTcpListens) {
        bindTcpListening(context, *bound);
    } else {
        bindTcpServer(context, *bound);
    }
    if (!bindJournalled(context, *bound)) return nullptr;
    bound->summary = RW_TEXT("tcp_source", "%1 · %2 · %3")
                         .with(context.text("address"), context.choice("format"),
                               columnCount(bound->format.columns.size()));
    return bound;
}

Result<Made> makeTcpSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundTcpSource&>(node);
    RW_TRY_ASSIGN(JournalledOptions options, journalledOptions(bound, context));
    auto source = std::make_unique<TcpSource>(context, bound.place, std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> tcpSourceParams() {
    ParamSpec mode = makeParam(
        "mode", ParamKind::Choice, RW_TEXT("tcp_source", "Mode"),
        RW_TEXT("tcp_source",
                "With `listen` other programs connect to this run and send lines; with `connect` this "
                "run connects to a server that sends lines."),
        kTcpListens);
    mode.choices = {{kTcpListens, RW_TEXT("tcp_source", "Listen")},
                    {kTcpConnects, RW_TEXT("tcp_source", "Connect")}};
    ParamSpec address = makeParam(
        "address", ParamKind::String, RW_TEXT("tcp_source", "Address"),
        RW_TEXT("tcp_source",
                "To listen: a number of this computer and a port; with `127.0.0.1` only programs of "
                "this computer can send something. To connect: the server and its port."));
    address.required = true;
    ParamSpec tls = makeParam("tls", ParamKind::Boolean, RW_TEXT("tcp_source", "TLS"),
                              RW_TEXT("tcp_source",
                                      "The connection is encrypted, and the server's certificate is verified "
                                      "with those that this computer trusts."),
                              false);
    tls.appliesWhen = AppliesWhen{"mode", {kTcpConnects}};
    ParamSpec token = tokenParam();
    token.help =
        RW_TEXT("tcp_source",
                "Where the token is that is the first line of each connection: `environment:NAME`, a "
                "variable of this program's environment, or `keyring:NAME`, an entry of your keyring. "
                "Never the token itself. Empty: there is none.");
    token.advanced = true;
    ParamSpec giveUp =
        makeParam("give_up_after", ParamKind::Duration, RW_TEXT("tcp_source", "Give up after"),
                  RW_TEXT("tcp_source",
                          "The run ends when the server could not be reached for so long. Empty: "
                          "it is tried for ever."));
    giveUp.min = 1;
    giveUp.advanced = true;
    giveUp.appliesWhen = AppliesWhen{"mode", {kTcpConnects}};
    return journalledParams(
        {std::move(mode), std::move(address), std::move(tls), std::move(token), std::move(giveUp)}, false);
}

}  // namespace

NodeKind tcp_sourceKind() {
    NodeKind kind;
    kind.type = "tcp_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("tcp_source", "TCP");
    kind.palette = {{kind.name, RW_TEXT("tcp_source", "Lines that come over TCP as rows"), "tcp_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = tcpSourceParams();
    kind.bind = bindTcpSource;
    kind.make = makeTcpSource;
    return kind;
}

}  // namespace rw
