// A run on some of the rows of its sources, with the stamps that they had among all of them.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/lineage/collector.h"
#include "core/lineage/lineage.h"
#include "core/runtime/run.h"
#include "core/stream/recording/tape.h"

namespace rw::test {

/// The rows of one source: columns k STRING, v INT, ts TIMESTAMP(3), all of them with event time.
struct GivenSource {
    Batch rows{};
    Millis delay = 0;
    std::set<std::int64_t> left{};  ///< those that the run has
};

/// Gives a run those rows. The others are there as rows that can't be read, so that each keeps its number,
/// and the watermark is advanced to where all rows would have brought it.
class GivenPlayer final : public TapePlayer {
 public:
    explicit GivenPlayer(std::map<NodeId, GivenSource> sources) : m_sources(std::move(sources)) {}

    Instant began() const override { return 0; }
    std::uint64_t seed() const override { return 0; }
    bool isHeld() const override { return false; }
    Result<std::unique_ptr<Source>> source(const std::string& type, const BoundNode& bound,
                                           const MakeContext& context) const override;
    Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup&, const std::vector<int>&) const override {
        return std::shared_ptr<LookupTables>();
    }
    std::shared_ptr<AnswerReader> answers(const NodeId&) const override { return nullptr; }

 private:
    const std::map<NodeId, GivenSource> m_sources;
};

/// Takes every row.
std::shared_ptr<const RowPredicate> allRows();

/// The rows of a port at the end of a run on those of the sources; of an updating stream those that stand.
Result<GatheredRows> rowsOf(const Pipeline& pipeline, const PortRef& port,
                            std::map<NodeId, GivenSource> sources, const RunOptions& asked = {});

}  // namespace rw::test
