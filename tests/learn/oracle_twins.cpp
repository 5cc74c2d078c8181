#include "tests/learn/oracle_twins.h"

#include <functional>

#include "core/learn/models/adwin.h"
#include "core/learn/models/half_space_trees.h"
#include "core/learn/models/holt_winters.h"
#include "core/learn/models/page_hinkley.h"
#include "core/learn/models/sequential_kmeans.h"
#include "tests/learn/factor_twin.h"

namespace rw::test {

namespace {

using learn::DriftDetector;
using learn::Forecaster;

const std::vector<std::string> kSeries{"series"};
const std::vector<std::string> kFeatures{"a", "b", "c", "d"};

std::size_t countOf(const OracleCase& oracle, const char* option) {
    return static_cast<std::size_t>(oracle.option(option));
}

OracleTwin holtWintersTwin(const OracleCase& oracle) {
    learn::HoltWintersOptions options;
    options.alpha = oracle.option("alpha");
    options.beta = oracle.option("beta");
    options.gamma = oracle.option("gamma");
    options.season = countOf(oracle, "season");
    options.startsAsRiver = true;
    return {learn::holtWinters(options), kSeries, {}, {Forecaster::kExpected}, false, 1e-14};
}

OracleTwin halfSpaceTreesTwin(const OracleCase& oracle) {
    learn::HalfSpaceOptions options;
    options.features = kFeatures.size();
    options.trees = countOf(oracle, "trees");
    options.height = countOf(oracle, "height");
    options.window = countOf(oracle, "window");
    const std::vector<double>& features = oracle.starts.at("split_features");
    const std::vector<double>& thresholds = oracle.starts.at("split_thresholds");
    for (std::size_t i = 0; i < features.size(); ++i)
        options.cuts.push_back({static_cast<std::size_t>(features[i]), thresholds[i]});
    return {learn::halfSpaceTrees(options), kFeatures};
}

OracleTwin kmeansTwin(const OracleCase& oracle) {
    learn::KMeansOptions options;
    options.features = kFeatures.size();
    options.clusters = countOf(oracle, "k");
    options.rate = oracle.option("rate");
    options.centres = oracle.starts.at("centres");
    return {learn::sequentialKMeans(options), kFeatures, {}, {0, 1}, false, 1e-15};
}

OracleTwin adwinTwin(const OracleCase& oracle) {
    learn::AdwinOptions options;
    options.delta = oracle.option("delta");
    return {learn::adwin(options), kSeries, {}, {DriftDetector::kDrift, DriftDetector::kRows}, true};
}

OracleTwin pageHinkleyTwin(const OracleCase& oracle) {
    learn::PageHinkleyOptions options;
    options.delta = oracle.option("delta");
    options.threshold = oracle.option("threshold");
    options.keep = oracle.option("keep");
    options.fewest = countOf(oracle, "fewest");
    return {learn::pageHinkley(options), kSeries, {}, {DriftDetector::kDrift}, true};
}

}  // namespace

std::optional<OracleTwin> twinOf(const OracleCase& oracle) {
    static const std::map<std::string, std::function<OracleTwin(const OracleCase&)>> twins{
        {"adwin", adwinTwin},
        {"half_space_trees", halfSpaceTreesTwin},
        {"holt_winters", holtWintersTwin},
        {"kmeans", kmeansTwin},
        {"matrix_factorisation", matrixFactorisationTwin},
        {"page_hinkley", pageHinkleyTwin},
    };
    const auto twin = twins.find(oracle.model);
    if (twin == twins.end()) return std::nullopt;
    return twin->second(oracle);
}

}  // namespace rw::test
