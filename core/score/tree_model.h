// Ensembles of decision trees, all nodes in one array.
#pragma once
#include "core/score/own_model.h"

namespace rw::score {

/// A node of a tree. A leaf is its own child: rows that came to it stay.
struct TreeNode {
    double threshold = 0;
    std::uint32_t children[2] = {0, 0};  ///< where the feature is at most the threshold; where it is not
    std::uint32_t feature = 0;
    std::uint32_t missing = 0;  ///< 1: rows without the feature go to the first child
};

struct Tree {
    std::uint32_t root = 0;
    /// The raw number that its leaves are added to; -1: they have one for each.
    int addsTo = -1;
    std::size_t values = 0;  ///< where those of its nodes begin
};

struct TreeNumbers {
    std::vector<Tree> trees{};
    std::vector<TreeNode> nodes{};  ///< a child comes behind its parent
    std::vector<double> values{};   ///< of the nodes of each tree, one or one for each raw number
    std::vector<double> base{};     ///< what the raw numbers begin with
    bool mean = false;              ///< the raw numbers are divided by the number of trees
    bool floats = false;            ///< they are added up with 32 bits
    bool explains = false;          ///< inner nodes have values, too: the mean of the rows that came there
};

class TreeModel final : public OwnModel {
 public:
    TreeModel(ModelHead head, Link link, TreeNumbers numbers);
    const TreeNumbers& numbers() const { return m_numbers; }
    std::size_t rowCost() const override { return m_numbers.trees.size() * 16 + 8; }
    Status explains() const override;
    std::size_t memoryBytes() const override {
        return m_numbers.nodes.capacity() * sizeof(TreeNode) + m_numbers.values.capacity() * sizeof(double);
    }

 private:
    void raw(const Tile& tile, std::vector<double>& raw) const override;
    /// Path attribution: where a row goes on to a child, the feature asked there adds the value of the child
    /// less that of the node (A. Saabas, “Interpreting random forests”, 2014).
    void explainRow(const double* row, std::size_t number, double* parts) const override;
    /// Sets `at` to the leaves of the rows of the tile.
    void walk(const Tile& tile, const Tree& tree, std::uint32_t* at) const;
    template <class T>
    void addUp(const Tile& tile, std::vector<double>& raw) const;
    double valueOf(const Tree& tree, std::uint32_t node, std::size_t number) const;

    const TreeNumbers m_numbers;
};

}  // namespace rw::score
