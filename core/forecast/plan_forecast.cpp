// Flink, for a job that was submitted as a compiled plan, whose operators have numbers that we gave. It finds
// state by these: an unchanged node has its number again, whatever came or went around it, and a changed one
// gets a new number and starts without state. Tried on Flink 2.3.0.
#include <fmt/format.h>

#include "core/forecast/compared.h"

namespace rw::forecasting {

namespace {

class PlanForecast {
 public:
    PlanForecast(const Compared& it, const ForecastRules& rules) : m_it(it), m_rules(rules) { findDropped(); }

    Forecast run() {
        for (std::size_t i = 0; i < m_it.now.nodes.size(); ++i) {
            NodeForecast node = plainForecast(m_it, i);
            if (m_it.now.nodes[i].keepsState()) judge(i, node);
            m_out.nodes.emplace(m_it.now.nodes[i].id, std::move(node));
        }
        return std::move(m_out);
    }

 private:
    /// Flink takes no savepoint with state in it that no operator claims, not even that of a sink's writer.
    void findDropped() {
        std::string titles;
        for (std::size_t old = 0; old < m_it.before.nodes.size(); ++old) {
            const SideNode& before = m_it.before.nodes[old];
            if (!before.keepsState() && !(before.takesPart && before.isSink())) continue;
            const auto now = m_it.after[old];
            if (now && m_it.now.nodes[*now].takesPart && flinkChanges(m_it, *now).empty()) continue;
            titles += fmt::format("{}“{}”", titles.empty() ? "" : ", ", before.title);
        }
        if (titles.empty()) return;
        m_out.refusedAsIs = true;
        m_out.refusal =
            RW_TEXT("forecast",
                    "The savepoint holds what no node would take over, of %1. Flink refuses it as it "
                    "stands.")
                .with(titles);
    }

    void judge(std::size_t i, NodeForecast& node) const {
        const bool isSource = m_it.now.nodes[i].isSource();
        if (node.fate == StateFate::Keeps) {
            if (const std::vector<StateChange> changes = flinkChanges(m_it, i); !changes.empty()) {
                node.fate = StateFate::StartsAnew;
                node.why = followed(reasons(changes),
                                    isSource ? RW_TEXT("forecast", "It is read from its beginning.")
                                             : RW_TEXT("forecast", "What it has kept is dropped."));
            }
        }
        const bool had = m_it.of[i] && m_it.before.nodes[*m_it.of[i]].keepsState();
        if (!had || !m_out.refusedAsIs || m_rules.allowLostState) return;
        node.why = node.fate == StateFate::StartsAnew ? node.why : m_out.refusal;
        node.fate = StateFate::Cannot;
        node.fix = RW_TEXT("forecast", "Allow that state is lost, or deploy it anew.");
    }

    const Compared& m_it;
    const ForecastRules& m_rules;
    Forecast m_out{};
};

}  // namespace

Forecast planForecast(const Compared& it, const ForecastRules& rules) {
    return PlanForecast(it, rules).run();
}

}  // namespace rw::forecasting
