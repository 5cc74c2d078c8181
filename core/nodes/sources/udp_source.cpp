// udp_source: rows of datagrams.
#include "core/connect/sockets/socket_sources.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/journal_params.h"
#include "core/nodes/sources/received_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundUdpSource final : public BoundJournalledSource {
 public:
    ListenAddress address{};
    UdpReading reading{};
};

BoundNodeRef bindUdpSource(BindContext& context) {
    auto bound = std::make_shared<BoundUdpSource>();
    const Result<ListenAddress> address = parseListenAddress(context.text("address"));
    if (address.ok()) {
        bound->address = *address;
        bound->accesses.push_back(listeningAccess(*address, {}));
        bound->accesses.back().target = "udp:" + listenText(*address);
    } else {
        context.error("address", address.error().message, address.error().fix);
    }
    if (address.ok() && !isLoopbackAddress(*address)) {
        context.issue(
            Severity::Warning, "address",
            RW_TEXT("udp_source", "Other computers can reach this address: anybody there can send rows."),
            RW_TEXT("udp_source", "Listen at 127.0.0.1 where the senders are on this computer."));
    }
    bound->reading.lines = context.text("framing") == "lines";
    if (!bindJournalled(context, *bound)) return nullptr;
    bound->summary = RW_TEXT("udp_source", "%1 · %2 · %3")
                         .with(context.text("address"), context.choice("format"),
                               columnCount(bound->format.columns.size()));
    return bound;
}

Result<Made> makeUdpSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundUdpSource&>(node);
    RW_TRY_ASSIGN(JournalledOptions options, journalledOptions(bound, context));
    auto source = std::make_unique<UdpSource>(context, bound.address, bound.reading, std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> udpSourceParams() {
    ParamSpec address = makeParam(
        "address", ParamKind::String, RW_TEXT("udp_source", "Address"),
        RW_TEXT("udp_source",
                "A number of this computer and a port; with `127.0.0.1` only programs of this computer "
                "can send something. The number of a group (multicast) is joined."));
    address.required = true;
    ParamSpec framing = makeParam(
        "framing", ParamKind::Choice, RW_TEXT("udp_source", "Messages are"),
        RW_TEXT("udp_source", "A datagram is one message, or each of its lines is one."), "datagrams");
    framing.choices = {{"datagrams", RW_TEXT("udp_source", "Datagrams")},
                       {"lines", RW_TEXT("udp_source", "Lines")}};
    return journalledParams({std::move(address), std::move(framing)}, false);
}

}  // namespace

NodeKind udp_sourceKind() {
    NodeKind kind;
    kind.type = "udp_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("udp_source", "UDP");
    kind.palette = {{kind.name, RW_TEXT("udp_source", "Datagrams as rows"), "udp_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = udpSourceParams();
    kind.bind = bindUdpSource;
    kind.make = makeUdpSource;
    return kind;
}

}  // namespace rw
