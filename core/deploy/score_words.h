// The words that a trained model is written in as SQL. They are the same in all engines but for literals and
// for how NaN is told.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/dialect/dialect.h"

namespace rw {

/// A SELECT over the rows of the step before, or of the node's input.
struct ScoreStep {
    std::string name{};                  ///< “features”, “trees_2”
    std::vector<std::string> columns{};  ///< “expression AS `name`”, beside all columns that there are
    std::string rows{};                  ///< the condition of the rows that go on; empty: all do
};

/// What an engine differs in.
struct ScoreEngine {
    /// The condition that a DOUBLE is neither NULL nor NaN.
    std::string (*known)(const std::string& value) = nullptr;
    /// How much it plans and compiles in less than half a minute: nodes of all trees, each once for each of
    /// its numbers; weights.
    std::size_t mostNodes = 0, mostWeights = 0;
};

struct ScoreWords {
    const Dialect& dialect;
    const ScoreEngine& engine;
    /// How the names of the steps' columns begin. No column of the rows begins so.
    std::string own{};

    /// A literal of DOUBLE. There is no −0: the sums here never give it.
    std::string number(double value) const;
    /// “`$score_x3`”: column `kind` of number `i`.
    std::string column(std::string_view kind, std::size_t i) const;
    static std::string as(const std::string& expression, const std::string& column) {
        return expression + " AS " + column;
    }
    /// A DOUBLE rounded to 32 bits. What is computed of two such values and rounded is what 32 bits give.
    static std::string rounded(const std::string& value) {
        return "CAST(CAST(" + value + " AS FLOAT) AS DOUBLE)";
    }
    static std::string special(std::string_view name) {
        return "CAST('" + std::string(name) + "' AS DOUBLE)";
    }
};

/// “a + b + c”.
std::string scoreSum(const std::vector<std::string>& terms);

}  // namespace rw
