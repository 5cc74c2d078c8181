// listed_verdicts: which outcomes of cases pass that a file lists as refused or approximated. Asks no engine.
#include <fstream>

#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/judged_cases.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

using namespace rw;
using namespace rw::cluster;

namespace {

CaseOutcome outcomeAs(Verdict worst) {
    CaseOutcome outcome;
    outcome.worst = worst;
    return outcome;
}

}  // namespace

int main() {
    const testing::ScratchFolder scratch("listed_verdicts");
    const auto file = scratch.path() / "not_exact";
    std::ofstream(file) << "# what may be so\nlate_rows  refused\nfirst  approximated  out.csv columns v\n";
    const ListedCases listed{notExactIn(file), {}};
    const auto resultOf = [&listed](const char* name, const CaseOutcome& outcome) {
        return judged(name, outcome, listed).result;
    };
    const CaseOutcome refused = outcomeAs(Verdict::Refused), near = outcomeAs(Verdict::Approximated);
    check(resultOf("late_rows", refused) == CaseResult::Refused, "what is listed as refused may be refused");
    check(resultOf("first", refused) == CaseResult::Failed, "what is listed as approximated may not");
    check(resultOf("plain", refused) == CaseResult::Failed, "nor may what is not listed");
    check(resultOf("plain", near) == CaseResult::Failed, "which may not be approximated either");
    check(resultOf("first", near) == CaseResult::Same, "an approximated one may be the same");
    check(resultOf("late_rows", near) == CaseResult::Same, "one may be better than it is listed");
    CaseOutcome differs = near;
    differs.differsAsSaid = "out.csv: v is another one";
    check(resultOf("first", differs) == CaseResult::Approximated, "it may differ where that is said");
    differs.difference = "out.csv: id is another one";
    check(resultOf("first", differs) == CaseResult::Failed, "and nowhere else");
    return test::summary();
}
