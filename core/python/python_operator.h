// Rows through a function of the user's, in a process beside the run.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/python/python_lane.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/operator.h"

namespace rw {

struct PythonPlan {
    PythonFunctionRef function{};
    int inputTime = -1;       ///< the input's event-time column, where the output keeps it; -1: it does not
    std::vector<int> keys{};  ///< of the input: whose states the function gets
    bool fails = false;       ///< on_error is “fail”: a batch that fails is not tried row by row
};
using PythonPlanRef = std::shared_ptr<const PythonPlan>;

/// Rows keep stamp and position of the one that they are made of, as those of Flatten. A call hands rows to
/// the process, or waits for it a moment: it says that there is more while rows are there, so that neither a
/// batch nor a barrier passes them. States are here, as the function gave them with its last answer: a
/// process that ends loses none.
class PythonOperator final : public Operator {
 public:
    PythonOperator(PythonPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    bool hasMore() const override { return m_batch.has_value(); }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    std::vector<Text> takeNotes() override { return m_lane.takeNotes(); }

 private:
    void findKeys();
    void begin();
    std::size_t rowsOfCall() const;
    Status take(PythonAnswer answer, Output& out);
    Status takeFailure(Output& out);
    Status failure() const;
    void takeStates(const PythonAnswer& answer);
    /// The rows of an answer; null: it has none.
    Batch madeOf(PythonAnswer& answer) const;
    /// Rows `failed` of the call (numbers in it), with NULL in what the function gives.
    Batch nullsFor(const std::vector<std::uint32_t>& failed) const;
    Status emitSome(Output& out);
    std::vector<int> passedColumns() const;

    const PythonPlanRef m_plan;
    const std::size_t m_batchRows;
    const bool m_nullOnError;
    PythonLane m_lane;

    std::optional<Batch> m_batch{};  ///< being worked on
    std::size_t m_at = 0;            ///< its first row that was not answered
    std::size_t m_rows = 0;          ///< of the call that is out; 0: none is
    std::size_t m_aloneTo = 0;       ///< rows of it before this one are handed over one by one
    std::size_t m_ended = 0;         ///< grows with each row that ended the process, falls with the others
    Batch m_made{};                  ///< to be emitted
    std::size_t m_emitted = 0;       ///< rows of it
    bool m_sent = false;             ///< a batch left that was made of m_batch

    std::string m_state{};  ///< of a stateful function
    KeyTable m_keys;
    std::vector<std::string> m_states{};  ///< by group: JSON, empty where there is none
    std::size_t m_stateBytes = 0;
    std::vector<std::uint32_t> m_groups{};      ///< of the rows of the batch
    std::vector<std::uint32_t> m_callGroups{};  ///< of the call's states
};

}  // namespace rw
