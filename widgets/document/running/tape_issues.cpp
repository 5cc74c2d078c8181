#include "widgets/document/running/tape_issues.h"

#include "widgets/document/running/run_session.h"

namespace rw::ui {

std::vector<Issue> tapeIssues(const RunSession& session) {
    std::vector<Issue> issues;
    if (!session.incompleteTape().empty()) {
        issues.push_back({Severity::Warning, session.incompleteTape(),
                          RW_TEXT("tape",
                                  "The outputs lack the rows after that: replay a whole tape, or run "
                                  "the pipeline again.")});
    }
    return issues;
}

}  // namespace rw::ui
