// The rows of live sources for the samples of this window: what a run has kept, what was heard, and what was
// heard and could not be kept on disk.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "core/listen/heard_samples.h"
#include "core/tape/rolling/rolling_tape.h"

namespace rw::ui {

/// A larger one, of a run that is recorded, would hold up each sample: it gives none.
inline constexpr std::uint64_t kLargestTape = RollingLimits().bytes;

/// By heardKey(). Immutable, for any thread.
using HeardInMemory = std::map<std::string, HeardRows>;

/// As it is at one moment; copies, for any thread.
struct HeardHere {
    std::shared_ptr<const RollingTape> kept{};  ///< of a run of this pipeline; null: there is none
    std::string tape{};                         ///< a run is recorded into that, instead; empty: it is not
    std::shared_ptr<const HeardInMemory> inMemory{};
};

/// The rows of live sources for all looks of one question, each source looked up once: those of a run that
/// goes on would be others with each look. Any thread.
class HeardOnce {
 public:
    explicit HeardOnce(HeardHere here) : m_here(std::move(here)) {}

    /// `opened`: of one look: null until the disk was asked. What is said once it is told to `stop` is of no
    /// use.
    HeardSource find(const Node& node, const NodeKind& kind, const BoundNode& bound, HeardSources& opened,
                     const std::function<bool()>& stop);

 private:
    HeardSource look(const Node& node, const NodeKind& kind, const BoundNode& bound, HeardSources& opened,
                     const std::function<bool()>& stop) const;

    const HeardHere m_here;
    std::mutex m_mutex;  ///< guards the member below
    std::map<NodeId, HeardSource> m_known{};
};
using HeardOnceRef = std::shared_ptr<HeardOnce>;

/// For one look, which waits for the disk where it has a live source.
HeardSources heardSourcesOf(HeardOnceRef heard, std::function<bool()> stop);

}  // namespace rw::ui
