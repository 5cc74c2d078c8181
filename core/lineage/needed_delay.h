// The watermark delay with which rows that came too late would have been in time.
#pragma once
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/lineage/upstream.h"

namespace rw {

struct NeededDelay {
    Text words{};
    NodeId node{};  ///< where it is to be set; empty: `words` only say by how much it would have to be longer
    Millis delay = 0;
};

/// What would have let rows into input `input` of `node` that came too late by `lateBy` at most, as late_by
/// counts: the delay, and the node to set it at, where only one sets it for that input. It is enough, and at
/// most a second more than that.
NeededDelay neededDelay(const Upstream& upstream, const NodeId& node, int input, Millis lateBy);

}  // namespace rw
