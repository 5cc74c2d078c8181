// See adwin.h.
#include "core/learn/models/adwin.h"

#include <cmath>
#include <utility>

namespace rw::learn {

namespace {

/// Values that are larger are left out: sums of their squares would overflow.
constexpr double kLargest = 1e120;
constexpr std::size_t kMostSizes = 60;  // of buckets: as many rows as no stream has

/// Rows of the window that are known by their sums only.
struct Bucket {
    double total = 0, squares = 0;  ///< sum of the values; of the squares of their distances to their mean
};

/// The exponential histogram: buckets of 1, 2, 4 … rows, few of each.
class Window {
 public:
    std::vector<std::vector<Bucket>> sizes{};  ///< [i]: of 2^i rows each, the oldest first
    double rows = 0, total = 0, squares = 0;

    static double rowsIn(std::size_t size) { return std::ldexp(1.0, static_cast<int>(size)); }

    void add(double value, std::size_t most) {
        if (sizes.empty()) sizes.emplace_back();
        sizes.front().push_back({value, 0});
        if (rows > 0) {
            const double apart = value - total / rows;
            squares += rows * apart * apart / (rows + 1);
        }
        rows += 1;
        total += value;
        for (std::size_t size = 0; size < sizes.size() && sizes[size].size() > most; ++size) join(size);
    }

    /// Takes the oldest bucket out.
    void dropOldest() {
        const double gone = rowsIn(sizes.size() - 1);
        const Bucket oldest = sizes.back().front();
        sizes.back().erase(sizes.back().begin());
        if (sizes.back().empty()) sizes.pop_back();
        rows -= gone;
        total -= oldest.total;
        const double apart = oldest.total / gone - total / rows;
        squares -= oldest.squares + gone * rows * apart * apart / (gone + rows);
    }

 private:
    /// Makes one bucket of the two oldest of a size.
    void join(std::size_t size) {
        if (size + 1 == sizes.size()) sizes.emplace_back();
        std::vector<Bucket>& buckets = sizes[size];
        const double each = rowsIn(size);
        const Bucket first = buckets[0], second = buckets[1];
        const double apart = first.total / each - second.total / each;
        const double between = each * each * apart * apart / (each + each);
        sizes[size + 1].push_back({first.total + second.total, first.squares + second.squares + between});
        buckets.erase(buckets.begin(), buckets.begin() + 2);
    }
};

class Adwin final : public DriftDetector {
 public:
    explicit Adwin(const AdwinOptions& options) : m_options(options) {}

    void score(const Example&, std::span<double> outputs) const override {
        outputs[kDrift] = m_drift ? 1 : 0;
        outputs[kMean] = m_window.rows > 0 ? m_window.total / m_window.rows : kUnknown;
        outputs[kRows] = m_window.rows;
    }

    void learn(const Example& row) override {
        // After a change it begins anew, as in River.
        if (std::exchange(m_drift, false)) {
            m_window = {};
            m_tick = 0;
        }
        if (!(std::fabs(row.features[0]) <= kLargest)) return;
        m_window.add(row.features[0], m_options.buckets);
        if (++m_tick % m_options.clock != 0 || !(m_window.rows > m_options.grace)) return;
        while (shrink()) m_drift = true;
    }

    void visit(ModelFields& fields) override {
        std::vector<double> counts, totals, squares;
        for (const std::vector<Bucket>& buckets : m_window.sizes) {
            counts.push_back(static_cast<double>(buckets.size()));
            for (const Bucket& bucket : buckets) {
                totals.push_back(bucket.total);
                squares.push_back(bucket.squares);
            }
        }
        const std::size_t most = kMostSizes * (m_options.buckets + 1);
        fields.list("buckets", counts, kMostSizes);
        fields.list("totals", totals, most);
        fields.list("squares", squares, most);
        fields.number("total", m_window.total);
        fields.number("sum_of_squares", m_window.squares);
        fields.count("tick", m_tick);
        std::uint64_t drift = m_drift ? 1 : 0;
        fields.count("drift", drift);
        if (!fields.reads()) return;
        m_drift = drift != 0;
        if (!take(counts, totals, squares)) fields.broken("buckets");
    }

