#include "core/cluster/plans/plan_numbers.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace rw {

namespace {

constexpr std::string_view kScanType = "stream-exec-table-source-scan";

/// Whether an operator may keep something between rows. Of types that are not known here: it may.
bool mayKeep(const std::string& type, const std::string& text) {
    constexpr std::array<std::string_view, 11> kKeepNothing{"stream-exec-calc",
                                                            "stream-exec-exchange",
                                                            "stream-exec-union",
                                                            "stream-exec-values",
                                                            "stream-exec-watermark-assigner",
                                                            "stream-exec-expand",
                                                            "stream-exec-correlate",
                                                            "stream-exec-lookup-join",
                                                            "stream-exec-drop-update-before",
                                                            "stream-exec-local-window-aggregate",
                                                            "stream-exec-local-group-aggregate"};
    if (type == "stream-exec-window-table-function") return text.find("SESSION(") != std::string::npos;
    return std::find(kKeepNothing.begin(), kKeepNothing.end(), type) == kKeepNothing.end();
}

PlanRecord recordOf(const FlinkPlan& plan, const std::vector<PlanOwner>& owners) {
    PlanRecord record;
    for (std::size_t i = 0; i < owners.size(); ++i) {
        const PlanOperator& made = plan.operators()[i];
        record.operators.push_back({0, made.type, made.text, owners[i].nodes, owners[i].into});
    }
    return record;
}

class PlanNumbering {
 public:
    PlanNumbering(PlanRecord now, const PlanRecord& before, const Forecast& told, const Pipeline& edited)
        : m_now(std::move(now)), m_before(before), m_told(told), m_edited(edited) {
        for (const auto& [id, node] : told.nodes) {
            if (node.gone || node.was.empty() || told.isSubflow(id)) continue;
            m_was[id] = node.was;
            m_there.insert(node.was);
            if (node.fate != StateFate::Keeps && node.fate != StateFate::NoState) continue;
            m_goesOn[id] = node.was;
            m_wentOn.insert(node.was);
        }
        m_taken.resize(before.operators.size(), false);
    }

    PlanNumbers run() {
        m_helpersKnown = allKnown();
        matchBy(true);
        matchBy(false);
        m_now.next = m_before.next;
        PlanNumbers out;
        const std::set<NodeId> lost = lostNodes(out.reread);
        out.lost.assign(lost.begin(), lost.end());
        for (PlannedOperator& made : m_now.operators) {
            if (made.number == 0) made.number = m_now.next++;
        }
        out.record = std::move(m_now);
        return out;
    }

 private:
    /// The identity of an operator: its type, the node that it works for and the readers of its rows; of the
    /// deployed pipeline's ids.
    using Known = std::tuple<std::string, std::vector<NodeId>, std::vector<NodeId>>;
    using Places = std::vector<std::size_t>;

    static std::vector<NodeId> through(const std::map<NodeId, NodeId>& names,
                                       const std::vector<NodeId>& nodes) {
        std::set<NodeId> out;
        for (const NodeId& node : nodes) {
            if (const auto found = names.find(node); found != names.end()) out.insert(found->second);
        }
        return {out.begin(), out.end()};
    }

    static std::vector<NodeId> among(const std::set<NodeId>& names, const std::vector<NodeId>& nodes) {
        std::vector<NodeId> out;
        for (const NodeId& node : nodes) {
            if (names.contains(node)) out.push_back(node);
        }
        return out;
    }

    /// Nothing: it has no state to keep. `closely`: also by the readers of its rows.
    std::optional<Known> known(const PlannedOperator& made, bool now, bool closely) const {
        const auto going = [&](const std::vector<NodeId>& nodes) {
            return now ? through(m_goesOn, nodes) : among(m_wentOn, nodes);
        };
        const auto there = [&](const std::vector<NodeId>& nodes) {
            return now ? through(m_was, nodes) : among(m_there, nodes);
        };
        std::vector<NodeId> of = going(made.nodes.empty() ? made.into : made.nodes);
        if (of.empty()) return std::nullopt;
        if (!made.nodes.empty()) {
            std::vector<NodeId> into = closely ? there(made.into) : std::vector<NodeId>();
            return Known(made.type, std::move(of), std::move(into));
        }
        if (!closely || (mayKeep(made.type, made.text) && !m_helpersKnown)) return std::nullopt;
        return Known("help by " + made.type, std::move(of), std::vector<NodeId>());
    }

