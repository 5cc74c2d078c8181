// Pipelines and their bundles, for the tests of this room.
#pragma once
#include <QtTest/QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/superset/superset_bundle.h"

namespace rw::test {

inline const Catalogue& kindsOfNodes() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

inline constexpr Instant kWhenMade = 1'763'661'600'000;  // 2025-11-20 18:00:00

/// A bundle and what it was made of.
struct Bundled {
    Pipeline pipeline{};
    Validated validated{};
    SupersetBundle bundle{};

    const SupersetChart& chart(const std::string& node) const {
        const auto found = std::find_if(bundle.charts.begin(), bundle.charts.end(),
                                        [&node](const SupersetChart& each) { return each.node == node; });
        static const SupersetChart kNone;
        return found == bundle.charts.end() ? kNone : *found;
    }
    /// The content of a file; empty: there is none.
    std::string file(const std::string& name) const {
        for (const auto& [each, text] : bundle.files) {
            if (each == name) return text;
        }
        return {};
    }
};

/// `text`: a .rill file. Paths are in `folder`.
inline Bundled bundled(const std::string& text, const std::shared_ptr<const Connections>& connections = {},
                       const std::string& folder = "/data") {
    Bundled made;
    const Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) {
        qWarning("%s", english(loaded.error()).c_str());
        return made;
    }
    made.pipeline = loaded->pipeline;
    ValidateOptions options;
    options.folder = folder;
    options.files = false;
    if (connections) options.connections = connections->known();
    made.validated = validate(made.pipeline, kindsOfNodes(), options);
    for (const Issue& issue : made.validated.issues) {
        if (issue.severity == Severity::Error) qWarning("%s", english(issue).c_str());
    }
    BundleOptions bundling;
    bundling.name = publishedName(made.pipeline, "/data/file.rill");
    bundling.connections = connections;
    bundling.now = kWhenMade;
    made.bundle = supersetBundle(made.pipeline, kindsOfNodes(), made.validated, bundling);
    return made;
}

/// Rows with an event time, windows of them per shop, and sinks for both; `nodes` and `wires` are further
/// ones, each behind a comma. Times are 10 seconds apart, windows 10 seconds long.
inline std::string shops(const std::string& nodes, const std::string& wires,
                         const std::string& more = "\"name\": \"Shops\"") {
    return R"json({"rill": 1, )json" + more + R"json(, "nodes": [
        {"id": "sales", "type": "rows", "params": {
            "columns": ["shop STRING", "amount DECIMAL(10,2)", "is_open BOOLEAN", "ts TIMESTAMP(3)"],
            "event_time": "ts",
            "rows": [["a", "1.50", true, "2024-03-01 12:00:00.000"],
                     ["b", "2.00", false, "2024-03-01 12:00:00.000"],
                     ["a", "4.00", true, "2024-03-01 12:00:10.000"],
                     ["b", "8.25", true, "2024-03-01 12:00:10.500"]]}},
        {"id": "per_shop", "type": "window_aggregate", "title": "Per shop", "params": {
            "window": "tumble", "size": "10s", "keys": ["shop"], "aggregates": ["SUM(amount) AS total"]}},
        {"id": "raw", "type": "sqlite_sink", "params": {"database": "shops.sqlite", "table": "sales"}},
        {"id": "windows", "type": "sqlite_sink",
         "params": {"database": "shops.sqlite", "table": "per shop"}})json" +
           nodes + R"json(], "wires": [{"from": "sales", "to": "per_shop"}, {"from": "sales", "to": "raw"},
        {"from": "per_shop", "to": "windows"})json" +
           wires + "]}";
}

/// One chart behind `from`.
inline std::string shopsWith(const std::string& from, const std::string& type, const std::string& params,
                             const std::string& more = "\"name\": \"Shops\"") {
    return shops(R"json(, {"id": "chart", "type": ")json" + type +
                     R"json(", "title": "The chart", "params": )json" + params + "}",
                 R"json(, {"from": ")json" + from + R"json(", "to": "chart"})json", more);
}

}  // namespace rw::test
