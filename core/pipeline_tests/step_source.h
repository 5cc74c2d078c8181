// Sources whose rows are steps of a test.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/data/value.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/source.h"

namespace rw {

/// A row as a test gives it.
struct StepRow {
    std::vector<Value> values{};  ///< NULL where a cell is wrong
    Text wrong{};                 ///< why the source could not read it; empty: it could
    std::string text{};           ///< of one that it could not
};
using StepRows = std::vector<StepRow>;

/// What a test tells one of its sources. Single-threaded, as the run is.
class SourceScript {
 public:
    /// Partitions are to be named before the source is opened.
    void addPartition(const std::string& name) { m_partitions.try_emplace(name, -1); }
    void give(const std::string& partition, StepRows rows);
    void end();
    void fail();
    /// It is silent: if that lasts, it is idle. Otherwise it counts as busy, though it gives nothing just
    /// now.
    void setSilent(bool silent);
    /// As if a row had come just now.
    void touch();
    /// Has the run ask it again.
    void wake();
    bool isOver() const { return m_ends || m_fails; }

 private:
    friend class StepSource;
    struct Given {
        std::string partition;
        std::shared_ptr<const StepRows> rows;
    };
    std::map<std::string, int> m_partitions{};  ///< by name; the number in which they were found
    std::deque<Given> m_given{};
    bool m_ends = false, m_fails = false, m_silent = false, m_touched = false;
    std::shared_ptr<SourceWaker> m_waker{};
};

/// The partition of rows that name none, of a source of several.
inline constexpr const char* kOnlyPartition = "0";

class StepSource final : public Source {
 public:
    /// Rows get event time as those of the node's own source would. `arrival`: the column that is filled with
    /// the time of arrival, -1: none. `idleTimeout`: its parameter.
    StepSource(std::shared_ptr<SourceScript> script, const BoundNode& bound, const MakeContext& context,
               int arrival, std::optional<Millis> idle);

    Status open() override { return {}; }
    void setWaker(std::shared_ptr<SourceWaker> waker) override { m_script->m_waker = std::move(waker); }
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override;
    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    std::vector<PartitionProgress> partitionProgress() const override;
    Status snapshot(StateWriter&) const override { return {}; }
    Status restore(const StateReader&) override { return {}; }
    std::vector<PartitionEvent> takePartitionEvents() override;

 private:
    struct Piece;
    Batch batchOf(const Piece& piece, const std::vector<std::uint32_t>& rows) const;

    const std::shared_ptr<SourceScript> m_script;
    const SchemaRef m_schema;
    const std::shared_ptr<Clock> m_clock;
    const std::size_t m_batchRows;
    const int m_arrival;
    const bool m_nullOnError;
    bool m_told = false;  ///< which partitions there are
};

}  // namespace rw
