// Calls of our functions and aggregates in the words of another engine, with the values that they have here,
// and whether that engine's values agree with the verdicts.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/text.h"
#include "core/deploy/dialect/dialect.h"
#include "tests/cluster/function_calls.h"

namespace rw::cluster {

/// A call that is to be sent, or is refused.
struct FunctionProbe {
    FunctionCall call{};
    std::string there{};  ///< in the engine's words
    Type type{};
    Verdict verdict = Verdict::Exact;
    std::string what{};                 ///< the verdict's reason; empty: none is given
    std::string condition{};            ///< all that the verdict hangs on; empty: nothing
    std::vector<Value> here{};          ///< of each row, or of each group of rows
    std::set<std::size_t> mayDiffer{};  ///< rows whose value may be another one there, as the verdict says
    std::set<std::size_t> failing{};    ///< groups of an aggregate that fail here: they are not asked for
    std::string trouble{};              ///< the first difference; empty: none
};

struct ProbeOptions {
    std::size_t times = 1;  ///< how many times as many calls
    /// Whether the engine can have such a value; null: it has all.
    bool (*has)(const Value& value, Type type) = nullptr;
};

/// All calls of scalar functions, but those that depend on the clock. Rows that fail are not asked for, nor
/// are those whose value the engine can't have.
std::vector<FunctionProbe> functionProbes(const Dialect& dialect, const Batch& rows,
                                          const ProbeOptions& options = {});
/// Some that fail a row, as a node with on_error “null” has them: the row is NULL.
std::vector<FunctionProbe> nullProbes(const Dialect& dialect, const Batch& rows,
                                      const ProbeOptions& options = {});
/// All calls of aggregates, over groups of kRowsOfGroup rows, which follow each other.
std::vector<FunctionProbe> aggregateProbes(const Dialect& dialect, const Batch& rows);
constexpr std::size_t kRowsOfGroup = 5;

/// Values of an engine as texts, by the numbers of their rows.
using CellsByRow = std::map<std::size_t, std::optional<std::string>>;
/// The first row that differs and may not, in words; empty: none does. `read`: the value of a cell.
std::string differenceOf(const FunctionProbe& probe, const CellsByRow& cells,
                         std::optional<Value> (*read)(std::string_view cell, Type type) = parseValue);

/// Whether the results agree with the verdicts, and each refusal has a reason. `listed`: functions that
/// differ for their rows do not keep a condition of the verdict, with the reasons.
void judgeProbes(const std::vector<FunctionProbe>& probes, const std::map<std::string, std::string>& listed);

}  // namespace rw::cluster
