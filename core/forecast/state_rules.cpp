#include "core/forecast/state_rules.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace rw::forecasting {

namespace {

std::vector<StateRule> sourceRules() {
    return {
        {"this_computer", StateSort::None, {}, false, false},
        {"csv_source",
         StateSort::Position,
         {"path", "columns", "header", "delimiter", "quote", "decimal", "epoch"},
         false,
         false},
        {"ndjson_source", StateSort::Position, {"path", "columns"}, false, false},
        {"stdin", StateSort::None, {}, false, false},  // the rows read from it are gone
        {"kafka_source", StateSort::Position, {"connection", "topic"}, false, false},
        {"sql_source",
         StateSort::Position,
         {"connection", "read", "table", "query", "mode", "key", "cursor", "slot"},
         false,
         false},
        {"http_source", StateSort::Position, {"server", "connection", "path", "url", "key"}, false, false},
        {"webhook_source", StateSort::Position, {}, false, false},
        {"websocket_source", StateSort::Position, {}, false, false},
        {"webhdfs_source", StateSort::Position, {"connection", "path", "format", "header"}, false, false},
        {"system_log", StateSort::Position, {"path"}, false, false},
        {"generator", StateSort::Position, {"columns", "seed", "event_time", "disorder"}, false, false},
        {"nexmark", StateSort::Position, {"stream", "seed", "rate", "disorder"}, false, false},
        {"rows", StateSort::Position, {"columns", "rows"}, false, false}};
}

std::vector<StateRule> transformRules() {
    return {{"limit", StateSort::Rows, {}, false, false},  // so many have gone on, with any limit
            {"throttle", StateSort::Rows, {}, true, false},
            {"sort", StateSort::Rows, {}, true, true},
            {"deduplicate", StateSort::Rows, {"keys", "keep"}, true, true},
            {"group_aggregate", StateSort::Rows, {"keys", "aggregates", "state_ttl"}, false, false},
            {"top_n", StateSort::Rows, {"by", "limit", "partition_by"}, true, false},
            {"join", StateSort::Rows, {"on", "kind", "state_ttl"}, true, false}};
}

std::vector<StateRule> windowRules() {
    return {
        {"window_aggregate",
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
        {"lookup_join", StateSort::Rows, {}, true, false, true},  // that wait for its table
        {"pattern",
         StateSort::Rows,
         {"partition_by", "pattern", "define", "measures", "after_match", "rows_per_match", "within",
          "max_rows", "step_limit"},
         true,
         true},
        {"python", StateSort::Rows, {"stateful", "keys"}, false, false},
        {"alert", StateSort::Rows, {"condition", "keys", "clear", "message", "value", "peak"}, true, true}};
}

/// Rows wait, labels find them by the columns of their ids, and features are those that a model was made
/// with.
std::vector<StateRule> learningRules() {
    return {{"anomaly",
             StateSort::Rows,
             {"method", "features", "window", "rows", "season", "keys", "scale", "impute", "seed", "control"},
             true,
             true},
            {"classify",
             StateSort::Rows,
             {"label", "features", "method", "max_classes", "keys", "labels", "id", "scale", "impute", "seed",
              "control"},
             true,
             true},
            {"regress",
             StateSort::Rows,
             {"target", "features", "method", "keys", "labels", "id", "scale", "impute", "seed", "control"},
             true,
             true},
            {"forecast",
             StateSort::Rows,
             {"value", "method", "season", "step", "horizon", "keys", "control"},
             true,
             true},
            {"cluster",
             StateSort::Rows,
             {"features", "method", "by", "k", "most", "keys", "scale", "impute", "control"},
             true,
             true},
            {"drift", StateSort::Rows, {"value", "method", "keys", "control"}, true, true},
            {"recommend",
             StateSort::Rows,
             {"user", "item", "rating", "factors", "top_column", "keys", "seed", "control"},
             true,
             true}};
}

/// By the declaration of a node, and what bind() made of this one.
StateSort sortOf(const NodeKind& kind, const BoundNode& bound) {
    if (kind.chart) return StateSort::Picture;
    if (kind.inputs.empty() && kind.subflow == SubflowRole::None) return StateSort::Position;
    if (kind.outputs.empty() || bound.state.empty()) return StateSort::None;
    return StateSort::Rows;
}

/// Every parameter counts, where it keeps anything. Types live as long as their catalogue, names of
/// parameters are copied with them: the rule is kept by type, its names point into the copies.
const StateRule& derivedRule(const NodeKind& kind, StateSort sort) {
    static const StateRule kNothing;
    if (sort == StateSort::None) return kNothing;
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
        entry.rule.sort = sort;
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
        for (const auto& more : {transformRules(), windowRules(), learningRules()})
            out.insert(out.end(), more.begin(), more.end());
        return out;
    }();
    return kRules;
}

const StateRule& stateRuleOf(const NodeKind& kind, const BoundNode& bound) {
    const auto& rules = stateRules();
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const StateRule& rule) { return rule.type == kind.type; });
    return found == rules.end() ? derivedRule(kind, sortOf(kind, bound)) : *found;
}

}  // namespace rw::forecasting
