// See linear_trend.h.
#include "core/learn/models/linear_trend.h"

#include <cmath>

#include "core/learn/models/error_variance.h"

namespace rw::learn {

namespace {

constexpr double kLeastWeight = 1e-100;

class LinearTrend final : public Forecaster {
 public:
    explicit LinearTrend(const LinearTrendOptions& options)
        : m_keep(options.halfLife > 0 ? std::exp2(-1 / options.halfLife) : 1),
          m_errors(options.errorWeight) {}

    void forecast(std::span<Forecast> steps) const override {
        if (!(m_sxx > 0)) return;
        const double noise = m_errors.variance() / spread(1);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const double ahead = static_cast<double>(i + 1);
            steps[i].mean = finite(lineAt(ahead));
            steps[i].deviation = finite(std::sqrt(noise * spread(ahead)));
        }
    }

    void learn(const Example& row) override {
        const double y = row.features[0];
        const double error = y - lineAt(1);
        // The rows so far are one step older.
        const double x = m_x - 1, weight = m_keep * m_weight + 1;
        const double dx = -x, dy = y - m_y;
        const double sxx = m_keep * m_sxx + (1 - 1 / weight) * dx * dx;
        const double sxy = m_keep * m_sxy + (1 - 1 / weight) * dx * dy;
        const double mean = m_y + dy / weight;
        if (!std::isfinite(sxx) || !std::isfinite(sxy) || !std::isfinite(mean)) return;
        if (m_sxx > 0) m_errors.add(error);
        m_x = x + dx / weight;
        m_y = mean;
        m_weight = weight;
        m_sxx = sxx;
        m_sxy = sxy;
    }

    void skip(std::uint64_t steps) override {
        const double keep = std::pow(m_keep, static_cast<double>(steps));
        // Rows that have faded away wholly are none.
        if (!(keep * m_weight > kLeastWeight)) {
            m_weight = m_x = m_y = m_sxx = m_sxy = 0;
            return;
        }
        m_x -= static_cast<double>(steps);
        m_weight *= keep;
        m_sxx *= keep;
        m_sxy *= keep;
    }

    void visit(ModelFields& fields) override {
        fields.number("weight", m_weight);
        fields.number("mean_age", m_x);
        fields.number("mean", m_y);
        fields.number("sxx", m_sxx);
        fields.number("sxy", m_sxy);
        m_errors.visit(fields);
        if (fields.reads() && !(m_weight >= 0 && m_sxx >= 0)) fields.broken("sums of a line");
    }

    std::size_t memoryBytes() const override { return sizeof *this; }

 private:
    /// The line at `x` steps after the newest row.
    double lineAt(double x) const { return m_y + (m_sxx > 0 ? m_sxy / m_sxx : 0) * (x - m_x); }
    /// The variance of an error there, in that of the rows around the line.
    double spread(double x) const { return 1 + 1 / m_weight + (x - m_x) * (x - m_x) / m_sxx; }
    static double finite(double value) { return std::isfinite(value) ? value : kUnknown; }

    const double m_keep;  ///< share of a weight after a row
    // Sum of the weights; weighted means of time, which is 0 at the newest row, and value; sums about them
    double m_weight = 0, m_x = 0, m_y = 0, m_sxx = 0, m_sxy = 0;
    ErrorVariance m_errors;
};

class LinearTrendFactory final : public ModelFactory {
 public:
    explicit LinearTrendFactory(const LinearTrendOptions& options) : m_options(options) {}
    std::unique_ptr<Model> make(std::uint64_t) const override {
        return std::make_unique<LinearTrend>(m_options);
    }
    std::size_t features() const override { return Forecaster::kFeatures; }
    std::size_t outputs() const override { return Forecaster::kOutputs; }

 private:
    LinearTrendOptions m_options;
};

}  // namespace

ModelFactoryRef linearTrend(const LinearTrendOptions& options) {
    return std::make_shared<LinearTrendFactory>(options);
}

}  // namespace rw::learn
