// Operators that do something at a barrier besides writing their state.
#pragma once
#include <cstdint>

namespace rw {

/// An operator that is one is told of barriers by the runtime, in calls like those of Operator.
class BarrierListener {
 public:
    virtual ~BarrierListener() = default;
    /// The rows that follow are behind a barrier: that of checkpoint number `checkpoint`, where one is taken
    /// at it. Of every instance, in the order of the barriers, before its next row and before snapshot(); so
    /// also of instances that write no state there, since they take the rows of a source beside another one.
    /// Never while Operator::hasMore().
    virtual void onBarrier(std::uint64_t checkpoint) = 0;
};

}  // namespace rw
