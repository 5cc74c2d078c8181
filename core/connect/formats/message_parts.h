// The columns that take a part beside the value of a message: its key, its offset …
#pragma once
#include <vector>

#include "core/connect/formats/message_format.h"
#include "core/connect/messages/decoder.h"

namespace rw {

struct PartColumns {
    std::vector<TransportColumn> columns{};  ///< of those that are read, a value for each message
    /// Messages with a key or a header that is not of its column's type, in their order, one fault each. None
    /// where such values are NULL.
    sql::RowErrors faults{};
};

/// Reads them of all messages. `options`: as the decoder's.
PartColumns readParts(const MessageFormat& format, const DecoderOptions& options,
                      const ReceivedMessages& messages);

}  // namespace rw
