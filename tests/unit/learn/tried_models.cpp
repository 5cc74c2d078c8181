#include "tests/unit/learn/tried_models.h"

#include "core/learn/models/half_space_trees.h"
#include "core/learn/models/known_models.h"

namespace rw::test {

namespace {

learn::HalfSpaceOptions forest() {
    learn::HalfSpaceOptions options;
    options.features = 3;
    options.trees = 4;
    options.height = 3;
    options.window = 40;
    options.ranges = {{-1, 1}, {-1, 1}, {0, 2}};
    return options;
}

/// Each by its name: with its own options, and with such that a few hundred rows fill its windows.
std::vector<TriedModel> known() {
    const learn::ModelOptions few{{"window", 30}, {"season", 7},   {"trees", 4},
                                  {"height", 3},  {"clusters", 4}, {"threshold", 5}};
    std::vector<TriedModel> models;
    for (const learn::KnownModel& kind : learn::knownModels()) {
        const TargetKind target = !kind.target   ? TargetKind::None
                                  : kind.classes ? TargetKind::Class
                                                 : TargetKind::Number;
        const bool counts = kind.name == "biased_factors";
        const auto add = [&](const char* of, const learn::ModelOptions& options) {
            models.push_back(
                {.name = std::string(kind.name) + of,
                 .factory = kind.make(kind.one ? 1 : 3, options),
                 .target = target,
                 .large = kind.name == "half_space_trees" && options.all().size() != few.all().size(),
                 .counts = counts});
        };
        add("", {});
        add(", small", few);
        add(", other method",
            {{"radius", 0.5}, {"half_life", 20}, {"lagged", 1}, {"classes", 3}, {"l1", 0.1}});
    }
    return models;
}

/// With options that have no name.
std::vector<TriedModel> others() {
    return {{.name = "half-space trees with ranges", .factory = learn::halfSpaceTrees(forest())}};
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
