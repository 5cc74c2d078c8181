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

std::vector<ParamSpec> seasonParams() {
    ParamSpec season =
        makeParam("season", ParamKind::Integer, RW_TEXT("anomaly", "Season"),
                  RW_TEXT("anomaly",
                          "So many rows of a key after which its values repeat: 24 for days of hourly "
                          "rows. 0: they do not."),
                  0);
    season.min = 0;
    season.max = 10'000;
    season.unit = RW_TEXT("anomaly", "rows");
    const auto share = [](const char* name, Text label, Text help, double otherwise) {
        ParamSpec param = makeParam(name, ParamKind::Number, std::move(label), std::move(help), otherwise);
        param.min = 0;
        param.max = 1;
        return param;
    };
    return {std::move(season),
            share("alpha", RW_TEXT("anomaly", "Weight of the level"),
                  RW_TEXT("anomaly", "How much of an error goes into the level."), 0.3),
            share("beta", RW_TEXT("anomaly", "Weight of the trend"),
                  RW_TEXT("anomaly",
                          "How much of a change of the level goes into the trend. 0: there is no trend."),
                  0.05),
            share("gamma", RW_TEXT("anomaly", "Weight of the season"),
                  RW_TEXT("anomaly", "How much of an error goes into its place of the season."), 0.1)};
}

std::vector<ParamSpec> treeParams() {
    ParamSpec rows =
        makeParam("rows", ParamKind::Integer, RW_TEXT("anomaly", "Rows of a window"),
                  RW_TEXT("anomaly",
                          "So many rows of a key are counted by where they are; the counts score "
                          "as many behind them. The first ones of a key have no score."),
                  250);
    rows.min = 10;
    rows.max = 100'000;
    rows.unit = RW_TEXT("anomaly", "rows");
    ParamSpec threshold =
        makeParam("score_threshold", ParamKind::Number, RW_TEXT("anomaly", "Threshold"),
                  RW_TEXT("anomaly",
                          "A row with a larger score is an anomaly. Scores are from 0, among "
                          "many rows, to 1, alone."),
                  0.98);
    threshold.min = 0;
    threshold.max = 1;
    return {std::move(rows), std::move(threshold)};
}

}  // namespace

const std::vector<AnomalyMethod>& anomalyMethods() {
    static const std::vector<AnomalyMethod> kMethods{
        {"z", RW_TEXT("anomaly", "Mean and deviation"), "weighted_z", 1'000, true,
         [](const BindContext& context, learn::ModelOptions& options) {
             options.set("alpha", 1 - std::exp2(-1 / context.number("half_life")));
             options.set("band", context.number("threshold"));
         },
         halfLifeParams, "threshold", true},
        {"robust_z", RW_TEXT("anomaly", "Median of the last rows"), "robust_z", 1, true,
         [](const BindContext& context, learn::ModelOptions& options) {
             options.set("window", static_cast<double>(context.integer("window")));
             options.set("band", context.number("threshold"));
         },
         windowParams},
        {"holt_winters", RW_TEXT("anomaly", "Forecast (Holt-Winters)"), "holt_winters_residual", 1, true,
         [](const BindContext& context, learn::ModelOptions& options) {
             for (const char* name : {"alpha", "beta", "gamma"}) options.set(name, context.number(name));
             options.set("season", static_cast<double>(context.integer("season")));
             options.set("band", context.number("threshold"));
         },
         seasonParams},
        {"half_space_trees", RW_TEXT("anomaly", "Half-space trees"), "half_space_trees", 1'000, false,
         [](const BindContext& context, learn::ModelOptions& options) {
             options.set("window", static_cast<double>(context.integer("rows")));
         },
         treeParams, "score_threshold"},
    };
    return kMethods;
}

}  // namespace rw
