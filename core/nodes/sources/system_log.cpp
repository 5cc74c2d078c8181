// system_log: rows of the entries of the log of systemd.
#include <algorithm>

#include "core/connect/journald/log_source.h"
#include "core/nodes/source_params.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundSystemLog final : public BoundSource {
 public:
    LogReading reading{};
};

struct LogPriority {
    const char* name;
    int number;
};
/// As syslog has them.
constexpr LogPriority kLogPriorities[] = {{"emerg", 0},   {"alert", 1},  {"crit", 2}, {"err", 3},
                                          {"warning", 4}, {"notice", 5}, {"info", 6}, {"debug", 7}};

/// Without checkpoints a run begins again as its parameters say.
Guarantee systemLogGuarantee(const LogReading& reading) {
    Guarantee guarantee{Guarantee::Promise::ExactlyOnce, Guarantee::Means::Position};
    if (!reading.path.empty()) return guarantee;
    if (reading.fromNow) guarantee.withoutCheckpoints = Guarantee::Promise::AtMostOnce;
    guarantee.more =
        RW_TEXT("system_log", "Entries that the log has dropped before the run is resumed are lost.");
    return guarantee;
}

BoundNodeRef bindSystemLog(BindContext& context) {
    auto bound = std::make_shared<BoundSystemLog>();
    LogReading& reading = bound->reading;
    reading.unit = context.text("unit");
    if (!reading.unit.empty() && reading.unit.find('.') == std::string::npos) reading.unit += ".service";
    for (const LogPriority& each : kLogPriorities) {
        if (context.text("priority") == each.name) reading.priority = each.number;
    }
    reading.fromNow = context.text("start") == "latest";
    if (context.has("path") && !context.text("path").empty()) reading.path = context.path("path");
    bound->live = reading.path.empty();
    bound->guarantee = systemLogGuarantee(reading);
    bindTiming(context, logSchema(), *bound);
    if (reading.path.empty()) {
        Access log;
        log.target = "journald:";
        log.description = RW_TEXT("system_log", "The system log of this computer");
        bound->accesses.push_back(std::move(log));
    }
    bound->summary = RW_TEXT("system_log", "%1 · %2")
                         .with(reading.unit.empty() ? RW_TEXT("system_log", "all units")
                                                    : RW_TEXT("system_log", "%1").with(reading.unit),
                               context.choice("priority"));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeSystemLog(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundSystemLog&>(node);
    LogSourceOptions options;
    options.reading = bound.reading;
    options.schema = bound.outputs.front().schema;
    options.arrival = bound.timing.arrival;
    auto source = std::make_unique<LogSource>(context, std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> systemLogParams() {
    ParamSpec unit = makeParam("unit", ParamKind::String, RW_TEXT("system_log", "Unit"),
                               RW_TEXT("system_log",
                                       "The unit of systemd whose entries are read, with those that systemd "
                                       "writes about it: `nginx.service`. Empty: all units."));
    ParamSpec priority =
        makeParam("priority", ParamKind::Choice, RW_TEXT("system_log", "Priority"),
                  RW_TEXT("system_log", "Entries of this priority and more urgent ones."), "debug");
    priority.choices = {
        {"emerg", RW_TEXT("system_log", "Emergency")}, {"alert", RW_TEXT("system_log", "Alert")},
        {"crit", RW_TEXT("system_log", "Critical")},   {"err", RW_TEXT("system_log", "Error")},
        {"warning", RW_TEXT("system_log", "Warning")}, {"notice", RW_TEXT("system_log", "Notice")},
        {"info", RW_TEXT("system_log", "Info")},       {"debug", RW_TEXT("system_log", "Debug: all")}};
    ParamSpec start =
        makeParam("start", ParamKind::Choice, RW_TEXT("system_log", "Start"),
                  RW_TEXT("system_log",
                          "Where a run that does not resume begins. A resumed run goes on behind "
                          "the entries of its checkpoint."),
                  "latest");
    start.choices = {{"latest", RW_TEXT("system_log", "Entries from now on")},
                     {"earliest", RW_TEXT("system_log", "Earliest entry")}};
    ParamSpec path =
        makeParam("path", ParamKind::InputPath, RW_TEXT("system_log", "Files"),
                  RW_TEXT("system_log",
                          "A journal file, or a folder of them, from another computer: it is read "
                          "to its end, and the run ends. Empty: the log of this computer."));
    path.advanced = true;
    std::vector<ParamSpec> params{std::move(unit), std::move(priority), std::move(start), std::move(path)};
    for (ParamSpec& shared : timingParams("ts")) params.push_back(std::move(shared));
    return params;
}

}  // namespace

NodeKind system_logKind() {
    NodeKind kind;
    kind.type = "system_log";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("system_log", "System log");
    kind.palette = {{kind.name, RW_TEXT("system_log", "Entries of journald as rows"), "system_log"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    kind.params = systemLogParams();
    kind.bind = bindSystemLog;
    kind.make = makeSystemLog;
    return kind;
}

}  // namespace rw
