#include "core/lineage/nearest.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "core/base/figures.h"
#include "core/lineage/gather.h"
#include "core/lineage/mends.h"
#include "core/lineage/question.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

constexpr std::size_t kMostOwn = 20;     ///< rows of left, each compared with all of right
constexpr std::size_t kMostPaired = 50;  ///< rows of one side, each with all of the other

/// An input by which nothing came.
MissingEnd noRows(const NodeId& join, const Text& input, const std::string& since) {
    MissingEnd none;
    none.node = join;
    if (!since.empty()) {
        none.words.push_back(
            RW_TEXT("lineage", "the kept input begins at %1 UTC, and rows from before it can't be asked for")
                .with(since));
    }
    none.words.push_back(RW_TEXT("lineage", "no row of %1 has come").with(input));
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
            m_input == 0 ? m_join.noPair(m_own[i], other, m_names) : m_join.noPair(other, m_own[i], m_names);
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

NoPair nearestPair(const TellsContributors& join, int input, const SideNames& names,
                   const std::vector<const Batch*>& own, const std::vector<const Batch*>& others) {
    NoPair nearest;
    for (std::size_t i = 0; i < std::min(own.size(), kMostPaired); ++i) {
        for (const Batch* const its : others) {
            const auto miss =
                input == 0 ? join.noPair(*own[i], *its, names) : join.noPair(*its, *own[i], names);
            if (!miss) return {};
            if (miss->distance < nearest.distance) nearest = *miss;
        }
    }
    return nearest;
}

Result<Nearest> nearestOf(const Upstream& upstream, Gatherer& gatherer, const NodeId& id, int input,
                          std::vector<Batch> own) {
    const auto* const join = dynamic_cast<const TellsContributors*>(upstream.find(id)->bound.get());
    Nearest nearest;
    if (join == nullptr || own.empty()) return nearest;
    const auto condition =
        std::make_shared<const NearerCondition>(*join, input, std::move(own), sideNames(upstream, id));
    std::vector<WantedRows> wanted;
    for (const UpstreamPort& producer : upstream.producers(id, 1 - input)) {
        wanted.push_back({portOf(upstream, producer), condition});
    }
    RW_TRY(gatherer.gather(std::move(wanted)).status());
    nearest.compared = condition->seen();
    nearest.untold = condition->isUntold();
    if (condition->miss().why.empty()) return nearest;
    nearest.why = condition->miss().why;
    nearest.mend = pairMend(upstream, id, condition->miss());
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
    const SideNames names = sideNames(upstream, question.node);
    std::vector<WantedRows> wanted;
    for (const UpstreamPort& producer : upstream.producers(question.node, 0)) {
        WantedRows rows{portOf(upstream, producer), std::make_shared<const RowMatch>()};
        rows.rows = kMostOwn;
        wanted.push_back(std::move(rows));
    }
    RW_TRY_ASSIGN(const std::vector<GatheredRows> found, gatherer->gather(std::move(wanted)));
    MissingAnswer answer;
    MissingEnd left;
    left.fate = MissingEnd::Fate::Alone;
    left.node = question.node;
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
        answer.ends.push_back(
            noRows(question.node, tried == 0 ? names.left : names.right, gatherer->begins()));
        return answer;
    }
    if (nearest.why.empty()) {
        left.words.push_back(
            nearest.untold
                ? RW_TEXT("lineage",
                          "their keys and times fit: one of two came too late, or a further condition of the "
                          "join is not true of them")
                : RW_TEXT("lineage",
                          "no row of %2 has a key like one of the last %1 of %3; the two may not belong "
                          "together")
                      .with(figures::count(tried), names.right, names.left));
        answer.ends.push_back(std::move(left));
        return answer;
    }
    left.rows = {{nearest.own}};
    left.words.push_back(nearest.why);
    addMend(left.mends, std::move(nearest.mend));
    answer.ends.push_back(std::move(left));
    MissingEnd right;
    right.fate = MissingEnd::Fate::Nearest;
    right.node = question.node;
    right.count = 1;
    right.rows = {{nearest.other}};
    right.schema = nearest.schema;
    right.words.push_back(
        RW_TEXT("lineage", "of all rows of %1, it misses being its pair by least").with(names.right));
    answer.ends.push_back(std::move(right));
    return answer;
}

}  // namespace rw
