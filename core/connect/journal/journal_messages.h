// Messages as the bytes of a block of a journal, and back.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/connect/formats/received_messages.h"

namespace rw {

/// All parts of them, whatever the columns of the source read: it may be edited before they are read again.
std::string savedMessages(std::span<const ReceivedMessage> messages, Instant arrived);

/// Adds the messages of a block to `out`, but for the first `skipped`, as long as they fit, and tells how
/// many those were. Of broken bytes it is an error.
Result<std::size_t> loadMessages(std::string_view block, std::size_t skipped, ReceivedMessages& out,
                                 Instant& arrived);

/// When the messages of a whole block came.
Instant arrivalOf(std::string_view block);

}  // namespace rw
