// The raw numbers of a trained model as SQL, added up in the order in which core/score adds them.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/deploy/score_words.h"
#include "core/score/linear_model.h"
#include "core/score/tree_model.h"

namespace rw {

/// How much of a model is written, whatever the engine is (ScoreEngine).
inline constexpr std::size_t kMostScoreTreeNodes = 1'000;  ///< of one tree, which is in one SELECT
inline constexpr std::size_t kMostScoreTrees = 200;        ///< and inputs: both are terms of one sum
inline constexpr std::size_t kMostScoreDepth = 50;         ///< a CASE in a CASE each

/// The sums of a model: the steps up to them, and the last columns, one for each raw number.
struct ScoreSums {
    std::vector<ScoreStep> steps{};
    std::vector<std::string> columns{};
};

/// Of the inputs `x`, a column for each.
ScoreSums linearSums(const score::LinearNumbers& numbers, const std::vector<std::string>& x,
                     const ScoreWords& words);
/// `rounds`: features are rounded to 32 bits before they are compared. `missing`: they may be NULL, and the
/// trees know where such rows go.
ScoreSums treeSums(const score::TreeNumbers& numbers, const std::vector<std::string>& x, bool rounds,
                   bool missing, const ScoreWords& words);

/// The nodes of the trees as they would be written, and the most of one tree; its depth.
struct ScoreTreeSize {
    std::size_t nodes = 0, largest = 0, depth = 0;
};
ScoreTreeSize scoreTreeSize(const score::TreeNumbers& numbers);

/// The largest number that is at most `threshold` when it is rounded to 32 bits. Rounding keeps the order:
/// numbers need not be rounded to be compared.
double roundsToAtMost(double threshold);

}  // namespace rw
