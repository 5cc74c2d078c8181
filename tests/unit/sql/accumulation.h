// Rows for accumulators, as cells: the input for tests of aggregates, and how they read the
// results.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/sql/aggregates/aggregates.h"

namespace rw::sql::accumulation {

/// i INT, b BIGINT, d DOUBLE, p DECIMAL(38, 2), s STRING, y BYTES
SchemaRef schema();

/// Values of a column (its first letter) that ordinary arithmetic stumbles over, as texts; an empty one is
/// NULL.
std::vector<std::string> pool(char column);

/// A call of every aggregate function over every type that it takes, and the column it reads.
std::vector<std::pair<std::string, char>> calls();

struct Row {
    std::uint32_t group;
    std::string cell;
    std::int64_t order;
};

BoundAggregate bound(const std::string& text);

/// An accumulator of it, of an updating input or of one of inserts.
std::unique_ptr<Accumulator> make(const BoundAggregate& aggregate, bool retracting);

/// Gives the rows to the accumulator, or takes them back.
void feed(Accumulator& accumulator, const BoundAggregate& aggregate, char column,
          const std::vector<Row>& rows, bool retract = false);

/// A group's result as text: “NULL”, the words of an error.
std::string resultOf(const Accumulator& accumulator, std::uint32_t group);

}  // namespace rw::sql::accumulation
