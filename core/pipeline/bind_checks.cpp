#include "core/pipeline/bind_checks.h"

#include "core/pipeline/bare_name.h"

namespace rw {

namespace {

/// Marks column `name` as event time where the rows come from, or else right before this node.
QuickFix markEventTime(const BindContext& context, int port, const std::string& name) {
    const Producer producer = context.producer(port);
    QuickFix fix;
    fix.label = RW_TEXT("bind", "Use “%1” as event time").with(name);
    if (producer.marksEventTime) {
        fix.node = producer.node;
        fix.param = "event_time";
        fix.value = name;
        return fix;
    }
    fix.kind = QuickFix::Kind::AddNode;
    fix.node = context.node().id;
    fix.port = context.portName(port);
    fix.param = "event_time";
    fix.value = {{"column", name}};
    return fix;
}

std::optional<BareName> bareNameIn(const BindContext& context, std::string_view text,
                                   const sql::SqlError& error) {
    for (int port = 0; port < context.ports(); ++port) {
        for (const StreamType& stream : context.wires(port)) {
            if (auto bare = bareName(text, error, *stream.schema)) return bare;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string columnNames(const Schema& schema) {
    constexpr std::size_t kShown = 8;
    std::string out;
    for (std::size_t i = 0; i < std::min(schema.size(), kShown); ++i) {
        out += (i > 0 ? ", " : "") + schema.fields[i].name;
    }
    return schema.size() > kShown ? out + " …" : out;
}

std::string nearestOf(std::string_view name, const std::vector<std::string>& names) {
    Schema schema;
    for (const std::string& candidate : names) schema.fields.push_back({candidate, Type{}});
    return nearestName(name, schema);
}

bool refuseUpdating(BindContext& context, Text fix, int port) {
    const auto& wires = context.wires(port);
    for (std::size_t wire = 0; wire < wires.size(); ++wire) {
        if (!wires[wire].updating) continue;
        Issue& issue = context.error(
            {},
            RW_TEXT("bind", "“%1” sends changing rows; “%2” takes only rows that stay as they are.")
                .with(context.producer(port, wire).title, context.node().shownTitle()),
            std::move(fix));
        issue.port = context.portName(port);
        return true;
    }
    return false;
}

int requireEventTime(BindContext& context, Text what, int port) {
    const StreamType& stream = context.input(port);
    if (stream.eventTime >= 0) return stream.eventTime;
    Issue& issue = context.error({}, std::move(what).with(context.producer(port).title),
                                 RW_TEXT("bind", "Choose the time column of its rows."));
    issue.port = context.portName(port);
    if (stream.updating || stream.made) return -1;
    for (const Field& field : stream.schema->fields) {
        if (!field.type.is(TypeId::Timestamp)) continue;
        issue.quickFixes.push_back(markEventTime(context, port, field.name));
    }
    return -1;
}

int requireColumn(BindContext& context, std::string_view param, const Schema& schema, std::string_view name,
                  int item, std::string_view rest) {
    if (const auto index = schema.find(name)) return *index;
    const std::string nearest = nearestName(name, schema);
    Text fix = nearest.empty() ? RW_TEXT("bind", "The columns are: %1.").with(columnNames(schema))
                               : RW_TEXT("bind", "Replace with “%1”?").with(nearest);
    Issue& issue =
        context.error(param, RW_TEXT("bind", "There is no column “%1”.").with(name), std::move(fix));
    issue.item = item;
    issue.length = name.size();
    issue.column = std::string(name);
    if (!nearest.empty())
        issue.quickFixes.push_back(replaceParam(context, param, item, nearest + std::string(rest)));
    return -1;
}

QuickFix replaceParam(const BindContext& context, std::string_view param, int item,
                      const std::string& value) {
    QuickFix fix;
    fix.label = RW_TEXT("bind", "Replace with “%1”").with(value);
    fix.node = context.node().id;
    fix.param = std::string(param);
    fix.value = value;
    if (item >= 0) {
        fix.value = context.json(param);
        fix.value[static_cast<std::size_t>(item)] = value;
    }
    return fix;
}

Issue& sqlIssue(BindContext& context, std::string_view param, int item, const sql::SqlError& error) {
    Issue& issue = context.error(param, error.message, error.fix);
    issue.item = item;
    issue.position = error.position;
    issue.length = std::max<std::size_t>(error.length, 1);
    issue.column = error.column;
    std::string text = context.text(param);
    if (item >= 0) text = context.list(param)[static_cast<std::size_t>(item)];
    std::size_t length = error.length;
    std::string replacement = error.replacement;
    if (const auto bare = bareNameIn(context, text, error)) {
        replacement = sql::quoteIdentifier(bare->name);
        issue.fix = RW_TEXT("bind", "Write the name of the column in back quotes: %1.").with(replacement);
        issue.position = bare->begin;
        issue.length = length = bare->name.size();
        issue.column.clear();  // the input has it
    }
    if (replacement.empty() || issue.position + length > text.size()) return issue;
    text.replace(issue.position, length, replacement);
    QuickFix fix = replaceParam(context, param, item, text);
    fix.label = RW_TEXT("bind", "Replace with “%1”").with(replacement);
    issue.quickFixes.push_back(std::move(fix));
    return issue;
}

}  // namespace rw
