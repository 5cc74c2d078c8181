// The answers to rows that waited, as they are written in a run that is recorded and told in its replay.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// Names a row in every run of the same input, at any degree and batch size: its wire and its position there.
/// Rows that have none (made or rejected ones) are named by what is in some of their columns. Rows may share a
/// name.
struct RowName {
    std::int64_t wire = 0;  ///< -1: no position
    std::int64_t number = 0;
    auto operator<=>(const RowName&) const = default;
};
/// Of all rows. `by`: the columns that name those without a position, all of which the rows have; empty: all
/// that they have.
std::vector<RowName> rowNames(const Batch& rows, const ColumnSet& by);

/// By which columns rows without a position are named. A run and its replay name them by all that the operator
/// reads where that is the same in both, so that equal questions of different rows keep their own answers.
/// Where other columns are pruned in the one than in the other, the question alone names them.
struct NamingColumns {
    ColumnSet read{};      ///< by the operator, or by somebody below it
    ColumnSet question{};  ///< that decide what is asked
};

/// Rows that went on one behind the other, and the answer that let them go.
struct Answers {
    enum class Outcome : std::uint8_t {
        Nothing,    ///< they needed no answer
        Answered,   ///< each has one
        Failed,     ///< the request has failed
        Unanswered  ///< their patience was over
    } outcome = Outcome::Nothing;
    std::vector<RowName> rows{};       ///< by `columns`
    std::vector<RowName> questions{};  ///< the same rows by their questions; empty: they have positions
    ColumnSet columns{};               ///< NamingColumns::read; empty, on old tapes: all that the rows had
    std::vector<std::string> answers{};  ///< Answered: of each row, as its operator writes them
    Status failed{};
};

/// Takes them in a run that is recorded, in the order in which rows went on.
class AnswerRecorder {
 public:
    virtual ~AnswerRecorder() = default;
    virtual void add(Answers answers) = 0;
};

/// Gives them in a replay, in that order. Any thread, one call at a time.
class AnswerReader {
 public:
    virtual ~AnswerReader() = default;
    /// Some more; none: these were all. May wait for a disk, and touches nothing that ends with the run.
    virtual Result<std::vector<Answers>> read() = 0;
    /// Every row that came into the run went on.
    virtual bool isWhole() const = 0;
};

/// Where the answers of an operator are recorded, and where a replay reads them; null: neither.
struct AnswerTape {
    std::shared_ptr<AnswerRecorder> recorder{};
    std::shared_ptr<AnswerReader> reader{};
};

}  // namespace rw
