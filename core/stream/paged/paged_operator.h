// Puts an operator whose state is larger than its share of memory into files, key group by key group.
//
// While the state fits, one operator has all of it, and calls pass through. Beyond that the state is in
// pages, one for each key group, and what comes is queued. In rounds each key group has its turn: an operator
// is restored from its page, as after a checkpoint, takes the rows and watermarks that came, and is written
// to its page again. So the operator needs to know nothing of files, and a page is read and written once for
// many rows (event-time rules, 33).
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/store/spill_folder.h"
#include "core/store/state_memory.h"
#include "core/stream/changing_state.h"
#include "core/stream/paged/leaving_state.h"
#include "core/stream/paged/paged_rounds.h"
#include "core/stream/paged/pages_state.h"

namespace rw {

class PagedOperator : public Operator, public ChangingState, private TurnOperators {
 public:
    PagedOperator(PagedShape shape, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onPortWatermark(int port, Instant watermark, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    Status onEnd(Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    std::int64_t wakesAt() const override;
    bool takesMore() const override { return m_where == Where::Pages && m_rounds.takesMore(); }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    StateLookups stateLookups() const override { return m_lookups; }
    StateSize heldSize() const override { return {m_rounds.queueBytes(), m_rounds.rows()}; }
    std::vector<Text> takeNotes() override;
    Span firstOpen() const override;

    bool needsWhole() const override;
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;
    std::vector<NamedRun> takeRuns() override { return std::exchange(m_toName, {}); }
    bool mayNameRuns() const override { return m_namesFiles && m_pagesFrozen; }
    std::map<std::string, std::uint64_t> runsNamed() const override { return m_named; }
    Status writing() const override { return m_writing; }

 private:
    enum class Where {
        Memory,   ///< m_whole has the state
        Leaving,  ///< … which is being written into pages
        Pages,
        ComingBack  ///< m_whole is being restored from pages
    };

    std::unique_ptr<Operator> make() override;
    Operator& whole();
    /// Null: the state is written in one piece.
    ChangingState* changing() const;
    Status passed(Status status);
    Status proceed(Output& out);
    Status leave(CallBudget& budget, Output& out);
    void stay();
    Status inPages(CallBudget& budget, Output& out);
    bool fitsIntoMemory() const;
    Status comeBack(CallBudget& budget, Output& out);
    FrozenPages frozenPages() const;

    const PagedShape m_shape;
    const bool m_namesFiles;
    const SavedRuns m_savedFiles;
    const std::shared_ptr<SpillFolder> m_folder;  ///< null: all state is in memory, but that of a checkpoint
    const MakeContext m_context;                  ///< of the operators: they have no files
    StateShare m_share;
    PageFiles m_pages;
    PagedRounds m_rounds;
    Where m_where = Where::Memory;
    InputWatermarks m_watermarks{};  ///< that have come
    std::unique_ptr<Operator> m_whole{};
    bool m_wholeHasState = false;
    bool m_restoredWhole = false;  ///< a state that was in memory was restored
    bool m_grewAtOnce = false;     ///< when it came back, it was over its share
    bool m_restored = false;   ///< pages of a checkpoint are to be settled
    InputWatermarks m_told{};  ///< to it, while it comes back
    int m_next = 0;            ///< key group that comes back
    std::unique_ptr<LeavingState> m_leaving{};
    StateLookups m_lookups{};
    std::vector<Text> m_notes{};

    bool m_pagesFrozen = false;             ///< at the last barrier the state was in pages
    bool m_wholeFrozen = false;             ///< not all of m_whole's pieces are written
    bool m_hasPieces = false;               ///< all pieces so far are those of m_whole
    std::optional<FrozenPages> m_frozen{};  ///< of which not all is written
    std::string m_piece{};                  ///< of an operator that is written in one
    std::vector<NamedRun> m_toName{};
    std::map<std::string, std::uint64_t> m_named{};
    Status m_writing{};
};

}  // namespace rw
