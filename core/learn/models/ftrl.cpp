#include "core/learn/models/ftrl.h"

#include "core/learn/models/factory.h"
#include "core/learn/models/one_vs_rest.h"

namespace rw::learn {

namespace {

struct FtrlOptions {
    std::size_t features = 0, classes = 0;  ///< classes: of a regression 0
    double alpha = 0.05, beta = 1, l1 = 0, l2 = 1, interceptRate = 0.01;
    bool lagged = false;
    std::size_t outputs() const { return std::max<std::size_t>(classes, 1); }
};

/// Weights, then z and n of each, then the intercept.
struct FtrlLine {
    using Options = FtrlOptions;
    static std::size_t size(const Options& options) { return 3 * options.features + 1; }
    static void begin(const Options&, std::span<double>) {}

    static double output(const Options& options, std::span<const double> line, std::span<const double> row) {
        double sum = 0;
        for (std::size_t i = 0; i < options.features; ++i) sum += line[i] * row[i];
        return sum + line.back();
    }

    static void learn(const Options& options, std::span<double> line, std::span<const double> row,
                      double gradient) {
        constexpr double kMost = 1e12;
        gradient = std::clamp(gradient, -kMost, kMost);
        setFinite(line.back(), line.back() - options.interceptRate * gradient);
        const std::size_t features = options.features;
        for (std::size_t i = 0; i < features; ++i) {
            double &weight = line[i], &z = line[features + i], &n = line[2 * features + i];
            if (options.lagged) solve(options, weight, z, n);
            const double step = gradient * row[i];
            const double sum = n + step * step;
            const double sigma = (std::sqrt(sum) - std::sqrt(n)) / options.alpha;
            const double moved = z + (step - sigma * weight);
            if (std::isfinite(sum) && std::isfinite(moved)) {
                z = moved;
                n = sum;
            }
            if (!options.lagged) solve(options, weight, z, n);
        }
    }

    static void solve(const Options& options, double& weight, double z, double n) {
        if (std::fabs(z) > options.l1) {
            const double sign = z > 0 ? options.l1 : -options.l1;
            setFinite(weight, -1 / ((options.beta + std::sqrt(n)) / options.alpha + options.l2) * (z - sign));
        } else if (!options.lagged) {
            weight = 0;
        }
    }
};

FtrlOptions ftrlOptions(std::size_t features, std::size_t classes, const ModelOptions& options) {
    return {features,
            classes,
            options.number("alpha", 0.05),
            options.number("beta", 1),
            options.number("l1", 0),
            options.number("l2", 1),
            options.number("intercept_rate", 0.01),
            options.flag("lagged")};
}

}  // namespace

ModelFactoryRef ftrlLinear(std::size_t features, const ModelOptions& options) {
    return std::make_shared<FactoryOf<OneLine<FtrlLine>, FtrlOptions>>(ftrlOptions(features, 0, options));
}

ModelFactoryRef ftrlLogistic(std::size_t features, const ModelOptions& options) {
    return std::make_shared<FactoryOf<OneVsRest<FtrlLine>, FtrlOptions>>(
        ftrlOptions(features, options.count("classes", 2), options));
}

}  // namespace rw::learn
