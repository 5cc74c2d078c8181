// What a trained model gives of its raw numbers, as SQL: probabilities, classes, values
// (core/score/own_model.h).
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/deploy/score_words.h"
#include "core/score/own_model.h"

namespace rw {

/// Steps behind those of the sums, and the outputs as expressions over the last of them. A step is made once
/// an output needs it.
class ScoreLinks {
 public:
    /// `raws`: the columns of the raw numbers. `finite`: none is NaN or infinite. `nullable`: they are NULL
    /// in rows that are not scored.
    ScoreLinks(const score::OwnModel& model, std::vector<std::string> raws, bool finite, bool nullable,
               const ScoreWords& words);

    std::string output(const score::ModelOutput& output);
    /// Whether an output goes through EXP, which engines compute each in its own way.
    bool usesExp() const { return m_exp; }
    std::vector<ScoreStep> takeSteps() { return std::move(m_steps); }

 private:
    /// What the link function gives, as expressions over the last step.
    const std::vector<std::string>& linked();
    std::string classOf(const score::ModelOutput& output);
    /// The columns by which the class is chosen, without NaN: none is chosen for it.
    const std::vector<std::string>& compared();
    /// The column of the largest of those.
    const std::string& largest();
    /// Makes a column for each of `count` numbers; gives their names.
    template <class Make>
    std::vector<std::string> step(std::string_view name, std::size_t count, Make&& make);
    std::vector<std::string> powers();
    std::vector<std::string> shares(const std::vector<std::string>& parts, bool mayBeNothing);
    std::string total(const std::vector<std::string>& parts) const;
    std::string logistic(const std::string& raw) const;
    /// As the model has it: in 32 bits where it computes with them.
    std::string exact(const std::string& value) const {
        return m_floats ? ScoreWords::rounded(value) : value;
    }

    const score::OwnModel& m_model;
    const ScoreWords& m_words;
    const std::vector<std::string> m_raws;
    const bool m_finite, m_nullable, m_floats;
    std::vector<std::string> m_linked{}, m_compared{};
    std::string m_largest{};
    std::vector<ScoreStep> m_steps{};
    bool m_exp = false;
};

}  // namespace rw
