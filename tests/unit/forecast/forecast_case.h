// Small pipelines before and after an edit, and the forecasts for them.
#pragma once
#include <QtTest/QtTest>
#include <string>
#include <utility>
#include <vector>

#include "core/forecast/forecast.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"

namespace rw::test {

/// Nodes, and wires as “from>to”, ends as in a file: “w.late>late”.
struct Drawn {
    std::vector<Json> nodes{};
    std::vector<std::string> wires{};
};

inline const Catalogue& forecastKinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

inline Json drawnNode(const char* id, const char* type, Json params = Json::object()) {
    return {{"id", id}, {"type", type}, {"params", std::move(params)}};
}

/// auction INT, price DOUBLE, item STRING, ts TIMESTAMP(3).
inline Json bidsOf(const char* id, const Json& changed = Json::object()) {
    Json params{{"path", std::string(id) + ".csv"},
                {"columns", {"auction INT", "price DOUBLE", "item STRING", "ts TIMESTAMP(3)"}},
                {"event_time", "ts"},
                {"watermark_delay", "5s"}};
    params.update(changed);
    return drawnNode(id, "csv_source", std::move(params));
}

inline Json windowOf(const char* id, const Json& changed = Json::object()) {
    Json params{{"window", "tumble"},
                {"size", "1min"},
                {"keys", {"auction"}},
                {"aggregates", {"COUNT(*) AS n", "MAX(price) AS best"}}};
    params.update(changed);
    return drawnNode(id, "window_aggregate", std::move(params));
}

inline Json fileOf(const char* id) {
    return drawnNode(id, "csv_sink", {{"path", std::string(id) + ".out.csv"}});
}

inline Json filterOf(const char* id, const char* condition) {
    return drawnNode(id, "filter", {{"condition", condition}});
}

inline Pipeline drawnPipeline(const Drawn& drawn) {
    Json wires = Json::array();
    for (const std::string& wire : drawn.wires) {
        const std::size_t arrow = wire.find('>');
        wires.push_back({{"from", wire.substr(0, arrow)}, {"to", wire.substr(arrow + 1)}});
    }
    const Json document{{"rill", 1}, {"name", "test"}, {"nodes", drawn.nodes}, {"wires", wires}};
    Result<Loaded> loaded = loadPipeline(document.dump());
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return std::move(loaded->pipeline);
}

inline Forecast forecastOf(const Drawn& before, const Drawn& now, const ForecastRules& rules) {
    ValidateOptions options;
    options.files = false;
    const Pipeline deployed = drawnPipeline(before), edited = drawnPipeline(now);
    Result<Forecast> told = forecast({deployed, options}, {edited, options}, forecastKinds(), rules);
    if (!told.ok()) qFatal("%s", english(told.error()).c_str());
    return std::move(*told);
}

/// Why, in English.
inline std::string whyOf(const Forecast& told, const NodeId& node) {
    const auto found = told.nodes.find(node);
    return found == told.nodes.end() ? "no forecast of " + node : english(found->second.why);
}

/// As stateFateName(); “-” where there is no forecast.
inline std::string fateOf(const Forecast& told, const NodeId& node) {
    const auto found = told.nodes.find(node);
    return found == told.nodes.end() ? "-" : std::string(stateFateName(found->second.fate));
}

/// All that is said, for a test that fails.
inline std::string allOf(const Forecast& told) {
    std::string out = told.refusedAsIs ? "refused: " + english(told.refusal) + "\n" : "";
    for (const auto& [id, node] : told.nodes)
        out += id + " " + std::string(stateFateName(node.fate)) + " " + english(node.why) + "\n";
    return out;
}

/// A parameter of a node, with another value, and the expected forecast.
struct ParamEdit {
    const char* what = "";
    Json params{};  ///< that change
    const char* fate = "keeps";
    std::string why{};  ///< its beginning
};

}  // namespace rw::test
