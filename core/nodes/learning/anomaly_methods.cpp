#include "core/nodes/learning/anomaly_methods.h"

#include <cmath>

namespace rw {

namespace {

std::vector<ParamSpec> halfLifeParams() {
    ParamSpec halfLife =
        makeParam("half_life", ParamKind::Number, RW_TEXT("anomaly", "Half-life"),
                  RW_TEXT("anomaly",
                          "So many rows of a key ago, a row counts half of the newest in the "
                          "mean and the deviation."),
                  100);
    halfLife.min = 1;
    halfLife.max = 1e9;
    halfLife.unit = RW_TEXT("anomaly", "rows");
    return {std::move(halfLife)};
}

std::vector<ParamSpec> windowParams() {
    ParamSpec window = makeParam("window", ParamKind::Integer, RW_TEXT("anomaly", "Window"),
                                 RW_TEXT("anomaly", "The median is of so many last rows of a key."), 100);
    window.min = 3;
    window.max = 10'000;
    window.unit = RW_TEXT("anomaly", "rows");
    return {std::move(window)};
}

}  // namespace

const std::vector<AnomalyMethod>& anomalyMethods() {
    static const std::vector<AnomalyMethod> kMethods{
        {"z", RW_TEXT("anomaly", "Mean and deviation"), "weighted_z", 1'000, true,
         [](const BindContext& context, learn::ModelOptions& options) {
             options.set("alpha", 1 - std::exp2(-1 / context.number("half_life")));
             options.set("band", context.number("threshold"));
         },
         halfLifeParams},
        {"robust_z", RW_TEXT("anomaly", "Median of the last rows"), "robust_z", 1, true,
         [](const BindContext& context, learn::ModelOptions& options) {
             options.set("window", static_cast<double>(context.integer("window")));
             options.set("band", context.number("threshold"));
         },
         windowParams},
    };
    return kMethods;
}

}  // namespace rw
