// What a look is told of the live sources, which it does not read itself.
#pragma once
#include <functional>
#include <string>

#include "core/base/text.h"
#include "core/look/sample.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// What is known of the rows of a live source.
struct HeardSource {
    SourceSampleRef sample{};  ///< null: none of its rows are known
    Instant at = 0;            ///< wall time from which they are
    bool ofRun = false;        ///< a run kept them; otherwise the source was listened to
    bool listens = false;      ///< it can be listened to
    std::string key{};         ///< under which the rows that were heard of it are kept
    Text missing{}, fix{};     ///< of one that can't: why, and what helps
};

/// Of a source with its variables put in. Called on the thread of the look; may wait for a disk.
using HeardSources =
    std::function<HeardSource(const Node& node, const NodeKind& kind, const BoundNode& bound)>;

}  // namespace rw
