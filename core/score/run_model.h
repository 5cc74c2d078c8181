// The model of a node in a run, which all its instances share.
#pragma once
#include <memory>
#include <mutex>

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
    RunModel(const ScorePlan& plan, std::shared_ptr<const Files> files);
    /// Reads the file, once. Waits for the disk.
    Status load();
    /// Not before load().
    FittedRef current() const;

 private:
    const ScorePlan& m_plan;
    const std::shared_ptr<const Files> m_files;
    mutable std::mutex m_mutex;  ///< guards the member below; held while the file is read, before the run
    FittedRef m_current{};
};

}  // namespace rw::score
