#include "core/lineage/displaced.h"

#include <algorithm>
#include <compare>
#include <span>
#include <utility>

#include "core/lineage/origins.h"
#include "core/lineage/question.h"
#include "core/stream/lineage/tells_displaced.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

/// A node at which the row has a place.
struct Place {
    const PlannedNode* node = nullptr;
    const TellsDisplaced* teller = nullptr;
    Displaced behind{};
    std::size_t placed = 0;  ///< among the rows gathered; from the next one on the producers of its input
};

/// Rows of the output have the columns of the input, and perhaps others behind them.
bool isOf(const Batch& in, const Batch& out) {
    return in.columns.size() <= out.columns.size() &&
           sameRow(in.columns, 0, std::span(out.columns).first(in.columns.size()), 0);
}

std::int64_t placeIn(const Batch& row) {
    return row.positions.known() ? row.positions.at(0) : -1;
}

/// Rows of one wire tie by their places in it, whatever their event times are (event-time rules, 9).
void tieByPlace(Displaced& behind, const PlannedNode& node) {
    if (!behind.order || node.inputs.front().order != InputOrder::Source) return;
    behind.order = [order = std::move(behind.order)](const Batch& a, const Batch& b) {
        const std::strong_ordering ranked = order(a, b);
        return ranked != 0 ? ranked : placeIn(a) <=> placeIn(b);
    };
}

class WhatWasDisplaced {
 public:
    WhatWasDisplaced(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer,
                     Lineage& lineage)
        : m_question(question), m_upstream(upstream), m_gatherer(gatherer), m_lineage(lineage) {}

    void add(const NodeId& id, const std::vector<GivenRow>& given) {
        const PlannedNode& node = *m_upstream.find(id);
        const auto* const teller = dynamic_cast<const TellsDisplaced*>(node.bound.get());
        if (!teller || given.size() != 1 || given.front().port != 0) return;
        m_lineage.displacers.push_back(id);
        m_places.push_back({&node, teller});
        WantedRows last{portOf(m_upstream, {id, 0}),
                        teller->lastPlace(askedRow(node, 0, given.front().row, m_gatherer.eval()))};
        last.rows = 1;
        m_wanted.push_back(std::move(last));
    }
    bool none() const { return m_places.empty(); }

    Status tell() {
        RW_TRY_ASSIGN(const std::vector<GatheredRows> last, m_gatherer.gather(std::exchange(m_wanted, {})));
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            if (!last[i].rows.empty()) want(m_places[i], last[i].rows.back().row);
        }
        RW_TRY_ASSIGN(m_found, m_gatherer.gather(m_wanted));
        for (const Place& place : m_places) RW_TRY(tellPlace(place));
        return {};
    }

 private:
    void want(Place& place, const Batch& last) {
        const NodeId& id = place.node->node;
        place.behind = place.teller->displaced(askedRow(*place.node, 0, last, m_gatherer.eval()));
        tieByPlace(place.behind, *place.node);
        place.placed = m_wanted.size();
        // Of more than are kept the same ones as of the rows behind: those nearest to a place.
        WantedRows placed{portOf(m_upstream, {id, 0}), place.behind.placed};
        placed.order = place.behind.order;
        placed.fromFirst = place.behind.fromFirst;
        m_wanted.push_back(std::move(placed));
        for (const UpstreamPort& producer : m_upstream.producers(id, 0)) {
            WantedRows rows{portOf(m_upstream, producer), place.behind.rows};
            rows.order = place.behind.order;
            rows.fromFirst = place.behind.fromFirst;
            m_wanted.push_back(std::move(rows));
        }
    }

    Status tellPlace(const Place& place) {
        LineageDisplaced told;
        told.node = place.node->node;
        told.schema = place.node->inputs.front().type.schema;
        if (!place.behind.rows) {
            told.words.push_back(RW_TEXT("lineage", "there are fewer rows than places"));
            m_lineage.displaced.push_back(std::move(told));
            return {};
        }
        told.words.push_back(place.behind.words);
        std::vector<GatheredRow> rows;
        const std::vector<UpstreamPort>& producers = m_upstream.producers(told.node, 0);
        for (std::size_t i = 0; i < producers.size(); ++i) {
            GatheredRows& found = m_found[place.placed + 1 + i];
            told.count += found.count;
            for (GatheredRow& row : found.rows) {
                row.row.wire += firstWireOf(producers[i].firstWay);
                rows.push_back(std::move(row));
            }
        }
        // Those of several wires stand one behind the other.
        const WantedRows& wanted = m_wanted[place.placed + 1];
        const StreamType& type = m_found[place.placed + 1].type;
        std::stable_sort(rows.begin(), rows.end(), [&](const GatheredRow& a, const GatheredRow& b) {
            return standsBefore(wanted, type, a, b);
        });
        const GatheredRows& placed = m_found[place.placed];
        takeOut(rows, placed.rows);
        told.count -= std::min(told.count, placed.count);
        std::reverse(rows.begin(), rows.end());
        rows.resize(std::min({rows.size(), m_question.rows, static_cast<std::size_t>(told.count)}));
        for (GatheredRow& row : rows) told.rows.push_back({std::move(row.row)});
        RW_TRY(findOrigins(producers, told.rows));
        m_lineage.displaced.push_back(std::move(told));
        return {};
    }

    /// Rows that have a place are among the last.
    static void takeOut(std::vector<GatheredRow>& rows, const std::vector<GatheredRow>& placed) {
        for (const GatheredRow& has : placed) {
            const auto found = std::find_if(rows.rbegin(), rows.rend(), [&has](const GatheredRow& row) {
                return isOf(row.row, has.row);
            });
            if (found != rows.rend()) rows.erase(std::next(found).base());
        }
    }

    Status findOrigins(const std::vector<UpstreamPort>& producers, std::vector<LineageRow>& rows) {
        for (std::size_t i = 0; i < producers.size(); ++i) {
            const PlannedNode& from = *m_upstream.find(producers[i].node);
            if (!from.kind->inputs.empty() || producers[i].port != 0) continue;
            std::vector<LineageRow*> own;
            for (LineageRow& row : rows) {
                if (producerOf(producers, row.row.wire) == i) own.push_back(&row);
            }
            RW_TRY(setOrigins(m_question, from, m_gatherer.eval(), std::move(own), m_lineage.notes));
        }
        return {};
    }

    const LineageQuestion& m_question;
    const Upstream& m_upstream;
    Gatherer& m_gatherer;
    Lineage& m_lineage;
    std::vector<Place> m_places{};
    std::vector<WantedRows> m_wanted{};
    std::vector<GatheredRows> m_found{};
};

}  // namespace

Status tellDisplaced(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer,
                     const AskedRows* asked, Lineage& lineage) {
    if (!asked) {
        if (question.displaced)
            lineage.notes.push_back(
                RW_TEXT("lineage", "Which rows had to go for a row can be told where it stands at the end."));
        return {};
    }
    WhatWasDisplaced told(question, upstream, gatherer, lineage);
    for (const auto& [id, given] : *asked) told.add(id, given);
    if (!question.displaced) return {};
    if (!told.none()) return told.tell();
    return {ErrorCode::Invalid, RW_TEXT("lineage", "No node on the way to this row displaces others."),
            RW_TEXT("lineage", "Ask about a row of top_n or deduplicate, or of a node behind one.")};
}

}  // namespace rw
