#include "core/cluster/layout/layout_kinds.h"

#include <algorithm>

namespace rw {

namespace {

LayoutKind melted(std::string_view type, LayoutRole role) {
    LayoutKind kind;
    kind.type = type;
    kind.role = role;
    kind.conditional = role == LayoutRole::Drop;
    return kind;
}

LayoutKind single(std::string_view type, std::vector<std::string_view> operators) {
    LayoutKind kind = melted(type, LayoutRole::Operator);
    kind.operators = std::move(operators);
    return kind;
}

LayoutKind guarded(std::string_view type, std::vector<std::string_view> operators) {
    LayoutKind kind = single(type, std::move(operators));
    kind.guarded = true;
    return kind;
}

LayoutKind join(LayoutKind kind) {
    kind.conditional = true;
    return kind;
}

LayoutKind windowed(std::string_view type, std::vector<std::string_view> operators) {
    LayoutKind kind = single(type, std::move(operators));
    kind.windows = true;
    return kind;
}

LayoutKind inTwoPhases(LayoutKind kind, std::string_view local) {
    kind.local = local;
    return kind;
}

std::vector<LayoutKind> allKinds() {
    return {melted("rows", LayoutRole::Source), melted("select", LayoutRole::Pass),
            melted("subflow_input", LayoutRole::Pass), melted("subflow_output", LayoutRole::Pass),
            melted("score", LayoutRole::Pass), melted("filter", LayoutRole::Drop),
            melted("route", LayoutRole::Drop), melted("event_time", LayoutRole::Drop),
            single("limit", {"Limit"}),
            // A count over all rows before, which keeps the order.
            guarded("sort", {"OverAggregate"}), guarded("over_aggregate", {"OverAggregate"}),
            guarded("deduplicate", {"Deduplicate", "Rank"}), guarded("pattern", {"Match"}),
            single("top_n", {"WindowRank", "WindowDeduplicate", "Rank", "Deduplicate"}),
            inTwoPhases(single("group_aggregate", {"GroupAggregate", "GlobalGroupAggregate"}),
                        "LocalGroupAggregate"),
            inTwoPhases(windowed("window_aggregate", {"WindowAggregate", "GlobalWindowAggregate"}),
                        "LocalWindowAggregate"),
            join(windowed("window_join", {"WindowJoin"})), join(guarded("interval_join", {"IntervalJoin"})),
            join(guarded("temporal_join", {"TemporalJoin"})), join(single("join", {"Join"}))};
}

/// Charts are fed by a query of their own.
LayoutRole roleOf(const NodeKind& kind) {
    if (kind.subflow != SubflowRole::None) return LayoutRole::Other;
    if (kind.inputs.empty()) return LayoutRole::Source;
    if (kind.outputs.empty()) return kind.chart ? LayoutRole::Other : LayoutRole::Sink;
    return kind.inputs.front().many ? LayoutRole::Union : LayoutRole::Other;
}

}  // namespace

const LayoutKind& layoutKind(const NodeKind& kind) {
    static const std::vector<LayoutKind> kKinds = allKinds();
    static const LayoutKind kSource = melted({}, LayoutRole::Source), kSink = melted({}, LayoutRole::Sink),
                            kUnion = melted({}, LayoutRole::Union), kOther;
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&kind](const LayoutKind& row) { return row.type == kind.type; });
    if (found != kKinds.end()) return *found;
    switch (roleOf(kind)) {
        case LayoutRole::Source:
            return kSource;
        case LayoutRole::Sink:
            return kSink;
        case LayoutRole::Union:
            return kUnion;
        default:
            return kOther;
    }
}

}  // namespace rw
