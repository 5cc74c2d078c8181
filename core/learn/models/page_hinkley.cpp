// See page_hinkley.h.
#include "core/learn/models/page_hinkley.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rw::learn {

namespace {

/// What the rows since the last change sum up to.
struct Sums {
    double rows = 0, mean = 0;
    double up = 0, down = 0;  ///< faded sums of the differences from the mean, less or plus delta
    double least = std::numeric_limits<double>::max(), most = -1;  ///< of up, and of down
};

class PageHinkley final : public DriftDetector {
 public:
    explicit PageHinkley(const PageHinkleyOptions& options) : m_options(options) {}

    void score(const Example&, std::span<double> outputs) const override {
        outputs[kDrift] = m_drift ? 1 : 0;
        outputs[kMean] = m_sums.rows > 0 ? m_sums.mean : kUnknown;
        outputs[kRows] = m_sums.rows;
    }

    void learn(const Example& row) override {
        Sums sums = m_drift ? Sums{} : m_sums;
        const double value = row.features[0];
        sums.rows += 1;
        sums.mean += (value - sums.mean) / sums.rows;
        const double difference = value - sums.mean;
        sums.up = m_options.keep * sums.up + difference - m_options.delta;
        sums.down = m_options.keep * sums.down + difference + m_options.delta;
        if (!std::isfinite(sums.mean) || !std::isfinite(sums.up) || !std::isfinite(sums.down)) {
            if (std::exchange(m_drift, false)) m_sums = {};
            return;
        }
        sums.least = std::min(sums.least, sums.up);
        sums.most = std::max(sums.most, sums.down);
        const bool far =
            sums.up - sums.least > m_options.threshold || sums.most - sums.down > m_options.threshold;
        m_drift = far && sums.rows >= static_cast<double>(m_options.fewest);
        m_sums = sums;
    }

    void visit(ModelFields& fields) override {
        fields.number("rows", m_sums.rows);
        fields.number("mean", m_sums.mean);
        fields.number("up", m_sums.up);
        fields.number("down", m_sums.down);
        fields.number("least", m_sums.least);
        fields.number("most", m_sums.most);
        std::uint64_t drift = m_drift ? 1 : 0;
        fields.count("drift", drift);
        m_drift = drift != 0;
        if (fields.reads() && !(m_sums.rows >= 0)) fields.broken("rows of a drift detector");
    }

    std::size_t memoryBytes() const override { return sizeof *this; }

 private:
    const PageHinkleyOptions m_options;
    Sums m_sums{};
    bool m_drift = false;  ///< at the newest row
};

class PageHinkleyFactory final : public ModelFactory {
 public:
    explicit PageHinkleyFactory(const PageHinkleyOptions& options) : m_options(options) {}
    std::unique_ptr<Model> make(std::uint64_t) const override {
        return std::make_unique<PageHinkley>(m_options);
    }
    std::size_t features() const override { return DriftDetector::kFeatures; }
    std::size_t outputs() const override { return DriftDetector::kOutputs; }

 private:
    const PageHinkleyOptions m_options;
};

}  // namespace

ModelFactoryRef pageHinkley(const PageHinkleyOptions& options) {
    return std::make_shared<PageHinkleyFactory>(options);
}

}  // namespace rw::learn
