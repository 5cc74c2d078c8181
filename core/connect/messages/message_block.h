// Messages as a transport gave them: the input of decoders.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/connect/messages/framing.h"
#include "core/data/column.h"

namespace rw {

/// A value that a transport knows of each message (a key, an offset, a partition).
struct TransportColumn {
    std::size_t column;  ///< of the schema
    ColumnRef values;
};

/// Messages one behind another, in the order in which they came: lines of a file, records of a topic, frames
/// of a socket. Immutable once it is handed to a decoder.
struct MessageBlock {
    /// Without their framing (a line end, a length), less than 2 GiB in all. Behind each kReadAhead bytes
    /// can be read. One without a value, which some transports know, has data() == nullptr; only decoders
    /// that say so take those.
    std::vector<std::string_view> messages{};
    /// Keeps their bytes alive: strings of the rows point into them.
    BytesRef owner{nullptr, 0};
    Instant arrived = 0;  ///< wall time at which they were read
    /// Those that DecoderOptions::byTransport names and that are read further down.
    std::vector<TransportColumn> transport{};
};

}  // namespace rw
