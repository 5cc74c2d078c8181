#include "core/learn/models/robust_z.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/learn/models/factory.h"

namespace rw::learn {

namespace {

/// Makes the median absolute deviation that of the standard deviation, for normally distributed values.
constexpr double kNormal = 0.6745;

struct RobustZOptions {
    std::size_t features = 1, window = 100;
    double band = 3.5;
    std::size_t outputs() const { return 4; }
};

class RobustZ final : public Model {
 public:
    explicit RobustZ(const RobustZOptions& options) : m_options(options) {}

    void score(const Example& row, std::span<double> outputs) const override {
        std::fill(outputs.begin(), outputs.end(), kUnknown);
        if (m_sorted.empty()) return;
        const double median = middle(m_sorted), deviation = deviationFrom(median) / kNormal;
        const double distance = std::fabs(row.features[0] - median);
        const double score = distance == 0 ? 0 : distance / deviation;
        if (std::isfinite(score)) outputs[0] = score;
        if (!std::isfinite(median)) return;
        outputs[1] = median;
        const double half = m_options.band * deviation;
        if (!std::isfinite(median - half) || !std::isfinite(median + half)) return;
        outputs[2] = median - half;
        outputs[3] = median + half;
    }

    void learn(const Example& row) override {
        const double value = row.features[0] + 0.0;  // of both zeros one, which sorting can't tell apart
        if (m_values.size() < m_options.window) {
            m_values.push_back(value);
        } else {
            double& oldest = m_values[m_next];
            m_sorted.erase(std::lower_bound(m_sorted.begin(), m_sorted.end(), oldest));
            oldest = value;
            m_next = (m_next + 1) % m_options.window;
        }
        m_sorted.insert(std::upper_bound(m_sorted.begin(), m_sorted.end(), value), value);
    }

    void visit(ModelFields& fields) override {
        fields.list("values", m_values, m_options.window);
        fields.count("next", m_next);
        if (!fields.reads()) return;
        if (m_next >= m_options.window || (m_next > 0 && m_values.size() < m_options.window))
            return fields.broken("place in a window of values");
        m_sorted = m_values;
        std::sort(m_sorted.begin(), m_sorted.end());
    }

    std::size_t memoryBytes() const override {
        return sizeof *this + (m_values.capacity() + m_sorted.capacity()) * sizeof(double);
    }

 private:
    static double middle(const std::vector<double>& sorted) {
        const std::size_t half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
    }

    /// The median of the distances from the median. They rise from it to either side: the two sides are
    /// merged up to the middle.
    double deviationFrom(double median) const {
        const std::size_t size = m_sorted.size();
        auto right = static_cast<std::size_t>(std::lower_bound(m_sorted.begin(), m_sorted.end(), median) -
                                              m_sorted.begin());
        std::size_t left = right;  // one behind
        double before = 0, last = 0;
        for (std::size_t taken = 0; taken <= size / 2; ++taken) {
            before = last;
            const bool fromLeft =
                left > 0 && (right == size || median - m_sorted[left - 1] <= m_sorted[right] - median);
            last = fromLeft ? median - m_sorted[--left] : m_sorted[right++] - median;
        }
        return size % 2 == 1 ? last : before / 2 + last / 2;
    }

    const RobustZOptions m_options;
    std::vector<double> m_values{};  ///< a ring
    std::vector<double> m_sorted{};  ///< the same
    std::uint64_t m_next = 0;
};

}  // namespace

ModelFactoryRef robustZ(std::size_t features, const ModelOptions& options) {
    return std::make_shared<FactoryOf<RobustZ, RobustZOptions>>(RobustZOptions{
        features, std::max<std::size_t>(options.count("window", 100), 1), options.number("band", 3.5)});
}

}  // namespace rw::learn
