// The findings on the run of a document (core/diagnose): the one source of these words for cards,
// charts, panels and forms.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "core/diagnose/finding.h"
#include "core/diagnose/watermark_hold.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/earlier_counts.h"
#include "widgets/session/run_snapshot.h"

namespace rw::ui {

/// GUI thread.
class RunFindings {
 public:
    explicit RunFindings(const PipelineDocument& document) : m_document(document) {}

    /// Looks at counters of a run; `running`: it has not ended. Does nothing when they and the document are
    /// those of the last time. Of a run that was stopped, or failed, it is still told what it waited for
    /// then.
    void update(const RunSnapshot& snapshot, bool running);
    /// Another run begins, which has nothing to do with the one before.
    void startOver();
    /// The run of `before`, with these last counters, goes on with the pipeline `now`.
    void goOn(const RunMetrics& last, const Pipeline& before, const Pipeline& now);
    const EarlierCounts& earlier() const { return m_earlier; }

    /// All of a node, those to look at first.
    const std::vector<const Finding*>& of(const NodeId& node) const;
    /// The findings to be looked at, for lists of problems: those that only wait are left out.
    std::vector<Issue> advice() const;
    /// What is worth knowing and may well be meant so, for lists of problems.
    std::vector<Issue> notices() const;
    /// The cause that holds a node's watermark; of a run that was stopped, that held it.
    std::optional<WatermarkHold> holdOf(const RunSnapshot& snapshot, const NodeId& node) const;
    /// The nodes that keep results back for a source, those next to it first.
    std::vector<NodeId> heldBackBy(const RunSnapshot& snapshot, const NodeId& source) const;

 private:
    void addWaiting(const Pipeline& pipeline);
    std::vector<Issue> issuesOf(const std::function<bool(const Finding&)>& wanted) const;
    const PipelineDocument& m_document;
    std::tuple<quint64, quint64, bool>
        m_madeOf{};  ///< version of the document, picture of the counters, running
    EarlierCounts m_earlier{};
    RunMetrics m_lastRunning{};  ///< of the run while it ran
    Instant m_lastLooked = 0;    ///< wall time of these; 0: there are none
    std::vector<Finding> m_findings;
    std::map<NodeId, std::vector<const Finding*>> m_byNode;
};

/// Whether it is one of the notices(): no warning.
bool isNotice(const Issue& issue);
/// Whether it is about a join that has found no pair: “Why no row?” has the answer.
bool asksWhyNoRow(const Issue& issue);

}  // namespace rw::ui
