#include "core/learn/models/from_options.h"

#include "core/learn/models/adwin.h"
#include "core/learn/models/biased_factors.h"
#include "core/learn/models/half_space_trees.h"
#include "core/learn/models/holt_winters.h"
#include "core/learn/models/last_value.h"
#include "core/learn/models/linear_trend.h"
#include "core/learn/models/page_hinkley.h"
#include "core/learn/models/residual.h"
#include "core/learn/models/sequential_kmeans.h"

namespace rw::learn {

ModelFactoryRef holtWintersOf(std::size_t, const ModelOptions& options) {
    HoltWintersOptions own;
    own.alpha = options.number("alpha", own.alpha);
    own.beta = options.number("beta", own.beta);
    own.gamma = options.number("gamma", own.gamma);
    own.season = options.count("season", own.season);
    own.errorWeight = options.number("errorWeight", own.errorWeight);
    own.startsAsRiver = options.flag("startsAsRiver");
    return holtWinters(own);
}

ModelFactoryRef holtWintersResidualOf(std::size_t features, const ModelOptions& options) {
    return residualOf(holtWintersOf(features, options), options.number("band", 3));
}

ModelFactoryRef linearTrendOf(std::size_t, const ModelOptions& options) {
    LinearTrendOptions own;
    own.halfLife = options.number("halfLife", own.halfLife);
    own.errorWeight = options.number("errorWeight", own.errorWeight);
    return linearTrend(own);
}

ModelFactoryRef lastValueOf(std::size_t, const ModelOptions& options) {
    LastValueOptions own;
    own.season = options.count("season", own.season);
    own.errorWeight = options.number("errorWeight", own.errorWeight);
    return lastValue(own);
}

ModelFactoryRef halfSpaceTreesOf(std::size_t features, const ModelOptions& options) {
    HalfSpaceOptions own;
    own.features = features;
    own.trees = options.count("trees", own.trees);
    own.height = options.count("height", own.height);
    own.window = options.count("window", own.window);
    return halfSpaceTrees(own);
}

ModelFactoryRef sequentialKMeansOf(std::size_t features, const ModelOptions& options) {
    KMeansOptions own;
    own.features = features;
    own.clusters = options.count("clusters", own.clusters);
    own.radius = options.number("radius", own.radius);
    own.rate = options.number("rate", own.rate);
    return sequentialKMeans(own);
}

ModelFactoryRef adwinOf(std::size_t, const ModelOptions& options) {
    AdwinOptions own;
    own.delta = options.number("delta", own.delta);
    own.clock = options.count("clock", own.clock);
    own.buckets = options.count("buckets", own.buckets);
    own.leastPart = options.number("leastPart", own.leastPart);
    own.grace = options.number("grace", own.grace);
    return adwin(own);
}

ModelFactoryRef pageHinkleyOf(std::size_t, const ModelOptions& options) {
    PageHinkleyOptions own;
    own.delta = options.number("delta", own.delta);
    own.threshold = options.number("threshold", own.threshold);
    own.keep = options.number("keep", own.keep);
    own.fewest = options.count("fewest", own.fewest);
    return pageHinkley(own);
}

ModelFactoryRef biasedFactorsOf(std::size_t, const ModelOptions& options) {
    BiasedFactorsOptions own;
    own.factors = options.count("factors", own.factors);
    own.rate = options.number("rate", own.rate);
    own.shrinking = options.number("shrinking", own.shrinking);
    own.spread = options.number("spread", own.spread);
    own.biased = options.number("biased", 1) != 0;
    return biasedFactors(own);
}

}  // namespace rw::learn
