// An over aggregation as it was bound, and the columns that rows have on their way through it. Immutable.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/aggregates/aggregates.h"

namespace rw {

/// The rows that the aggregates of a row are over: of its partition those from `preceding` before it on.
struct Frame {
    enum class Unit {
        Rows,  ///< so many rows before it, in their order
        Range  ///< so many milliseconds before it, and all rows of its own time
    };
    Unit unit = Unit::Range;
    std::optional<std::int64_t> preceding{};  ///< none: all that came before

    bool unbounded() const { return !preceding; }
};

struct OverPlan {
    StreamType input{};
    std::vector<int> keys{};  ///< columns of the input; rows that are equal in them are a partition
    Frame frame{};
    std::vector<sql::BoundAggregate> aggregates{};
    StreamType output{}, late{};
};
using OverPlanRef = std::shared_ptr<const OverPlan>;

/// Output ports of an over aggregation.
enum OverPort : int { kOverOut = 0, kOverLate = 1 };

/// An aggregate takes one column, its operand: NULL where its filter leaves a row out, for NULLs never count.
/// A value that is not a column of the input is computed when the row comes, and waits with it.
struct OverColumns {
    explicit OverColumns(const OverPlan& plan);

    SchemaRef waiting{};                  ///< of rows that wait: the input's, then the computed ones
    std::vector<std::size_t> computed{};  ///< aggregates whose operands are, in the order of the columns
    SchemaRef kept{};                     ///< of rows in a frame: the event time, then the operands
    std::vector<int> keptFrom{};          ///< for each of `kept` the column of `waiting`
    std::vector<int> operands{};          ///< for each aggregate the column of `kept`; −1: it needs none
    SchemaRef keys{};                     ///< the columns of the partition
    SchemaRef state{};  ///< of a snapshot: `keys`, then `kept`, or of unbounded frames the number of rows
};

}  // namespace rw
