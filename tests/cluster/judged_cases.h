// What became of a golden case on another engine, and whether that is as it should be.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/deploy/translation.h"

namespace rw::cluster {

struct CaseOutcome {
    Verdict worst = Verdict::Exact;
    std::vector<std::string> refusals{};    ///< “node: why”
    std::vector<std::string> conditions{};  ///< that the verdict hangs on, each once
    std::string difference{};               ///< from what Flink answered when the case was made; empty: none
};

/// What a translation says of its pipeline.
CaseOutcome outcomeOf(const Translation& translation);

/// A golden case before it runs on another engine: sources are copies, results are fetched.
struct OpenedCase {
    /// `folder`: where it lies.
    OpenedCase(const std::filesystem::path& folder, const Catalogue& catalogue, Engine engine);
    OpenedCase(const OpenedCase&) = delete;
    OpenedCase& operator=(const OpenedCase&) = delete;

    TranslateOptions how{};
    Pipeline pipeline{};
    Validated validated{};
    Translation translation{};
    CaseOutcome outcome{};
    bool runs = false;  ///< it can be read, and is not refused
};

/// Names of cases, each with its reason.
using ListedCases = std::map<std::string, std::string>;
/// Lines “case  reason”, or “case” alone; “#” begins a comment.
ListedCases listedIn(const std::filesystem::path& file);

enum class CaseResult {
    Same,
    Refused,       ///< by us: nothing was sent
    Approximated,  ///< differs, as its verdict says
    Known,         ///< differs, for its rows do not keep a condition of its verdict
    Failed
};

struct JudgedCase {
    CaseResult result = CaseResult::Failed;
    std::string words{};  ///< for a person, of one line or several
    std::string why{};    ///< it is refused, or may differ; empty: it may not
};

/// Failed where an exact or equivalent case differs, but for those in `known`, whose verdict hangs on a
/// condition that their rows do not keep; and where one that is not in `notExact` is refused or approximated.
JudgedCase judged(const std::string& name, const CaseOutcome& outcome, const ListedCases& known,
                  const ListedCases& notExact);

/// How many cases came to each result.
using ResultCounts = std::map<CaseResult, int>;
int allOf(const ResultCounts& counts);
/// Of all cases, in one line.
std::string summary(const ResultCounts& counts);

/// On which engine a case was run.
struct CasePlace {
    std::string engine{};  ///< “flink”, “spark”
    int parallelism = 1;
};
/// Appends a line to the file that RILLWRIGHT_CASE_TABLE names, if it names one: case, engine, parallelism,
/// verdict, result and why, with tabs between (tests/cluster/as_table makes a table of it). Programs that run
/// at once may write to the same file.
void tellCase(const std::string& name, const CasePlace& place, const CaseOutcome& outcome,
              const JudgedCase& came);

}  // namespace rw::cluster
