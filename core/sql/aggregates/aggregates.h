// Aggregate functions: typing, and columnar accumulators that hold the state of many groups at once.
#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/data/state_reader.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"

namespace rw::sql {

/// Place of a row in the order that FIRST_VALUE, LAST_VALUE and LISTAGG go by (rule 9 of event-time.md):
/// lexicographic. On one wire of rows with position `time` and `wire` are 0 and `sequence` counts arrivals;
/// made rows compare their argument's value after time and wire (sequence 0 there).
struct RowOrder {
    Instant time = 0;
    std::int64_t wire = 0;
    std::int64_t sequence = 0;
    auto operator<=>(const RowOrder&) const = default;
};

/// Rows for an accumulator: row rows[i] of the evaluated argument belongs to group groups[i].
struct AggregateInput {
    std::span<const std::uint32_t> rows;
    std::span<const std::uint32_t> groups;
    const Vector* argument = nullptr;  ///< null for COUNT(*)
    std::span<const RowOrder> orders;  ///< one per entry of `rows`; empty when the aggregate is not ordered
};

class CellReader;
class CellWriter;

/// State of one aggregate for groups 0 … size()-1. Single-threaded.
class Accumulator {
 public:
    virtual ~Accumulator() = default;
    /// Makes room for groups up to `groups`; new ones are empty.
    virtual void resize(std::size_t groups) = 0;
    virtual void update(const AggregateInput& input) = 0;
    /// Merges group sources[i] of `other` (the same aggregate; it may be this very object) into group
    /// targets[i] of this, in that order. A group is never merged into itself.
    virtual void merge(const Accumulator& other, std::span<const std::uint32_t> sources,
                       std::span<const std::uint32_t> targets) = 0;
    /// Makes these groups empty again, as new ones are.
    virtual void clear(std::span<const std::uint32_t> groups) = 0;
    /// The results of groups[0], groups[1], …; a group whose result does not fit its type (SUM overflow) is
    /// NULL and listed in errors (row: index into `groups`).
    virtual Vector finish(std::span<const std::uint32_t> groups) const = 0;
    /// Bytes of the state, heaps included. Updated as rows come and go: asking costs nothing.
    virtual std::size_t memoryBytes() const = 0;
    /// Writes the states of these groups, in their order, as fields of the record that `out` is at.
    virtual void snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const = 0;
    /// Puts such states into as many groups, which are empty. They go on as they would have.
    virtual Status restore(std::span<const std::uint32_t> groups, const StateReader& state) = 0;
    /// The state of one group as bytes, for as long as this process: those of snapshot() without names.
    virtual void writeGroup(std::uint32_t group, CellWriter& out) const = 0;
    /// Puts such a state into a group that is empty. It goes on as it would have.
    virtual void readGroup(std::uint32_t group, CellReader& in) = 0;
    /// Keeps these groups, which ascend, under the numbers 0, 1, …; the room for the others stays.
    virtual void keep(std::span<const std::uint32_t> groups) = 0;
    /// Gives the room back that no group takes.
    virtual void shrink() = 0;
    /// Makes room for so many groups, so that resize() copies none up to there; and what a group takes of it.
    virtual void reserve(std::size_t groups) = 0;
    virtual std::size_t groupBytes() const = 0;
};

/// An accumulator of an updating input, from which rows can be taken back. Its results depend on the rows
/// that are in it alone, to the last bit: not on how they came and went, nor on how they were cut into
/// batches.
class RetractingAccumulator : public Accumulator {
 public:
    /// Takes rows back: of the same group, with the same value and the same order (where it is ordered: by
    /// the row's columns alone) as update() was or will be given. A group whose rows are all gone is as a new
    /// one.
    virtual void retract(const AggregateInput& input) = 0;
};

struct BoundAggregate {
    std::string name;      ///< result column
    std::string function;  ///< upper case, for messages
    BoundRef argument{};   ///< null for COUNT(*)
    BoundRef filter{};     ///< FILTER (WHERE …), or null
    bool distinct = false;
    bool ordered = false;  ///< FIRST_VALUE, LAST_VALUE, LISTAGG: needs AggregateInput::orders
    bool scans = false;    ///< PERCENTILE, LISTAGG: a result looks at every value of its group
    /// Small states of parts of a group's rows, merged in the order of the rows, are the state of all of
    /// them, to the last bit: of an input of inserts. Sums of DOUBLE are not, and sets of values are not
    /// small.
    bool folds = false;
    Type type{};                  ///< of the result
    double fraction = 0;          ///< PERCENTILE
    std::string separator = ",";  ///< LISTAGG
    /// For an input of inserts only.
    std::unique_ptr<Accumulator> (*make)(const BoundAggregate&) = nullptr;
    /// For an updating input; it costs more, and APPROX_COUNT_DISTINCT is exact there.
    std::unique_ptr<RetractingAccumulator> (*makeRetracting)(const BoundAggregate&) = nullptr;
};

/// Binds “COUNT(*) AS n”, “MAX(price) FILTER (WHERE ok) AS best”: one aggregate call with a name (AS is
/// required).
Parsed<BoundAggregate> bindAggregate(std::string_view text, const Scope& scope);

/// “COUNT(*) AS n” without its name: “COUNT(*)”. The text as it is when it can't be read.
std::string aggregateCallText(std::string_view text);

/// For completion and help: name, signature, one sentence.
struct AggregateInfo {
    std::string_view name, signature;
    Text help;
};
const std::vector<AggregateInfo>& aggregateFunctions();

}  // namespace rw::sql
