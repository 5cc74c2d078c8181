#include "core/nodes/learning/saved_models.h"

#include "core/data/state_writer.h"
#include "core/nodes/learning/learning_params.h"
#include "core/nodes/learning/learnt_file.h"

namespace rw {

ParamSpec savedModelsParam() {
    return makeParam(
        "save_model", ParamKind::OutputPath, RW_TEXT("learning", "Save model to"),
        RW_TEXT(
            "learning",
            "A file that gets the models when all rows were read, as `rillwright model export` writes them. "
            "Its previous contents are replaced. A run that is stopped, or that fails, writes nothing; "
            "neither does a replay."));
}

void checkSavedModels(const BoundNode& node, BindContext& context) {
    const learn::LearningPlan& plan = *static_cast<const BoundLearning&>(node).plan;
    if (plan.savesTo.empty() || plan.savesTo == "-") return;
    const Status status = checkOutputFolder(plan.savesTo);
    if (!status.ok()) context.error("save_model", status.error().message, status.error().fix);
}

SavedModels::SavedModels(learn::LearningPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_node(context.node),
      m_instances(static_cast<std::size_t>(context.instances)),
      m_means{context.outputs, context.clock, context.stopping} {}

Status SavedModels::add(const learn::KeyModels& models) {
    StateWriter state;
    models.snapshot(state);
    const std::lock_guard hold(m_mutex);
    m_states.push_back(state.finish());
    if (m_states.size() < m_instances) return {};
    return write().at({}, "save_model");
}

Status SavedModels::write() const {
    RW_TRY_ASSIGN(const std::string text,
                  learntDocument(*m_plan, m_states, m_plan->node + " “" + m_node + "”, end of the run"));
    FileOutput file(m_plan->savesTo, FileOutput::Placing::Staged, m_means);
    RW_TRY(file.open());
    file.buffer() += text;
    return file.close();
}

}  // namespace rw
