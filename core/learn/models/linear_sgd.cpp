#include "core/learn/models/linear_sgd.h"

#include "core/learn/models/factory.h"
#include "core/learn/models/one_vs_rest.h"

namespace rw::learn {

namespace {

struct SgdOptions {
    std::size_t features = 0, classes = 0;  ///< classes: of a regression 0
    double rate = 0.01, interceptRate = 0.01, l2 = 0;
    std::size_t outputs() const { return std::max<std::size_t>(classes, 1); }
};

/// Weights, then the intercept.
struct SgdLine {
    using Options = SgdOptions;
    static std::size_t size(const Options& options) { return options.features + 1; }
    static void begin(const Options&, std::span<double>) {}

    static double output(const Options& options, std::span<const double> line, std::span<const double> row) {
        double sum = 0;
        for (std::size_t i = 0; i < options.features; ++i) sum += line[i] * row[i];
        return sum + line[options.features];
    }

    static void learn(const Options& options, std::span<double> line, std::span<const double> row,
                      double gradient) {
        constexpr double kMost = 1e12;
        gradient = std::clamp(gradient, -kMost, kMost);
        setFinite(line[options.features], line[options.features] - options.interceptRate * gradient);
        for (std::size_t i = 0; i < options.features; ++i)
            setFinite(line[i], line[i] - options.rate * (gradient * row[i] + options.l2 * line[i]));
    }
};

SgdOptions sgdOptions(std::size_t features, std::size_t classes, const ModelOptions& options) {
    return {features, classes, options.number("learning_rate", 0.01), options.number("intercept_rate", 0.01),
            options.number("l2", 0)};
}

}  // namespace

ModelFactoryRef linearSgd(std::size_t features, const ModelOptions& options) {
    return std::make_shared<FactoryOf<OneLine<SgdLine>, SgdOptions>>(sgdOptions(features, 0, options));
}

ModelFactoryRef logisticSgd(std::size_t features, const ModelOptions& options) {
    return std::make_shared<FactoryOf<OneVsRest<SgdLine>, SgdOptions>>(
        sgdOptions(features, options.count("classes", 2), options));
}

}  // namespace rw::learn
