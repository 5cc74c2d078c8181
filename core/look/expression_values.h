// What an expression gives for rows that a look has kept: while it is typed, without another look.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/look/look.h"

namespace rw {

/// How a parameter writes an expression.
enum class ExpressionForm {
    Condition,
    SelectItem,  ///< “expr AS name”
    Branch       ///< “name: condition”
};

struct ExpressionQuestion {
    std::string text{};
    ExpressionForm form = ExpressionForm::Condition;
    const LookedPort& input;  ///< whose rows come to it
    /// The number of a row of `input`, from 0, and that row, which need not be among those kept.
    std::optional<std::pair<std::size_t, Batch>> current{};
    std::size_t most = 6;  ///< rows of which the values are given; the current row is among them
    std::string timeZone = "UTC";
    Instant now = 0;                                           ///< CURRENT_TIMESTAMP
    std::function<bool()> isCancelled = [] { return false; };  ///< asked on the thread of the call
    Millis longest = 1'000;                                    ///< then the rest of the rows does not count
    std::shared_ptr<Clock> clock{};                            ///< null: the system's
};

struct ExpressionValue {
    std::size_t number = 0;  ///< of the row, from 0
    bool isCurrent = false;
    std::vector<ColumnRef> read{};  ///< as ExpressionValues::reads, a row each
    ColumnRef value{};              ///< a row; long texts are cut
    Text error{};                   ///< why it could not be computed; empty: it could
};

struct ExpressionValues {
    Type type{};
    std::vector<std::string> reads{};  ///< the first columns that it reads, at most kMostRead
    std::vector<ExpressionValue> rows{};
    std::size_t counted = 0;  ///< of the rows that were kept, of which the rest are counts
    std::size_t nulls = 0, errors = 0;
    std::size_t holds = 0;  ///< of a condition: where it is true
    static constexpr std::size_t kMostRead = 3;
};

/// Nothing: it is no expression over the columns of the input, as its mistakes say elsewhere; or it was
/// cancelled.
std::optional<ExpressionValues> valuesOf(const ExpressionQuestion& question);

}  // namespace rw
