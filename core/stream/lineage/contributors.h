// Which rows of its inputs made a row of an output: what a node says of a row that somebody asks about.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// How a row stands to the one that is asked about.
struct RowPart {
    enum class Kind : std::uint8_t {
        None,  ///< it has nothing to do with it
        Took,  ///< it is one of those that made it
        Late   ///< it would be, had it not come too late
    } kind = Kind::None;
    Millis lateBy = 0;  ///< Late: as the column late_by of late ports
};

/// A condition over columns, event time, stamp and position of the rows of an input: whether it is true of a
/// row does not depend on how the run went. Immutable; any thread.
class RowPredicate {
 public:
    virtual ~RowPredicate() = default;
    virtual RowPart of(const Batch& rows, std::size_t row) const = 0;
    /// Calls `told` for each row that it has to do with, in order. The default asks of().
    virtual void each(const Batch& rows, const std::function<void(std::size_t, const RowPart&)>& told) const;
    bool takes(const Batch& rows, std::size_t row) const { return of(rows, row).kind == RowPart::Kind::Took; }
};
using RowPredicateRef = std::shared_ptr<const RowPredicate>;

/// The row that is asked about, and what the node knew of its run.
struct AskedRow {
    int port = 0;  ///< of the node's outputs
    /// One row of it. Columns that are null are not known: the row may be one that is missed.
    Batch row{};
    std::vector<StreamType> inputs{};  ///< per input port
    sql::EvalContext eval{};
    bool nullOnError = false;  ///< as MakeContext::nullOnError
    /// A column's value is known.
    bool knows(int column) const {
        return column >= 0 && static_cast<std::size_t>(column) < row.columns.size() &&
               row.columns[static_cast<std::size_t>(column)] != nullptr;
    }
};

/// The rows of one input port that made a row.
struct Contributors {
    int port = 0;
    RowPredicateRef condition{};  ///< null: no row of this port did
    Text words{};                 ///< which these are, for people
    /// They are what a model or a function has learnt: their number is told, and they are not followed.
    bool counted = false;
    /// Of those that the condition takes the last so many by event time and the order of the input
    /// (event-time rules, 9); nothing: all.
    std::optional<std::size_t> last{};
    /// Rows that explain when the row was made, besides those that it was made of. Where there are none,
    /// nothing is said of them; nor of such rows that were left out or came too late.
    bool beside = false;
};

/// A condition that reads one column, and is not true of a row.
struct FalseFor {
    std::string condition{};  ///< as it was written
    int column = 0;           ///< of the input
};

/// What would become of a row of an input at an output.
struct Passage {
    bool passes = true;
    bool rejected = false;  ///< it does not, for something in it can't be computed
    bool elsewhere = false;  ///< it does not, for it leaves by another output
    Text why{};             ///< it does not: the condition and its value
    std::optional<FalseFor> falseFor{};  ///< it does not, for that is false; nothing: for another reason
    Batch becomes;          ///< the one row that would be there, also where it does not pass
};

/// What Passage says of each of many rows.
struct Passing {
    std::vector<std::uint8_t> passes{};  ///< of each row; empty: all do
    Batch becomes;                       ///< as many rows, also those that do not pass
};

/// Why a node's output may lack a row for which it had the input.
enum class LeftBehind : std::uint8_t {
    Used,      ///< the row it went into has other values
    Alone,     ///< it met nobody of the other side
    Displaced  ///< others took its place
};

/// What a sentence calls the two inputs of a join.
struct SideNames {
    Text left{}, right{};
};

/// What has to become of a text by which a join compares for two rows to be a pair.
struct KeyMend {
    int input = 0, column = 0;
    bool trimmed = false;  ///< blanks at its ends go
    enum class Letters : std::uint8_t { AsTheyAre, Small, Capital } letters = Letters::AsTheyAre;
};

/// Two rows of a join's inputs that are no pair.
struct NoPair {
    /// To compare with others of the same join: the smaller, the less is amiss.
    double distance = std::numeric_limits<double>::infinity();
    Text why{};  ///< what is amiss; empty: they have nothing to do with each other
    // With which changes they would be one, where that can be said
    std::vector<KeyMend> keys{};
    std::optional<std::pair<Millis, Millis>> bounds{};  ///< of right's event time − left's
};

/// A bound node that can tell. Every node type with inputs and outputs has it. Any thread.
class TellsContributors {
 public:
    virtual ~TellsContributors() = default;
    /// Of each input port that had a part in the row, once or several times. An error where the node can't
    /// tell of this row, with the reason.
    virtual Result<std::vector<Contributors>> contributors(const AskedRow& asked) const = 0;
    /// Of a node that decides about each row by itself: what would become of a row (`row` has one) of input
    /// `input` at output `port`. Nothing: rows are made of several, or this output has others.
    virtual std::optional<Passage> passage(int input, int port, const Batch& row,
                                           const sql::EvalContext& eval) const;
    /// Of a batch what passage() says of each of its rows. Nothing: it is to be asked of each.
    virtual std::optional<Passing> passing(int input, int port, const Batch& rows,
                                           const sql::EvalContext& eval) const;
    /// What becomes of a row that came in time and has no part in a row that is missed.
    virtual LeftBehind leftBehind() const { return LeftBehind::Used; }
    /// Of a join: why these rows, each the one of a batch, are no pair. Nothing: they are one, or it can't
    /// tell.
    virtual std::optional<NoPair> noPair(const Batch& left, const Batch& right, const SideNames& names) const;
};

/// What `bound`, a node of type `kind`, says of a row. What leaves by a late or rejected port is said for all
/// nodes alike. An error where it can't tell.
Result<std::vector<Contributors>> contributorsOf(const NodeKind& kind, const BoundNode& bound,
                                                 const AskedRow& asked);

}  // namespace rw
