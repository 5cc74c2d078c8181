// A lane of a source: reads, parses and sends pieces of its input through the stateless nodes fused behind
// it.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/runtime/fused_stage.h"
#include "core/runtime/source_feed.h"

namespace rw {

class SourceTask final : public Task {
 public:
    SourceTask(RunShared& shared, std::shared_ptr<SourceFeed> feed)
        : m_shared(shared), m_stage(shared), m_feed(std::move(feed)) {
        feedsOthers = true;
        m_feed->addLane(*this);
    }

    const SourceFeed& feed() const { return *m_feed; }
    FusedStage& stage() { return m_stage; }

 private:
    enum class Phase {
        Idle,
        Parsed,
        Waiting,  ///< for its turn
        Sending
    };
    Step work() override;
    void failed(const Status& status) override;
    /// Reads and parses a piece.
    Step begin();
    /// The piece's turn has come.
    Step beginSending();
    /// Sends the piece through the stage, a batch after the other.
    Step send();
    /// Gives the stage the next batch, and behind the last one the marks. Whether that was all.
    bool sendNext();
    void sendMarks();
    Status sendBadRows();
    void flush(bool all);
    bool passBarrier();
    bool waitsForStep();
    void tellGiven();
    void tellEnd();
    Step closed();

    RunShared& m_shared;
    FusedStage m_stage;
    const std::shared_ptr<SourceFeed> m_feed;
    Phase m_phase = Phase::Idle;
    std::unique_ptr<Piece> m_piece;
    StampState m_state;           ///< behind the batches of the piece that were sent
    std::size_t m_next = 0;       ///< batch of the piece
    bool m_allSent = false;       ///< the stage has all of the piece, its end too
    std::uint64_t m_barrier = 0;  ///< the newest behind which this lane has sent something
    PendingWork m_left;           ///< by a stop
    bool m_ofStep = false;        ///< the piece was read for a step: its batches go on one by one
    bool m_wasOfStep = false;
    std::optional<std::uint64_t> m_given;  ///< rows of the batch under way that a step is for
};

}  // namespace rw
