#include "core/forecast/recomputed.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/forecast/matching.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/param_values.h"

namespace rw {

namespace {

using forecasting::Side;
using forecasting::SideNode;
using forecasting::SideWire;
using forecasting::StateSort;

bool writes(const SideNode& node) {
    const auto& accesses = node.typed.bound->accesses;
    return std::any_of(node.kind->params.begin(), node.kind->params.end(),
                       [&node](const ParamSpec& spec) {
                           return spec.kind == ParamKind::OutputPath &&
                                  applies(spec, *node.kind, node.params) &&
                                  !isBlank(paramValue(spec, node.params));
                       }) ||
           std::any_of(accesses.begin(), accesses.end(),
                       [](const Access& access) { return access.kind == Access::Kind::Writes; });
}

class Recomputing {
 public:
    Recomputing(const Side& before, const Side& now, const Forecast& known, bool sameZone)
        : m_before(before),
          m_now(now),
          m_known(known),
          m_sameZone(sameZone),
          m_of(forecasting::matched(before, now)) {
        for (std::size_t i = 0; i < m_now.nodes.size(); ++i) m_edited.push_back(isEdited(i));
    }

    RecomputeForecast run() {
        std::vector<std::size_t> lost;
        for (std::size_t i = 0; i < m_now.nodes.size(); ++i) {
            if (isLost(i) && isBetween(i)) lost.push_back(i);
        }
        // One that is refused takes those with it that need it.
        for (bool goesOn = true; goesOn;) {
            goesOn = false;
            m_together.clear();
            for (const std::size_t i : lost) {
                if (!isRefused(i)) addTogether(i);
            }
            for (const std::size_t i : lost) {
                if (isRefused(i)) continue;
                if (std::optional<Text> why = whyNot(i)) {
                    m_refused.emplace(m_now.nodes[i].id, *std::move(why));
                    goesOn = true;
                }
            }
        }
        RecomputeForecast out;
        for (const std::size_t i : m_together) out.nodes.insert(m_now.nodes[i].id);
        out.refused = std::move(m_refused);
        return out;
    }

 private:
    const NodeForecast* fateOf(std::size_t i) const {
        const auto found = m_known.nodes.find(m_now.nodes[i].id);
        return found != m_known.nodes.end() ? &found->second : nullptr;
    }
    bool isLost(std::size_t i) const {
        const NodeForecast* const fate = fateOf(i);
        return fate != nullptr && fate->fate == StateFate::StartsAnew && !fate->isNew() && !fate->gone;
    }
    /// It stands between sources and outputs.
    bool isBetween(std::size_t i) const {
        const SideNode& node = m_now.nodes[i];
        return !node.isSource() && !node.isSink() && keepsRows(i);
    }
    bool isNew(std::size_t i) const {
        const NodeForecast* const fate = fateOf(i);
        return fate != nullptr && fate->isNew();
    }
    bool isRefused(std::size_t i) const { return m_refused.contains(m_now.nodes[i].id); }
    bool keepsRows(std::size_t i) const { return m_now.nodes[i].rule->sort == StateSort::Rows; }

    /// The rows that come out of it are others than before, as far as its definition goes and those above it.
    bool isEdited(std::size_t i) const {
        const SideNode& now = m_now.nodes[i];
        if (!m_of[i]) return true;
        const SideNode& before = m_before.nodes[*m_of[i]];
        if (before.id != now.id || before.params != now.params || before.in.size() != now.in.size())
            return true;
        for (std::size_t wire = 0; wire < now.in.size(); ++wire) {
            const SideWire &was = m_before.wires[before.in[wire]], &is = m_now.wires[now.in[wire]];
            // Sources come first: what is above is known.
            if (was.fromPort != is.fromPort || was.toPort != is.toPort || m_edited[is.from] ||
                m_of[is.from] != was.from)
                return true;
        }
        return false;
    }

    std::vector<std::size_t> reached(std::size_t from, bool upwards) const {
        std::vector<bool> seen(m_now.nodes.size(), false);
        std::vector<std::size_t> open{from}, out;
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            for (const std::size_t number : upwards ? m_now.nodes[at].in : m_now.nodes[at].out) {
                const SideWire& wire = m_now.wires[number];
                const std::size_t next = upwards ? wire.from : wire.to;
                if (seen[next]) continue;
                seen[next] = true;
                out.push_back(next);
                open.push_back(next);
            }
        }
        return out;
    }

