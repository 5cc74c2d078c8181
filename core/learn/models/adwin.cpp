// See adwin.h.
#include "core/learn/models/adwin.h"

#include <algorithm>
#include <cmath>

namespace rw::learn {

namespace {

/// Values that are larger are left out: sums of their squares would overflow.
constexpr double kLargest = 1e120;
constexpr double kLargestSquares = 1e290;
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

/// All that ADWIN knows of the rows so far.
class Detector {
 public:
    Window window{};
    std::uint64_t tick = 0;  ///< rows since it began
    bool drift = false;      ///< at the newest row

    /// Whether it looks for a change at the next row.
    bool looksNext(const AdwinOptions& options) const { return !drift && (tick + 1) % options.clock == 0; }

    void learn(double value, const AdwinOptions& options) {
        const bool looks = looksNext(options);
        // After a change it begins anew, as in River.
        if (drift) *this = Detector();
        window.add(value, options.buckets);
        ++tick;
        if (!looks || !(window.rows > options.grace)) return;
        while (shrink(options)) drift = true;
    }

 private:
    /// Compares the older rows with the newer at each end of a bucket; drops the oldest bucket at the first
    /// place where they differ too much for chance. False: they differ nowhere.
    bool shrink(const AdwinOptions& options) {
        const double chance = std::log(2 * std::log(window.rows) / options.delta);
        const double variance = std::max(window.squares / window.rows, 0.0);  // rounding
        double olderRows = 0, olderTotal = 0, newerRows = window.rows, newerTotal = window.total;
        for (std::size_t size = window.sizes.size(); size-- > 0;) {
            const std::vector<Bucket>& buckets = window.sizes[size];
            const double rows = Window::rowsIn(size);
            for (std::size_t i = 0; i < buckets.size(); ++i) {
                olderRows += rows;
                newerRows -= rows;
                olderTotal += buckets[i].total;
                newerTotal -= buckets[i].total;
                if (size == 0 && i + 1 == buckets.size()) return false;
                if (olderRows < options.leastPart || newerRows < options.leastPart) continue;
                const double apart = olderTotal / olderRows - newerTotal / newerRows;
                const double parts =
                    1 / (olderRows - options.leastPart + 1) + 1 / (newerRows - options.leastPart + 1);
                // The bound of Theorem 3.2, with the variance of the whole window.
                const double bound = std::sqrt(2 * parts * variance * chance) + 2.0 / 3.0 * chance * parts;
                if (std::fabs(apart) <= bound) continue;
                window.dropOldest();
                return true;
            }
        }
        return false;
    }
};

class Adwin final : public DriftDetector {
 public:
    explicit Adwin(const AdwinOptions& options) : m_options(options) {}

    void score(const Example& row, std::span<double> outputs) const override {
        const double value = row.features[0];
        const bool counts = std::fabs(value) <= kLargest;
        if (counts && m_detector.looksNext(m_options)) {
            Detector next = m_detector;
            next.learn(value, m_options);
            return tell(next.drift, next.window.total, next.window.rows, outputs);
        }
        const bool anew = m_detector.drift;
        const double total = (anew ? 0 : m_detector.window.total) + (counts ? value : 0);
        tell(false, total, (anew ? 0 : m_detector.window.rows) + (counts ? 1 : 0), outputs);
    }

    void learn(const Example& row) override {
        const double value = row.features[0];
        if (std::fabs(value) <= kLargest) {
            m_detector.learn(value, m_options);
        } else if (m_detector.drift) {
            m_detector = {};
        }
    }

    void visit(ModelFields& fields) override {
        std::vector<double> counts, totals, squares;
        for (const std::vector<Bucket>& buckets : m_detector.window.sizes) {
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
        fields.number("total", m_detector.window.total);
        fields.number("sum_of_squares", m_detector.window.squares);
        fields.count("tick", m_detector.tick);
        std::uint64_t drift = m_detector.drift ? 1 : 0;
        fields.count("drift", drift);
        if (!fields.reads()) return;
        m_detector.drift = drift != 0;
        if (!take(counts, totals, squares)) fields.broken("buckets");
    }

    std::size_t memoryBytes() const override {
        std::size_t bytes = sizeof *this + m_detector.window.sizes.capacity() * sizeof(std::vector<Bucket>);
        for (const auto& buckets : m_detector.window.sizes) bytes += buckets.capacity() * sizeof(Bucket);
        return bytes;
    }

 private:
    static void tell(bool drift, double total, double rows, std::span<double> outputs) {
        outputs[kDrift] = drift ? 1 : 0;
        outputs[kMean] = rows > 0 ? total / rows : kUnknown;
        outputs[kRows] = rows;
    }

    bool take(const std::vector<double>& counts, const std::vector<double>& totals,
              const std::vector<double>& squares) {
        m_detector.window.sizes.clear();
        m_detector.window.rows = 0;
        std::size_t next = 0;
        for (std::size_t size = 0; size < counts.size(); ++size) {
            if (!(counts[size] >= 0 && counts[size] <= static_cast<double>(m_options.buckets))) return false;
            const auto count = static_cast<std::size_t>(counts[size]);
            if (totals.size() - next < count || squares.size() != totals.size()) return false;
            std::vector<Bucket>& buckets = m_detector.window.sizes.emplace_back();
            for (std::size_t end = next + count; next < end; ++next) {
                buckets.push_back({totals[next], squares[next]});
            }
            m_detector.window.rows += static_cast<double>(count) * Window::rowsIn(size);
        }
        const auto sums = [this](double value) {
            return std::fabs(value) <= kLargest * m_detector.window.rows;
        };
        const auto squared = [](double value) { return value >= 0 && value <= kLargestSquares; };
        return next == totals.size() && squares.size() == next && sums(m_detector.window.total) &&
               m_detector.window.squares <= kLargestSquares &&
               std::all_of(totals.begin(), totals.end(), sums) &&
               std::all_of(squares.begin(), squares.end(), squared) &&
               (m_detector.window.sizes.empty() || !m_detector.window.sizes.back().empty());
    }

    const AdwinOptions m_options;
    Detector m_detector{};
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