    std::size_t memoryBytes() const override {
        std::size_t bytes = sizeof *this + m_window.sizes.capacity() * sizeof(std::vector<Bucket>);
        for (const auto& buckets : m_window.sizes) bytes += buckets.capacity() * sizeof(Bucket);
        return bytes;
    }

 private:
    /// Compares the older rows with the newer at each end of a bucket; drops the oldest bucket at the first
    /// place where they differ too much for chance. False: they differ nowhere.
    bool shrink() {
        double olderRows = 0, olderTotal = 0, newerRows = m_window.rows, newerTotal = m_window.total;
        for (std::size_t size = m_window.sizes.size(); size-- > 0;) {
            const std::vector<Bucket>& buckets = m_window.sizes[size];
            for (std::size_t i = 0; i < buckets.size(); ++i) {
                olderRows += Window::rowsIn(size);
                newerRows -= Window::rowsIn(size);
                olderTotal += buckets[i].total;
                newerTotal -= buckets[i].total;
                if (size == 0 && i + 1 == buckets.size()) return false;
                if (olderRows < m_options.leastPart || newerRows < m_options.leastPart) continue;
                if (!differ(olderRows, newerRows, olderTotal / olderRows - newerTotal / newerRows)) continue;
                m_window.dropOldest();
                return true;
            }
        }
        return false;
    }
    /// The bound of Theorem 3.2, with the variance of the whole window.
    bool differ(double older, double newer, double apart) const {
        const double chance = std::log(2 * std::log(m_window.rows) / m_options.delta);
        const double parts = 1 / (older - m_options.leastPart + 1) + 1 / (newer - m_options.leastPart + 1);
        const double variance = m_window.squares / m_window.rows;
        const double bound = std::sqrt(2 * parts * variance * chance) + 2.0 / 3.0 * chance * parts;
        return std::fabs(apart) > bound;
    }

    bool take(const std::vector<double>& counts, const std::vector<double>& totals,
              const std::vector<double>& squares) {
        m_window.sizes.clear();
        m_window.rows = 0;
        std::size_t next = 0;
        for (std::size_t size = 0; size < counts.size(); ++size) {
            if (!(counts[size] >= 0 && counts[size] <= static_cast<double>(m_options.buckets))) return false;
            const auto count = static_cast<std::size_t>(counts[size]);
            if (totals.size() - next < count || squares.size() != totals.size()) return false;
            std::vector<Bucket>& buckets = m_window.sizes.emplace_back();
            for (std::size_t end = next + count; next < end; ++next) {
                buckets.push_back({totals[next], squares[next]});
            }
            m_window.rows += static_cast<double>(count) * Window::rowsIn(size);
        }
        return next == totals.size() && (m_window.sizes.empty() || !m_window.sizes.back().empty());
    }

    const AdwinOptions m_options;
    Window m_window{};
    std::uint64_t m_tick = 0;  ///< rows since it began
    bool m_drift = false;      ///< at the newest row
};

class AdwinFactory final : public ModelFactory {
 public:
    explicit AdwinFactory(const AdwinOptions& options) : m_options(options) {}
    std::unique_ptr<Model> make(std::uint64_t) const override { return std::make_unique<Adwin>(m_options); }
    std::size_t features() const override { return DriftDetector::kFeatures; }
    std::size_t outputs() const override { return DriftDetector::kOutputs; }

 private:
    const AdwinOptions m_options;
};

}  // namespace

ModelFactoryRef adwin(const AdwinOptions& options) {
    return std::make_shared<AdwinFactory>(options);
}

}  // namespace rw::learn
