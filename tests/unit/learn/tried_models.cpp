#include "tests/unit/learn/tried_models.h"

#include "core/learn/models/adwin.h"
#include "core/learn/models/half_space_trees.h"
#include "core/learn/models/holt_winters.h"
#include "core/learn/models/known_models.h"
#include "core/learn/models/last_value.h"
#include "core/learn/models/linear_trend.h"
#include "core/learn/models/page_hinkley.h"
#include "core/learn/models/sequential_kmeans.h"

namespace rw::test {

namespace {

learn::HalfSpaceOptions forest(bool ranges) {
    learn::HalfSpaceOptions options;
    options.features = 3;
    options.trees = 4;
    options.height = 3;
    options.window = 40;
    if (ranges) options.ranges = {{-1, 1}, {-1, 1}, {0, 2}};
    return options;
}

learn::HoltWintersOptions smoothing(std::size_t season) {
    learn::HoltWintersOptions options;
    options.season = season;
    return options;
}

learn::KMeansOptions clusters(double radius) {
    learn::KMeansOptions options;
    options.features = 3;
    options.clusters = 4;
    options.radius = radius;
    return options;
}

learn::LinearTrendOptions fading(double halfLife) {
    learn::LinearTrendOptions options;
    options.halfLife = halfLife;
    return options;
}

learn::LastValueOptions seasonal(std::size_t season) {
    learn::LastValueOptions options;
    options.season = season;
    return options;
}

/// Each by its name: with its own options, and with such that a few hundred rows fill its windows.
std::vector<TriedModel> known() {
    const learn::ModelOptions few{{"window", 30}, {"season", 7}, {"trees", 4}, {"height", 3}, {"clusters", 4}};
    std::vector<TriedModel> models;
    for (const learn::KnownModel& kind : learn::knownModels()) {
        const TargetKind target = !kind.target ? TargetKind::None : kind.classes ? TargetKind::Class : TargetKind::Number;
        const std::size_t features = kind.one ? 1 : 3;
        models.push_back({std::string(kind.name), kind.make(features, {}), target});
        models.push_back({std::string(kind.name) + ", small", kind.make(features, few), target});
    }
    return models;
}

/// What no name stands for.
std::vector<TriedModel> others() {
    return {
        {"half-space trees", learn::halfSpaceTrees(forest(false))},
        {"half-space trees with ranges", learn::halfSpaceTrees(forest(true))},
        {"Holt-Winters", learn::holtWinters(smoothing(7))},
        {"Holt-Winters without season", learn::holtWinters(smoothing(0))},
        {"linear trend", learn::linearTrend(fading(0))},
        {"linear trend, fading", learn::linearTrend(fading(20))},
        {"last value", learn::lastValue(seasonal(0))},
        {"last season", learn::lastValue(seasonal(7))},
        {"k-means", learn::sequentialKMeans(clusters(0))},
        {"clusters by radius", learn::sequentialKMeans(clusters(0.5))},
        {"ADWIN", learn::adwin({})},
        {"Page-Hinkley", learn::pageHinkley({.threshold = 5})},
    };
}

}  // namespace

const std::vector<TriedModel>& triedModels() {
    static const std::vector<TriedModel> models = [] {
        std::vector<TriedModel> all = known();
        for (TriedModel& other : others()) all.push_back(std::move(other));
        return all;
    }();
    return models;
}

}  // namespace rw::test
