#include "core/deploy/spark/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/deploy/spark/python.h"

namespace rw {

namespace {

constexpr const char* kOwnTime = "$time";

/// Columns that the program has for itself (library_*.cpp); those of keys have numbers behind `$key_`.
constexpr std::string_view kHidden[] = {kOwnTime, "$all",   "$best",   "$end",  "$error", "$item",
                                        "$items", "$line",  "$made",   "$met",  "$place", "$row",
                                        "$rows",  "$start", "$window", "$wrong"};

bool isHidden(std::string_view column) {
    return column.starts_with("$key_") ||
           std::find(std::begin(kHidden), std::end(kHidden), column) != std::end(kHidden);
}

}  // namespace

std::string sparkRows(const NodeForm& form, int port, std::size_t wire) {
    return pyName(form.from(port, wire));
}

void sparkView(NodeForm& form, const std::string& value, std::string_view output, std::string note) {
    const std::string relation = form.relation(output);
    form.statement(Statement::Kind::View, relation, pyName(relation) + " = " + value, std::move(note));
}

std::string sparkWhere(const NodeForm& form, const std::string& rows, const std::string& condition) {
    const StreamType& input = form.input();
    if (!sparkTimed(input)) return pyCall(rows + ".where", {pySql(condition)});
    const std::string time = form.quoted(sparkTimeColumn(input));
    return pyCall(rows + ".where", {pySql("IF(" + time + " IS NULL, NULL, " + condition + ")")});
}

bool sparkTimed(const StreamType& stream) {
    return stream.eventTime >= 0;
}

std::string sparkTimeColumn(const StreamType& stream) {
    return stream.made ? kOwnTime : stream.schema->fields[static_cast<std::size_t>(stream.eventTime)].name;
}

std::string sparkPlainTime(const std::string& column) {
    return column + " + INTERVAL '0' SECOND";
}

bool sparkMarked(const StreamType& stream, std::size_t column) {
    return !stream.made && stream.eventTime == static_cast<int>(column);
}

std::string sparkPlainItem(const NodeForm& form, const StreamType& stream, std::size_t column) {
    const std::string name = form.quoted(stream.schema->fields[column].name);
    return sparkMarked(stream, column) ? sparkPlainTime(name) + " AS " + name : name;
}

std::vector<std::string> sparkPlainItems(const NodeForm& form, const StreamType& stream, bool time) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < stream.schema->size(); ++i)
        items.push_back(pyText(sparkPlainItem(form, stream, i)));
    if (!time || !sparkTimed(stream)) return items;
    const std::string own = form.quoted(kOwnTime);
    items.push_back(pyText(stream.made ? own : form.quoted(sparkTimeColumn(stream)) + " AS " + own));
    return items;
}

std::vector<std::string> sparkKeys(NodeForm& form, std::string_view param) {
    std::vector<std::string> keys;
    for (const std::string& name : form.params().list(param)) {
        if (const auto column = form.input().schema->find(name))
            keys.push_back(sparkPlainItem(form, form.input(), static_cast<std::size_t>(*column)));
    }
    return keys;
}

std::vector<std::string> sparkKeyNames(NodeForm& form, std::string_view param) {
    std::vector<std::string> keys;
    for (const std::string& name : form.params().list(param)) keys.push_back(form.quoted(name));
    return keys;
}

std::string sparkSpan(Millis span) {
    struct Unit {
        Millis length;
        const char* name;
    };
    for (const Unit& unit :
         {Unit{86'400'000, "day"}, Unit{3'600'000, "hour"}, Unit{60'000, "minute"}, Unit{1'000, "second"}}) {
        if (span == 0 || span % unit.length != 0) continue;
        const Millis count = span / unit.length;
        return fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s");
    }
    return span == 0 ? "0 seconds" : fmt::format("{} milliseconds", span);
}

std::string sparkSpanLiteral(const NodeForm& form, Millis span) {
    return form.dialect().words().literal(Value{std::int64_t{span}}, Type::of(TypeId::IntervalDay));
}

void sparkRefuse(NodeForm& form, Text what, Text fix, std::string_view param) {
    form.find(Verdict::Refused, std::move(what), param).fix = std::move(fix);
}

bool sparkRefuseHidden(NodeForm& form) {
    for (const StreamType& output : form.bound().outputs) {
        for (const Field& field : output.schema->fields) {
            if (!isHidden(field.name)) continue;
            sparkRefuse(
                form,
                RW_TEXT("deploy", "The program for Spark has a column “%1” of its own.").with(field.name),
                RW_TEXT("deploy", "Rename the column."));
            return true;
        }
    }
    return false;
}

bool sparkRefuseChanging(NodeForm& form) {
    const int ports = form.params().ports();
    for (int port = 0; port < ports; ++port) {
        for (const NodeForm::Input& input : form.inputs(port)) {
            if (!input.type.updating) continue;
            sparkRefuse(
                form,
                RW_TEXT("deploy", "Spark can't do this with the changing rows of “%1”.").with(input.node),
                RW_TEXT("deploy", "Put this node before the rows begin to change."));
            return true;
        }
    }
    return false;
}

bool sparkRefuseLatePort(NodeForm& form, std::string_view port) {
    if (!form.wired(port)) return false;
    sparkRefuse(form, RW_TEXT("deploy", "Spark drops late rows: none can leave by “%1”.").with(port),
                RW_TEXT("deploy", "Take the wire away from that port, or deploy to Flink."));
    return true;
}

bool sparkRefuseStateTtl(NodeForm& form) {
    if (!form.params().has("state_ttl")) return false;
    sparkRefuse(form, RW_TEXT("deploy", "Spark forgets no key."),
                RW_TEXT("deploy", "Leave the time empty: keys are then kept for ever on both sides."),
                "state_ttl");
    return true;
}

void sparkSayTimed(NodeForm& form, bool windows) {
    // The watermark begins there.
    form.when(RW_TEXT("deploy", "no time is before 1970"), Verdict::Equivalent);
    Text inTime = RW_TEXT("deploy", "no row is late");
    // A caller that compares rows has the program close the last windows (--end).
    if (!windows || form.options().results == Results::Selects) {
        form.when(std::move(inTime), Verdict::Equivalent);
        return;
    }
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "The last windows stay open until newer rows come."))
        .condition = std::move(inTime);
}

void sparkNoRejected(NodeForm& form) {
    if (!form.wired("rejected")) return;
    sparkView(form, pyCall("nothing_rejected", {sparkRows(form)}), "rejected", "port rejected");
    form.when(RW_TEXT("deploy", "no row fails"));
}

void sparkSayChanging(NodeForm& form) {
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "Changes come once for each micro-batch."));
}

}  // namespace rw
