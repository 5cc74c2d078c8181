#include "widgets/document/run_findings.h"

#include <algorithm>

#include "core/diagnose/diagnose.h"

namespace rw::ui {

const std::vector<Finding>& RunFindings::of(const RunSnapshot& snapshot, bool goesOn) {
    const std::tuple madeOf{m_document.version(), snapshot.pictures, goesOn};
    if (madeOf != m_madeOf) {
        m_madeOf = madeOf;
        m_findings =
            diagnose(Evidence(m_document.pipeline(), m_document.catalogue(), snapshot.metrics, goesOn));
    }
    return m_findings;
}

const Finding* findingOf(const std::vector<Finding>& findings, const NodeId& node) {
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const Finding& finding) { return finding.issue.node == node; });
    return found == findings.end() ? nullptr : &*found;
}

std::vector<Issue> adviceOf(const std::vector<Finding>& findings) {
    std::vector<Issue> advice;
    for (const Finding& finding : findings) {
        if (!finding.waiting()) advice.push_back(finding.issue);
    }
    return advice;
}

}  // namespace rw::ui
