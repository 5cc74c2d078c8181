#include "tests/unit/stream/cases/window_model.h"

#include <algorithm>
#include <tuple>

#include "core/data/text.h"

namespace rw::test {

namespace {

std::string text(Instant time) {
    std::string out;
    appendTimestamp(out, time);
    return out;
}

std::string resultLine(const ModelWindows& windows, Window window, std::vector<ModelRow> rows) {
    std::sort(rows.begin(), rows.end(), [&](const ModelRow& a, const ModelRow& b) {
        if (windows.severalWires && a.time != b.time) return a.time < b.time;
        return std::tie(a.wire, a.position) < std::tie(b.wire, b.position);
    });
    int sum = 0, least = rows.front().value;
    for (const ModelRow& row : rows) {
        sum += row.value;
        least = std::min(least, row.value);
    }
    return text(window.start) + "|" + text(window.end) + "|" + text(window.end - 1) + "|" + rows.front().key +
           "|" + std::to_string(rows.size()) + "|" + std::to_string(sum) + "|" + std::to_string(least) + "|" +
           std::to_string(rows.front().value) + "|" + std::to_string(rows.back().value);
}

std::string lateLine(const ModelRow& row, Instant end) {
    return text(row.time) + "|" + row.key + "|" + std::to_string(row.value) + "|" +
           std::to_string(row.stamp - (end - 1)) + "|" + text(end);
}

bool contains(const Window& window, Instant time) {
    return window.start <= time && time < window.end;
}

void runWindows(const ModelWindows& windows, const std::vector<ModelRow>& rows, ModelResult& result) {
    std::map<std::pair<Window, std::string>, std::vector<ModelRow>> groups;
    for (const ModelRow& row : rows) {
        bool counted = false;
        Instant last = kMinTimestamp;
        for (const Window& window : windowsOf(windows, row.time)) {
            last = std::max(last, window.end);
            if (window.end - 1 + windows.lateness <= row.stamp) continue;
            groups[{window, row.key}].push_back(row);
            counted = true;
        }
        if (!counted) result.late.push_back(lateLine(row, last));
    }
    for (const auto& [group, members] : groups)
        result.rows.push_back(resultLine(windows, group.first, members));
}

struct Session {
    Window window;
    std::vector<ModelRow> rows;
};

void runSessions(const ModelWindows& windows, std::vector<ModelRow> rows, ModelResult& result) {
    std::sort(rows.begin(), rows.end(), [](const ModelRow& a, const ModelRow& b) {
        return std::tie(a.stamp, a.wire, a.position) < std::tie(b.stamp, b.wire, b.position);
    });
    std::map<std::string, std::vector<Session>> open;
    for (const ModelRow& row : rows) {
        std::vector<Session>& sessions = open[row.key];
        Session joined{{row.time + windows.gap, row.time}, {row}};
        std::vector<Session> others;
        for (Session& session : sessions) {
            if (session.window.end - 1 + windows.lateness <= row.stamp) {
                result.rows.push_back(resultLine(windows, session.window, session.rows));
            } else if (session.window.start <= row.time + windows.gap && row.time <= session.window.end) {
                joined.window.start = std::min(joined.window.start, session.window.start);
                joined.window.end = std::max(joined.window.end, session.window.end);
                joined.rows.insert(joined.rows.end(), session.rows.begin(), session.rows.end());
            } else {
                others.push_back(std::move(session));
            }
        }
        sessions = std::move(others);
        if (joined.rows.size() == 1 && row.time + windows.gap - 1 + windows.lateness <= row.stamp) {
            result.late.push_back(lateLine(row, row.time + windows.gap));
        } else {
            sessions.push_back(std::move(joined));
        }
    }
    for (const auto& [key, sessions] : open) {
        for (const Session& session : sessions)
            result.rows.push_back(resultLine(windows, session.window, session.rows));
    }
}

}  // namespace

std::vector<Window> windowsOf(const ModelWindows& windows, Instant time) {
    std::vector<Window> found;  // by trying all starts near it
    for (Instant start = time - windows.size; start <= time; ++start) {
        const Millis every = windows.kind == WindowKind::Hop ? windows.step : windows.size;
        if ((start - windows.offset) % every != 0) continue;
        const Millis first = windows.kind == WindowKind::Cumulate ? windows.step : windows.size;
        for (Millis length = first; length <= windows.size; length += first) {
            const Window window{start + length, start};
            if (contains(window, time)) found.push_back(window);
        }
    }
    return found;
}

ModelResult model(const ModelWindows& windows, std::vector<ModelRow> rows) {
    ModelResult result;
    if (windows.kind == WindowKind::Session) {
        runSessions(windows, std::move(rows), result);
    } else {
        runWindows(windows, rows, result);
    }
    std::sort(result.rows.begin(), result.rows.end());
    std::sort(result.late.begin(), result.late.end());
    return result;
}

}  // namespace rw::test
