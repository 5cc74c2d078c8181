// Rows of HeldRows in files, which wait for their event times there: an external merge sort.
//
// Beyond a share of memory all rows that wait become one file, in the order in which they will be let go. A
// part of a file comes back before the first of its rows is due, and then each row leaves in its order among
// those in memory, whatever was in files. So at a time there is a part of each file in memory, and rows of
// one event time have to fit into it. Where there are so many files that these parts are too much, they
// become one file again: of the rows that are due soon, in parts of less time, as a merge in several passes
// has it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/store/sorted_run.h"
#include "core/store/state_memory.h"
#include "core/stream/call_budget.h"
#include "core/stream/operator.h"
#include "core/stream/rows/held_state.h"

namespace rw {

/// Of one HeldRows, whose rows wait until their event time. Single-threaded.
class HeldFiles {
 public:
    /// All outlive this.
    HeldFiles(HeldRows& rows, const StreamType& input, const MakeContext& context);

    // Rows that go.
    /// Is told of rows that came: begins to write all that wait, if they are too many. What is frozen of rows
    /// in memory goes into the file besides, for the checkpoint alone.
    void spillBeyondShare();
    /// No row may come or leave before that is done, nor be taken for a checkpoint.
    bool busy() const { return m_spill.has_value(); }
    Status run(CallBudget& budget);
    /// For the user; each once.
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }

    // Rows that come back.
    /// Rows in memory may be let go up to this, of those that are due at a watermark.
    Instant mayLeave(Instant watermark) const {
        return m_parts.empty() ? watermark : std::min(watermark, m_parts.begin()->first.first - 1);
    }
    /// Whether there are rows in files that are due.
    bool due(Instant watermark) const {
        return !m_parts.empty() && m_parts.begin()->first.first <= watermark;
    }
    /// Takes the part back whose first row is due first.
    Status load(CallBudget& budget);

    // As ChangingState has them, of what is in files.
    void freeze(bool whole);
    bool anyFrozen() const { return !m_frozen.empty(); }
    Status writePiece(const HeldShape& shape, StateWriter& out);
    /// Adds the rows in files to `all`.
    Status addTo(HeldRows& all) const;

    /// Rows in files, and their bytes there, and what they take in memory.
    Operator::StateSize size() const;

 private:
    /// Rows that follow each other in a file, in batches: first those that checkpoints know.
    struct Part {
        std::shared_ptr<const SortedRun> run{};
        std::size_t section = 0;
        std::uint32_t known = 0, batches = 0;
    };
    using Name = std::pair<Instant, std::uint64_t>;  ///< the least event time of a part, and a number
    /// What is to go into a checkpoint. The file is there until it has.
    struct Frozen {
        std::shared_ptr<const SortedRun> run{};
        std::size_t section = 0;
        std::uint32_t from = 0;  ///< of its batches
    };
    /// Rows on their way into a file. Those that wait stand until all of them are written.
    struct Spill {
        HeldRows rows;
        std::unique_ptr<SortedRunWriter> writer;
        std::size_t rowsOfPart = 1;
        std::size_t frozen = 0;  ///< sections, before those of the parts
        std::vector<std::pair<Instant, Part>> parts{};
    };

    std::uint64_t kept() const;
    Status writeSome(CallBudget& budget);
    Status writeFrozen(CallBudget& budget);
    Status write(const HeldRows::Released& some);
    Status add(std::span<const Batch> batches);
    Status finish();
    Result<std::vector<Batch>> read(const SortedRun& run, std::size_t section) const;

    HeldRows& m_rows;
    const SchemaRef m_schema;
    const int m_eventTime;
    StateShare m_share;
    const std::shared_ptr<SpillFolder> m_folder;
    std::map<Name, Part> m_parts{};
    std::uint64_t m_numbers = 0;
    std::size_t m_rowsInFiles = 0, m_bytesInFiles = 0;
    std::optional<Spill> m_spill{};
    std::vector<Frozen> m_frozen{};
    std::vector<Text> m_notes{};
};

}  // namespace rw
