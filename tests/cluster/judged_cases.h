// The outcome of a golden case on another engine, and whether it is as expected.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/deploy/translation.h"
#include "tests/golden/cases.h"
#include "tests/golden/may_differ.h"

namespace rw::cluster {

struct CaseOutcome {
    Verdict worst = Verdict::Exact;
    std::vector<std::string> refusals{};    ///< “node: why”
    std::vector<std::string> conditions{};  ///< that the verdict hangs on, each once
    /// The error, or the difference from Flink's answer when the case was made that is not allowed; empty:
    /// none.
    std::string difference{};
    std::string differsAsSaid{};  ///< the allowed difference; empty: none
};

/// The outcome that a translation predicts for its pipeline.
CaseOutcome outcomeOf(const Translation& translation);

/// The entry of a case in a file of cases.
struct ListedCase {
    std::string verdict{};  ///< “refused”, “approximated”; empty: its rows break a condition
    std::optional<golden::MayDiffer> allowed{};  ///< the allowed differences
    std::string why{};
};
/// By the names of cases.
using CaseList = std::map<std::string, ListedCase>;

/// Those that may be refused, or differ.
struct ListedCases {
    CaseList notExact{};  ///< by their verdict
    CaseList known{};     ///< for their rows do not keep a condition of it

    /// The allowed differences of a case; null: none.
    const golden::MayDiffer* allowed(const std::string& name, const CaseOutcome& outcome) const;
    /// Throws std::runtime_error where they name a case that is not in a folder.
    void mustFit(const std::filesystem::path& cases) const;
};

/// Lines “case  refused”, or “case  approximated  what may differ” (tests/golden/may_differ.h); “#” begins a
/// comment. Throws std::runtime_error, with the error.
CaseList notExactIn(const std::filesystem::path& file);
/// Lines “case  what may differ  why”.
CaseList knownIn(const std::filesystem::path& file);
/// By the names of functions, why they differ: lines “function  why”.
std::map<std::string, std::string> reasonsIn(const std::filesystem::path& file);
/// Every other case; the other half (0, 1) has the rest. $RILLWRIGHT_SEED says which half is which, so that
/// over some seeds each case is in both.
std::vector<std::filesystem::path> halfOf(const std::vector<std::filesystem::path>& cases, int half);
/// The names alone, of lines that have nothing else.
std::set<std::string> namesIn(const std::filesystem::path& file);

/// A golden case before it runs on another engine: sources are copies, results are fetched.
struct OpenedCase {
    /// `folder`: of the case. `listed` outlives it.
    OpenedCase(const std::filesystem::path& folder, const Catalogue& catalogue, Engine engine,
               const ListedCases& listed);
    OpenedCase(const OpenedCase&) = delete;
    OpenedCase& operator=(const OpenedCase&) = delete;

    /// Runs it in a copy of its folder and compares its output.
    void run(const golden::RunPipeline& ran);

    TranslateOptions how{};
    Pipeline pipeline{};
    Validated validated{};
    Translation translation{};
    CaseOutcome outcome{};
    bool runs = false;  ///< it can be read, and is not refused

 private:
    std::filesystem::path m_folder;
    const ListedCases& m_listed;
};

enum class CaseResult {
    Same,
    Refused,       ///< by us: nothing was sent
    Approximated,  ///< differs, where its verdict says so
    Known,         ///< differs where its rows do not keep a condition of its verdict
    Failed
};

struct JudgedCase {
    CaseResult result = CaseResult::Failed;
    std::string words{};  ///< for a person, of one line or several
    std::string why{};    ///< it is refused, or may differ; empty: it may not
};

/// Failed where something differs that may not, and where one is refused or approximated that is not so in
/// `notExact`. One that is approximated there may not be refused.
JudgedCase judged(const std::string& name, const CaseOutcome& outcome, const ListedCases& listed);

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
