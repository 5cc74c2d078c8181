#include "core/forecast/state_rules.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace rw::forecasting {

namespace {

std::vector<StateRule> sourceRules() {
    return {{"this_computer", StateSort::None, {}, false, false},
            {"csv_source",
             StateSort::Position,
             {"path", "columns", "header", "delimiter", "quote", "decimal", "epoch"},
             false,
             false},
            {"ndjson_source", StateSort::Position, {"path", "columns"}, false, false},
            {"stdin", StateSort::None, {}, false, false},  // the rows read from it are gone
            {"generator", StateSort::Position, {"columns", "seed", "event_time", "disorder"}, false, false},
            {"nexmark", StateSort::Position, {"stream", "seed", "rate", "disorder"}, false, false},
            {"rows", StateSort::Position, {"columns", "rows"}, false, false}};
}

std::vector<StateRule> transformRules() {
    return {{"filter", StateSort::None, {}, false, false},
            {"select", StateSort::None, {}, false, false},
            {"flatten", StateSort::None, {}, false, false},
            {"union", StateSort::None, {}, false, false},
            {"route", StateSort::None, {}, false, false},
            {"subflow", StateSort::None, {}, false, false},
            {"subflow_input", StateSort::None, {}, false, false},
            {"subflow_output", StateSort::None, {}, false, false},
            {"event_time", StateSort::None, {}, false, false},  // watermarks: they come again
            {"sample", StateSort::None, {}, false, false},
            {"limit", StateSort::Rows, {}, false, false},  // so many have gone on, with any limit
            {"throttle", StateSort::Rows, {}, true, false},
            {"sort", StateSort::Rows, {}, true, true},
            {"deduplicate", StateSort::Rows, {"keys", "keep"}, true, true},
            {"group_aggregate", StateSort::Rows, {"keys", "aggregates", "state_ttl"}, false, false},
            {"top_n", StateSort::Rows, {"by", "limit", "partition_by"}, true, false},
            {"join", StateSort::Rows, {"on", "kind", "state_ttl"}, true, false}};
}

std::vector<StateRule> windowRules() {
    return {{"window_aggregate",
             StateSort::Rows,
             {"window", "size", "slide", "step", "gap", "offset", "allowed_lateness", "keys", "aggregates",
              "early"},
             false,
             true},
            {"over_aggregate", StateSort::Rows, {"partition_by", "frame", "aggregates"}, true, true},
            {"window_join",
             StateSort::Rows,
             {"on", "kind", "window", "size", "slide", "step", "gap", "offset"},
             true,
             true},
            {"interval_join", StateSort::Rows, {"on", "kind", "lower", "upper"}, true, true},
            {"temporal_join", StateSort::Rows, {"on", "kind"}, true, true},
            {"lookup_join", StateSort::Rows, {}, true, false, true}};  // that wait for its table
}

std::vector<StateRule> sinkRules() {
    return {{"sqlite_sink", StateSort::None, {}, false, false},
            {"csv_sink", StateSort::None, {}, false, false},
            {"ndjson_sink", StateSort::None, {}, false, false}};
}

/// Every parameter counts. Types live as long as their catalogue, names of parameters are copied with them:
/// the rule is kept by type, its names point into the copies.
const StateRule& strictRule(const NodeKind& kind) {
    struct Kept {
        std::string type{};
        std::vector<std::string> names{};
        StateRule rule{};
    };
    static std::mutex mutex;
    static std::map<std::string, Kept> kept;
    const std::lock_guard lock(mutex);
    const auto [it, isNew] = kept.try_emplace(kind.type);
    if (isNew) {
        Kept& entry = it->second;
        entry.type = kind.type;
        for (const ParamSpec& spec : kind.params) entry.names.push_back(spec.name);
        entry.rule.type = entry.type;
        entry.rule.sort = kind.chart             ? StateSort::Picture
                          : kind.inputs.empty()  ? StateSort::Position
                          : kind.outputs.empty() ? StateSort::None
                                                 : StateSort::Rows;
        entry.rule.params.assign(entry.names.begin(), entry.names.end());
        entry.rule.rows = true;
        entry.rule.eventTime = true;
    }
    return it->second.rule;
}

}  // namespace

const std::vector<StateRule>& stateRules() {
    static const std::vector<StateRule> kRules = [] {
        std::vector<StateRule> out = sourceRules();
        for (const auto& more : {transformRules(), windowRules(), sinkRules()})
            out.insert(out.end(), more.begin(), more.end());
        return out;
    }();
    return kRules;
}

const StateRule& stateRuleOf(const NodeKind& kind) {
    const auto& rules = stateRules();
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const StateRule& rule) { return rule.type == kind.type; });
    return found == rules.end() ? strictRule(kind) : *found;
}

}  // namespace rw::forecasting
