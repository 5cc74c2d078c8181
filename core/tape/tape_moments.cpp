#include "core/tape/tape_moments.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "core/pipeline/diff.h"

namespace rw {

namespace {

constexpr std::int64_t kRestPerWork = 9;  // so many times as long as a checkpoint took there is none

/// The counts of a moment go by the number of the wire.
bool sameWires(const Pipeline& a, const Pipeline& b) {
    return std::equal(
        a.wires.begin(), a.wires.end(), b.wires.begin(), b.wires.end(),
        [](const Wire& one, const Wire& other) { return one.from == other.from && one.to == other.to; });
}

std::size_t stateBytes(const StateSnapshot& state) {
    std::size_t bytes = 0;
    for (const auto& [place, states] : state.states) {
        for (const std::string& one : states) bytes += one.size();
    }
    return bytes;
}

}  // namespace

class TapeMoments::Keeper final : public CheckpointStore {
 public:
    Keeper(std::shared_ptr<TapeMoments> moments, std::shared_ptr<TapePace> pace)
        : m_moments(std::move(moments)), m_pace(std::move(pace)), m_last(m_pace->given()) {}

    const std::string& lineage() const override { return m_noLineage; }

    Status open(const MakeContext& context) override {
        m_clock = context.clock;
        return {};
    }

    bool wants() override {
        const std::int64_t now = m_clock->steadyMillis();
        stand(false);  // the one before may have come to nothing
        if (m_tooLarge || now < m_restsUntil || m_pace->sawStop() || m_pace->given() == m_last) return false;
        m_askedAt = now;
        stand(true);
        return true;
    }

    // Where a replay was stopped its sources do not stand still: it would be of no use.
    bool wantsLast() const override { return false; }

    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        const std::size_t state = stateBytes(snapshot),
                          bytes = state + (snapshot.seen ? snapshot.seen->bytes : 0);
        const std::optional<Millis> at = m_pace->given();
        // A source that was stopped would go on as one that has ended. The one at the end of a run was not
        // asked for: nothing stands still.
        const bool useful = m_stands && !snapshot.ended && at && !m_pace->sawStop();
        if (useful) {
            m_tooLarge = !m_moments->keep(*at, snapshot, bytes);
            m_last = at;
        }
        const std::int64_t now = m_clock->steadyMillis();
        m_restsUntil = now + kRestPerWork * (now - m_askedAt);
        stand(false);
        return CheckpointSize{state, state};
    }

    Status finish() override { return {}; }
    void close() override { stand(false); }

 private:
    void stand(bool still) {
        m_stands = still;
        still ? m_pace->standStill() : m_pace->endStill();
    }

    const std::string m_noLineage;  // sinks have nothing to do with it
    const std::shared_ptr<TapeMoments> m_moments;
    const std::shared_ptr<TapePace> m_pace;
    std::shared_ptr<Clock> m_clock = systemClock();
    std::optional<Millis> m_last;  // given, in the newest checkpoint
    std::int64_t m_askedAt = 0, m_restsUntil = 0;
    bool m_stands = false, m_tooLarge = false;
};

bool TapeMoments::fit(const std::string& path, const Pipeline& pipeline) const {
    return path == m_tape->path() && sameWires(m_pipeline, pipeline) && runAlike(m_pipeline, pipeline) &&
           m_tape->unchanged();
}

TapeMoments::Moment TapeMoments::before(Millis at) const {
    const std::lock_guard lock(m_mutex);
    const auto next = m_kept.upper_bound(at);
    if (next == m_kept.begin()) return {};
    const auto& [millis, kept] = *std::prev(next);
    return {millis, kept.state};
}

std::size_t TapeMoments::count() const {
    const std::lock_guard lock(m_mutex);
    return m_kept.size();
}

std::vector<Millis> TapeMoments::places() const {
    const std::lock_guard lock(m_mutex);
    std::vector<Millis> places;
    for (const auto& [at, kept] : m_kept) places.push_back(at);
    return places;
}

std::shared_ptr<CheckpointStore> TapeMoments::keeper(std::shared_ptr<TapePace> pace) {
    return std::make_shared<Keeper>(shared_from_this(), std::move(pace));
}

bool TapeMoments::keep(Millis at, const StateSnapshot& state, std::size_t bytes) {
    if (bytes > m_mostBytes) return false;
    Kept made{std::make_shared<const StateSnapshot>(state), bytes};
    std::vector<Kept> gone;  // let go of behind the lock: a window asks for places()
    const std::lock_guard lock(m_mutex);
    Kept& place = m_kept[at];
    m_bytes += bytes;
    gone.push_back(std::exchange(place, std::move(made)));
    m_bytes -= gone.back().bytes;
    thinOut(gone);
    return true;
}

void TapeMoments::thinOut(std::vector<Kept>& gone) {
    while (m_kept.size() > m_most || m_bytes > m_mostBytes) {
        auto least = m_kept.begin();
        Millis smallest = std::numeric_limits<Millis>::max();
        Millis before = 0;  // the start of the tape
        for (auto at = m_kept.begin(); at != m_kept.end(); ++at) {
            const auto next = std::next(at);
            // The last one is the way to all that comes behind it.
            const Millis gap =
                next == m_kept.end() ? std::numeric_limits<Millis>::max() : next->first - before;
            before = at->first;
            if (gap >= smallest) continue;
            smallest = gap;
            least = at;
        }
        m_bytes -= least->second.bytes;
        gone.push_back(std::move(least->second));
        m_kept.erase(least);
    }
}

}  // namespace rw
