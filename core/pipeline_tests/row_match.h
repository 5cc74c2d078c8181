// The rows that a test expects beside those that came.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/data/value.h"

namespace rw {

struct ExpectedCell {
    bool any = false;  ///< whatever value comes
    Value value{};
};
using ExpectedRow = std::vector<ExpectedCell>;
using ValueRow = std::vector<Value>;

struct MatchColumn {
    std::string name{};
    Type type{};
};

/// A row that is not as expected; texts are for people.
struct RowMismatch {
    enum class Kind {
        Missing,     ///< it was expected, and did not come
        Unexpected,  ///< it came, and was not expected
        Changed      ///< the one came in place of the other, so far as they are alike
    } kind = Kind::Missing;
    std::vector<std::string> expected{}, got{};  ///< Missing has no `got`, Unexpected no `expected`
    std::vector<bool> differs{};                 ///< Changed: which columns do
};

struct RowMismatches {
    std::vector<std::string> columns{};
    std::vector<RowMismatch>
        rows{};  ///< missing ones first, then changed, then unexpected ones, kMostShown each
    std::size_t missing = 0, unexpected = 0, changed = 0;
    bool otherOrder = false;  ///< the rows are the expected ones, in another order
    bool none() const { return missing + unexpected + changed == 0 && !otherOrder; }
    static constexpr std::size_t kMostShown = 100;
};

struct MatchRules {
    bool ordered = false;
    double within = 0;    ///< DOUBLE may differ by so much
    double relative = 0;  ///< … or by this part of the larger one: 1e-9
};

/// Rows are paired so that as many as possible are as expected; of many hundred rows that differ in nothing
/// but cells with `*` or a tolerance, perhaps a few less. Every row of `expected` and `got` has as many cells
/// as there are columns.
RowMismatches matchRows(const std::vector<MatchColumn>& columns, const std::vector<ExpectedRow>& expected,
                        const std::vector<ValueRow>& got, const MatchRules& rules);

}  // namespace rw
