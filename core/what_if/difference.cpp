#include "core/what_if/difference.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/what_if/final_rows.h"

namespace rw {

namespace {

constexpr const char* kWindowStart = "window_start";
constexpr const char* kWindowEnd = "window_end";

/// The names by which rows of the stream are matched; nothing: they have none.
std::vector<std::string> matchedBy(const SideRows& side) {
    const Schema& schema = *side.type.schema;
    if (side.type.updating) {
        std::vector<std::string> names;
        for (const int column : side.type.key)
            names.push_back(schema.fields[static_cast<std::size_t>(column)].name);
        return names;
    }
    if (!side.type.windowed || !schema.find(kWindowStart) || !schema.find(kWindowEnd)) return {};
    std::vector<std::string> names{kWindowStart};
    for (const std::string& key : side.keys) {
        if (!schema.find(key)) return {};
        if (key != kWindowStart && key != kWindowEnd) names.push_back(key);
    }
    return names;
}

class Comparing {
 public:
    Comparing(const SideRows& a, const SideRows& b, bool keepsSame, const std::function<bool()>& stops)
        : m_a(a), m_b(b), m_keepsSame(keepsSame), m_stops(stops) {}

    WhatIfDifference compare() {
        findColumns();
        if (m_out.schema->fields.empty()) {
            m_out.missing = RW_TEXT("what_if", "Both sides have no column of the same name and type.");
            return std::move(m_out);
        }
        std::vector<WhatIfRow> a = laidOut(m_a, m_columnsA), b = laidOut(m_b, m_columnsB);
        // Several rows of one window and key, as of a ranking: which became which is not known.
        if (isRepeated(a) || isRepeated(b)) m_out.key.clear();
        pair(std::move(a), std::move(b));
        return std::move(m_out);
    }

 private:
    /// The common columns, those of the key first.
    void findColumns() {
        const Schema &a = *m_a.type.schema, &b = *m_b.type.schema;
        std::vector<std::string> names = matchedBy(m_a);
        const std::vector<std::string> other = matchedBy(m_b);
        const auto common = [&](const std::string& name) {
            const auto inA = a.find(name), inB = b.find(name);
            return inA && inB &&
                   a.fields[static_cast<std::size_t>(*inA)].type ==
                       b.fields[static_cast<std::size_t>(*inB)].type;
        };
        const bool usable = names == other && std::all_of(names.begin(), names.end(), common);
        if (!usable) names.clear();
        m_oneRow = usable && names.empty() && m_a.type.updating && m_b.type.updating && !m_a.type.multiset &&
                   !m_b.type.multiset;
        const std::size_t keys = names.size();
        for (const Field& field : a.fields) {
            if (!common(field.name)) {
                m_out.columnsOnlyA.push_back(field.name);
            } else if (std::find(names.begin(), names.end(), field.name) == names.end()) {
                names.push_back(field.name);
            }
        }
        for (const Field& field : b.fields) {
            if (!common(field.name)) m_out.columnsOnlyB.push_back(field.name);
        }
        auto schema = std::make_shared<Schema>();
        for (std::size_t i = 0; i < names.size(); ++i) {
            m_columnsA.push_back(*a.find(names[i]));
            m_columnsB.push_back(*b.find(names[i]));
            schema->fields.push_back(a.fields[static_cast<std::size_t>(m_columnsA.back())]);
            if (i < keys) m_out.key.push_back(static_cast<int>(i));
        }
        m_out.schema = std::move(schema);
    }

    static std::vector<WhatIfRow> laidOut(const SideRows& side, const std::vector<int>& columns) {
        std::vector<WhatIfRow> rows;
        rows.reserve(side.rows.size());
        for (const WhatIfRow& row : side.rows) {
            WhatIfRow laid;
            laid.reserve(columns.size());
            for (const int column : columns) laid.push_back(row[static_cast<std::size_t>(column)]);
            rows.push_back(std::move(laid));
        }
        std::sort(rows.begin(), rows.end(), RowBefore());
        return rows;
    }

    std::strong_ordering keyOrder(const WhatIfRow& left, const WhatIfRow& right) const {
        for (std::size_t column = 0; column < m_out.key.size(); ++column) {  // the first ones
            if (const auto order = orderOfCells(left[column], right[column]); order != 0) return order;
        }
        return std::strong_ordering::equal;
    }

