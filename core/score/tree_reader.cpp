#include "core/score/tree_reader.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/score/head_reader.h"

namespace rw::score {

namespace {

constexpr std::size_t kMostTrees = 100'000;
constexpr std::size_t kMostNodes = 20'000'000;  // 640 MB with their values
constexpr std::size_t kMostValues = 40'000'000;

/// A tree as it is written.
struct WrittenTree {
    int addsTo = -1;
    std::vector<double> threshold{}, value{}, cover{};
    std::vector<std::int64_t> feature{}, left{}, right{}, missing{};
};

class TreeReader {
 public:
    TreeReader(JsonPull& json, const ModelHead& head) : m_json(json), m_head(head) {}

    TreeNumbers read() {
        std::string key;
        for (m_json.beginObject(); m_json.nextKey(key);) {
            if (key == "combine") {
                m_numbers.mean = oneOf("sum", "mean");
            } else if (key == "sum_type") {
                m_numbers.floats = oneOf("DOUBLE", "FLOAT");
            } else if (key == "compare") {
                m_less = oneOf("<=", "<");
            } else if (key == "base" && m_numbers.base.empty()) {
                doubles(kMostClasses, m_numbers.base);
            } else if (key == "trees" && m_numbers.trees.empty()) {
                readAll();
            } else {
                m_json.fail(RW_TEXT("score", "“trees” has no “%1”, or it stands here twice.").with(key));
            }
        }
        if (m_numbers.trees.empty()) m_json.fail(RW_TEXT("score", "The model has no tree."));
        return std::move(m_numbers);
    }

 private:
    bool oneOf(std::string_view first, std::string_view second) {
        const std::string word = m_json.text();
        if (word != first && word != second)
            m_json.fail(RW_TEXT("score", "“%1” is not known here.").with(word),
                        RW_TEXT("score", "It may be: %1.").with(fmt::format("{}, {}", first, second)));
        return word == second;
    }

    void doubles(std::size_t most, std::vector<double>& into) {
        into.clear();
        for (m_json.beginArray(); m_json.nextItem();) {
            into.push_back(m_json.number());
            if (into.size() > most) tooMany();
        }
    }
    void integers(std::vector<std::int64_t>& into) {
        into.clear();
        for (m_json.beginArray(); m_json.nextItem();) {
            into.push_back(m_json.integer());
            if (into.size() > kMostNodes - m_numbers.nodes.size()) tooMany();
        }
    }
    void tooMany() {
        m_json.fail(RW_TEXT("score", "The trees have more than %1 nodes.").with(kMostNodes),
                    RW_TEXT("score", "Train the model with fewer trees, or with less depth."));
    }

    void readAll() {
        if (m_numbers.base.empty()) m_json.fail(RW_TEXT("score", "“base” must come before the trees."));
        m_numbers.explains = true;
        WrittenTree tree;  // kept for its memory
        for (m_json.beginArray(); m_json.nextItem();) {
            readTree(tree);
            if (!m_json.failed()) add(tree);
            if (m_numbers.trees.size() > kMostTrees)
                m_json.fail(RW_TEXT("score", "There are more than %1 trees.").with(kMostTrees));
        }
    }

    void readTree(WrittenTree& tree) {
        tree.addsTo = -1;
        for (auto* list : {&tree.threshold, &tree.value, &tree.cover}) list->clear();
        for (auto* list : {&tree.feature, &tree.left, &tree.right, &tree.missing}) list->clear();
        std::string key;
        for (m_json.beginObject(); m_json.nextKey(key);) {
            if (key == "adds_to") {
                const std::int64_t number = m_json.integer();
                if (number < 0 || number >= static_cast<std::int64_t>(m_numbers.base.size()))
                    m_json.fail(RW_TEXT("score", "“adds_to” is the place of a number in “base”."));
                tree.addsTo = static_cast<int>(number);
            } else if (key == "threshold") {
                doubles(kMostNodes - m_numbers.nodes.size(), tree.threshold);
            } else if (key == "value") {
                doubles(kMostValues - m_numbers.values.size(), tree.value);
            } else if (key == "cover") {
                doubles(kMostNodes - m_numbers.nodes.size(), tree.cover);
            } else if (key == "feature") {
                integers(tree.feature);
            } else if (key == "left") {
                integers(tree.left);
            } else if (key == "right") {
                integers(tree.right);
            } else if (key == "missing") {
                integers(tree.missing);
            } else {
                m_json.fail(RW_TEXT("score", "A tree has no “%1”.").with(key));
            }
        }
    }

    std::size_t widthOf(const WrittenTree& tree) const {
        return tree.addsTo >= 0 ? 1 : m_numbers.base.size();
    }

