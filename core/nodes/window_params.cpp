#include "core/nodes/window_params.h"

#include <algorithm>

#include "core/base/readable.h"
#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

constexpr std::int64_t kManyWindows = 10'000;  // of a row, that are not worth a warning
constexpr std::string_view kWindowNames[] = {"window_start", "window_end", "window_time"};
constexpr double kLongest = 100.0 * 365.25 * 86'400'000.0;  // ms; a hundred years

ParamSpec lengthParam(const char* name, Text label, Text help, std::vector<std::string> windows) {
    ParamSpec spec = makeParam(name, ParamKind::Duration, std::move(label), std::move(help));
    spec.required = true;
    spec.min = 1;
    spec.max = kLongest;
    spec.appliesWhen = AppliesWhen{"window", std::move(windows)};
    return spec;
}

WindowKind kindOf(const std::string& name) {
    if (name == "hop") return WindowKind::Hop;
    if (name == "cumulate") return WindowKind::Cumulate;
    if (name == "session") return WindowKind::Session;
    return name == "input" ? WindowKind::Input : WindowKind::Tumble;
}

QuickFix setParam(const BindContext& context, const char* param, const std::string& value, Text label) {
    QuickFix fix = replaceParam(context, param, -1, value);
    fix.label = std::move(label);
    return fix;
}

/// Warns when a row falls into so many windows that a run is mostly busy with their results. `param`, the
/// slide or step, may be longer.
void warnOfManyWindows(BindContext& context, const WindowPlan& plan, const char* param) {
    const std::int64_t windows = (plan.size - 1) / plan.step + 1;
    if (windows <= kManyWindows) return;
    std::int64_t fewer = kManyWindows;
    while (plan.size % fewer != 0) --fewer;
    const bool hop = plan.kind == WindowKind::Hop;
    const std::string longer = formatDuration(plan.size / fewer);
    Text fix = hop ? RW_TEXT("window", "With a slide of %1 it would be %2.")
                   : RW_TEXT("window", "With a step of %1 it would be %2.");
    Text label = hop ? RW_TEXT("window", "Set the slide to %1") : RW_TEXT("window", "Set the step to %1");
    Issue& issue = context.issue(
        Severity::Warning, param,
        RW_TEXT("window", "A row falls into %1 windows, and each of them gives results of its own.")
            .with(grouped(std::to_string(windows))),
        std::move(fix).with(longer, grouped(std::to_string(fewer))));
    issue.quickFixes.push_back(setParam(context, param, longer, std::move(label).with(longer)));
}

bool bindHop(BindContext& context, WindowPlan& plan) {
    plan.step = context.duration("slide");
    if (plan.size <= 0 || plan.step <= 0) return false;
    const std::string size = formatDuration(plan.size), slide = formatDuration(plan.step);
    if (plan.step > plan.size) {
        Issue& issue = context.error(
            "slide", RW_TEXT("window", "A slide of %1 is longer than the window of %2.").with(slide, size),
            RW_TEXT("window", "Rows between two windows would vanish: make the slide at most the size."));
        issue.quickFixes.push_back(
            setParam(context, "slide", size, RW_TEXT("window", "Set the slide to %1").with(size)));
        return false;
    }
    if (plan.size % plan.step != 0) {
        const std::string nearest = formatDuration((plan.size / plan.step) * plan.step);
        Issue& issue = context.issue(
            Severity::Warning, "size",
            RW_TEXT("window", "The size of %1 is not a multiple of the slide of %2.").with(size, slide),
            RW_TEXT("window", "It works here; Apache Flink refuses such windows."));
        issue.quickFixes.push_back(
            setParam(context, "size", nearest, RW_TEXT("window", "Set the size to %1").with(nearest)));
    }
    warnOfManyWindows(context, plan, "slide");
    return true;
}

