#include "core/deploy/score_sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace rw {

namespace {

constexpr std::size_t kStepTerms = 100, kStepNodes = 256;  // of one SELECT; but one tree is

/// Raw numbers while they are added up: each step adds to the columns of the step before.
class Sums {
 public:
    Sums(std::size_t count, const ScoreWords& words) : m_words(words), m_terms(count) {
        m_sums.columns.resize(count);
    }

    /// Another term of raw number `k`, in the step that is being made.
    void add(std::size_t k, std::string term) {
        std::vector<std::string>& terms = m_terms[k];
        if (terms.empty() && !m_sums.columns[k].empty()) terms.push_back(m_sums.columns[k]);
        terms.push_back(std::move(term));
    }

    void endStep(std::string_view name) {
        ScoreStep step;
        step.name = fmt::format("{}_{}", name, m_sums.steps.size() + 1);
        for (std::size_t k = 0; k < m_terms.size(); ++k) {
            if (m_terms[k].empty()) continue;
            m_sums.columns[k] = m_words.column(fmt::format("s{}_", m_sums.steps.size() + 1), k);
            step.columns.push_back(ScoreWords::as(scoreSum(m_terms[k]), m_sums.columns[k]));
            m_terms[k].clear();
        }
        if (!step.columns.empty()) m_sums.steps.push_back(std::move(step));
    }

    /// A step that makes something else of each number.
    template <class Make>
    void change(std::string_view name, Make&& make) {
        for (std::size_t k = 0; k < m_terms.size(); ++k) m_terms[k] = {make(m_sums.columns[k])};
        endStep(name);
    }

    ScoreSums take() { return std::move(m_sums); }

 private:
    const ScoreWords& m_words;
    std::vector<std::vector<std::string>> m_terms;  ///< of each number, in this step
    ScoreSums m_sums{};
};

/// One tree as CASE in CASE.
class TreeText {
 public:
    TreeText(const score::TreeNumbers& numbers, const std::vector<std::string>& x, bool rounds, bool missing,
             const ScoreWords& words)
        : m_numbers(numbers), m_x(x), m_rounds(rounds), m_missing(missing), m_words(words) {}

    /// What the tree adds to raw number `k`.
    std::string of(const score::Tree& tree, std::size_t k) const {
        std::string text;
        append(tree, tree.root, k, text);
        return m_numbers.floats ? "CAST(" + text + " AS FLOAT)" : text;
    }

 private:
    void append(const score::Tree& tree, std::uint32_t at, std::size_t k, std::string& text) const {
        const score::TreeNode& node = m_numbers.nodes[at];
        if (node.children[0] == node.children[1]) {
            const std::size_t leaf = at - tree.root, width = tree.addsTo >= 0 ? 1 : m_numbers.base.size();
            text += m_words.number(m_numbers.values[tree.values + leaf * width + (width == 1 ? 0 : k)]);
            return;
        }
        // A comparison with NULL is not true: the row goes to the branch after ELSE.
        const bool turned = m_missing && node.missing != 0;
        const double threshold = m_rounds ? roundsToAtMost(node.threshold) : node.threshold;
        text += fmt::format("CASE WHEN {} {} {} THEN ", m_x[node.feature],
                            turned ? ">" : "<=", m_words.number(threshold));
        append(tree, node.children[turned ? 1 : 0], k, text);
        text += " ELSE ";
        append(tree, node.children[turned ? 0 : 1], k, text);
        text += " END";
    }

    const score::TreeNumbers& m_numbers;
    const std::vector<std::string>& m_x;
    const bool m_rounds, m_missing;
    const ScoreWords& m_words;
};

std::size_t nodesOf(const score::TreeNumbers& numbers, std::size_t tree) {
    const bool last = tree + 1 == numbers.trees.size();
    return (last ? numbers.nodes.size() : numbers.trees[tree + 1].root) - numbers.trees[tree].root;
}

bool addsTo(const score::Tree& tree, std::size_t k) {
    return tree.addsTo < 0 || tree.addsTo == static_cast<int>(k);
}

/// How often a tree is written: its leaves have a number for each of these.
std::size_t copiesOf(const score::TreeNumbers& numbers, const score::Tree& tree) {
    return tree.addsTo >= 0 ? 1 : numbers.base.size();
}

}  // namespace

