// Looks at a Kafka: its topics, and the newest messages of one.
#pragma once
#include <memory>

#include "core/connect/connections/connection_browser.h"

namespace rw {

std::shared_ptr<const ConnectionBrowser> kafkaBrowser();

/// How many of the newest messages of each partition are looked at, for `most` in all: `sizes` of them are
/// there. Partitions with few messages leave their share to the others; none that has a message is left out.
std::vector<std::int64_t> sharesOfNewest(const std::vector<std::int64_t>& sizes, std::int64_t most);

}  // namespace rw
