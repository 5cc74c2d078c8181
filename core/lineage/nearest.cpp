#include "core/lineage/nearest.h"

#include <memory>
#include <string>
#include <utility>

#include "core/base/figures.h"
#include "core/lineage/gather.h"
#include "core/lineage/question.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

constexpr std::size_t kMostOwn = 20;  ///< rows of left, each compared with all of right

/// An input by which nothing came.
MissingEnd noRows(const NodeId& join, int input, const std::string& since) {
    MissingEnd none;
    none.node = join;
    if (!since.empty()) {
        none.words.push_back(
            RW_TEXT("lineage", "the kept input begins at %1 UTC, and rows from before it can't be asked for")
                .with(since));
    }
    none.words.push_back(input == 0 ? RW_TEXT("lineage", "no row of left has come")
                                    : RW_TEXT("lineage", "no row of right has come"));
    return none;
}

}  // namespace

RowPart NearerCondition::of(const Batch& rows, std::size_t row) const {
    ++m_seen;
    if (m_untold) return {};
    const Batch other = rows.slice(row, 1);
    RowPart part;
    for (std::size_t i = 0; i < m_own.size(); ++i) {
        std::optional<NoPair> miss =
            m_input == 0 ? m_join.noPair(m_own[i], other) : m_join.noPair(other, m_own[i]);
        if (!miss) {
            m_untold = true;
            m_nearest = {};
            m_other = {};
            return {};
        }
        if (miss->distance >= m_nearest.distance) continue;
        m_nearest = *std::move(miss);
        m_of = i;
        m_other = other.compacted();
        part.kind = RowPart::Kind::Took;
    }
    return part;
}

Result<Nearest> nearestOf(const Upstream& upstream, Gatherer& gatherer, const NodeId& id, int input,
                          std::vector<Batch> own) {
    const auto* const join = dynamic_cast<const TellsContributors*>(upstream.find(id)->bound.get());
    Nearest nearest;
    if (join == nullptr || own.empty()) return nearest;
    const auto condition = std::make_shared<const NearerCondition>(*join, input, std::move(own));
    std::vector<WantedRows> wanted;
    for (const UpstreamPort& producer : upstream.producers(id, 1 - input)) {
        wanted.push_back({portOf(upstream, producer), condition});
    }
    RW_TRY(gatherer.gather(std::move(wanted)).status());
    nearest.compared = condition->seen();
    nearest.untold = condition->isUntold();
    if (condition->why().empty()) return nearest;
    nearest.why = condition->why();
    nearest.own = condition->own();
    nearest.other = condition->other();
    nearest.schema = nearest.other.schema;
    return nearest;
}

Result<MissingAnswer> whyNoPair(const LineageQuestion& question) {
    const Upstream upstream(*question.plan);
    RW_TRY_ASSIGN(const std::unique_ptr<Gatherer> gatherer, Gatherer::make(question, upstream));
    const PlannedNode* const node = upstream.find(question.node);
    if (node == nullptr || node->kind->inputs.size() != 2) {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("lineage", "“%1” makes no pairs of two inputs.").with(titleOf(upstream, question.node)),
            RW_TEXT("lineage", "Ask this of a join."));
    }
    std::vector<WantedRows> wanted;
    for (const UpstreamPort& producer : upstream.producers(question.node, 0)) {
        WantedRows rows{portOf(upstream, producer), std::make_shared<const RowMatch>()};
        rows.rows = kMostOwn;
        wanted.push_back(std::move(rows));
    }
    RW_TRY_ASSIGN(const std::vector<GatheredRows> found, gatherer->gather(std::move(wanted)));
    MissingAnswer answer;
    MissingEnd left{MissingEnd::Fate::Alone, question.node, 0, {}, {}, {}};
    std::vector<Batch> own;
    for (const GatheredRows& port : found) {
        left.count += port.count;
        left.schema = port.type.schema;
        for (const GatheredRow& row : port.rows) {
            if (own.size() < kMostOwn) own.push_back(row.row);
        }
    }
    for (const Batch& row : own) left.rows.push_back({row});
    const std::size_t tried = own.size();
    RW_TRY_ASSIGN(Nearest nearest, nearestOf(upstream, *gatherer, question.node, 0, std::move(own)));
    for (Text& note : gatherer->notes()) answer.notes.push_back(std::move(note));
    if (tried == 0 || nearest.compared == 0) {
        answer.ends.push_back(noRows(question.node, tried == 0 ? 0 : 1, gatherer->begins()));
        return answer;
    }
    if (nearest.why.empty()) {
        left.words.push_back(
            nearest.untold
                ? RW_TEXT("lineage",
                          "their keys and times fit: one of two came too late, or a further condition of the "
                          "join is not true of them")
                : RW_TEXT("lineage",
                          "no row of right has a key like one of the last %1 of left; the two may not belong "
                          "together")
                      .with(figures::count(tried)));
        answer.ends.push_back(std::move(left));
        return answer;
    }
    left.rows = {{nearest.own}};
    left.words.push_back(nearest.why);
    answer.ends.push_back(std::move(left));
    MissingEnd right{MissingEnd::Fate::Nearest, question.node, 1, {{nearest.other}}, nearest.schema, {}};
    right.words.push_back(RW_TEXT("lineage", "of all rows of right, it misses being its pair by least"));
    answer.ends.push_back(std::move(right));
    return answer;
}

}  // namespace rw
