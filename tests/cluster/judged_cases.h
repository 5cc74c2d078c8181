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

/// How many outcomes there were of each sort.
struct OutcomeCounts {
    int same = 0, refused = 0, known = 0, approximated = 0, failed = 0;
    int all() const { return same + refused + known + approximated + failed; }
};

/// What is said of it; FAIL where an exact or equivalent case differs, but for those in `known`, whose
/// verdict hangs on a condition that their rows do not keep; and where one that is not in `notExact` is
/// refused or approximated.
std::string judged(const std::string& name, const CaseOutcome& outcome, const ListedCases& known,
                   const ListedCases& notExact, OutcomeCounts& counts);
/// Of all cases, in one line.
std::string summary(const OutcomeCounts& counts);

}  // namespace rw::cluster
