#include "tests/unit/stream/cases/window_case.h"

#include <algorithm>

#include "core/base/readable.h"

namespace rw::test {

namespace {

StreamType inputType() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Int)}}});
    type.eventTime = 0;
    return type;
}

}  // namespace

WindowCase::WindowCase(WindowKind kind, std::uint64_t seed) : m_random(seed), m_input(inputType()) {
    m_windows.kind = kind;
    chooseWindows();
    m_windows.severalWires = m_wires > 1;
    for (int wire = 0; wire < m_wires; ++wire) makeRows(wire);
}

std::vector<ModelRow> WindowCase::rows() const {
    std::vector<ModelRow> all;
    for (const auto& wire : m_rows) all.insert(all.end(), wire.begin(), wire.end());
    return all;
}

ModelResult WindowCase::expected() const {
    return model(m_windows, rows());
}

std::size_t WindowCase::pick(std::size_t low, std::size_t high) {
    return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
}

void WindowCase::chooseWindows() {
    m_wires = chance(60) ? 1 : static_cast<int>(pick(2, 3));
    m_windows.gap = static_cast<Millis>(pick(1, 7));
    m_windows.step = static_cast<Millis>(pick(1, 5));
    m_windows.size = m_windows.step;
    if (m_windows.kind == WindowKind::Hop) m_windows.size += static_cast<Millis>(pick(0, 9));
    // Now and then windows of so many slides that blocks of these are used.
    if (m_windows.kind == WindowKind::Hop && chance(30)) m_windows.size += 16 * m_windows.step + 40;
    if (m_windows.kind == WindowKind::Cumulate) m_windows.size *= static_cast<Millis>(pick(1, 4));
    m_windows.offset = chance(50) ? 0 : static_cast<Millis>(pick(0, 9)) - 4;
    m_windows.lateness = chance(60) ? 0 : static_cast<Millis>(pick(1, 6));
    m_early = chance(80) ? 0 : static_cast<Millis>(pick(1, 4));
    // Now and then so many sessions of a key at a time that they are kept in order.
    m_crowded = m_windows.kind == WindowKind::Session && chance(10);
    if (m_crowded) m_windows.gap = 1;
}

void WindowCase::makeRows(int wire) {
    const Millis delay = static_cast<Millis>(m_crowded ? pick(0, 100) : pick(0, 4));
    const std::size_t disorder = m_crowded ? pick(0, 100) : pick(0, 8);
    Instant clock = static_cast<Instant>(pick(0, 20)) - 10, largest = kMinTimestamp;
    std::vector<ModelRow> rows;
    for (std::size_t i = m_crowded ? pick(10, 50) : pick(0, 9); i > 0; --i) {
        clock += static_cast<Instant>(chance(30) ? 0 : pick(0, m_crowded ? 9 : 4));
        ModelRow row;
        row.time = clock - static_cast<Instant>(pick(0, disorder));
        row.stamp = saturatingAdd(largest, -delay);
        row.wire = wire;
        row.position = static_cast<int>(rows.size());
        row.key = chance(m_crowded ? 90 : 60) ? "a" : "b";
        row.value = static_cast<int>(pick(0, 99));
        largest = std::max(largest, row.time);
        rows.push_back(row);
    }
    m_rows.push_back(rows);
    m_after.push_back(saturatingAdd(largest, -delay));
}

Json WindowCase::params() const {
    Json out = {
        {"keys", {"k"}},
        {"aggregates",
         {"COUNT(*) AS n", "SUM(v) AS s", "MIN(v) AS m", "FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l"}},
        {"allowed_lateness", formatDuration(m_windows.lateness)},
        {"early", formatDuration(m_early)}};
    const auto set = [&](const char* window, std::vector<std::pair<const char*, Millis>> lengths) {
        out["window"] = window;
        for (const auto& [name, length] : lengths) out[name] = formatDuration(length);
    };
    switch (m_windows.kind) {
        case WindowKind::Hop:
            set("hop", {{"size", m_windows.size}, {"slide", m_windows.step}, {"offset", m_windows.offset}});
            break;
        case WindowKind::Cumulate:
            set("cumulate",
                {{"size", m_windows.size}, {"step", m_windows.step}, {"offset", m_windows.offset}});
            break;
        case WindowKind::Session:
            set("session", {{"gap", m_windows.gap}});
            break;
        default:
            set("tumble", {{"size", m_windows.size}, {"offset", m_windows.offset}});
    }
    return out;
}

void WindowCase::feed(const std::function<void(const Batch&)>& send,
                      const std::function<void(Instant)>& advance) {
    std::vector<std::size_t> next(m_rows.size());
    std::vector<Instant> watermarks(m_rows.size(), kMinTimestamp);
    std::vector<std::size_t> live;
    for (std::size_t wire = 0; wire < m_rows.size(); ++wire) live.push_back(wire);
    while (!live.empty()) {
        const std::size_t choice = pick(0, live.size() - 1);
        const std::size_t wire = live[choice];
        const auto& rows = m_rows[wire];
        const std::size_t count = std::min(pick(0, 4), rows.size() - next[wire]);
        if (count > 0) send(batch(wire, next[wire], count));
        next[wire] += count;
        watermarks[wire] = next[wire] < rows.size() ? rows[next[wire]].stamp : m_after[wire];
        if (next[wire] == rows.size()) {
            live.erase(live.begin() + static_cast<std::ptrdiff_t>(choice));
            watermarks[wire] = kMaxTimestamp;
        }
        advance(*std::min_element(watermarks.begin(), watermarks.end()));
    }
}

Batch WindowCase::batch(std::size_t wire, std::size_t from, std::size_t count) {
    ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::String)),
        values(Type::of(TypeId::Int));
    std::vector<Instant> stamps;
    bool clean = true;
    for (std::size_t i = from; i < from + count; ++i) {
        const ModelRow& row = m_rows[wire][i];
        times.append(row.time);
        keys.appendString(row.key);
        values.append(static_cast<std::int32_t>(row.value));
        const bool rowClean = row.time >= saturatingAdd(row.stamp, 2);
        clean = clean && rowClean;
        stamps.push_back(rowClean && chance(30) ? kCleanStamp : row.stamp);
    }
    Batch out;
    out.schema = m_input.schema;
    out.rows = count;
    out.columns = {times.finish(), keys.finish(), values.finish()};
    out.positions.first = static_cast<std::int64_t>(from);
    out.wire = static_cast<int>(wire);
    // Whether clean rows carry stamps must make no difference.
    if (!clean || chance(30)) out.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
    return out;
}

std::string difference(const char* what, const std::vector<std::string>& expected,
                       const std::vector<std::string>& found) {
    if (expected == found) return {};
    std::string out = std::string(what) + " expected:\n";
    for (const std::string& line : expected) out += "  " + line + "\n";
    out += "found:\n";
    for (const std::string& line : found) out += "  " + line + "\n";
    return out;
}

std::string WindowCase::describe() const {
    std::string out = params().dump() + "\n";
    for (const auto& wire : m_rows) {
        for (const ModelRow& row : wire) {
            out += "  wire " + std::to_string(row.wire) + " time " + std::to_string(row.time) + " stamp " +
                   std::to_string(row.stamp) + " " + row.key + " " + std::to_string(row.value) + "\n";
        }
    }
    return out;
}

}  // namespace rw::test
