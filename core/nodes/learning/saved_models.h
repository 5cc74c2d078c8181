// The parameter `save_model` of nodes that learn: the file (core/learn/model_document.h) that they write when
// all rows were read.
#pragma once
#include <mutex>
#include <string>
#include <vector>

#include "core/connect/files/file_output.h"
#include "core/learn/key_models.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"

namespace rw {

/// `save_model`.
ParamSpec savedModelsParam();
/// Whether the file can be written, as far as that is seen before a run.
void checkSavedModels(const BoundNode& node, BindContext& context);

/// The models of a node at the end of a run, which all its instances give. Any thread.
class SavedModels {
 public:
    /// Of the context its first caller's.
    SavedModels(learn::LearningPlanRef plan, const MakeContext& context);
    /// Once by each instance, at its end; the last one writes the file, and waits for the disk.
    Status add(const learn::KeyModels& models);

 private:
    Status write() const;

    const learn::LearningPlanRef m_plan;
    const NodeId m_node;
    const std::size_t m_instances;
    const OutputMeans m_means;
    std::mutex m_mutex{};  ///< guards the member below; held while the file is written
    std::vector<std::string> m_states{};
};

}  // namespace rw