    /// It, and what is new above it.
    void addTogether(std::size_t i) {
        m_together.insert(i);
        for (const std::size_t above : reached(i, true)) {
            if (keepsRows(above) && isNew(above)) m_together.insert(above);
        }
    }

    std::optional<Text> whyNot(std::size_t i) const {
        if (!m_sameZone)
            return RW_TEXT("forecast", "The time zone was edited: what is kept goes by the one before.");
        if (std::optional<Text> why = whyNotReplayed(i)) return why;
        for (const std::size_t above : reached(i, true)) {
            if (std::optional<Text> why = whyNotAbove(above)) return why;
        }
        return whyNotBelow(i);
    }

    /// A replay lets other rows go up to the checkpoint than the run did, or does something that it must not.
    std::optional<Text> whyNotReplayed(std::size_t i) const {
        const SideNode& node = m_now.nodes[i];
        if (node.typed.bound->paced)
            return RW_TEXT("forecast", "“%1” lets rows go by the clock: a replay can't repeat that.")
                .with(node.title);
        if (writes(node))
            return RW_TEXT("forecast", "“%1” writes a file: a replay would write it once more.")
                .with(node.title);
        if (node.typed.bound->waits && m_edited[i])
            return RW_TEXT("forecast",
                           "“%1” asks for other things than before, and the answers are not on the tape.")
                .with(node.title);
        return std::nullopt;
    }

    std::optional<Text> whyNotAbove(std::size_t above) const {
        const SideNode& node = m_now.nodes[above];
        if (node.isSource()) {
            if (!m_edited[above]) return std::nullopt;
            return RW_TEXT("forecast", "The source “%1” was edited or is new: a tape does not have its rows.")
                .with(node.title);
        }
        if (std::optional<Text> why = whyNotReplayed(above)) return why;
        if (node.typed.bound->assignsEventTime && m_edited[above]) {
            return RW_TEXT(
                       "forecast",
                       "“%1” above it gives rows their event time: its watermark would be another than in "
                       "what is recomputed.")
                .with(node.title);
        }
        if (!keepsRows(above) || !m_edited[above] || m_together.contains(above)) return std::nullopt;
        return RW_TEXT("forecast",
                       "“%1” above it goes on with what it has kept before the edit, which does not go "
                       "together.")
            .with(node.title);
    }

    /// Rows that are taken back must have been counted.
    std::optional<Text> whyNotBelow(std::size_t i) const {
        const auto& outputs = m_now.nodes[i].typed.bound->outputs;
        const bool updating = std::any_of(outputs.begin(), outputs.end(),
                                          [](const StreamType& output) { return output.updating; });
        if (!updating) return std::nullopt;
        for (const std::size_t below : reached(i, false)) {
            const SideNode& node = m_now.nodes[below];
            if (node.isSink() || !keepsRows(below) || m_together.contains(below)) continue;
            return RW_TEXT("forecast",
                           "“%1” below it has counted rows that it would take back in another form.")
                .with(node.title);
        }
        return std::nullopt;
    }

    const Side &m_before, &m_now;
    const Forecast& m_known;
    const bool m_sameZone;
    const std::vector<std::optional<std::size_t>> m_of;
    std::vector<bool> m_edited{};
    std::set<std::size_t> m_together{};
    std::map<NodeId, Text> m_refused{};
};

}  // namespace

Result<RecomputeForecast> recomputable(ForecastOf deployed, ForecastOf edited, const Catalogue& catalogue,
                                       const Forecast& known) {
    RW_TRY_ASSIGN(const Side before,
                  forecasting::makeSide(deployed.pipeline, catalogue, deployed.options, true));
    RW_TRY_ASSIGN(const Side now, forecasting::makeSide(edited.pipeline, catalogue, edited.options, true));
    const bool sameZone = deployed.pipeline.settings.timeZone == edited.pipeline.settings.timeZone;
    return Recomputing(before, now, known, sameZone).run();
}

Text recomputedText() {
    return RW_TEXT("forecast", "recomputed");
}

}  // namespace rw
