// See half_space_trees.h. Nodes of a tree are numbered as in a heap: 1 is the root, 2n and 2n + 1 are below
// n.
#include "core/learn/models/half_space_trees.h"

#include <algorithm>
#include <cmath>

#include "core/learn/models/random_start.h"

namespace rw::learn {

namespace {

using Range = HalfSpaceOptions::Range;
using Cut = HalfSpaceOptions::Cut;

constexpr double kPadding = 0.15;  // of a range, at each end: no cut is there
constexpr double kFewRows = 0.1;   // of a window: a node with fewer is not looked into
constexpr double kMargin = 0.5;    // of the range that was seen, that is added at each end

class HalfSpaceTrees final : public Model {
 public:
    HalfSpaceTrees(std::shared_ptr<const HalfSpaceOptions> options, std::uint64_t seed)
        : m_shared(std::move(options)),
          m_seed(seed),
          m_nodes((std::size_t{1} << (m_options.height + 1)) - 1) {
        if (!m_options.ranges.empty() || !m_options.cuts.empty()) plant(m_options.ranges);
    }

    void score(const Example& row, std::span<double> outputs) const override {
        outputs[0] = kUnknown;
        if (m_windows == 0) return;
        double sum = 0;
        for (std::size_t tree = 0; tree < m_options.trees; ++tree) sum += massOf(tree, row.features);
        const double most = static_cast<double>(m_options.trees * m_options.window * m_nodes);
        outputs[0] = 1 - sum / most;
    }

    void learn(const Example& row) override {
        if (!m_planted) return gather(row.features);
        count(row.features);
        if (++m_counted < m_options.window) return;
        m_before = m_now;
        std::fill(m_now.begin(), m_now.end(), 0);
        m_counted = 0;
        ++m_windows;
    }

    void visit(ModelFields& fields) override {
        fields.count("seed", m_seed);
        fields.count("windows", m_windows);
        fields.count("counted", m_counted);
        std::vector<double> ranges = edges(), before = numbersOf(m_before), now = numbersOf(m_now);
        fields.list("ranges", ranges, 2 * m_options.features);
        fields.list("first", m_first, m_options.window * m_options.features);
        fields.list("before", before, allNodes());
        fields.list("now", now, allNodes());
        if (fields.reads() && !take(ranges, before, now)) fields.broken("half-space trees");
    }

    std::size_t memoryBytes() const override {
        return sizeof *this + m_cuts.capacity() * sizeof(Cut) + m_first.capacity() * sizeof(double) +
               (m_before.capacity() + m_now.capacity()) * sizeof(std::uint32_t);
    }

 private:
    std::size_t inner() const { return m_nodes / 2; }  ///< nodes of a tree that cut
    std::size_t allNodes() const { return m_options.trees * m_nodes; }

    std::size_t below(std::size_t tree, std::size_t node, std::span<const double> features) const {
        const Cut& cut = m_cuts[tree * inner() + node - 1];
        return 2 * node + (features[cut.feature] < cut.at ? 0 : 1);
    }

    double massOf(std::size_t tree, std::span<const double> features) const {
        const std::uint32_t* masses = &m_before[tree * m_nodes];
        const double few = kFewRows * static_cast<double>(m_options.window);
        double sum = 0, factor = 1;
        std::size_t node = 1;
        for (; node <= inner(); node = below(tree, node, features)) {
            const double mass = masses[node - 1];
            sum += mass * factor;
            if (mass < few) return sum;
            factor *= 2;
        }
        return sum + masses[node - 1] * factor;
    }

    void count(std::span<const double> features) {
        for (std::size_t tree = 0; tree < m_options.trees; ++tree) {
            std::uint32_t* masses = &m_now[tree * m_nodes];
            std::size_t node = 1;
            for (; node <= inner(); node = below(tree, node, features)) ++masses[node - 1];
            ++masses[node - 1];
        }
    }

    /// Keeps the rows of the first window until it is known where they are; then counts them.
    void gather(std::span<const double> features) {
        m_first.insert(m_first.end(), features.begin(), features.end());
        const std::size_t width = m_options.features;
        if (m_first.size() < m_options.window * width) return;
        std::vector<Range> ranges(width, {m_first[0], m_first[0]});
        for (std::size_t i = 0; i < m_first.size(); ++i) {
            Range& range = ranges[i % width];
            range = i < width ? Range{m_first[i], m_first[i]}
                              : Range{std::min(range.low, m_first[i]), std::max(range.high, m_first[i])};
        }
        for (Range& range : ranges) range = widened(range);
        plant(ranges);
        const std::vector<double> first = std::move(m_first);
        m_first = {};
        for (std::size_t i = 0; i < first.size(); i += width) learn({std::span(first).subspan(i, width)});
    }
    static Range widened(const Range& seen) {
        constexpr double kLargest = std::numeric_limits<double>::max() / 4;
        const double low = std::max(seen.low, -kLargest), high = std::min(seen.high, kLargest);
        // A feature that did not change: anything else is far off.
        const double width = high > low ? high - low : std::max(std::fabs(low) * 1e-9, 1e-300);
        return {low - kMargin * width, high + kMargin * width};
    }

