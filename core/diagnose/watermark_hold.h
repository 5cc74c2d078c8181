// The cause that holds the watermark of a node: the way up to the source, and the partition, that all wait for.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/diagnose/evidence.h"
#include "core/diagnose/live_state.h"

namespace rw {

struct WatermarkHold {
    std::vector<NodeId> way{};  ///< from the node that sends to it up to the source; empty: it is the source
    std::string input{};        ///< the port of the node by which that way comes; empty: it is the source
    NodeId source{};
    std::string title{};                ///< of the source
    std::string partition{};            ///< of the source; empty: the source as a whole
    Instant watermark = kMinTimestamp;  ///< its value there; kMinTimestamp: there is none yet
    Instant since = 0;                  ///< wall time at which it last rose; 0: it never did
    /// Of event time: how far the others that meet it on the way are ahead of it; 0: nothing is.
    Millis behind = 0;
    /// How it stands to the outside world, where that is why it holds the watermark.
    LiveState state = LiveState::Live;
    Text why{};   ///< the sentence about that state; empty: it is not why
    Text mend{};  ///< what ends the state
};

/// Follows the smallest watermark up. Nothing when all has ended, or where rows carry no times.
std::optional<WatermarkHold> whatHoldsWatermark(const Evidence& evidence, const Evidence::Seen& node);

/// The watermark that arrives at an input.
Instant arriving(const Evidence::Seen& node, const Evidence::Input& input);

/// The source or partition that holds it: ““Payments”” or “the partition “p2” of “Payments””.
Text holderText(const WatermarkHold& hold);

/// The whole sentence.
Text holdText(const WatermarkHold& hold);

}  // namespace rw
