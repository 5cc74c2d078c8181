#include "core/cluster/spark/spark_rows.h"

#include <algorithm>

#include "core/cluster/json_members.h"

namespace rw {

std::string SparkRows::keyOf(const std::vector<TextCell>& cells) const {
    std::string key;
    const auto add = [&key](const TextCell& cell) {
        // With its length, so that no two lists of cells look the same.
        key += cell ? std::to_string(cell->size()) + ":" + *cell : std::string("-");
    };
    for (const int column : m_key) {
        const auto place = static_cast<std::size_t>(column);
        if (place < cells.size()) add(cells[place]);
    }
    if (m_key.empty()) std::for_each(cells.begin(), cells.end(), add);
    return key;
}

ChangeRow SparkRows::row(RowKind kind, const Cells& cells) const {
    ChangeRow out;
    out.kind = kind;
    out.cells.reserve(cells.size() + 1);
    out.cells.emplace_back(m_node);
    out.cells.insert(out.cells.end(), cells.begin(), cells.end());
    return out;
}

void SparkRows::replace(const std::vector<Cells>& before, const std::vector<Cells>& now,
                        std::vector<ChangeRow>& out) const {
    const std::size_t both = std::min(before.size(), now.size());
    for (std::size_t i = 0; i < both; ++i) {
        if (before[i] == now[i]) continue;
        out.push_back(row(RowKind::UpdateBefore, before[i]));
        out.push_back(row(RowKind::UpdateAfter, now[i]));
    }
    for (std::size_t i = both; i < before.size(); ++i) out.push_back(row(RowKind::Delete, before[i]));
    for (std::size_t i = both; i < now.size(); ++i) out.push_back(row(RowKind::Insert, now[i]));
}

std::vector<ChangeRow> SparkRows::take(const Json& event) {
    std::vector<ChangeRow> out;
    const std::string mode = textIn(event, "mode");
    const Json& rows = memberOf(event, "rows");
    if (!rows.is_array()) return out;
    if (memberOf(event, "first") == Json(true)) out = endBatch();  // whose end was not told
    m_whole = m_whole || mode == "complete";
    for (const Json& each : rows) {
        if (!each.is_array()) continue;
        Cells cells;
        for (const Json& cell : each)
            cells.push_back(cell.is_string() ? TextCell(cell.get<std::string>()) : TextCell());
        if (mode == "append") {
            out.push_back(row(RowKind::Insert, cells));
        } else if (mode == "complete") {
            m_batch[keyOf(cells)].push_back(std::move(cells));
        } else {
            std::vector<Cells>& known = m_known[keyOf(cells)];
            replace(known, {cells}, out);
            known.assign(1, std::move(cells));
        }
    }
    return out;
}

std::vector<ChangeRow> SparkRows::endBatch() {
    std::vector<ChangeRow> out;
    if (!std::exchange(m_whole, false)) return out;
    for (const auto& [key, before] : m_known) {
        if (!m_batch.contains(key)) replace(before, {}, out);
    }
    for (const auto& [key, now] : m_batch) {
        const auto known = m_known.find(key);
        replace(known != m_known.end() ? known->second : std::vector<Cells>(), now, out);
    }
    m_known = std::exchange(m_batch, {});
    return out;
}

}  // namespace rw
