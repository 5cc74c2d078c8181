// Which rows a missing one would need, port by port up to the sources.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/lineage/lineage.h"
#include "core/lineage/row_conditions.h"
#include "core/lineage/upstream.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// What is sought at an input of a node, by whichever of its outputs the rows should have left.
struct SoughtInput {
    NodeId to{};
    int input = 0;
    RowPredicateRef exact{};
    RowPredicateRef nearly{};  ///< rows whose texts are written otherwise; null: it can't be told
    /// By each of those outputs: the node decides about each row by itself, and what is sought there.
    struct Way {
        PassedCondition::Through through{};
        RowPredicateRef below{};
    };
    std::vector<Way> ways{};           ///< empty: it makes rows of several
    std::vector<UpstreamPort> from{};  ///< where its rows come from
};

/// Rows that none of the ways lets through, though what is sought behind one of them would take them.
class LeftOutOfAll final : public RowPredicate {
 public:
    explicit LeftOutOfAll(std::vector<SoughtInput::Way> ways) : m_ways(std::move(ways)) {}
    RowPart of(const Batch& rows, std::size_t row) const override;
    void each(const Batch& rows, const std::function<void(std::size_t, const RowPart&)>& told) const override;
    /// What keeps the row, the one of the batch, from the way that would take it; nothing: it is not left
    /// out.
    std::optional<Passage> passage(const Batch& row) const;

 private:
    const std::vector<SoughtInput::Way> m_ways;
};

/// A walk from the port that is asked about up to its sources. Each input is visited once, however many ways
/// lead from it to the port. `upstream` outlives it.
class SoughtRows {
 public:
    SoughtRows(const Upstream& upstream, sql::EvalContext eval) : m_upstream(upstream), m_eval(eval) {}

    /// `known`: one row of the port, of which some columns are known. An error where a node can't tell.
    Status walk(const UpstreamPort& port, const Batch& known);

    /// Those nearest to the port first.
    const std::vector<SoughtInput>& inputs() const { return m_inputs; }
    /// In words, of the nodes that make rows of several.
    const std::vector<Text>& words() const { return m_words; }
    /// Which output ports of a node are on the way.
    const std::vector<int>& outputs(const NodeId& node) const;
    /// What is known of the rows that are sought at an output port on the way: a row each.
    const std::vector<Batch>& known(const UpstreamPort& port) const;
    /// Some node narrows what is asked for; nodes that pass rows on are asked for the values themselves.
    bool narrows() const;

 private:
    /// What is sought at an output port.
    struct Output {
        std::vector<Batch> known{};  ///< a row each: other ways down know other columns
        std::vector<RowPredicateRef> exact{}, nearly{};
    };
    /// Of an input, over all outputs.
    struct Parts {
        std::vector<Batch> known{};
        std::vector<RowPredicateRef> exact{}, nearly{};
        std::vector<SoughtInput::Way> ways{};
    };
    Status askNode(const PlannedNode& node, std::map<int, Parts>& inputs);
    void askOutput(const PlannedNode& node, int out, const Contributors& each, std::map<int, Parts>& inputs);
    void place(const NodeId& node, int input, Parts parts);

    const Upstream& m_upstream;
    const sql::EvalContext m_eval;
    std::map<std::pair<NodeId, int>, Output> m_outputs{};
    std::map<NodeId, std::vector<int>> m_ports{};
    std::vector<SoughtInput> m_inputs{};
    std::vector<Text> m_words{};
    bool m_narrows = false, m_passes = true;
};

/// Rows that one of them takes; null: there is none.
RowPredicateRef anyOf(const std::vector<RowPredicateRef>& conditions);

}  // namespace rw
