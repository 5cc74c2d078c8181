// Operators whose rows wait for answers of the world outside the run: a table that is read, a service that is
// asked.
#pragma once
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/stream/operator.h"
#include "core/stream/rows/held_batches.h"
#include "core/stream/waiting/recalled_rows.h"
#include "core/stream/waiting/request.h"
#include "core/stream/waiting/waiting_node.h"

namespace rw {

/// For a WaitingNode with one input. Single-threaded as every operator: only Request::step() runs elsewhere,
/// and no call of the operator waits for it.
///
/// Each batch that comes is asked for as a whole (ask()): many rows are one request, rows that need nothing
/// are none, and batches may share one. So many requests are out at once as Options says; those that were
/// given up count until they return. Further rows wait unasked, and beyond Options the input waits. The
/// batches go on from the first, or in any order where the node says so (goOn()), each when its request was
/// answered or its patience is over.
///
/// The watermark, and changes of partitions, stay behind the rows that came before them. Rows may overtake a
/// watermark that waits, for nodes judge them by their stamps; none overtakes a change of its partition. A
/// barrier passes: the rows that have not gone on are the state, and are asked for again when a run resumes
/// from it. The answer may be another the next time. So the data that results depend on goes on the tape:
/// the answers (Options::tape), which a replay uses without asking; or records that the operator writes
/// itself (MakeContext::recorder).
///
/// The run ends when all rows have gone on. One that is stopped leaves those that wait, and requests that do
/// not return to their threads.
class AsyncOperator : public Operator {
 public:
    struct Options {
        std::size_t requests = 16;  ///< out at once
        std::size_t rows = 65'536;  ///< that wait; a batch more
        std::size_t bytes = std::size_t{16} << 20;
        AnswerTape tape{};  ///< answerTapeOf(); each batch has a request of its own then
        /// With a tape: the columns of the input that decide what ask() asks for a row, among those that are
        /// read. By them a replay finds the answers of rows without a position where other columns are pruned.
        ColumnSet question{};
    };

    Status onBatch(int port, const Batch& batch, Output& out) final;
    Status onWatermark(Instant watermark, Output& out) final;
    void onPartition(WireNumber wire, Instant advancedTo, Output& out) final;
    bool hasMore() const final { return m_more; }
    Status resume(Output& out) final;
    std::int64_t wakesAt() const final;
    bool takesMore() const final;
    Status snapshot(StateWriter& out) const final;
    Status restore(const StateReader& state, const KeyGroups& own) final;
    StateSize stateSize() const final;
    StateSize heldSize() const final { return m_held.stateSize(); }

 protected:
    /// `read`: the columns of the input that the operator looks at, or passes on to nodes that do.
    AsyncOperator(const WaitingNode& node, const MakeContext& context, ColumnSet read, Options options);

    /// The request that the rows of the batch from `from` on need before they can go on; null: none. It may be
    /// one that was given before. Asked in the order of the batches, and for later ones while earlier ones wait.
    virtual Result<RequestRef> ask(const Batch& rows, std::size_t from) = 0;
    struct Gone {
        std::size_t rows = 0;  ///< that are over, with all that they became
        bool asks = false;     ///< the next ones need an answer first: ask() is called for them
    };
    /// Lets rows of the first batch, from `from` on, go on: about a batch a call. `request` is the one that ask()
    /// gave for them, answered (look at its status()), or one that is not, and then their patience is over. The
    /// operator judges a failed or a late answer: it rejects the rows, gives them NULL, asks again, or returns
    /// an error. When rows are left and none are to be asked for, it is called again.
    virtual Result<Gone> goOn(const Batch& rows, std::size_t from, const RequestRef& request,
                              Output& out) = 0;
    /// Called before ask() and goOn(): takes over answers, also where no row waits for them. True: that takes
    /// further calls, and no row goes on before.
    virtual Result<bool> settle() { return false; }
    /// Where answers go on a tape: the answer of `request` to `count` of the rows that it was asked for, from
    /// the one numbered `first` among them on. goOn() has left it as it was.
    virtual std::vector<std::string> answersOf(const Request& request, std::size_t first,
                                               std::size_t count) const;
    /// In a replay: a request for the first rows of a batch that says this of them. The bytes may be
    /// anybody's.
    virtual Result<RequestRef> recall(const Batch& rows, const std::vector<std::string>& answers);
    /// State besides the rows that wait. Not in snapshots.
    virtual StateSize kept() const { return {}; }
    /// Begins a request that no row waits for.
    Status begin(const RequestRef& request);

 private:
    /// The state of a batch that waits.
    struct Asked {
        bool asked = false;
        RequestRef request{};     ///< null: nothing was needed
        std::size_t from = 0;     ///< the first row that it is for
        bool missing = false;     ///< in a replay: the tape says nothing of these rows
        std::uint64_t order = 0;  ///< the same: when they went on
    };
    bool isReady(const Asked& asked) const;
    /// The place of the batch that goes on next.
    std::optional<std::size_t> next() const;
    std::optional<std::size_t> nextOfTape() const;
    /// Those that may go on before others: up to a change of a partition.
    std::size_t reach() const;
    bool someAnswered() const;
    Status askFor(std::size_t place);
    Status askForAll();
    bool someUnasked() const;
    Status recallAll();
    Result<Asked> recalled(const Batch& rows, RecalledRows::Run run);
    Status letGo(std::size_t place, Output& out);
    /// True: all rows of the first batch are over.
    Result<bool> letRowsGo(Output& out);
    Status leaveOut(const Batch& rows, Output& out) const;
    void record(const Batch& rows, std::size_t from, std::size_t count, const Asked& asked,
                const RequestRef& given);
    bool isFull() const;

    const Options m_options;
    const NamingColumns m_naming;
    const bool m_unordered;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<Requests> m_requests;
    std::unique_ptr<RecalledRows> m_tape{};  ///< of a replay
    HeldBatches m_held;
    std::deque<Asked> m_asked{};       ///< for each of m_held
    std::size_t m_unasked = 0;         ///< those from here on were not asked for, nor may be the first
    std::vector<RequestRef> m_out{};   ///< that were not seen to be answered
    Instant m_passed = kMinTimestamp;  ///< watermark behind rows that have gone, not yet passed on
    bool m_more = false;
    bool m_inHand = false;  ///< the first batch is going on, and no other may
};

}  // namespace rw