    /// Helpers are told apart by the operators that they help: the state of an unknown one may hide among them.
    bool allKnown() const {
        std::set<NodeId> now, before;
        for (const PlannedOperator& made : m_now.operators) now.insert(made.nodes.begin(), made.nodes.end());
        for (const PlannedOperator& made : m_before.operators)
            before.insert(made.nodes.begin(), made.nodes.end());
        return std::all_of(m_told.nodes.begin(), m_told.nodes.end(), [&](const auto& each) {
            const auto& [id, node] = each;
            if (node.fate == StateFate::NoState || m_told.isSubflow(id) || isRows(id)) return true;
            return (node.gone || now.contains(id)) && (node.was.empty() || before.contains(node.was));
        });
    }

    /// Rows by hand are made of no table: nothing tells whose operator that is, and it keeps nothing.
    bool isRows(const NodeId& id) const {
        const Node* const node = m_edited.find(id);
        return node != nullptr && node->type == "rows";
    }

    void matchBy(bool closely) {
        std::map<Known, std::pair<Places, Places>> alike;
        for (std::size_t i = 0; i < m_before.operators.size(); ++i) {
            if (m_taken[i]) continue;
            if (const auto it = known(m_before.operators[i], false, closely)) alike[*it].first.push_back(i);
        }
        for (std::size_t i = 0; i < m_now.operators.size(); ++i) {
            if (m_now.operators[i].number != 0) continue;
            if (const auto it = known(m_now.operators[i], true, closely)) alike[*it].second.push_back(i);
        }
        for (const auto& [it, places] : alike) match(places.first, places.second);
    }

    void match(const Places& before, const Places& now) {
        if (before.size() == 1 && now.size() == 1) return take(before.front(), now.front());
        // Several that are alike: only where words tell them apart.
        for (const std::size_t i : now) {
            const auto same = [&](bool old) {
                Places out;
                for (const std::size_t place : old ? before : now) {
                    const auto& operators = old ? m_before.operators : m_now.operators;
                    if (operators[place].text == m_now.operators[i].text) out.push_back(place);
                }
                return out;
            };
            if (const Places then = same(true); then.size() == 1 && same(false).size() == 1)
                take(then.front(), i);
        }
    }

    void take(std::size_t before, std::size_t now) {
        m_taken[before] = true;
        m_now.operators[now].number = m_before.operators[before].number;
    }

    bool keeps(const NodeId& id) const {
        const auto found = m_told.nodes.find(id);
        return found != m_told.nodes.end() && found->second.fate == StateFate::Keeps && !isRows(id);
    }

    /// To be asked before new numbers are given.
    std::set<NodeId> lostNodes(std::vector<NodeId>& reread) const {
        std::set<NodeId> lost, own;
        for (const PlannedOperator& made : m_now.operators) {
            own.insert(made.nodes.begin(), made.nodes.end());
            if (made.number != 0 || !mayKeep(made.type, made.text)) continue;
            for (const NodeId& node : made.nodes.empty() ? made.into : made.nodes) {
                if (!keeps(node)) continue;
                lost.insert(node);
                if (made.type == kScanType && !made.nodes.empty()) reread.push_back(node);
            }
        }
        std::set<NodeId> left;
        for (std::size_t i = 0; i < m_before.operators.size(); ++i) {
            const PlannedOperator& made = m_before.operators[i];
            if (m_taken[i] || !mayKeep(made.type, made.text)) continue;
            const std::vector<NodeId>& nodes = made.nodes.empty() ? made.into : made.nodes;
            left.insert(nodes.begin(), nodes.end());
        }
        for (const auto& [id, was] : m_was) {
            if (keeps(id) && (left.contains(was) || !own.contains(id))) lost.insert(id);
        }
        return lost;
    }

    PlanRecord m_now;
    const PlanRecord& m_before;
    const Forecast& m_told;
    const Pipeline& m_edited;
    std::map<NodeId, NodeId> m_was{};        ///< the deployed nodes of those of the edited pipeline
    std::map<NodeId, NodeId> m_goesOn{};     ///< those of them that keep their state, if there was any
    std::set<NodeId> m_there{}, m_wentOn{};  ///< the deployed nodes of these
    std::vector<bool> m_taken{};
    bool m_helpersKnown = false;
};

}  // namespace

PlanNumbers planNumbers(const FlinkPlan& plan, const std::vector<PlanOwner>& owners) {
    PlanNumbers out;
    out.record = recordOf(plan, owners);
    for (PlannedOperator& made : out.record.operators) made.number = out.record.next++;
    return out;
}

PlanNumbers planNumbers(const FlinkPlan& plan, const std::vector<PlanOwner>& owners, const PlanRecord& before,
                        const Forecast& told, const Pipeline& edited) {
    return PlanNumbering(recordOf(plan, owners), before, told, edited).run();
}

}  // namespace rw
