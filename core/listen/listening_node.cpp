#include "core/listen/listening_node.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/param_values.h"
#include "core/stream/alerts/alert.h"

namespace rw {

namespace {

/// Parameters that say when rows happened, and not which there are: hearing again would give the same ones.
constexpr std::array<std::string_view, 4> kTiming{"event_time", "watermark_delay", "idle_timeout",
                                                  "give_up_after"};

bool hasValue(const Node& node, const char* param, std::string_view value) {
    const auto found = node.params.find(param);
    return found != node.params.end() && found->is_string() && found->get<std::string>() == value;
}

}  // namespace

std::optional<NoLook> notHeard(const Node& node, const BoundNode& bound) {
    if (bound.readOnce) {
        return NoLook{
            RW_TEXT("listen", "“%1” can't be listened to: what it reads comes once, and belongs to the run.")
                .with(node.shownTitle()),
            RW_TEXT("listen",
                    "Run the pipeline; or put a file or a generator with the same columns in its place.")};
    }
    if (hasValue(node, "mode", "changes")) {
        return NoLook{
            RW_TEXT("listen",
                    "“%1” can't be listened to: reading changes makes a replication slot, for which "
                    "the server would keep its log.")
                .with(node.shownTitle()),
            RW_TEXT("listen", "Run the pipeline; or read the table in its place for the moment.")};
    }
    return std::nullopt;
}

Node listening(Node node, const NodeKind& kind) {
    // A group of consumers is named where its place is committed, or gone on from.
    if (!hasValue(node, "start", "group")) node.params.erase("group");
    // With QoS 1 the broker would keep messages for a client that does not come back.
    if (kind.param("qos") != nullptr) node.params["qos"] = "0";
    return node;
}

Connection listening(Connection connection) {
    if (connection.kind == "mqtt") connection.fields.erase("client_id");
    return connection;
}

std::string heardKey(const Node& node, const NodeKind& kind, const Schema& schema) {
    Json params = listening(node, kind).params;
    for (const std::string_view name : kTiming) params.erase(std::string(name));
    std::string all = node.type + '\0' + params.dump();
    for (const Field& field : schema.fields) all += '\0' + field.name + ' ' + toString(field.type);
    return hexDigest(all);
}

std::vector<std::string> connectionsOf(const Node& node, const NodeKind& kind) {
    std::vector<std::string> names;
    for (const ParamSpec& spec : kind.params) {
        if (!namesConnections(spec.kind) || !applies(spec, kind, node.params)) continue;
        for (const NamedConnection& named : connectionsNamedBy(spec, node.params))
            names.push_back(named.name);
    }
    return names;
}

}  // namespace rw
