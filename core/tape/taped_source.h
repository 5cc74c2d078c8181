// A source that gives the rows of a recorded one, from a tape.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/source.h"
#include "core/tape/tape_file.h"
#include "core/tape/tape_pace.h"
#include "core/tape/tape_piece.h"

namespace rw {

class TapedSource final : public Source {
 public:
    /// Rows get event time as those of the node's own source would.
    TapedSource(TapeFileRef tape, std::size_t number, const BoundNode& bound, std::shared_ptr<TapePace> pace,
                const MakeContext& context);

    Status open() override;
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override;
    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    SourceProgress progress() const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    void finish() override;
    std::vector<PartitionEvent> takePartitionEvents() override { return std::exchange(m_events, {}); }
    std::vector<PartitionAdvance> takeAdvances() override { return std::exchange(m_advances, {}); }

 private:
    struct Piece;
    const TapeFile::Track& track() const { return m_tape->tracks()[m_number]; }
    /// Loads the block with piece `m_next`, where that is not loaded. False: there is none.
    Result<bool> load();
    Result<Poll> atEnd() const;
    Status takeMarks(const TapePiece& piece);
    /// Whether the partition was idle when it was advanced, at that time of the tape.
    bool wasIdle(const std::string& partition, Millis at) const;
    /// The batches of a piece, as those of the source would be in this run.
    Status fit(Batch batch, ParsedChunk& out) const;

    const TapeFileRef m_tape;
    const std::size_t m_number;
    const SchemaRef m_schema;
    const std::shared_ptr<TapePace> m_pace;
    const std::shared_ptr<Clock> m_clock;
    const ColumnSet m_wanted;
    const std::size_t m_batchRows;

    std::uint64_t m_next = 0;                      ///< piece
    std::size_t m_block = 0;                       ///< the one that is loaded, or is to be
    std::shared_ptr<const std::string> m_payload;  ///< null: none is loaded
    std::vector<SavedPiece> m_pieces;              ///< of that
    std::map<std::string, int> m_index;            ///< of partitions, in the order in which they were told of
    std::set<std::string> m_ended;
    std::vector<PartitionEvent> m_events;
    std::vector<PartitionAdvance> m_advances;
    // The runtime does not look for idle partitions of a replay, so here a source says Idle, to be seen: the
    // advances are on the tape, and why they are there follows from the times beside them.
    const std::optional<Millis>
        m_idleAfter;  ///< the least time-out of the recorded run; none: nothing was idle
    std::map<std::string, Millis> m_rowsAt{
        {"", 0}};  ///< of partitions: when they gave rows last, or were found
    std::set<std::string> m_idle;
    std::atomic<std::uint64_t> m_given{0};  ///< rows
};

}  // namespace rw