bool bindCumulate(BindContext& context, WindowPlan& plan) {
    plan.step = context.duration("step");
    if (plan.size <= 0 || plan.step <= 0) return false;
    if (plan.size % plan.step == 0) {
        warnOfManyWindows(context, plan, "step");
        return true;
    }
    const std::string nearest = formatDuration((plan.size / plan.step + 1) * plan.step);
    Issue& issue = context.error("size",
                                 RW_TEXT("window", "The size of %1 is not a multiple of the step of %2.")
                                     .with(formatDuration(plan.size), formatDuration(plan.step)),
                                 RW_TEXT("window", "The last step of a cumulating window ends with it."));
    issue.quickFixes.push_back(
        setParam(context, "size", nearest, RW_TEXT("window", "Set the size to %1").with(nearest)));
    return false;
}

void bindWindowKind(BindContext& context, int port, WindowPlan& plan) {
    plan.kind = kindOf(context.text("window"));
    plan.input = context.input(port);
}

bool hasWindowTime(BindContext& context, int port) {
    const Text needs = RW_TEXT("window", "A window needs an event-time column; “%1” has none marked.");
    return requireEventTime(context, needs, port) >= 0;
}

bool bindLengths(BindContext& context, WindowPlan& plan) {
    if (plan.kind == WindowKind::Session) {
        plan.gap = context.duration("gap");
        return plan.gap > 0;
    }
    bool good = true;
    plan.size = context.duration("size");
    plan.step = plan.size;
    if (plan.kind == WindowKind::Hop) good = bindHop(context, plan);
    if (plan.kind == WindowKind::Cumulate) good = bindCumulate(context, plan);
    if (plan.size <= 0 || plan.step <= 0) return false;
    plan.offset = context.duration("offset") % (plan.kind == WindowKind::Hop ? plan.step : plan.size);
    return good;
}

bool bindInputWindow(BindContext& context, int port, WindowPlan& plan) {
    const Schema& schema = *plan.input.schema;
    const auto start = schema.find("window_start"), end = schema.find("window_end");
    if (plan.input.windowed && start && end) {
        plan.windowStart = *start;
        plan.windowEnd = *end;
        return true;
    }
    Issue& issue = context.error(
        "window", RW_TEXT("window", "The rows of “%1” carry no windows.").with(context.producer(port).title),
        RW_TEXT("window",
                "They need window_start and window_end of a window before; or choose a window here."));
    issue.quickFixes.push_back(
        setParam(context, "window", "tumble", RW_TEXT("window", "Use tumbling windows")));
    return false;
}

/// Rows of an updating stream replace each other by key: that works where the key says which window they are
/// in.
bool acceptsUpdates(BindContext& context, const WindowPlan& plan) {
    if (!plan.input.updating) return true;
    if (plan.kind == WindowKind::Session) {
        return !refuseUpdating(context,
                               RW_TEXT("window",
                                       "Use a tumbling window here, or take allowed lateness and early "
                                       "results away from the window before."));
    }
    const auto windowEnd = plan.input.schema->find("window_end");
    for (const int column : plan.input.key) {
        if (column == plan.input.eventTime || (plan.input.windowed && windowEnd == column)) return true;
    }
    return !refuseUpdating(
        context,
        RW_TEXT(
            "window",
            "Changing rows are taken only from one window node, where a change stays inside its window. Put "
            "this node before the rows begin to change."));
}

}  // namespace

