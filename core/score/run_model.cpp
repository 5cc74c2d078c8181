#include "core/score/run_model.h"

#include <utility>

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

RunModel::RunModel(const ScorePlan& plan, std::shared_ptr<const Files> files)
    : m_plan(plan), m_files(std::move(files)) {}

Status RunModel::load() {
    const std::lock_guard hold(m_mutex);
    if (m_current) return {};
    RW_TRY_ASSIGN(const ModelBytes read, readModel(*m_files, m_plan.path));
    RW_TRY_ASSIGN(ModelRef model, loadModel(read, m_plan.options));
    RW_TRY_ASSIGN(m_current, fit(std::move(model), read.sha256, m_plan));
    return {};
}

FittedRef RunModel::current() const {
    const std::lock_guard hold(m_mutex);
    return m_current;
}

}  // namespace rw::score
