// A lane of a source: reads, parses and sends pieces of its input through the stateless nodes fused behind
// it.
#pragma once
#include <memory>
#include <vector>

#include "core/runtime/source_feed.h"
#include "core/runtime/stage_task.h"

namespace rw {

class SourceTask final : public StageTask {
 public:
    SourceTask(RunShared& shared, std::shared_ptr<SourceFeed> feed)
        : m_shared(shared), m_feed(std::move(feed)) {
        feedsOthers = true;
        m_feed->addLane(*this);
    }

    const SourceFeed& feed() const { return *m_feed; }

    Step step() override;

 private:
    enum class Phase { Idle, Parsed, Waiting };
    Step begin();
    Step process();
    Status sendRows();
    Step closed();

    RunShared& m_shared;
    const std::shared_ptr<SourceFeed> m_feed;
    Phase m_phase = Phase::Idle;
    std::unique_ptr<Piece> m_piece;
};

}  // namespace rw