    /// Whether all lists have one number per node.
    bool sized(const WrittenTree& tree) {
        const std::size_t nodes = tree.feature.size();
        const bool fits = nodes > 0 && tree.threshold.size() == nodes && tree.left.size() == nodes &&
                          tree.right.size() == nodes && tree.value.size() == nodes * widthOf(tree) &&
                          (tree.missing.empty() || tree.missing.size() == nodes) &&
                          (tree.cover.empty() || tree.cover.size() == nodes);
        if (!fits)
            m_json.fail(
                RW_TEXT("score", "Tree %1: its lists have different lengths.").with(m_numbers.trees.size()));
        return fits;
    }

    void wrongNode(std::size_t node, Text why) {
        m_json.fail(RW_TEXT("score", "Tree %1, node %2: %3").with(m_numbers.trees.size(), node, why));
    }

    void add(const WrittenTree& written) {
        if (!sized(written)) return;
        Tree tree;
        tree.root = static_cast<std::uint32_t>(m_numbers.nodes.size());
        tree.addsTo = written.addsTo;
        tree.values = m_numbers.values.size();
        m_parents.assign(written.feature.size(), 0);
        for (std::size_t node = 0; node < written.feature.size() && !m_json.failed(); ++node)
            addNode(written, tree.root, node);
        if (m_json.failed()) return;
        m_numbers.values.insert(m_numbers.values.end(), written.value.begin(), written.value.end());
        fillInner(written, tree);
        m_numbers.trees.push_back(tree);
    }

    void addNode(const WrittenTree& written, std::uint32_t root, std::size_t node) {
        TreeNode made;
        const std::int64_t feature = written.feature[node];
        if (feature == -1) {
            made.children[0] = made.children[1] = root + static_cast<std::uint32_t>(node);
            m_numbers.nodes.push_back(made);
            return;
        }
        const auto nodes = static_cast<std::int64_t>(written.feature.size());
        const std::int64_t here = static_cast<std::int64_t>(node), left = written.left[node],
                           right = written.right[node];
        if (feature < 0 || feature >= static_cast<std::int64_t>(m_head.inputs.size()))
            return wrongNode(node, RW_TEXT("score", "The model has no input %1.").with(feature));
        if (left <= here || right <= here || left >= nodes || right >= nodes || left == right)
            return wrongNode(node, RW_TEXT("score", "Its children must be two nodes behind it."));
        for (const std::int64_t child : {left, right}) {
            if (std::exchange(m_parents[static_cast<std::size_t>(child)], char{1}) != 0)
                return wrongNode(node, RW_TEXT("score", "Node %1 is the child of another, too.").with(child));
        }
        // x < t is x ≤ the number before t.
        made.threshold =
            m_less ? std::nextafter(written.threshold[node], -std::numeric_limits<double>::infinity())
                   : written.threshold[node];
        made.children[0] = root + static_cast<std::uint32_t>(left);
        made.children[1] = root + static_cast<std::uint32_t>(right);
        made.feature = static_cast<std::uint32_t>(feature);
        made.missing = !written.missing.empty() && written.missing[node] != 0 ? 1 : 0;
        m_numbers.nodes.push_back(made);
    }

    /// The value of an inner node: the mean of its children's, by the rows that came to each in training.
    void fillInner(const WrittenTree& written, const Tree& tree) {
        if (written.cover.empty()) m_numbers.explains = false;
        const std::size_t width = widthOf(written);
        for (std::size_t node = written.feature.size(); node-- > 0 && m_numbers.explains;) {
            if (written.feature[node] < 0) continue;
            const auto left = static_cast<std::size_t>(written.left[node]),
                       right = static_cast<std::size_t>(written.right[node]);
            const double rows = written.cover[left] + written.cover[right];
            if (!(written.cover[left] >= 0 && written.cover[right] >= 0 && rows > 0)) {
                m_numbers.explains = false;
                return;
            }
            double* const values = m_numbers.values.data() + tree.values;
            for (std::size_t k = 0; k < width; ++k) {
                values[node * width + k] = (values[left * width + k] * written.cover[left] +
                                            values[right * width + k] * written.cover[right]) /
                                           rows;
            }
        }
    }

    JsonPull& m_json;
    const ModelHead& m_head;
    TreeNumbers m_numbers{};
    bool m_less = false;
    std::vector<char> m_parents{};  ///< of a tree: the nodes that are children
};

}  // namespace

TreeNumbers readTrees(JsonPull& json, const ModelHead& head) {
    return TreeReader(json, head).read();
}

}  // namespace rw::score
