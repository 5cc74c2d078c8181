// bench_learning [NAME] [--markdown PAGE]… : how fast models learn, from numbers in memory, each row scored
// and then learnt: rows per second of a processor, beside River's where $RILLWRIGHT_PEERS names a Python with
// River. With NAME only those whose names hold it; into the table “models” of the pages.
#include <fmt/format.h>

#include <algorithm>
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
#include "tests/bench/figures.h"
#include "tests/bench/keyed_bench.h"
#include "tests/bench/peer_figures.h"

using namespace rw;
using namespace rw::bench;
using namespace rw::learn;

namespace {

constexpr std::size_t kRows = 4'000, kFeatures = 4;  // those of learning_peers.py
constexpr int kRounds = 5;
constexpr double kLeastSeconds = 0.1;  ///< of a round, in which models learn the rows again and again

double chance(std::uint64_t number) {
    return static_cast<double>(splitMix64(number) >> 11U) * 0x1.0p-53;
}

/// Features between 0 and 1, `width` a row.
std::vector<double> featuresOf(std::size_t width) {
    std::vector<double> features(kRows * width);
    for (std::size_t i = 0; i < features.size(); ++i) features[i] = chance(i);
    return features;
}

/// The rate of the best of some rounds; `learn`: a new model learns all rows.
template <class Learn>
double rateOf(Learn learn) {
    double best = 0;
    for (int i = 0; i < kRounds; ++i) {
        const double began = cpuSeconds();
        double took = 0;
        std::size_t rows = 0;
        do {
            if (learn() == -1) fmt::print(" ");  // so that nothing is left out
            rows += kRows;
            took = cpuSeconds() - began;
        } while (took < kLeastSeconds);
        best = std::max(best, static_cast<double>(rows) / took);
    }
    return best;
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

/// Rows that begin users and items do not count.
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
    const KeyedBench wanted(argc, argv);
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
    const PeerFigures river = peerFigures("RILLWRIGHT_PEERS", "River", {"learning_peers.py"});
    BesideTable table("million rows learnt per CPU second", {"River"});
    for (const auto& [name, factory] : models) {
        if (!wanted.wants(name)) continue;
        const std::vector<double> features = featuresOf(factory->features());
        table.add(name, rateOf([&, &made = *factory] { return learnAll(made, features); }),
                  {figureOf(river, name)});
    }
    const std::string rated = "matrix_factorisation";
    if (wanted.wants(rated)) table.add(rated, rateOf(rateAll), {figureOf(river, rated)});
    for (const auto& page : pagesIn(argc, argv)) fillPage(page, "models", 2, table.rows());
}
