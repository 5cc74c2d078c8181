// A question about a pipeline that a test makes by hand.
#pragma once
#include <QtTest/QtTest>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "tests/support/pipeline_of.h"

namespace rw::test {

inline const Catalogue& builtinKinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

/// A key, a number and seconds behind noon.
struct Given {
    const char* key;
    std::int64_t number;
    int second;
};

/// “2024-03-01 12:00:07” of 7.
inline std::string secondsBehindNoon(int second) {
    return std::string("2024-03-01 12:00:") + (second < 10 ? "0" : "") + std::to_string(second);
}

/// A source with these rows: columns k, v and the event time ts.
inline Node givenRows(const char* id, const std::vector<Given>& rows) {
    Json cells = Json::array();
    for (const Given& row : rows)
        cells.push_back(Json::array({row.key, row.number, secondsBehindNoon(row.second)}));
    return node(id, "rows",
                Json{{"columns", Json::array({"k STRING", "v BIGINT", "ts TIMESTAMP(3)"})},
                     {"rows", std::move(cells)},
                     {"event_time", "ts"}});
}

/// The plan of the nodes and wires, and what is asked about one of them. Where there is no plan, why is
/// printed, and answers are errors.
struct AskedPlan {
    std::shared_ptr<const Plan> plan{};
    LineageQuestion question{};

    AskedPlan(std::vector<Node> nodes, std::vector<Wire> wires, PortRef of, const char* where) {
        Pipeline pipeline;
        pipeline.nodes = std::move(nodes);
        pipeline.wires = std::move(wires);
        PlanOptions options;
        options.parallelism = 1;
        const Planned planned = makePlan(pipeline, builtinKinds(), options);
        for (const Issue& issue : planned.issues) {
            if (issue.severity == Severity::Error) qWarning("%s", english(issue).c_str());
        }
        plan = planned.plan;
        question.plan = plan;
        question.catalogue = &builtinKinds();
        question.node = std::move(of.node);
        question.port = std::move(of.port);
        question.where = where;
    }
    Result<Lineage> why() const {
        if (!plan) return noPlan();
        return whyRow(question);
    }
    Result<MissingAnswer> whyNot() const {
        if (!plan) return noPlan();
        return whyNoRow(question);
    }
    Result<MissingAnswer> whyNoPair() const {
        if (!plan) return noPlan();
        return rw::whyNoPair(question);
    }

 private:
    static Status noPlan() { return Status(ErrorCode::Invalid, RW_TEXT("test", "there is no plan")); }
};

/// The nodes stand one behind the other, before a view of the last of them, which is asked about.
inline AskedPlan askedInRow(std::vector<Node> nodes, const char* where) {
    const NodeId last = nodes.back().id;
    nodes.push_back(node("seen", "table_view"));
    std::vector<Wire> wires;
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i)
        wires.push_back(wire(nodes[i].id.c_str(), nodes[i + 1].id.c_str()));
    return AskedPlan(std::move(nodes), std::move(wires), {last, {}}, where);
}

/// Empty: it is an answer.
template <class Answer>
std::string failureOf(const Result<Answer>& answer) {
    return answer.ok() ? std::string() : english(answer.error());
}

}  // namespace rw::test
