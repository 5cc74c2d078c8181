#include "widgets/session/words/tape_issues.h"

#include "widgets/session/run_session.h"

namespace rw::ui {

std::vector<Issue> tapeIssues(const RunSession& session) {
    std::vector<Issue> issues;
    if (!session.incompleteTape().empty()) {
        issues.push_back({Severity::Warning, session.incompleteTape(),
                          RW_TEXT("tape",
                                  "The outputs lack the rows after that: replay a whole tape, or run "
                                  "the pipeline again.")});
    }
    if (!session.recordingTrouble().empty()) {
        issues.push_back(
            {Severity::Warning,
             RW_TEXT("tape", "The recording has ended before the run: %1").with(session.recordingTrouble()),
             RW_TEXT("tape",
                     "Its tape can be replayed up to there. The next run is recorded "
                     "anew.")});
    }
    return issues;
}

}  // namespace rw::ui
