#include "core/score/run_model.h"

#include <optional>
#include <utility>

#include "core/score/taped_model.h"

namespace rw::score {

Result<FittedRef> fit(ModelRef model, std::string sha256, const ScorePlan& plan) {
    auto fitted = std::make_shared<Fitted>();
    RW_TRY_ASSIGN(fitted->features, fitFeatures(model->head(), plan.names));
    RW_TRY_ASSIGN(fitted->outputs, fitColumns(model->head(), plan.columns));
    RW_TRY(fitImpute(model->head(), plan.impute));
    if (plan.explain) RW_TRY(model->explains());
    fitted->model = std::move(model);
    fitted->sha256 = std::move(sha256);
    return FittedRef(std::move(fitted));
}

RunModel::RunModel(const ScorePlan& plan, const MakeContext& context, std::shared_ptr<const Files> files)
    : m_plan(plan),
      m_node(context.node),
      m_clock(context.clock),
      m_replay(context.replay),
      m_recorder(context.recorder),
      m_files(std::move(files)) {}

Result<ModelBytes> RunModel::read() const {
    if (m_replay) {
        RW_TRY_ASSIGN(std::optional<std::string> bytes, modelOnTape(*m_replay, m_node));
        if (bytes) {
            std::string sum = sha256Of(*bytes);
            return ModelBytes{m_plan.path, *std::move(bytes), std::move(sum), {}};
        }
    }
    return readModel(*m_files, m_plan.path);
}

Status RunModel::load() {
    const std::lock_guard hold(m_mutex);
    if (m_current) return {};
    RW_TRY_ASSIGN(ModelBytes given, read());
    RW_TRY_ASSIGN(ModelRef model, loadModel(given, m_plan.options));
    RW_TRY_ASSIGN(m_current, fit(std::move(model), given.sha256, m_plan));
    if (m_recorder == nullptr) return {};
    m_lookup = m_recorder->addLookup(tapedModelOf(m_node));
    m_unrecorded = std::move(given.bytes);
    return {};
}

FittedRef RunModel::current() const {
    const std::lock_guard hold(m_mutex);
    return m_current;
}

void RunModel::record() {
    const std::lock_guard hold(m_mutex);
    if (m_unrecorded.empty()) return;
    recordModel(*m_recorder, m_lookup, m_unrecorded, m_clock->now());
    m_unrecorded = {};
}

}  // namespace rw::score