double roundsToAtMost(double threshold) {
    constexpr float kMost = std::numeric_limits<float>::max();
    constexpr double kBeyond = 0x1p128;          // what would follow kMost
    constexpr double kHalfway = 0x1.ffffffp127;  // between them: rounded to an infinity
    if (threshold < -static_cast<double>(kMost)) return -kHalfway;
    float below = threshold >= static_cast<double>(kMost) ? kMost : static_cast<float>(threshold);
    if (static_cast<double>(below) > threshold)
        below = std::nextafter(below, -std::numeric_limits<float>::infinity());
    const double above =
        below == kMost ? kBeyond
                       : static_cast<double>(std::nextafter(below, std::numeric_limits<float>::infinity()));
    const double middle = (static_cast<double>(below) + above) / 2;
    // Halfway between two, the one whose last bit is 0 is taken.
    const bool even = (std::bit_cast<std::uint32_t>(below) & 1U) == 0;
    return even ? middle : std::nextafter(middle, -std::numeric_limits<double>::infinity());
}

ScoreTreeSize scoreTreeSize(const score::TreeNumbers& numbers) {
    ScoreTreeSize size;
    std::vector<std::size_t> depths(numbers.nodes.size(), 0);
    for (std::size_t at = 0; at < numbers.nodes.size(); ++at) {
        const score::TreeNode& node = numbers.nodes[at];
        size.depth = std::max(size.depth, depths[at]);
        if (node.children[0] == node.children[1]) continue;
        for (const std::uint32_t child : node.children) depths[child] = depths[at] + 1;
    }
    for (std::size_t i = 0; i < numbers.trees.size(); ++i) {
        const std::size_t nodes = nodesOf(numbers, i);
        size.nodes += nodes * copiesOf(numbers, numbers.trees[i]);
        size.largest = std::max(size.largest, nodes);
    }
    return size;
}

ScoreSums linearSums(const score::LinearNumbers& numbers, const std::vector<std::string>& x,
                     const ScoreWords& words) {
    const std::size_t raws = numbers.intercepts.size();
    Sums sums(raws, words);
    const std::size_t most = std::max<std::size_t>(1, kStepTerms / raws);
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t k = 0; k < raws; ++k)
            sums.add(k, words.number(numbers.weights[k * x.size() + i]) + " * " + x[i]);
        if ((i + 1) % most == 0 && i + 1 < x.size()) sums.endStep("sums");
    }
    for (std::size_t k = 0; k < raws; ++k) sums.add(k, words.number(numbers.intercepts[k]));
    sums.endStep("sums");
    // −0 + 0 is 0, which engines leave out.
    if (std::find(numbers.intercepts.begin(), numbers.intercepts.end(), 0.0) != numbers.intercepts.end()) {
        const std::string zero = words.number(0);
        sums.change("signs", [&zero](const std::string& sum) {
            return fmt::format("CASE WHEN {0} = {1} THEN {1} ELSE {0} END", sum, zero);
        });
    }
    return sums.take();
}

ScoreSums treeSums(const score::TreeNumbers& numbers, const std::vector<std::string>& x, bool rounds,
                   bool missing, const ScoreWords& words) {
    const std::size_t raws = numbers.base.size();
    Sums sums(raws, words);
    const TreeText text(numbers, x, rounds, missing, words);
    for (std::size_t k = 0; k < raws; ++k) {
        const std::string base = words.number(numbers.base[k]);
        // The first tree rounds it.
        const bool grows = std::any_of(numbers.trees.begin(), numbers.trees.end(),
                                       [k](const score::Tree& tree) { return addsTo(tree, k); });
        sums.add(k, numbers.floats && grows ? "CAST(" + base + " AS FLOAT)" : base);
    }
    std::size_t nodes = 0;
    for (std::size_t i = 0; i < numbers.trees.size(); ++i) {
        const score::Tree& tree = numbers.trees[i];
        const std::size_t more = nodesOf(numbers, i) * copiesOf(numbers, tree);
        if (nodes > 0 && nodes + more > kStepNodes) {
            sums.endStep("trees");
            nodes = 0;
        }
        nodes += more;
        for (std::size_t k = 0; k < raws; ++k) {
            if (addsTo(tree, k)) sums.add(k, text.of(tree, k));
        }
    }
    sums.endStep("trees");
    if (numbers.floats || numbers.mean) {
        const std::string trees = words.number(static_cast<double>(numbers.trees.size()));
        sums.change("sums", [&](const std::string& sum) {
            const std::string number = numbers.floats ? "CAST(" + sum + " AS DOUBLE)" : sum;
            return numbers.mean ? number + " / " + trees : number;
        });
    }
    return sums.take();
}

}  // namespace rw
