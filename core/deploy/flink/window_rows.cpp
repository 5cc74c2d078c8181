#include "core/deploy/flink/window_rows.h"

#include <fmt/format.h>

#include <utility>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/sql_text.h"
#include "core/nodes/window_params.h"
#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

/// Flink makes a hop of slices as long as its slide.
void findUnevenHop(NodeForm& form, const WindowPlan& plan) {
    if (plan.kind != WindowKind::Hop || plan.size % plan.step == 0) return;
    const std::string size = formatDuration(plan.size), slide = formatDuration(plan.step);
    const std::string nearest = formatDuration(plan.size / plan.step * plan.step);
    Remark& finding =
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink has no hop whose size of %1 is not a multiple of its slide of %2.")
                      .with(size, slide),
                  "size");
    finding.fix = RW_TEXT("deploy", "Choose a size of %1, or another slide.").with(nearest);
    finding.quickFixes.push_back(replaceParam(form.params(), "size", -1, nearest));
    finding.quickFixes.back().label = RW_TEXT("window", "Set the size to %1").with(nearest);
}

/// Windows lie the same wherever a multiple of their step is added.
std::string offsetOf(const WindowPlan& plan) {
    const Millis period = plan.kind == WindowKind::Hop ? plan.step : plan.size;
    const Millis offset = (plan.offset % period + period) % period;
    return offset == 0 ? "" : ", " + flinkInterval(offset);
}

/// “TUMBLE(TABLE `bids`, DESCRIPTOR(`ts`), INTERVAL '1' MINUTE)”
std::string windowFunction(NodeForm& form, const WindowPlan& plan, const std::string& table,
                           const std::string& time) {
    const std::string size = flinkInterval(plan.size), step = flinkInterval(plan.step);
    switch (plan.kind) {
        case WindowKind::Hop:
            return fmt::format("HOP(TABLE {}, DESCRIPTOR({}), {}, {}{})", table, time, step, size,
                               offsetOf(plan));
        case WindowKind::Cumulate:
            return fmt::format("CUMULATE(TABLE {}, DESCRIPTOR({}), {}, {}{})", table, time, step, size,
                               offsetOf(plan));
        case WindowKind::Session: {
            std::string keys;
            for (const std::string& key : form.params().list("keys"))
                keys += (keys.empty() ? "" : ", ") + form.quoted(key);
            if (!keys.empty()) keys = fmt::format(" PARTITION BY ({})", keys);
            return fmt::format("SESSION(TABLE {}{}, DESCRIPTOR({}), {})", table, keys, time,
                               flinkInterval(plan.gap));
        }
        case WindowKind::Tumble:
        case WindowKind::Input:
            break;
    }
    return fmt::format("TUMBLE(TABLE {}, DESCRIPTOR({}), {}{})", table, time, size, offsetOf(plan));
}

/// The windows that the rows carry: made rows, which are never late.
FlinkWindowRows carriedWindows(NodeForm& form, const WindowPlan& plan, int port) {
    const Schema& schema = *plan.input.schema;
    FlinkWindowRows rows;
    rows.from = form.quoted(form.from(port));
    rows.column = [&form, &schema](int column) { return flinkColumn(form, schema, column); };
    rows.start = rows.column(plan.windowStart);
    rows.end = rows.column(plan.windowEnd);
    rows.time = rows.column(plan.input.eventTime);
    rows.late.from = rows.from;
    return rows;
}

/// The columns of the input as the window function shall take them. Its own columns would clash with those
/// of windows before: they are set aside in a view.
struct WindowInput {
    std::string relation{};
    std::vector<std::string> names{};  ///< quoted
};
WindowInput setWindowsAside(NodeForm& form, const Schema& schema, int port, const std::string& part) {
    WindowInput input{form.quoted(form.from(port)), {}};
    // Last and backwards: where columns keep their places Flink's planner drops the view, new names and all,
    // and then says “Field names must be unique” (seen with 2.3.0).
    std::vector<std::string> columns, windows;
    for (const Field& field : schema.fields) {
        const bool window = isWindowColumn(field.name);
        const std::string column = form.quoted(field.name);
        input.names.push_back(window ? form.quoted(flinkFreeName(schema, "in_" + field.name)) : column);
        if (window)
            windows.push_back(column + " AS " + input.names.back());
        else
            columns.push_back(column);
    }
    if (windows.empty()) return input;
    columns.insert(columns.end(), windows.rbegin(), windows.rend());
    const std::string name = form.helper(part + "_rows");
    flinkView(form, name, fmt::format("SELECT {}\nFROM {}", flinkLine(columns), input.relation),
              "the windows before under other names");
    input.relation = form.quoted(name);
    return input;
}

/// The last of a row's windows, of a row for each of them.
std::string lastWindow(const WindowPlan& plan, const FlinkWindowRows& rows, const std::string& time) {
    if (plan.kind == WindowKind::Hop && plan.step < plan.size)
        return fmt::format(" AND {} < {} + {}", time, rows.start, flinkInterval(plan.step));
    if (plan.kind == WindowKind::Cumulate && plan.step < plan.size)
        return fmt::format(" AND {} = {} + {}", rows.end, rows.start, flinkInterval(plan.size));
    return {};
}

}  // namespace

FlinkWindowRows flinkWindowRows(NodeForm& form, const WindowPlan& plan, int port, const std::string& part) {
    if (plan.kind == WindowKind::Input) return carriedWindows(form, plan, port);
    if (port == 0) findUnevenHop(form, plan);  // once: both inputs of a join have the same windows
    flinkFindLateRows(form, port);
    const Schema& schema = *plan.input.schema;
    WindowInput input = setWindowsAside(form, schema, port, part);
    const std::string time = input.names[static_cast<std::size_t>(plan.input.eventTime)];
    const std::string function = windowFunction(form, plan, input.relation, time);
    FlinkWindowRows rows;
    rows.late.from = input.relation;
    rows.column = [names = std::move(input.names)](int column) {
        return names[static_cast<std::size_t>(column)];
    };
    rows.start = form.quoted("window_start");
    rows.end = form.quoted("window_end");
    rows.time = form.quoted("window_time");
    // Rows of sessions have no verdict of their own in Flink; made rows are never late.
    if (plan.kind == WindowKind::Session || plan.input.made) {
        rows.from = fmt::format("TABLE({})", function);
        return rows;
    }
    const std::string name = form.helper(part), stamp = form.quoted(flinkFreeName(schema, "stamp"));
    flinkView(
        form, name,
        fmt::format("SELECT *, CURRENT_WATERMARK({}) AS {}\nFROM TABLE({})", rows.time, stamp, function),
        "every row in its window");
    rows.from = form.quoted(name);
    rows.onTime = fmt::format("{0} IS NULL OR {0} < {1}", stamp, rows.time);
    rows.late = {rows.from, rows.column, flinkMillisBetween(rows.time, stamp), rows.end,
                 fmt::format("{} >= {}{}", stamp, rows.time, lastWindow(plan, rows, time))};
    return rows;
}

}  // namespace rw
