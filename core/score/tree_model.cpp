#include "core/score/tree_model.h"

#include <algorithm>
#include <utility>

namespace rw::score {

namespace {

/// Rows that go down a tree side by side: the processor waits for the nodes of all of them at once.
constexpr std::size_t kAbreast = 8;

// Numbers in place of branches, which no processor would guess.
std::uint32_t childOf(const TreeNode& node, double value) {
    const bool missing = (value != value) & (node.missing != 0);
    return node.children[static_cast<std::size_t>(!((value <= node.threshold) | missing))];
}

/// As childOf(), for values that are not NaN.
std::uint32_t childOfKnown(const TreeNode& node, double value) {
    return node.children[static_cast<std::size_t>(!(value <= node.threshold))];
}

template <class Child>
void walkRows(const TreeNode* nodes, const double* rows, std::size_t inputs, std::size_t count,
              std::uint32_t root, std::uint32_t* at, Child&& child) {
    for (std::size_t i = 0; i < count; ++i) at[i] = root;
    for (bool moved = true; moved;) {
        std::uint32_t changed = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const TreeNode& node = nodes[at[i]];
            const std::uint32_t next = child(node, rows[i * inputs + node.feature]);
            changed |= next ^ at[i];
            at[i] = next;
        }
        moved = changed != 0;
    }
}

}  // namespace

TreeModel::TreeModel(ModelHead head, Link link, TreeNumbers numbers)
    : OwnModel(std::move(head), link, numbers.base.size(), numbers.floats), m_numbers(std::move(numbers)) {}

Status TreeModel::explains() const {
    if (m_numbers.explains) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("score", "The model has no `cover`, from which contributions are computed."),
            RW_TEXT("score", "Write the model anew with the script of the help.")};
}

void TreeModel::walk(const Tile& tile, const Tree& tree, std::uint32_t* at) const {
    const std::size_t inputs = head().inputs.size();
    for (std::size_t from = 0; from < tile.rows; from += kAbreast) {
        const std::size_t count = std::min(kAbreast, tile.rows - from);
        const double* const rows = tile.values.data() + from * inputs;
        if (head().missing) {
            walkRows(m_numbers.nodes.data(), rows, inputs, count, tree.root, at + from, childOf);
        } else {
            walkRows(m_numbers.nodes.data(), rows, inputs, count, tree.root, at + from, childOfKnown);
        }
    }
}

double TreeModel::valueOf(const Tree& tree, std::uint32_t node, std::size_t number) const {
    if (tree.addsTo >= 0) {
        if (static_cast<std::size_t>(tree.addsTo) != number) return 0;
        return m_numbers.values[tree.values + (node - tree.root)];
    }
    return m_numbers.values[tree.values + (node - tree.root) * raws() + number];
}

template <class T>
void TreeModel::addUp(const Tile& tile, std::vector<double>& raw) const {
    std::uint32_t leaves[kMostTileRows];
    for (std::size_t r = 0; r < tile.rows; ++r)
        std::copy(m_numbers.base.begin(), m_numbers.base.end(), &raw[r * raws()]);
    const auto add = [](double& sum, double value) {
        sum = static_cast<double>(static_cast<T>(static_cast<T>(sum) + static_cast<T>(value)));
    };
    for (const Tree& tree : m_numbers.trees) {
        walk(tile, tree, leaves);
        for (std::size_t r = 0; r < tile.rows; ++r) {
            const std::size_t leaf = leaves[r] - tree.root;
            double* const sums = &raw[r * raws()];
            if (tree.addsTo >= 0) {
                add(sums[tree.addsTo], m_numbers.values[tree.values + leaf]);
                continue;
            }
            const double* const values = &m_numbers.values[tree.values + leaf * raws()];
            for (std::size_t k = 0; k < raws(); ++k) add(sums[k], values[k]);
        }
    }
    if (!m_numbers.mean) return;
    const double trees = static_cast<double>(m_numbers.trees.size());
    for (std::size_t i = 0; i < tile.rows * raws(); ++i) raw[i] /= trees;
}

void TreeModel::raw(const Tile& tile, std::vector<double>& raw) const {
    return m_numbers.floats ? addUp<float>(tile, raw) : addUp<double>(tile, raw);
}

void TreeModel::explainRow(const double* row, std::size_t number, double* parts) const {
    const double share = m_numbers.mean ? 1 / static_cast<double>(m_numbers.trees.size()) : 1;
    parts[0] += m_numbers.base[number] * share;
    for (const Tree& tree : m_numbers.trees) {
        std::uint32_t at = tree.root;
        double value = valueOf(tree, at, number);
        parts[0] += value * share;
        for (;;) {
            const TreeNode& node = m_numbers.nodes[at];
            const std::uint32_t next = childOf(node, row[node.feature]);
            if (next == at) break;
            const double then = valueOf(tree, next, number);
            parts[1 + node.feature] += (then - value) * share;
            value = then;
            at = next;
        }
    }
}

}  // namespace rw::score
