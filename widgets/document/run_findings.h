// What the run of a document shows, explained (core/diagnose): the one source of these words for cards, charts,
// panels and forms.
#pragma once
#include <tuple>
#include <vector>

#include "core/diagnose/finding.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/run_snapshot.h"

namespace rw::ui {

/// Made when somebody asks, once for each picture of the counters and each edit. GUI thread.
class RunFindings {
 public:
    explicit RunFindings(const PipelineDocument& document) : m_document(document) {}

    /// Those of the run whose counters are `snapshot`; `goesOn`: it has not ended.
    const std::vector<Finding>& of(const RunSnapshot& snapshot, bool goesOn);

 private:
    const PipelineDocument& m_document;
    std::tuple<quint64, quint64, bool> m_madeOf{};  ///< version of the document, picture of the counters, goesOn
    std::vector<Finding> m_findings;
};

/// The first finding of a node, or null.
const Finding* findingOf(const std::vector<Finding>& findings, const NodeId& node);

/// What is to be looked at, for lists of problems: what only waits is left out.
std::vector<Issue> adviceOf(const std::vector<Finding>& findings);

}  // namespace rw::ui
