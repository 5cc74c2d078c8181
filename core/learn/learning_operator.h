// The operator of every node that learns: each row is scored by the model of its key, then learnt from, in an
// order that no thread decides (event-time rules, 29).
//
// What a node makes of its rows is its LearningOutput; what its models compute is their ModelFactory. The
// rest is here: expressions, late and rejected rows, waiting for the watermark, keys, scales, missing values,
// warm-up, labels that come later, resets, state.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "core/learn/key_models.h"
#include "core/learn/learning_rows.h"
#include "core/learn/model_resets.h"
#include "core/stream/barrier_listener.h"
#include "core/stream/late_rows.h"
#include "core/stream/rows/held_state.h"

namespace rw::learn {

class LearningOperator final : public Operator, public BarrierListener {
 public:
    LearningOperator(LearningPlanRef plan, const MakeContext& context);

    /// Models that it begins with, unless a state is restored: these are dropped then.
    KeyModels& firstModels() { return m_models; }
    /// Is called once, before the first row or watermark is taken; not where a state is restored. An error
    /// ends the run.
    void onBegin(std::function<Status()> begin) { m_begin = std::move(begin); }
    /// Is called at the end, once all rows were taken; not where the run is stopped. An error ends the run.
    void onLearnt(std::function<Status(const KeyModels&)> learnt) { m_learnt = std::move(learnt); }
    /// While it is made: resets its models when these say so. Without, only rows do.
    void setResets(std::shared_ptr<ModelResets> resets);
    /// Whether rows are taken as they come (event-time rules, 29).
    bool takesAsTheyCome() const { return m_asTheyCome; }

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    Status onEnd(Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    Quality quality() const override;
    void onBarrier(std::uint64_t checkpoint) override;
    std::vector<Text> takeNotes() override;

 private:
    struct Input {
        Input(const LearningInput& input, const LearningPlan& plan, const MakeContext& context);
        const LearningInput& what;
        RowReader reader;
        LateRows late;
        HeldRows held;
        LearningRows rows{};
    };

    /// Computes what rows hold that are taken next.
    void begin(Input& input, const Batch& batch);
    Status beginOnce();
    /// Lets inputs whose rows were all taken have the next of those that wait.
    void refill(Output& out);
    /// The input with the row that comes next; null: no row can be taken.
    Input* first();
    void take(Input& input, Output& out);
    void takeRow(Input& input, std::uint32_t row);
    void takeLabel(Input& input, std::uint32_t row, Output& out);
    void takeReset(Input& input, std::uint32_t row);
    void resetAll();
    /// Rows up to this number (ModelResets) are taken now.
    void takeUpTo(std::int64_t last);
    /// Does the resets that are due before rows beyond `last`.
    void resetUpTo(std::int64_t last);
    void takeAsk(Input& input, std::uint32_t row);
    /// Sets m_raw to the features of a row: false when one that is missing is not put in place.
    bool readFeatures(const LearningRows& rows, std::uint32_t row, const KeyState& state);
    void readTarget(const LearningRows& rows, std::uint32_t row, LearningRow& out) const;
    void readTexts(const LearningRows& rows, std::uint32_t row);
    /// Sets m_features to m_raw, scaled.
    void scaleFeatures(const KeyState& state);
    void learn(KeyState& state, LearningRow& row, bool withScale);
    Status restoreModels(const StateReader& state, const KeyGroups& own);
    HeldShape shape(const LearningInput& input) const;
    void emitMade(Output& out);

    const LearningPlanRef m_plan;
    const std::size_t m_batchRows;
    const bool m_asTheyCome;
    const std::unique_ptr<LearningOutput> m_output;
    KeyModels m_models;
    MadeRows m_made;
    std::vector<std::unique_ptr<Input>> m_inputs{};
    Instant m_watermark = kMinTimestamp;
    std::shared_ptr<ModelResets> m_resets{};   ///< null: only rows reset models
    std::uint64_t m_resetsDone = 0;            ///< since the first run that this one resumes from
    std::size_t m_done = 0;                    ///< of those that m_resets has numbers of
    std::int64_t m_nextReset = kMaxTimestamp;  ///< the number of the next one
    std::int64_t m_last = kMinTimestamp;       ///< the number up to which rows are taken
    std::function<Status()> m_begin{};  ///< null once it was called
    std::function<Status(const KeyModels&)> m_learnt{};
    // Of one row or call; kept for their memory
    std::vector<double> m_raw, m_features, m_outputs;
    std::vector<std::string_view> m_texts{};
    std::vector<std::uint32_t> m_inTime{};
};

}  // namespace rw::learn
