// See holt_winters.h.
#include "core/learn/models/holt_winters.h"

#include <cmath>

#include "core/learn/models/error_variance.h"

namespace rw::learn {

namespace {

class HoltWinters final : public Forecaster {
 public:
    explicit HoltWinters(const HoltWintersOptions& options)
        : m_options(options), m_season(options.season, 0), m_errors(options.errorWeight) {}

    void forecast(std::span<Forecast> steps) const override {
        if (m_rows < startRows()) return;
        const double noise = m_errors.variance();
        double factor = 1;  // of the variance of one step: 1 + Σ c_j² over the steps before
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const double ahead = static_cast<double>(i + 1);
            steps[i].mean = finite(m_level + ahead * m_trend + place(i));
            steps[i].deviation = finite(std::sqrt(noise * factor));
            const double c = carried(i + 1);
            factor += c * c;
        }
    }

    void learn(const Example& row) override {
        const double y = row.features[0];
        if (m_rows < startRows()) return gather(y);
        const double expected = m_level + m_trend, season = place(0);
        const double alpha = m_options.alpha, beta = m_options.beta, gamma = m_options.gamma;
        const double level = alpha * (y - season) + (1 - alpha) * expected;
        const double trend = beta > 0 ? beta * (level - m_level) + (1 - beta) * m_trend : 0;
        const double inSeason = gamma * (y - expected) + (1 - gamma) * season;
        if (!std::isfinite(level) || !std::isfinite(trend) || !std::isfinite(inSeason)) return;
        m_errors.add(y - (expected + season));
        m_level = level;
        m_trend = trend;
        if (seasonal()) m_season[m_place] = inSeason;
        m_place = seasonal() ? (m_place + 1) % m_options.season : 0;
        ++m_rows;
    }

    void skip(std::uint64_t steps) override {
        if (m_rows < startRows()) {  // the places of a season would be wrong
            m_first.clear();
            m_rows = 0;
            return;
        }
        const double level = m_level + static_cast<double>(steps) * m_trend;
        if (std::isfinite(level)) m_level = level;
        if (seasonal()) m_place = (m_place + steps % m_options.season) % m_options.season;
    }

    void visit(ModelFields& fields) override {
        fields.count("rows", m_rows);
        fields.number("level", m_level);
        fields.number("trend", m_trend);
        fields.numbers("season", m_season);
        fields.count("place", m_place);
        fields.list("first", m_first, startRows());
        m_errors.visit(fields);
        if (!fields.reads()) return;
        if (m_place >= std::max<std::uint64_t>(m_season.size(), 1)) fields.broken("place in the season");
        if (m_first.size() != (m_rows < startRows() ? m_rows : 0)) fields.broken("first rows");
    }

    std::size_t memoryBytes() const override {
        return sizeof *this + (m_season.capacity() + m_first.capacity()) * sizeof(double);
    }

 private:
    bool seasonal() const { return m_options.season >= 2; }
    std::size_t startRows() const {
        if (!seasonal()) return 2;
        return m_options.startsAsRiver ? m_options.season : 2 * m_options.season;
    }
    /// Of the row that is `after` rows behind the next.
    double place(std::size_t after) const {
        return seasonal() ? m_season[(m_place + after) % m_options.season] : 0;
    }
    /// c_j: how much of an error is still in the forecast `j` steps later.
    double carried(std::size_t j) const {
        const double trend = m_options.alpha * m_options.beta * static_cast<double>(j);
        return m_options.alpha + trend + (seasonal() && j % m_options.season == 0 ? m_options.gamma : 0);
    }
    static double finite(double value) { return std::isfinite(value) ? value : kUnknown; }

    void gather(double y) {
        m_first.push_back(y);
        ++m_rows;
        if (m_rows < startRows()) return;
        m_options.startsAsRiver ? startAsRiver() : start();
        m_first = {};
        const auto isFinite = [](double value) { return std::isfinite(value); };
        if (isFinite(m_level) && isFinite(m_trend) && std::all_of(m_season.begin(), m_season.end(), isFinite))
            return;
        // Values whose sums overflow are no start: it waits for others.
        m_level = m_trend = 0;
        std::fill(m_season.begin(), m_season.end(), 0);
        m_rows = 0;
    }
    static double meanOf(std::span<const double> values) {
        double sum = 0;
        for (const double value : values) sum += value;
        return sum / static_cast<double>(values.size());
    }
    /// The line through the middles of both halves of the first rows, at the last of them; a place of the
    /// season is the mean of what is beside the line there.
    void start() {
        const std::size_t half = m_first.size() / 2;
        const std::span<const double> first(m_first);
        const double before = meanOf(first.first(half)), after = meanOf(first.last(half));
        const double slope = (after - before) / static_cast<double>(half);
        const double middle = static_cast<double>(m_first.size() - 1) / 2;
        m_trend = m_options.beta > 0 ? slope : 0;
        m_level = (before + after) / 2 + m_trend * middle;
        for (std::size_t i = 0; i < m_season.size(); ++i) {
            const double line = (before + after) / 2 + m_trend * (static_cast<double>(i + half) - middle);
            const double lineBefore = line - m_trend * static_cast<double>(half);
            m_season[i] = (m_first[i] - lineBefore + m_first[i + half] - line) / 2;
        }
    }
    void startAsRiver() {
        m_level = meanOf(m_first);
        double differences = 0;
        for (std::size_t i = 1; i < m_first.size(); ++i) differences += m_first[i] - m_first[i - 1];
        m_trend = m_options.beta > 0 ? differences / static_cast<double>(m_first.size() - 1) : 0;
        for (std::size_t i = 0; i < m_season.size(); ++i) m_season[i] = m_first[i] / m_level;
    }

    const HoltWintersOptions m_options;
    std::uint64_t m_rows = 0;
    double m_level = 0, m_trend = 0;
    std::vector<double> m_season;
    std::uint64_t m_place = 0;      ///< of the next row in the season
    std::vector<double> m_first{};  ///< the rows of the start, until they are all there
    ErrorVariance m_errors;
};

class HoltWintersFactory final : public ModelFactory {
 public:
    explicit HoltWintersFactory(const HoltWintersOptions& options) : m_options(options) {
        if (m_options.season < 2) m_options.season = 0;
    }
    std::unique_ptr<Model> make(std::uint64_t) const override {
        return std::make_unique<HoltWinters>(m_options);
    }
    std::size_t features() const override { return Forecaster::kFeatures; }
    std::size_t outputs() const override { return Forecaster::kOutputs; }

 private:
    HoltWintersOptions m_options;
};

}  // namespace

ModelFactoryRef holtWinters(const HoltWintersOptions& options) {
    return std::make_shared<HoltWintersFactory>(options);
}

}  // namespace rw::learn
