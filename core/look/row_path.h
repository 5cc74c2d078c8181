// Where a row goes: what becomes of one row at the nodes below, before any run.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/look/look.h"

namespace rw {

/// A row as it came to a node, and what became of it there.
struct RowStop {
    NodeId node{};
    Batch row{};  ///< one row
    enum class Fate : std::uint8_t {
        Passed,    ///< it left by `port`
        Filtered,  ///< a condition was not true of it, or it was dropped otherwise: `why`, if that is known
        Rejected,  ///< something in it could not be computed: `why`
        Late,      ///< it came too late, by `lateBy`, for the window that ends at `windowEnd`
        Waiting,   ///< it is in a window that is open: the first open one is that from `windowStart` on
        Contributed,  ///< it is in `count` result rows; of a window, in that of `windowStart` to `windowEnd`
        Alone,        ///< it met no row of the other input of a join
        Displaced,    ///< other rows took its place
        Used,         ///< it is not known what it became, or it is in no row that the node gave
        Arrived,      ///< the node has no outputs: it would be written, or shown
        NotLooked,    ///< the node, or one above it, has an error or no look: `why`
        Behind        ///< it left behind the rows that are kept
    } fate = Fate::Used;
    Text why{}, fix{};
    std::string port{};       ///< Passed, Late: the output by which it left; empty: none
    std::uint64_t count = 0;  ///< Passed, Contributed: rows that it became
    Batch became;             ///< the first of them
    Millis lateBy = 0;
    std::optional<Instant> windowStart{}, windowEnd{};
};

struct RowPath {
    /// It can't be told: the look failed, or was cancelled; or the row is not there any more.
    Status failed{};
    std::vector<RowStop> stops{};   ///< in the order of the pipeline, sources first
    std::uint64_t notFollowed = 0;  ///< rows that it became beside those that were followed
    bool cut = false;               ///< the look ended by its time, with the first rows
};

/// A row that is followed: the one of `row`, which came by the output port `from`.
struct FollowedRow {
    PortRef from{};          ///< of a node of the pipeline
    NodeId to{};             ///< the node that is looked at first; others that take the port's rows are not
    std::size_t number = 0;  ///< among the rows of the port, from 0, as the look has it that gave it
    Batch row{};             ///< its values
};

/// Looks once at the nodes below, as `request` says (its `node` does not count), and waits for the answer.
/// With the `at` of the look that gave the row, rows whose times count from now are the same.
RowPath followRow(const LookRequest& request, const FollowedRow& followed);

}  // namespace rw
