#include "core/score/fitted_model.h"

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

Status fitPlan(const ModelHead& head, const ScorePlan& plan) {
    RW_TRY(fitFeatures(head, plan.names).status());
    RW_TRY(fitColumns(head, plan.columns).status());
    return fitImpute(head, plan.impute);
}

}  // namespace rw::score
