#include "core/look/look_player.h"

#include "core/stream/sink.h"

namespace rw {

namespace {

struct SampledChunk final : Chunk {
    std::size_t piece = 0;
};

/// Gives the rows of a sample. Never restored: a look takes no checkpoint.
class SampledSource final : public Source {
 public:
    SampledSource(SourceSampleRef sample, const BoundNode& bound, bool closes)
        : m_sample(std::move(sample)), m_closes(closes) {
        eventTime = bound.outputs.front().eventTime;
        watermarkDelay = bound.watermarkDelay;
        several = m_sample->several;
        replays = true;
    }

    Status open() override { return {}; }

    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        if (m_next == m_sample->pieces.size()) {
            m_events = m_sample->last;
            return Poll{m_closes ? Poll::Kind::End : Poll::Kind::Stop};
        }
        const SamplePiece& piece = m_sample->pieces[m_next];
        m_events = piece.events;
        auto made = std::make_unique<SampledChunk>();
        made->arrived = piece.arrived;
        made->piece = m_next++;
        chunk = std::move(made);
        Poll ready;
        ready.partition = piece.partition;
        return ready;
    }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        out = m_sample->pieces[static_cast<const SampledChunk&>(chunk).piece].rows;
        return {};
    }

    Status snapshot(StateWriter&) const override { return {}; }
    Status restore(const StateReader&) override { return {}; }
    std::vector<PartitionEvent> takePartitionEvents() override { return std::exchange(m_events, {}); }

 private:
    const SourceSampleRef m_sample;
    const bool m_closes;
    std::size_t m_next = 0;
    std::vector<PartitionEvent> m_events{};
};

}  // namespace

Collector& LookPlayer::addCollector(const NodeId& node, CollectLimits limits) {
    std::unique_ptr<Collector>& made = m_collectors[node];
    made = std::make_unique<Collector>(limits);
    return *made;
}

Result<std::unique_ptr<Source>> LookPlayer::source(const std::string&, const BoundNode& bound,
                                                   const MakeContext& context) const {
    const auto found = m_samples.find(context.node);
    SourceSampleRef sample = found != m_samples.end() ? found->second : nullptr;
    if (!sample) {
        auto empty = std::make_shared<SourceSample>();
        empty->several = !bound.outputs.front().sourceOrder;
        sample = std::move(empty);
    }
    return std::unique_ptr<Source>(std::make_unique<SampledSource>(std::move(sample), bound, m_closes));
}

}  // namespace rw
