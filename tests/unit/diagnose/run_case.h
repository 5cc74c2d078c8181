// Pipelines with the figures that their runs would have shown, to be explained.
#pragma once
#include <QStringList>

#include "core/diagnose/diagnose.h"
#include "core/nodes/catalogue.h"
#include "tests/support/noon.h"
#include "tests/support/pair_kind.h"
#include "tests/support/pipeline_of.h"

namespace rw::test {

inline const Catalogue& diagnosedKinds() {
    static const Catalogue kKinds = withPairs(builtin());
    return kKinds;
}

/// A pipeline and the counts that its run would have, a minute after the start.
struct RunCase {
    Pipeline pipeline;
    RunMetrics metrics;
    bool running = true;

    RunCase() {
        metrics.state = RunState::Running;
        metrics.seconds = 60;
    }
    NodeMetrics& add(const char* id, const char* type, Json params = Json::object(), const char* title = "") {
        Node made = node(id, type, std::move(params));
        made.title = title;
        pipeline.nodes.push_back(std::move(made));
        return metrics.nodes[id];
    }
    /// A node that so many rows came to and left.
    NodeMetrics& add(const char* id, const char* type, std::uint64_t in, std::uint64_t out,
                     Json params = {}) {
        NodeMetrics& of = add(id, type, params.is_null() ? Json::object() : std::move(params));
        of.rowsIn = in;
        of.rowsOut = out;
        return of;
    }
    void connect(const char* from, const char* to, const char* port = "out") {
        pipeline.wires.push_back(wire(from, to, port));
    }
    std::vector<Finding> findings() const {
        return diagnose(Evidence(pipeline, diagnosedKinds(), metrics, running));
    }
};

/// “node reason: words | sentence”, a line each.
inline QStringList told(const std::vector<Finding>& findings) {
    QStringList lines;
    for (const Finding& finding : findings) {
        lines << QString::fromStdString(finding.issue.node + " " + std::string(nameOf(finding.reason)) +
                                        ": " + english(finding.summary) + " | " +
                                        english(finding.issue.message));
    }
    return lines;
}

}  // namespace rw::test
