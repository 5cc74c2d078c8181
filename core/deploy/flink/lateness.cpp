#include "core/deploy/flink/lateness.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/deploy/flink/clauses.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {

std::string timeOf(const NodeForm& form, int port) {
    const StreamType& input = form.input(port);
    return flinkColumn(form, *input.schema, input.eventTime);
}

std::string watermarkOf(const std::string& time) {
    return "CURRENT_WATERMARK(" + time + ")";
}

}  // namespace

void flinkWhen(NodeForm& form, const Text& condition) {
    const std::vector<Remark>& known = form.findings();
    const auto same = [&condition](const Remark& finding) { return finding.condition == condition; };
    if (std::none_of(known.begin(), known.end(), same)) form.when(condition);
}

void flinkFindLateRows(NodeForm& form, int port) {
    const StreamType& input = form.input(port);
    if (input.made || input.sourceOrder) return;
    form.find(Verdict::Approximated,
              RW_TEXT("deploy",
                      "Where several sources meet, Flink counts a row that is late by its own source as long "
                      "as another source is behind it."))
        .fix = RW_TEXT("deploy", "Do this for each source by itself, and unite the results.");
}

void flinkFindTies(NodeForm& form, const StreamType& input, const Text& condition) {
    if (!input.sourceOrder) flinkWhen(form, condition);
}

std::string flinkOnTime(NodeForm& form, int port, std::string_view part) {
    flinkFindLateRows(form, port);
    const std::string from = form.quoted(form.from(port));
    if (form.input(port).made) return from;
    const std::string time = timeOf(form, port), watermark = watermarkOf(time), name = form.helper(part);
    flinkView(form, name,
              fmt::format("SELECT *\nFROM {}\nWHERE {} IS NULL OR {} > {}", from, watermark, time, watermark),
              "rows on time by their own source");
    return form.quoted(name);
}

std::string flinkMillisBetween(const std::string& from, const std::string& to) {
    // TIMESTAMPDIFF has no smaller unit, is an INT, and drops fractions of a second.
    return fmt::format(
        "CAST(TIMESTAMPDIFF(SECOND, {0}, {1}) AS BIGINT) * 1000\n"
        "    + MOD(EXTRACT(MILLISECOND FROM {1}) - EXTRACT(MILLISECOND FROM {0}) + 1000, 1000)",
        from, to);
}

void flinkLatePort(NodeForm& form, int port, std::string_view output, const FlinkLate& late) {
    if (!form.wired(output)) return;
    const Schema& input = *form.input(port).schema;
    std::vector<std::string> columns;
    for (int i = 0; i < static_cast<int>(input.size()); ++i) {
        const std::string& name = input.fields[static_cast<std::size_t>(i)].name;
        if (isLateColumn(name)) continue;
        columns.push_back(flinkNamed(form, late.column ? late.column(i) : form.quoted(name), name));
    }
    flinkView(
        form, form.relation(output),
        fmt::format("SELECT {},\n  {} AS {},\n  {} AS {}\nFROM {}\nWHERE {}", flinkLine(columns), late.by,
                    form.quoted("late_by"), late.until, form.quoted("late_for"), late.from, late.where),
        fmt::format("port {}", output));
}

void flinkLateByTime(NodeForm& form, int port, std::string_view output, const std::string& windowEnd) {
    const std::string time = timeOf(form, port), watermark = watermarkOf(time);
    FlinkLate late;
    late.from = form.quoted(form.from(port));
    late.by = flinkMillisBetween(time, watermark);
    if (!windowEnd.empty()) late.until = windowEnd;
    late.where = fmt::format("{} <= {}", time, watermark);
    flinkLatePort(form, port, output, late);
}

void flinkNeverLate(NodeForm& form, int port, std::string_view output) {
    FlinkLate late;
    late.from = form.quoted(form.from(port));
    flinkLatePort(form, port, output, late);
}

}  // namespace rw
