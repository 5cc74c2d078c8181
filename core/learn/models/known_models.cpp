#include "core/learn/models/known_models.h"

#include <algorithm>

#include "core/learn/models/from_options.h"
#include "core/learn/models/ftrl.h"
#include "core/learn/models/linear_sgd.h"
#include "core/learn/models/naive_bayes.h"
#include "core/learn/models/robust_z.h"
#include "core/learn/models/weighted_z.h"

namespace rw::learn {

double ModelOptions::number(std::string_view name, double otherwise) const {
    for (const auto& [known, value] : m_values) {
        if (known == name) return value;
    }
    return otherwise;
}

std::size_t ModelOptions::count(std::string_view name, std::size_t otherwise) const {
    return static_cast<std::size_t>(number(name, static_cast<double>(otherwise)));
}

const std::vector<KnownModel>& knownModels() {
    static const std::vector<KnownModel> kModels{
        {.name = "weighted_z", .make = weightedZ},
        {.name = "robust_z", .make = robustZ, .one = true},
        {.name = "linear", .make = linearSgd, .target = true},
        {.name = "logistic", .make = logisticSgd, .classes = true, .target = true},
        {.name = "ftrl_linear", .make = ftrlLinear, .target = true},
        {.name = "ftrl_logistic", .make = ftrlLogistic, .classes = true, .target = true},
        {.name = "naive_bayes", .make = naiveBayes, .classes = true, .target = true},
        {.name = "holt_winters", .make = holtWintersOf, .one = true},
        {.name = "holt_winters_residual", .make = holtWintersResidualOf, .one = true},
        {.name = "linear_trend", .make = linearTrendOf, .one = true},
        {.name = "last_value", .make = lastValueOf, .one = true},
        {.name = "half_space_trees", .make = halfSpaceTreesOf},
        {.name = "kmeans", .make = sequentialKMeansOf},
        {.name = "adwin", .make = adwinOf, .one = true},
        {.name = "page_hinkley", .make = pageHinkleyOf, .one = true},
        // Two features, whatever it is asked for
        {.name = "biased_factors", .make = biasedFactorsOf, .target = true},
    };
    return kModels;
}

const KnownModel* knownModel(std::string_view name) {
    const auto& models = knownModels();
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&](const KnownModel& model) { return model.name == name; });
    return found == models.end() ? nullptr : &*found;
}

}  // namespace rw::learn
