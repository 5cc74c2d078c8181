// The model of a node in a run, which all its instances share.
#pragma once
#include <memory>
#include <mutex>
#include <string>

#include "core/score/score_operator.h"

namespace rw::score {

/// A model with its place in the node.
struct Fitted {
    ModelRef model{};
    std::string sha256{};
    std::vector<std::size_t> features{};  ///< of each input of the model: the node's feature
    std::vector<std::size_t> outputs{};   ///< of each column of the node: the model's output
};
using FittedRef = std::shared_ptr<const Fitted>;

/// Checks that a model fits the plan.
Result<FittedRef> fit(ModelRef model, std::string sha256, const ScorePlan& plan);

/// Any thread. The plan outlives this.
class RunModel {
 public:
    /// Of the context its first caller's, whose recorder outlives this.
    RunModel(const ScorePlan& plan, const MakeContext& context, std::shared_ptr<const Files> files);
    /// While nodes are made: reads the model, once; from the tape, where the run replays one that has it.
    /// Waits for the disk.
    Status load();
    /// Not before load().
    FittedRef current() const;
    /// Once the run is under way, before the first row is scored: puts the model on the tape, where the run
    /// is recorded and this was not done yet.
    void record();

 private:
    /// Of the tape, or of the file.
    Result<ModelBytes> read() const;

    const ScorePlan& m_plan;
    const NodeId m_node;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<const TapePlayer> m_replay;
    LookupRecorder* const m_recorder;
    const std::shared_ptr<const Files> m_files;
    mutable std::mutex m_mutex;  ///< guards the members below; held while the file is read, before the run
    FittedRef m_current{};
    std::size_t m_lookup = 0;    ///< on the tape
    std::string m_unrecorded{};  ///< bytes of the model, until they are on the tape
};

}  // namespace rw::score
