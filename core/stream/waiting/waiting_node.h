// The bound form of nodes whose operators wait for the outside world.
#pragma once
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {

/// An AsyncOperator is made with one: so its rows behave as the planner was told.
class WaitingNode : public BoundNode {
 public:
    enum class Order {
        AsTheyCame,
        AsAnswered  ///< rows overtake each other; those that change, or share positions, do not
    };
    WaitingNode() {
        waits = true;
        distribution.kind = Distribution::Kind::Single;
    }
    /// Sets `outputs`, which have no source order where rows overtake each other.
    void letOut(std::vector<StreamType> streams, Order order) {
        m_unordered = order == Order::AsAnswered;
        for (const StreamType& stream : streams)
            m_unordered = m_unordered && !stream.updating && !stream.sharedPositions;
        if (m_unordered) {
            for (StreamType& stream : streams) stream.sourceOrder = false;
        }
        outputs = std::move(streams);
    }
    bool isUnordered() const { return m_unordered; }

 private:
    bool m_unordered = false;
};

}  // namespace rw
