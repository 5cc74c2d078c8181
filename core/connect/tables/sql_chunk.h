// A piece of what a reader of tables gives.
#pragma once
#include "core/connect/tables/sql_position.h"
#include "core/connect/tables/sql_rows.h"
#include "core/stream/source.h"

namespace rw {

/// Of a call of a reader that is not to wait at all: the server does not go by a simulated clock.
inline constexpr Millis kLeastReadTime = 20;

struct SqlChunk final : Chunk {
    SqlRows rows{};
    SqlPosition behind{};  ///< the position behind the rows

    static constexpr std::size_t kMostRows = 8'192;
    static constexpr std::size_t kMostBytes = std::size_t{1} << 20;
    bool isFull() const { return rows.size() >= kMostRows || rows.bytes() >= kMostBytes; }
};

}  // namespace rw
