// Why two engines have other rows at a sink: named causes, each by evidence.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/compare/row_difference.h"

namespace rw {

enum class CauseKind {
    Late,      ///< rows were late on the way, by the counters of the run here
    Rejected,  ///< the rows that a source rejected are in no copy of it
    Order,     ///< all but the columns that go by the order of rows is the same
    FloatSum,  ///< last digits of a DOUBLE; such rows count as the same
    Dialect,   ///< a verdict on the way names a function, with a condition
    UnfiredWindows,
    Unexplained
};
/// “late”, “float sum”.
Text causeWord(CauseKind kind);
/// The same in English, as --json has it.
std::string_view causeName(CauseKind kind);

struct Cause {
    CauseKind kind = CauseKind::Unexplained;
    Text evidence{};
    std::uint64_t rows = 0;  ///< that it accounts for; 0: it can't be told how many
};

/// The evidence on the way to a sink.
struct SinkEvidence {
    std::vector<std::pair<std::string, std::uint64_t>> late{};      ///< nodes and their late rows
    std::vector<std::pair<std::string, std::uint64_t>> rejected{};  ///< only where rejected rows come here
    std::vector<std::string> orderedNodes{};                        ///< whose results go by the order of rows
    std::vector<std::string> orderedColumns{};  ///< that such an aggregate gives, as it names them
    struct Word {
        std::string node{}, function{};
        Text condition{};
        bool operator==(const Word&) const = default;
    };
    std::vector<Word> words{};
};

/// All rows of both sides, as finalRows() gives them, and how they differ. The same rows have no causes but
/// FloatSum; others have one at least.
std::vector<Cause> causesOf(const RowDifference& difference, const std::vector<CompareRow>& a,
                            const std::vector<CompareRow>& b, const Schema& schema,
                            const SinkEvidence& evidence);

}  // namespace rw
