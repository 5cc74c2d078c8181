// How fast models learn: rows a second on one core, from numbers in memory, each row scored and then learnt.
// With an argument only those whose names hold it. tests/run --learn prints River's figures beside these.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/learn/models/adwin.h"
#include "core/learn/models/biased_factors.h"
#include "core/learn/models/ftrl.h"
#include "core/learn/models/half_space_trees.h"
#include "core/learn/models/holt_winters.h"
#include "core/learn/models/linear_sgd.h"
#include "core/learn/models/naive_bayes.h"
#include "core/learn/models/page_hinkley.h"
#include "core/learn/models/robust_z.h"
#include "core/learn/models/sequential_kmeans.h"
#include "core/learn/models/weighted_z.h"

using namespace rw;
using namespace rw::learn;

namespace {

constexpr std::size_t kRows = 200'000, kFeatures = 4;
constexpr int kRounds = 3;

double chance(std::uint64_t number) {
    return static_cast<double>(splitMix64(number) >> 11U) * 0x1.0p-53;
}

/// Features between 0 and 1, `width` a row.
std::vector<double> featuresOf(std::size_t width) {
    std::vector<double> features(kRows * width);
    for (std::size_t i = 0; i < features.size(); ++i) features[i] = chance(i);
    return features;
}

template <class Round>
void measure(const std::string& name, const std::string& wanted, Round round) {
    if (name.find(wanted) == std::string::npos) return;
    double best = 0;
    for (int i = 0; i < kRounds; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const double sum = round();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        if (sum == -1) fmt::print("{}", sum);  // so that nothing is left out
        best = std::max(best, static_cast<double>(kRows) / took.count());
    }
    fmt::print("{:<22}{:>14.0f} rows/s\n", name, best);
}

/// Its target is 0 or 1, which is a number, too.
double learnAll(const ModelFactory& factory, const std::vector<double>& features) {
    const auto model = factory.make(1);
    const std::size_t width = factory.features();
    std::vector<double> outputs(factory.outputs());
    double sum = 0;
    for (std::size_t row = 0; row < kRows; ++row) {
        const std::span<const double> x(&features[row * width], width);
        const Example example{.features = x, .target = x[0] > 0.5 ? 1.0 : 0.0};
        model->score(example, outputs);
        model->learn(example);
        sum += outputs[0] == outputs[0] ? outputs[0] : 0;
    }
    return sum;
}

double rateAll() {
    constexpr std::uint64_t kUsers = 500, kItems = 200;
    Factors factors({.factors = 10}, 1);
    for (std::uint64_t user = 0; user < kUsers; ++user) factors.learn(user, user % kItems, chance(user));
    double sum = 0;
    for (std::uint64_t row = 0; row < kRows; ++row) {
        const std::uint64_t user = splitMix64(row) % kUsers, item = splitMix64(row, 1) % kItems;
        sum += factors.predict(user, item);
        factors.learn(user, item, chance(row));
    }
    return sum;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string wanted = argc > 1 ? argv[1] : "";
    HoltWintersOptions smoothing;
    smoothing.season = 24;
    HalfSpaceOptions forest;
    forest.features = kFeatures;
    forest.ranges.resize(kFeatures);
    KMeansOptions clusters;
    clusters.features = kFeatures;
    const std::vector<std::pair<std::string, ModelFactoryRef>> models{
        {"weighted_z", weightedZ(1, {})},         {"robust_z", robustZ(1, {})},
        {"linear", linearSgd(kFeatures, {})},     {"logistic", logisticSgd(kFeatures, {})},
        {"ftrl", ftrlLogistic(kFeatures, {})},    {"naive_bayes", naiveBayes(kFeatures, {})},
        {"holt_winters", holtWinters(smoothing)}, {"half_space_trees", halfSpaceTrees(forest)},
        {"kmeans", sequentialKMeans(clusters)},   {"adwin", adwin({})},
        {"page_hinkley", pageHinkley({})},
    };
    for (const auto& [name, factory] : models) {
        const std::vector<double> features = featuresOf(factory->features());
        measure(name, wanted, [&, &made = *factory] { return learnAll(made, features); });
    }
    measure("matrix_factorisation", wanted, rateAll);
}
