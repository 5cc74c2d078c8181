#include "core/stream/lineage/join_match.h"

#include <algorithm>

#include "core/stream/lineage/window_match.h"

namespace rw {

namespace {

/// Where the columns of JoinPlan::both are in the row that is asked about; −1: it does not have them.
class JoinedColumns {
 public:
    JoinedColumns(const JoinPlan& plan, const AskedRow& asked, const std::vector<int>* columns)
        : m_plan(plan), m_asked(asked), m_places(plan.both->size(), -1) {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            if (!columns) m_places[i] = static_cast<int>(i);
        }
        for (std::size_t i = 0; columns && i < columns->size(); ++i)
            m_places[static_cast<std::size_t>((*columns)[i])] = static_cast<int>(i);
    }

    int placeOf(JoinPort port, int column) const {
        return m_places[static_cast<std::size_t>(column) + (port == kRight ? m_plan.left.schema->size() : 0)];
    }
    const Column* cell(JoinPort port, int column) const {
        const int place = placeOf(port, column);
        return m_asked.knows(place) ? &m_asked.row.column(place) : nullptr;
    }
    /// The row has no row of this side: a key that is NULL joins nothing.
    bool lacks(JoinPort port) const {
        const std::vector<int>& keys = port == kLeft ? m_plan.leftKeys : m_plan.rightKeys;
        return std::any_of(keys.begin(), keys.end(), [&](int key) {
            const Column* const value = cell(port, key);
            return value && value->isNull(0);
        });
    }
    /// The row of this side: all its columns that are known, and the keys of the other side.
    void match(JoinPort port, RowMatch& match) const {
        const StreamType& side = port == kLeft ? m_plan.left : m_plan.right;
        for (int column = 0; column < static_cast<int>(side.schema->size()); ++column) {
            if (placeOf(port, column) >= 0) match.equal.push_back({column, placeOf(port, column)});
        }
        const std::vector<int>& own = port == kLeft ? m_plan.leftKeys : m_plan.rightKeys;
        const std::vector<int>& others = port == kLeft ? m_plan.rightKeys : m_plan.leftKeys;
        const JoinPort other = port == kLeft ? kRight : kLeft;
        for (std::size_t i = 0; i < own.size(); ++i) {
            if (!cell(port, own[i]) && cell(other, others[i]))
                match.equal.push_back({own[i], placeOf(other, others[i])});
        }
        match.asked = m_asked.row;
    }
    std::optional<Instant> timeOf(JoinPort port) const {
        const StreamType& side = port == kLeft ? m_plan.left : m_plan.right;
        const Column* const time = side.eventTime < 0 ? nullptr : cell(port, side.eventTime);
        if (!time || time->isNull(0)) return std::nullopt;
        return time->at<Instant>(0);
    }

 private:
    const JoinPlan& m_plan;
    const AskedRow& m_asked;
    std::vector<int> m_places;
};

Text sideWords(JoinPort port) {
    return port == kLeft ? RW_TEXT("lineage", "the left row") : RW_TEXT("lineage", "the right row");
}

Contributors nobody(JoinPort port) {
    return {port, nullptr,
            port == kLeft ? RW_TEXT("lineage", "no left row matched")
                          : RW_TEXT("lineage", "no right row matched")};
}

template <class Refine>
std::vector<Contributors> sides(const JoinedColumns& columns, Refine refine) {
    std::vector<Contributors> all;
    for (const JoinPort port : {kLeft, kRight}) {
        if (columns.lacks(port)) {
            all.push_back(nobody(port));
            continue;
        }
        auto match = std::make_shared<RowMatch>();
        columns.match(port, *match);
        refine(port, *match);
        all.push_back({port, std::move(match), sideWords(port)});
    }
    return all;
}

/// Whether the further condition holds for the left row that is asked about and a row of right.
std::function<bool(const Batch&, std::size_t)> restHolds(const JoinPlan& plan, const AskedRow& asked) {
    if (!plan.rest) return nullptr;
    return [&plan, row = asked.row, eval = asked.eval](const Batch& rows, std::size_t at) {
        Batch pair;
        pair.schema = plan.both;
        pair.rows = 1;
        for (std::size_t i = 0; i < plan.left.schema->size(); ++i) pair.columns.push_back(row.columns[i]);
        const Batch right = rows.slice(at, 1);
        pair.columns.insert(pair.columns.end(), right.columns.begin(), right.columns.end());
        std::vector<std::uint32_t> holds;
        sql::RowErrors errors;
        sql::filterRows(*plan.rest, pair, eval, holds, errors);
        return !holds.empty();
    };
}

}  // namespace

std::vector<Contributors> joinedRows(const JoinPlan& plan, const AskedRow& asked) {
    return sides(JoinedColumns(plan, asked, nullptr), [](JoinPort, RowMatch&) {});
}

std::vector<Contributors> joinedWithin(const JoinPlan& plan, std::pair<Millis, Millis> bounds,
                                       const AskedRow& asked) {
    const JoinedColumns columns(plan, asked, nullptr);
    return sides(columns, [&](JoinPort port, RowMatch& match) {
        match.late = RowMatch::Late::ByTime;
        match.eventTime = port == kLeft ? plan.left.eventTime : plan.right.eventTime;
        const auto own = columns.timeOf(port), other = columns.timeOf(port == kLeft ? kRight : kLeft);
        if (own || !other) return;
        const Millis least = port == kRight ? bounds.first : -bounds.second;
        const Millis most = port == kRight ? bounds.second : -bounds.first;
        match.from = saturatingAdd(*other, least);
        match.until = saturatingAdd(saturatingAdd(*other, most), 1);
    });
}

std::vector<Contributors> joinedVersion(const JoinPlan& plan, const AskedRow& asked) {
    const JoinedColumns columns(plan, asked, nullptr);
    std::vector<Contributors> all = sides(columns, [&](JoinPort port, RowMatch& match) {
        match.late = RowMatch::Late::ByTime;
        match.eventTime = port == kLeft ? plan.left.eventTime : plan.right.eventTime;
        if (port != kRight || columns.timeOf(kRight)) return;
        if (const auto time = columns.timeOf(kLeft)) match.until = saturatingAdd(*time, 1);
    });
    if (all[kRight].condition) all[kRight].words = RW_TEXT("lineage", "the version that it met");
    return all;
}

std::vector<Contributors> joinedInWindow(const JoinPlan& plan, const std::array<WindowPlan, 2>& windows,
                                         const std::vector<int>& outputs, const AskedRow& asked) {
    const int first = static_cast<int>(outputs.size());
    const WindowPlace place{first, first + 1, first + 2};
    const JoinedColumns columns(plan, asked, &outputs);
    std::vector<Contributors> all;
    for (const JoinPort port : {kLeft, kRight}) {
        const bool noneMatched = port == kRight && plan.kind == JoinKind::Anti;
        if (noneMatched || columns.lacks(port)) {
            all.push_back(nobody(port));
            continue;
        }
        auto match = windowRows(windows[static_cast<std::size_t>(port)], asked, place);
        columns.match(port, *match);
        if (port == kRight && plan.kind == JoinKind::Semi) match->also = restHolds(plan, asked);
        all.push_back({port, std::move(match), sideWords(port)});
    }
    return all;
}

}  // namespace rw
