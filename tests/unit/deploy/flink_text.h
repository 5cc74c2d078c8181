// Small pipelines over CSV files, and the SQL that Flink gets for them.
#pragma once
#include <QtTest/QtTest>
#include <string>
#include <vector>

#include "core/deploy/translation.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"

namespace rw::test {

/// A source of rows with event time `ts`.
inline Json timedSource(const char* id, std::vector<std::string> columns) {
    columns.push_back("ts TIMESTAMP(3)");
    return {{"id", id},
            {"type", "csv_source"},
            {"params",
             {{"path", std::string(id) + ".csv"},
              {"columns", columns},
              {"event_time", "ts"},
              {"watermark_delay", "5s"}}}};
}

inline Json nodeOf(const char* id, const char* type, Json params = Json::object()) {
    return {{"id", id}, {"type", type}, {"params", std::move(params)}};
}

inline Json sinkOf(const char* id) {
    return nodeOf(id, "csv_sink", {{"path", std::string(id) + ".out.csv"}});
}

/// A pipeline translated for Flink, or for another engine.
class FlinkText {
 public:
    /// Wires as “from>to”.
    FlinkText(const std::vector<Json>& nodes, const std::vector<std::string>& wires,
              Engine engine = Engine::Flink, TranslateOptions options = {},
              const Json& variables = Json::object()) {
        Json drawn = Json::array();
        for (const std::string& wire : wires) {
            const std::size_t arrow = wire.find('>');
            drawn.push_back({{"from", wire.substr(0, arrow)}, {"to", wire.substr(arrow + 1)}});
        }
        const Json document{
            {"rill", 1}, {"name", "test"}, {"variables", variables}, {"nodes", nodes}, {"wires", drawn}};
        const Result<Loaded> loaded = loadPipeline(document.dump());
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        const Catalogue kinds = builtin();
        options.validate.files = false;
        const Validated validated = validate(loaded->pipeline, kinds, options.validate);
        for (const Issue& issue : validated.issues) {
            if (issue.severity == Severity::Error) qFatal("%s", english(issue).c_str());
        }
        m_pipeline = loaded->pipeline;
        m_options = options;
        m_translation = translate(m_pipeline, kinds, validated, engine, options);
    }

    const Pipeline& pipeline() const { return m_pipeline; }
    const TranslateOptions& options() const { return m_options; }
    const Translation& translation() const { return m_translation; }

    /// The query of a view, after its CREATE.
    std::string view(const std::string& name) const {
        const std::string head = "CREATE TEMPORARY VIEW `" + name + "` AS\n";
        for (const Statement& statement : m_translation.statements) {
            if (statement.name == name && statement.text.starts_with(head))
                return statement.text.substr(head.size());
        }
        return "no view " + name;
    }
    Verdict verdict(const std::string& node) const { return m_translation.nodes.at(node).verdict(); }
    /// The findings on a node, one line each: “verdict param: what [while condition] fix”.
    std::string said(const std::string& node) const {
        std::string out;
        for (const Remark& remark : m_translation.nodes.at(node).findings) {
            out +=
                std::string(verdictName(remark.verdict)) + " " + remark.param + ": " + english(remark.what);
            if (!remark.condition.empty()) out += "[while " + english(remark.condition) + "]";
            out += (remark.fix.empty() ? "" : " " + english(remark.fix)) + "\n";
        }
        return out;
    }
    const std::vector<Remark>& remarks(const std::string& node) const {
        return m_translation.nodes.at(node).findings;
    }

 private:
    Pipeline m_pipeline{};
    TranslateOptions m_options{};
    Translation m_translation{};
};

}  // namespace rw::test

/// Shows both texts when they differ.
#define COMPARE_TEXT(actual, expected)                                        \
    do {                                                                      \
        const std::string rwActual = (actual), rwExpected = (expected);       \
        const std::string rwShown = rwActual + "\n--- is not\n" + rwExpected; \
        QVERIFY2(rwActual == rwExpected, rwShown.c_str());                    \
    } while (false)
