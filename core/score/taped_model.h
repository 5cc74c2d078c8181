// The models of a run on its tape: each as a table of a lookup whose rows are pieces of the file, so that a
// replay scores with the same models, whatever the file is then.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/score/fitted_model.h"
#include "core/stream/recording/tape.h"

namespace rw::score {

/// As the tape knows the models of a node.
TapeLookup tapedModelOf(const NodeId& node, LookupBy by);

/// While the run is under way: puts the bytes on the tape, as lookup `lookup`, and `whole` behind them, whose
/// number is theirs. All are queued at once.
void recordModel(LookupRecorder& tape, std::size_t lookup, std::string_view bytes, TapeTable whole);

/// The bytes of the only model of a node, one that does not change during a run; none: the tape has no model
/// of it. Waits for the disk of the tape.
Result<std::optional<std::string>> modelOnTape(const TapePlayer& tape, const NodeId& node);

/// The models in a replay. Single-threaded.
class TapedModels {
 public:
    /// Null: the tape has no model of the node. The plan outlives it.
    static Result<std::unique_ptr<TapedModels>> open(const TapePlayer& tape, const NodeId& node,
                                                     const ScorePlan& plan);
    TapedModels(std::shared_ptr<LookupTables> tables, const ScorePlan& plan)
        : m_tables(std::move(tables)), m_plan(plan) {}

    /// What the moments of at() mean.
    LookupBy by() const { return m_tables->by(); }
    /// kNoMoment: the last. Waits for the disk of the tape where the model is not the one of before.
    Result<FittedRef> at(Instant moment);

 private:
    struct Known {
        std::weak_ptr<const LookupTable> table;
        FittedRef model;
    };
    Result<FittedRef> modelOf(const LookupTable& table) const;

    const std::shared_ptr<LookupTables> m_tables;
    const ScorePlan& m_plan;
    std::vector<Known> m_known{};  ///< the last two; the one that was asked for last is the last
};

}  // namespace rw::score
