#include "core/launch/recompute_player.h"

#include <algorithm>
#include <utility>

#include "core/stream/source.h"
#include "core/tape/tape_player.h"

namespace rw {

namespace {

class SourceHeldAtEnd final : public Source {
 public:
    SourceHeldAtEnd(std::unique_ptr<Source> inner, std::shared_ptr<RecomputePlayer::Track> track)
        : m_inner(std::move(inner)), m_track(std::move(track)) {
        eventTime = m_inner->eventTime;
        watermarkDelay = m_inner->watermarkDelay;
        several = m_inner->several;
        replays = true;
        m_track->rows = m_inner->progress().total;
    }

    Status open() override { return m_inner->open(); }
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        if (m_stopped) return Poll{Poll::Kind::Wait, Poll::kUntilWoken};
        RW_TRY_ASSIGN(Poll polled, m_inner->poll(chunk));
        m_track->given = m_inner->progress().done;
        m_stopped = polled.kind == Poll::Kind::Stop;
        if (m_stopped) polled = Poll{Poll::Kind::Wait, Poll::kUntilWoken};
        if (m_stopped || polled.kind == Poll::Kind::End) m_track->atEnd = true;
        return polled;
    }
    Status parse(const Chunk& chunk, ParsedChunk& out) const override { return m_inner->parse(chunk, out); }
    SourceProgress progress() const override { return m_inner->progress(); }
    Status snapshot(StateWriter& out) const override { return m_inner->snapshot(out); }
    Status restore(const StateReader& state) override { return m_inner->restore(state); }
    void finish() override {
        if (!m_track->atEnd) m_track->leftUnread = true;
        m_track->atEnd = true;
        m_inner->finish();
    }
    std::vector<PartitionEvent> takePartitionEvents() override { return m_inner->takePartitionEvents(); }
    std::vector<PartitionAdvance> takeAdvances() override { return m_inner->takeAdvances(); }
    std::vector<Text> takeNotes() override { return m_inner->takeNotes(); }

 private:
    const std::unique_ptr<Source> m_inner;
    const std::shared_ptr<RecomputePlayer::Track> m_track;
    bool m_stopped = false;
};

}  // namespace

RecomputePlayer::RecomputePlayer(TapeFileRef tape) : m_inner(makeTapePlayer(std::move(tape), 0.0)) {}

Result<std::unique_ptr<Source>> RecomputePlayer::source(const std::string& type, const BoundNode& bound,
                                                        const MakeContext& context) const {
    RW_TRY_ASSIGN(std::unique_ptr<Source> inner, m_inner->source(type, bound, context));
    auto track = std::make_shared<Track>();
    auto made = std::make_unique<SourceHeldAtEnd>(std::move(inner), track);
    const std::lock_guard lock(m_mutex);
    m_tracks[context.node] = std::move(track);
    return std::unique_ptr<Source>(std::move(made));
}

bool RecomputePlayer::isAtEnd() const {
    const std::lock_guard lock(m_mutex);
    return std::all_of(m_tracks.begin(), m_tracks.end(),
                       [](const auto& each) { return each.second->atEnd.load(); });
}

bool RecomputePlayer::isLeftUnread(const NodeId& source) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_tracks.find(source);
    return found != m_tracks.end() && found->second->leftUnread;
}

double RecomputePlayer::done() const {
    const std::lock_guard lock(m_mutex);
    std::uint64_t given = 0, rows = 0;
    for (const auto& [node, track] : m_tracks) {
        given += track->given;
        rows += track->rows;
    }
    return rows == 0 ? 0 : std::min(1.0, static_cast<double>(given) / static_cast<double>(rows));
}

}  // namespace rw
