#include "tests/learn/oracle_twins.h"

#include <functional>

#include "core/learn/models/adwin.h"
#include "core/learn/models/half_space_trees.h"
#include "core/learn/models/holt_winters.h"
#include "core/learn/models/known_models.h"
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

/// Of a model that has a name, by the options of the case, which are its own.
OracleTwin knownTwin(const OracleCase& oracle) {
    learn::ModelOptions options;
    for (const auto& [name, value] : oracle.options) options.set(name, value);
    const learn::KnownModel& kind = *learn::knownModel(oracle.model);
    const std::vector<std::string>& features = kind.target ? kFeatures : kSeries;
    OracleTwin twin{.factory = kind.make(features.size(), options), .features = features};
    twin.scaled = oracle.option("scaled") != 0;
    if (!kind.target) {
        twin.compared = {1, 3};  // expected, high
    } else {
        twin.target = kind.classes ? "label" : "number";
        twin.compared = {kind.classes ? std::size_t{1} : 0};
    }
    // River's weighted variance is a difference of two means of squares, which loses digits.
    twin.limit = oracle.model == "weighted_z" ? 1e-11 : 1e-14;
    return twin;
}

OracleTwin holtWintersTwin(const OracleCase& oracle) {
    learn::HoltWintersOptions options;
    options.alpha = oracle.option("alpha");
    options.beta = oracle.option("beta");
    options.gamma = oracle.option("gamma");
    options.season = countOf(oracle, "season");
    options.startsAsRiver = true;
    return {.factory = learn::holtWinters(options),
            .features = kSeries,
            .compared = {Forecaster::kExpected},
            .limit = 1e-14};
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
    return {.factory = learn::halfSpaceTrees(options), .features = kFeatures};
}

OracleTwin kmeansTwin(const OracleCase& oracle) {
    learn::KMeansOptions options;
    options.features = kFeatures.size();
    options.clusters = countOf(oracle, "k");
    options.rate = oracle.option("rate");
    options.centres = oracle.starts.at("centres");
    return {.factory = learn::sequentialKMeans(options),
            .features = kFeatures,
            .compared = {0, 1},
            .limit = 1e-15};
}

OracleTwin adwinTwin(const OracleCase& oracle) {
    learn::AdwinOptions options;
    options.delta = oracle.option("delta");
    return {.factory = learn::adwin(options),
            .features = kSeries,
            .compared = {DriftDetector::kDrift, DriftDetector::kRows}};
}

OracleTwin pageHinkleyTwin(const OracleCase& oracle) {
    learn::PageHinkleyOptions options;
    options.delta = oracle.option("delta");
    options.threshold = oracle.option("threshold");
    options.keep = oracle.option("keep");
    options.fewest = countOf(oracle, "fewest");
    return {.factory = learn::pageHinkley(options), .features = kSeries, .compared = {DriftDetector::kDrift}};
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
    if (const auto twin = twins.find(oracle.model); twin != twins.end()) return twin->second(oracle);
    if (learn::knownModel(oracle.model)) return knownTwin(oracle);
    return std::nullopt;
}

}  // namespace rw::test
