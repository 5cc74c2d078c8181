#include "core/lineage/raisers.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/lineage/origins.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

class Raisers {
 public:
    Raisers(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer, const Asked& asked,
            Lineage& lineage)
        : m_question(question),
          m_upstream(upstream),
          m_gatherer(gatherer),
          m_asked(asked),
          m_lineage(lineage) {}

    Status find(const std::optional<RowVersion>& version) {
        const StreamType& type = m_asked.type;
        if (type.leftBy == PortRole::Late) return findWhoWasEarlier(type);
        if (!type.windowed) return {};
        if (version) return version->givenAt ? findWhoBrought(*version->givenAt) : Status();
        const auto end = type.schema->find("window_end");
        if (!end || m_lineage.row.column(*end).isNull(0)) return {};
        return findWhoBrought(saturatingAdd(m_lineage.row.column(*end).at<Instant>(0), -1));
    }

 private:
    /// Of a row that came too late: which rows had brought the watermark to where it was late by.
    Status findWhoWasEarlier(const StreamType& type) {
        const auto by = type.schema->find("late_by"), missed = type.schema->find("late_for");
        if (!by || !missed || m_lineage.row.column(*by).isNull(0)) return {};
        RowLateness late{m_lineage.row.column(*by).at<std::int64_t>(0), {}};
        const Column& windows = m_lineage.row.column(*missed);
        if (!windows.isNull(0)) late.windowEnd = windows.at<Instant>(0);
        m_lineage.late = late;
        const bool timed = type.eventTime >= 0 && !m_lineage.row.column(type.eventTime).isNull(0);
        if (!late.windowEnd && !timed) return {};
        // late_by counts from there (event-time rules, 12).
        const Instant last =
            late.windowEnd ? *late.windowEnd - 1 : m_lineage.row.column(type.eventTime).at<Instant>(0);
        return findWhoBrought(saturatingAdd(last, late.by));
    }

    Status findWhoBrought(Instant watermark) {
        std::vector<WantedRows> wanted;
        std::vector<const PlannedNode*> sources;
        for (const NodeId& id : m_upstream.above(m_asked.node)) {
            // Its watermark is made of the rows that reach it.
            if (m_upstream.find(id)->bound->assignsEventTime) return {};
        }
        for (const NodeId& id : m_upstream.above(m_asked.node)) {
            const PlannedNode& node = *m_upstream.find(id);
            const int time = node.kind->inputs.empty() ? node.bound->outputs.front().eventTime : -1;
            if (time < 0 || !concerns(id)) continue;
            auto match = std::make_shared<RowMatch>();
            match->eventTime = time;
            match->from = saturatingAdd(watermark, node.bound->watermarkDelay);
            WantedRows first{{id, node.kind->outputs.front().name}, std::move(match)};
            first.first = true;
            first.rows = 1;
            wanted.push_back(std::move(first));
            sources.push_back(&node);
        }
        m_lineage.firedAt = watermark;
        RW_TRY_ASSIGN(std::vector<GatheredRows> found, m_gatherer.gather(std::move(wanted)));
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i].rows.empty()) continue;  // its end did
            WatermarkRaiser raiser{sources[i]->node, {found[i].rows.front().row}};
            RW_TRY(setOrigins(m_question, *sources[i], m_gatherer.eval(), {&raiser.row}, m_lineage.notes));
            m_lineage.raisers.push_back(std::move(raiser));
        }
        return {};
    }

    /// A late row was late by the watermark of its own source.
    bool concerns(const NodeId& source) const {
        if (!m_lineage.late) return true;
        return std::any_of(m_lineage.steps.begin(), m_lineage.steps.end(), [&](const LineageStep& step) {
            return step.from.node == source && step.count > 0;
        });
    }

    const LineageQuestion& m_question;
    const Upstream& m_upstream;
    Gatherer& m_gatherer;
    const Asked& m_asked;
    Lineage& m_lineage;
};

}  // namespace

Status findRaisers(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer,
                   const Asked& asked, const std::optional<RowVersion>& version, Lineage& lineage) {
    return Raisers(question, upstream, gatherer, asked, lineage).find(version);
}

}  // namespace rw
