#include "core/deploy/spark/assigned_windows.h"

#include <fmt/format.h>

#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"

namespace rw {

namespace {

/// From the epoch on, in [0, step).
Millis firstEdge(const WindowPlan& plan, Millis step) {
    return (plan.offset % step + step) % step;
}

std::string windowWords(const WindowPlan& plan, const std::string& time) {
    if (plan.kind == WindowKind::Session)
        return fmt::format("session_window({}, '{}')", time, sparkSpan(plan.gap));
    const std::string size = sparkSpan(plan.size), step = sparkSpan(plan.step);
    if (const Millis edge = firstEdge(plan, plan.step); edge != 0)
        return fmt::format("window({}, '{}', '{}', '{}')", time, size, step, sparkSpan(edge));
    if (plan.kind == WindowKind::Hop) return fmt::format("window({}, '{}', '{}')", time, size, step);
    return fmt::format("window({}, '{}')", time, size);
}

}  // namespace

SparkWindows sparkWindows(const NodeForm& form, int port, const WindowPlan& plan) {
    SparkWindows out;
    out.rows = sparkRows(form, port);
    out.time = sparkTimeColumn(form.input(port));
    switch (plan.kind) {
        case WindowKind::Input:
            out.rows = pyCall("with_own_windows", {out.rows});
            break;
        case WindowKind::Cumulate:
            out.rows = pyCall("cumulating",
                              {out.rows, pyText(out.time), fmt::format("{}", plan.size),
                               fmt::format("{}", plan.step), fmt::format("{}", firstEdge(plan, plan.size))});
            break;
        case WindowKind::Tumble:
        case WindowKind::Hop:
        case WindowKind::Session:
            out.words = windowWords(plan, form.quoted(out.time));
    }
    return out;
}

}  // namespace rw
