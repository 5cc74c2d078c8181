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
    return {melted("csv_source", LayoutRole::Source), melted("ndjson_source", LayoutRole::Source),
            melted("rows", LayoutRole::Source), melted("select", LayoutRole::Pass),
            melted("subflow_input", LayoutRole::Pass), melted("subflow_output", LayoutRole::Pass),
            melted("filter", LayoutRole::Drop), melted("route", LayoutRole::Drop),
            melted("event_time", LayoutRole::Drop), melted("union", LayoutRole::Union),
            single("limit", {"Limit"}),
            // A count over all rows before, which keeps the order.
            guarded("sort", {"OverAggregate"}), guarded("over_aggregate", {"OverAggregate"}),
            guarded("deduplicate", {"Deduplicate", "Rank"}),
            single("top_n", {"WindowRank", "WindowDeduplicate", "Rank", "Deduplicate"}),
            inTwoPhases(single("group_aggregate", {"GroupAggregate", "GlobalGroupAggregate"}),
                        "LocalGroupAggregate"),
            inTwoPhases(windowed("window_aggregate", {"WindowAggregate", "GlobalWindowAggregate"}),
                        "LocalWindowAggregate"),
            join(windowed("window_join", {"WindowJoin"})), join(guarded("interval_join", {"IntervalJoin"})),
            join(guarded("temporal_join", {"TemporalJoin"})), join(single("join", {"Join"})),
            melted("csv_sink", LayoutRole::Sink), melted("ndjson_sink", LayoutRole::Sink)};
}

}  // namespace

const LayoutKind& layoutKind(std::string_view type) {
    static const std::vector<LayoutKind> kKinds = allKinds();
    static const LayoutKind kOther;
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [type](const LayoutKind& kind) { return kind.type == type; });
    return found == kKinds.end() ? kOther : *found;
}

}  // namespace rw