    void plant(const std::vector<Range>& ranges) {
        m_ranges = ranges;
        m_planted = true;
        m_before.assign(allNodes(), 0);
        m_now.assign(allNodes(), 0);
        m_cuts = m_options.cuts;
        if (!m_cuts.empty()) return;
        m_cuts.resize(m_options.trees * inner());
        for (std::size_t tree = 0; tree < m_options.trees; ++tree) cutBelow(tree, 1, m_ranges);
    }
    void cutBelow(std::size_t tree, std::size_t node, std::vector<Range> ranges) {
        if (node > inner()) return;
        const std::size_t index = tree * inner() + node - 1;
        const std::size_t feature = pick(ranges, randomStart(m_seed, 2 * index));
        Range& range = ranges[feature];
        const double width = range.high - range.low, share = randomStart(m_seed, 2 * index + 1);
        const double at = range.low + width * (kPadding + (1 - 2 * kPadding) * share);
        m_cuts[index] = {feature, at};
        const Range whole = range;
        range.high = at;
        cutBelow(tree, 2 * node, ranges);
        range = {at, whole.high};
        cutBelow(tree, 2 * node + 1, std::move(ranges));
    }
    /// A feature, as likely as much of its range is left.
    std::size_t pick(const std::vector<Range>& ranges, double share) const {
        const auto left = [&](std::size_t i) {
            const double whole = m_ranges[i].high - m_ranges[i].low;
            return whole > 0 ? (ranges[i].high - ranges[i].low) / whole : 0;
        };
        double sum = 0;
        for (std::size_t i = 0; i < ranges.size(); ++i) sum += left(i);
        double rest = share * sum;
        for (std::size_t i = 0; i + 1 < ranges.size(); ++i) {
            rest -= left(i);
            if (rest < 0) return i;
        }
        return ranges.size() - 1;
    }

    // What visit() names
    std::vector<double> edges() const {
        std::vector<double> edges;
        for (const Range& range : m_ranges) edges.insert(edges.end(), {range.low, range.high});
        return edges;
    }
    static std::vector<double> numbersOf(const std::vector<std::uint32_t>& masses) {
        return {masses.begin(), masses.end()};
    }
    bool takeMasses(const std::vector<double>& from, std::vector<std::uint32_t>& to) const {
        if (from.size() != allNodes()) return false;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (!(from[i] >= 0 && from[i] <= static_cast<double>(m_options.window))) return false;
            to[i] = static_cast<std::uint32_t>(from[i]);
        }
        return true;
    }
    bool take(const std::vector<double>& edges, const std::vector<double>& before,
              const std::vector<double>& now) {
        if (m_counted >= m_options.window || m_first.size() % m_options.features != 0) return false;
        if (now.empty()) {  // not planted yet
            const bool fresh = m_options.ranges.empty() && m_options.cuts.empty();
            return fresh && before.empty() && edges.empty() && m_windows == 0 && m_counted == 0;
        }
        if (!m_first.empty()) return false;
        if (m_options.cuts.empty()) {
            if (edges.size() != 2 * m_options.features) return false;
            std::vector<Range> ranges;
            for (std::size_t i = 0; i < edges.size(); i += 2) {
                if (!(edges[i] <= edges[i + 1]) || !std::isfinite(edges[i + 1] - edges[i])) return false;
                ranges.push_back({edges[i], edges[i + 1]});
            }
            plant(ranges);
        }
        return takeMasses(before, m_before) && takeMasses(now, m_now);
    }

    const std::shared_ptr<const HalfSpaceOptions> m_shared;  ///< the factory's
    const HalfSpaceOptions& m_options = *m_shared;
    std::uint64_t m_seed;
    const std::size_t m_nodes;  ///< of a tree
    bool m_planted = false;
    std::vector<Range> m_ranges{};
    std::vector<Cut> m_cuts{};                       ///< by tree, then node; the root is the first
    std::vector<std::uint32_t> m_before{}, m_now{};  ///< rows in each node, in the window before and in this
    std::vector<double> m_first{};                   ///< rows of the first window, while ranges are unknown
    std::uint64_t m_windows = 0, m_counted = 0;
};

class HalfSpaceFactory final : public ModelFactory {
 public:
    explicit HalfSpaceFactory(const HalfSpaceOptions& options)
        : m_options(std::make_shared<const HalfSpaceOptions>(options)) {}
    std::unique_ptr<Model> make(std::uint64_t seed) const override {
        return std::make_unique<HalfSpaceTrees>(m_options, seed);
    }
    std::size_t features() const override { return m_options->features; }
    std::size_t outputs() const override { return 1; }

 private:
    const std::shared_ptr<const HalfSpaceOptions> m_options;
};

}  // namespace

ModelFactoryRef halfSpaceTrees(const HalfSpaceOptions& options) {
    return std::make_shared<HalfSpaceFactory>(options);
}

}  // namespace rw::learn