std::vector<ParamSpec> windowParams() {
    ParamSpec window;
    window.name = "window";
    window.kind = ParamKind::Choice;
    window.label = RW_TEXT("window", "Window");
    window.help = RW_TEXT("window",
                          "`tumble`: one window after another. `hop`: windows that overlap. `session`: rows "
                          "without a long gap. `cumulate`: windows that grow, such as the day so far. "
                          "`input`: the windows that the rows already have.");
    window.defaultValue = "tumble";
    window.section = RW_TEXT("window", "Window");
    window.choices = {{"tumble", RW_TEXT("window", "Tumble")},
                      {"hop", RW_TEXT("window", "Hop")},
                      {"session", RW_TEXT("window", "Session")},
                      {"cumulate", RW_TEXT("window", "Cumulate")},
                      {"input", RW_TEXT("window", "Input")}};
    ParamSpec offset =
        lengthParam("offset", RW_TEXT("window", "Offset"),
                    RW_TEXT("window",
                            "Shifts the windows, which otherwise begin at multiples of the size since 1970 "
                            "(UTC): for days from 06:00 use `1d` with an offset of `6h`."),
                    {"tumble", "hop", "cumulate"});
    offset.required = false;
    offset.defaultValue = "0s";
    offset.min = -kLongest;
    offset.advanced = true;
    ParamSpec slide = lengthParam(
        "slide", RW_TEXT("window", "Slide"),
        RW_TEXT("window",
                "The time from the start of one window to the start of the next, at most the size."),
        {"hop"});
    slide.appliesWhen->instead = {{"tumble", RW_TEXT("window", "same as size")}};
    return {
        std::move(window),
        lengthParam(
            "size", RW_TEXT("window", "Size"),
            RW_TEXT("window", "The length of a window. With `cumulate`, windows start from zero after it."),
            {"tumble", "hop", "cumulate"}),
        std::move(slide),
        lengthParam("step", RW_TEXT("window", "Step"),
                    RW_TEXT("window",
                            "How often a growing window emits a result. The size must be a multiple of it."),
                    {"cumulate"}),
        lengthParam("gap", RW_TEXT("window", "Gap"),
                    RW_TEXT("window", "A session ends when no row of its key has come for this time."),
                    {"session"}),
        std::move(offset)};
}

bool bindWindow(BindContext& context, WindowPlan& plan) {
    bindWindowKind(context, 0, plan);
    // First whether they change: rows that do can't be given an event time.
    const bool good = acceptsUpdates(context, plan) && hasWindowTime(context, 0);
    if (plan.kind == WindowKind::Input) return bindInputWindow(context, 0, plan) && good;
    return bindLengths(context, plan) && good;
}

bool bindWindows(BindContext& context, WindowPlan& left, WindowPlan& right) {
    bindWindowKind(context, 0, left);
    bindWindowKind(context, 1, right);
    bool good = hasWindowTime(context, 0);
    good = hasWindowTime(context, 1) && good;
    if (left.kind == WindowKind::Input) {
        good = bindInputWindow(context, 0, left) && good;
        return bindInputWindow(context, 1, right) && good;
    }
    good = bindLengths(context, left) && good;
    right.size = left.size;
    right.step = left.step;
    right.offset = left.offset;
    right.gap = left.gap;
    return good;
}

void markWindow(const WindowPlan& plan, ColumnSet& read) {
    for (const int column : {plan.input.eventTime, plan.windowStart, plan.windowEnd}) {
        if (column >= 0) read[static_cast<std::size_t>(column)] = true;
    }
}

bool isWindowColumn(std::string_view name) {
    return std::find(std::begin(kWindowNames), std::end(kWindowNames), name) != std::end(kWindowNames);
}

void addWindowColumns(Schema& schema) {
    for (const std::string_view name : kWindowNames)
        schema.fields.push_back({std::string(name), Type::of(TypeId::Timestamp)});
}

Text windowText(const WindowPlan& plan) {
    switch (plan.kind) {
        case WindowKind::Hop:
            return RW_TEXT("window", "HOP %1 / %2").with(durationText(plan.size), durationText(plan.step));
        case WindowKind::Cumulate:
            return RW_TEXT("window", "CUMULATE %1 / %2")
                .with(durationText(plan.size), durationText(plan.step));
        case WindowKind::Session:
            return RW_TEXT("window", "SESSION %1").with(durationText(plan.gap));
        case WindowKind::Input:
            return RW_TEXT("window", "WINDOW");
        case WindowKind::Tumble:
            break;
    }
    return RW_TEXT("window", "TUMBLE %1").with(durationText(plan.size));
}

}  // namespace rw
