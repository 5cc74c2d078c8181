// A tape that a test writes as it goes on: it stands in for all sources and looked-up tables of a run.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/pipeline_tests/step_source.h"
#include "core/stream/recording/tape.h"

namespace rw {

/// A node whose rows are steps.
struct StepInput {
    SchemaRef schema{};     ///< of the rows as the test gives them: without the column of arrival
    std::string onError{};  ///< its parameter on_error; empty: it has none
    bool several = false;   ///< a source with partitions
    std::optional<Millis> idleTimeout{};     ///< its parameter
    std::shared_ptr<SourceScript> script{};  ///< null: it is a lookup
};

/// The table of a lookup: all rows that the test has given so far.
class StepTable final : public LookupTables {
 public:
    StepTable(SchemaRef schema, std::vector<int> keys)
        : m_schema(std::move(schema)), m_keys(std::move(keys)) {
        add({});
    }
    void add(const StepRows& rows);
    const SchemaRef& schema() const { return m_schema; }

    LookupTableRef at(Instant) override { return m_table; }
    LookupTableRef newest() const override { return m_table; }
    Instant readAt() const override { return kMinTimestamp; }
    bool due() const override { return false; }
    Result<bool> read(Instant) override { return false; }

 private:
    const SchemaRef m_schema;
    const std::vector<int> m_keys;
    std::vector<Batch> m_rows{};
    LookupTableRef m_table{};
};

/// Made before the run, asked by it for its sources and tables, and then told by the test. Single-threaded.
class StepPlayer final : public TapePlayer {
 public:
    explicit StepPlayer(Instant began) : m_began(began) {}

    /// The source `node`, before the run is started.
    void addSource(const NodeId& node, StepInput input) { m_sources.emplace(node, std::move(input)); }
    std::map<NodeId, StepInput>& sources() { return m_sources; }
    /// Null: the run looks nothing up there.
    std::shared_ptr<StepTable> table(const NodeId& node) const;

    Instant began() const override { return m_began; }
    std::uint64_t seed() const override { return 0; }
    bool isHeld() const override { return false; }
    bool standsForClock() const override { return false; }
    Result<std::unique_ptr<Source>> source(const std::string& type, const BoundNode& bound,
                                           const MakeContext& context) const override;
    Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup& about,
                                                 const std::vector<int>& keys) const override;
    std::shared_ptr<AnswerReader> answers(const NodeId&) const override { return nullptr; }

 private:
    const Instant m_began;
    std::map<NodeId, StepInput> m_sources{};
    mutable std::map<NodeId, std::shared_ptr<StepTable>> m_tables{};
};

}  // namespace rw
