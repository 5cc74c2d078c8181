// Operators whose rows wait for answers of the world outside the run: a table that is read, a service that is
// asked. Rows go on in the order in which they came.
#pragma once
#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

#include "core/stream/operator.h"
#include "core/stream/rows/held_batches.h"
#include "core/stream/waiting/request.h"

namespace rw {

/// For nodes that BoundNode::waits, with one input. Single-threaded as every operator: only Request::step()
/// runs elsewhere, and no call of the operator waits for it.
///
/// Each batch that comes is asked for as a whole (ask()): many rows are one request, rows that need nothing
/// are none, and batches may share one. So many requests are out at once as Limits says; those that were
/// given up count until they return. Further rows wait unasked, and beyond Limits the input waits. The
/// batches go on from the first (goOn()), each when its request was answered or its patience is over.
///
/// The watermark, and what became of partitions, stay behind the rows that came before them. A barrier
/// passes: the rows that have not gone on are the state, and are asked for again when a run goes on from it.
/// An answer that was there by then may be another the next time. What decides results is put on the tape by
/// the operator, from its own calls (MakeContext::recorder); a replay asks the tape instead.
///
/// The run ends when all rows have gone on. One that is stopped leaves those that wait, and requests that do
/// not return to their threads.
class AsyncOperator : public Operator {
 public:
    struct Limits {
        std::size_t requests = 16;  ///< out at once
        std::size_t rows = 65'536;  ///< that wait; a batch more
        std::size_t bytes = std::size_t{16} << 20;
    };

    Status onBatch(int port, const Batch& batch, Output& out) final;
    Status onWatermark(Instant watermark, Output& out) final;
    void onPartition(WireNumber wire, Instant raise, Output& out) final;
    bool hasMore() const final { return m_more; }
    Status resume(Output& out) final;
    std::int64_t wakesAt() const final;
    bool takesMore() const final;
    Status snapshot(StateWriter& out) const final;
    Status restore(const StateReader& state, const KeyGroups& own) final;
    StateSize stateSize() const final;
    StateSize heldSize() const final { return m_held.stateSize(); }

 protected:
    /// `read`: the columns of the input that the operator looks at, or passes on to somebody.
    AsyncOperator(const MakeContext& context, ColumnSet read, Limits limits);

    /// What the rows of the batch from `from` on need before they can go on; null: nothing. It may be one
    /// that was given before. Asked in the order of the batches, and for later ones while earlier ones wait.
    virtual Result<RequestRef> ask(const Batch& rows, std::size_t from) = 0;
    struct Gone {
        std::size_t rows = 0;  ///< that are over, with all that they became
        bool asks = false;     ///< the next ones need an answer first: ask() is called for them
    };
    /// Lets rows of the first batch, from `from` on, go on: about a batch a call. `request` is what ask()
    /// gave for them: answered (look at its status()), or not, and then its patience is over. A failed or a
    /// late answer is the operator's to judge: it rejects the rows, gives them NULL, asks again, or returns
    /// an error. When rows are left and none are to be asked for, it is called again.
    virtual Result<Gone> goOn(const Batch& rows, std::size_t from, const RequestRef& request,
                              Output& out) = 0;
    /// Called before ask() and goOn(): takes over what was answered, also where no row waits for it. True:
    /// that takes further calls, and no row goes on before.
    virtual Result<bool> settle() { return false; }
    /// State besides the rows that wait. Not in snapshots.
    virtual StateSize kept() const { return {}; }
    /// Begins a request that no row waits for.
    Status begin(const RequestRef& request);

 private:
    struct Asked {
        bool asked = false;
        RequestRef request{};  ///< null: nothing was needed
    };
    bool isReady(const Asked& asked) const;
    bool firstIsReady() const { return !m_held.empty() && isReady(m_asked.front()); }
    bool someAnswered() const;
    Status askFor(std::size_t place);
    Status askForAll();
    bool someUnasked() const;
    Status letFirstGo(Output& out);

    const Limits m_limits;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<Requests> m_requests;
    HeldBatches m_held;
    std::deque<Asked> m_asked{};       ///< for each of m_held
    std::size_t m_unasked = 0;         ///< those from here on were not asked for, nor may be the first
    std::vector<RequestRef> m_out{};   ///< that were not seen to be answered
    Instant m_passed = kMinTimestamp;  ///< watermark behind rows that have gone, which nobody was told of
    bool m_more = false;
};

}  // namespace rw
