// The parameter `model` of nodes that learn: a file of learnt models (core/learn/model_document.h), from
// which a run that starts anew begins.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/learn/model_document.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"

namespace rw {

/// `model`.
ParamSpec learntFileParam();
/// Whether the file that is there now fits the node.
void checkLearntFile(const BoundNode& node, BindContext& context);

/// The file of models; it may have none.
Result<std::string> learntDocument(const learn::LearningPlan& plan, const std::vector<std::string>& states,
                                   std::string_view about);
/// The file of what a node has learnt: `states` are those of its instances in a checkpoint. An error, where
/// it is no node that learns, or has learnt nothing.
Result<std::string> learntDocument(const BoundNode& node, const std::vector<std::string>& states,
                                   std::string_view about);

/// The file of a node in a run, which all its instances share. Any thread.
class LearntFile {
 public:
    /// Of the context its first caller's, whose recorder outlives this.
    LearntFile(learn::LearningPlanRef plan, const MakeContext& context);
    /// While nodes are made, once by each instance: the models of its keys. Reads the file first; from the
    /// tape, where the run replays one that has it. Waits for the disk.
    Status giveTo(const MakeContext& context, learn::KeyModels& models);
    /// Once the run is under way, before the first row: puts the file on the tape, where the run is recorded
    /// and this was not done yet.
    void record();

 private:
    Status load();

    const learn::LearningPlanRef m_plan;
    const NodeId m_node;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<const Files> m_files;
    const std::shared_ptr<const TapePlayer> m_replay;
    LookupRecorder* const m_recorder;
    std::mutex m_mutex{};  ///< guards the members below; held while the file is read, before the run
    std::string m_bytes{};
    int m_waiting;  ///< instances that have not got theirs
    bool m_loaded = false, m_recorded = false;
    std::size_t m_lookup = 0;  ///< on the tape
};

}  // namespace rw
