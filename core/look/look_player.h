// Feeds the run of a look: samples in place of the sources, and collectors for the ports that are looked at.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/look/collector.h"
#include "core/look/sample.h"
#include "core/stream/recording/tape.h"

namespace rw {

/// Of one run on one thread. What the run does not have from here is read again (tables of files): nodes that
/// would reach out are not in it (reaching_out.h).
class LookPlayer final : public TapePlayer {
 public:
    /// `began`: wall time, CURRENT_TIMESTAMP of the run. `closes`: windows that are open at the end of the
    /// samples fire.
    LookPlayer(Instant began, bool closes) : m_began(began), m_closes(closes) {}

    // Before the run.
    /// The sample of a source; without one the source is empty.
    void setSample(const NodeId& source, SourceSampleRef sample) { m_samples[source] = std::move(sample); }
    Collector& addCollector(const NodeId& node, CollectLimits limits);

    Collector& collector(const NodeId& node) const { return *m_collectors.at(node); }

    Instant began() const override { return m_began; }
    std::uint64_t seed() const override { return 0; }
    bool isHeld() const override { return false; }
    Result<std::unique_ptr<Source>> source(const std::string& type, const BoundNode& bound,
                                           const MakeContext& context) const override;
    Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup&, const std::vector<int>&) const override {
        return std::shared_ptr<LookupTables>();
    }
    std::shared_ptr<AnswerReader> answers(const NodeId&) const override { return nullptr; }

 private:
    const Instant m_began;
    const bool m_closes;
    std::map<NodeId, SourceSampleRef> m_samples{};
    std::map<NodeId, std::unique_ptr<Collector>> m_collectors{};
};

}  // namespace rw