    bool isRepeated(const std::vector<WhatIfRow>& rows) const {
        if (m_out.key.empty()) return false;
        return std::adjacent_find(rows.begin(), rows.end(),
                                  [this](const WhatIfRow& one, const WhatIfRow& next) {
                                      return keyOrder(one, next) == 0;
                                  }) != rows.end();
    }

    /// Rows that are equal are the same. Of those left, rows of one key are one row that changed.
    void pair(std::vector<WhatIfRow> a, std::vector<WhatIfRow> b) {
        std::vector<WhatIfRow> leftA, leftB;
        std::size_t i = 0, j = 0;
        const RowBefore before;
        while ((i < a.size() || j < b.size()) && !m_stops()) {
            if (j == b.size() || (i < a.size() && before(a[i], b[j]))) {
                leftA.push_back(std::move(a[i++]));
            } else if (i == a.size() || before(b[j], a[i])) {
                leftB.push_back(std::move(b[j++]));
            } else {
                ++m_out.same;
                if (m_keepsSame) m_out.sameRows.push_back(std::move(a[i]));
                ++i;
                ++j;
            }
        }
        if (m_out.key.empty() && !m_oneRow) {
            m_out.onlyA = std::move(leftA);
            m_out.onlyB = std::move(leftB);
            return;
        }
        i = j = 0;
        while ((i < leftA.size() || j < leftB.size()) && !m_stops()) {
            const auto order = i == leftA.size()   ? std::strong_ordering::greater
                               : j == leftB.size() ? std::strong_ordering::less
                                                   : keyOrder(leftA[i], leftB[j]);
            if (order < 0) {
                m_out.onlyA.push_back(std::move(leftA[i++]));
            } else if (order > 0) {
                m_out.onlyB.push_back(std::move(leftB[j++]));
            } else {
                m_out.changed.push_back(changeOf(std::move(leftA[i++]), std::move(leftB[j++])));
            }
        }
    }

    static WhatIfChange changeOf(WhatIfRow a, WhatIfRow b) {
        WhatIfChange change;
        for (std::size_t column = 0; column < a.size(); ++column)
            change.changed.push_back(orderOfCells(a[column], b[column]) != 0);
        change.a = std::move(a);
        change.b = std::move(b);
        return change;
    }

    const SideRows &m_a, &m_b;
    const bool m_keepsSame;
    const std::function<bool()>& m_stops;
    WhatIfDifference m_out{};
    std::vector<int> m_columnsA{}, m_columnsB{};
    bool m_oneRow = false;  ///< both sides have one row at most
};

std::vector<std::uint64_t> hashesOf(const SideRows& side) {
    if (side.cut) return side.hashes;
    std::vector<std::uint64_t> hashes;
    hashes.reserve(side.rows.size());
    for (const WhatIfRow& row : side.rows) hashes.push_back(hashOf(row));
    std::sort(hashes.begin(), hashes.end());
    return hashes;
}

bool isHashable(const SideRows& side) {
    return side.cut ? side.hashed : !side.type.updating;
}

/// Of rows of which one side at least has too many.
WhatIfDifference countedDifference(const SideRows& a, const SideRows& b, const WhatIfLimits& limits,
                                   const std::function<bool()>& stops) {
    WhatIfDifference out;
    if (!isHashable(a) || !isHashable(b) || !(*a.type.schema == *b.type.schema)) {
        out.missing = RW_TEXT("what_if", "More rows came than can be compared: %1, or %2.")
                          .with(figures::count(limits.rows), byteSizeText(limits.bytes));
        out.fix = RW_TEXT("what_if", "Compare at a node with fewer rows, as a window (--node).");
        return out;
    }
    out.counted = true;
    out.schema = a.type.schema;
    const std::vector<std::uint64_t> left = hashesOf(a), right = hashesOf(b);
    std::size_t i = 0, j = 0;
    while ((i < left.size() || j < right.size()) && !stops()) {
        if (j == right.size() || (i < left.size() && left[i] < right[j])) {
            ++out.countedOnlyA;
            ++i;
        } else if (i == left.size() || right[j] < left[i]) {
            ++out.countedOnlyB;
            ++j;
        } else {
            ++out.same;
            ++i;
            ++j;
        }
    }
    return out;
}

}  // namespace

WhatIfDifference differenceOf(const SideRows& a, const SideRows& b, const WhatIfLimits& limits,
                              const std::function<bool()>& stops) {
    if (a.cut || b.cut) return countedDifference(a, b, limits, stops);
    return Comparing(a, b, limits.same, stops).compare();
}

}  // namespace rw
