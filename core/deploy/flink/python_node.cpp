// python: a function of the user's as a table function, which a program of PyFlink defines. SQL alone can't.
#include <fmt/format.h>

#include <algorithm>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/sql_text.h"
#include "core/deploy/python_calls.h"
#include "core/deploy/python_text.h"
#include "core/python/bound_python.h"

namespace rw {

namespace {

/// “PythonFunction(node, code, setup, or_null)”, as python_program.cpp defines it.
std::string functionText(NodeForm& form, const BoundPython& bound, bool orNull) {
    const std::string code = bound.file.empty() ? pythonCodeText(bound.function.code)
                                                : "python_file(" + pyText(flinkPath(form, "file")) + ")";
    return fmt::format("PythonFunction({}, {}, {}{})", pyText(form.id()), code,
                       pyText(pythonSetup(bound.function)), orNull ? ", or_null=True" : "");
}

/// The input's columns as arguments; event time as a plain column.
std::vector<std::string> argumentsOf(const NodeForm& form, const std::string& given) {
    std::vector<std::string> columns = flinkColumnNames(form, *form.input().schema);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i] = given + "." + columns[i];
        if (form.input().schema->fields[i].type.is(TypeId::Timestamp)) columns[i] = flinkInstant(columns[i]);
    }
    return columns;
}

/// The columns of the output: the event time, which the function can't change, as the input has it; all
/// others as process() gave them.
std::vector<std::string> outputsOf(const NodeForm& form, const std::string& given, const std::string& made,
                                   std::vector<std::string>& names) {
    std::vector<std::string> items;
    const StreamType& output = form.output();
    for (std::size_t i = 0; i < output.schema->size(); ++i) {
        const std::string& name = output.schema->fields[i].name;
        names.push_back(form.quoted(fmt::format("c{}", i)));
        const bool time = static_cast<int>(i) == output.eventTime;
        items.push_back(
            flinkNamed(form, time ? given + "." + form.quoted(name) : made + "." + names.back(), name));
    }
    return items;
}

bool hasTimes(const Schema& schema) {
    return std::any_of(schema.fields.begin(), schema.fields.end(), [](const Field& field) {
        return field.type.is(TypeId::Timestamp) || field.type.is(TypeId::Date);
    });
}

bool refused(NodeForm& form, const PythonFunction& function) {
    if (!form.options().python) {
        flinkSayAsAlways(form);
        return true;
    }
    if (!function.stateful && !function.keyed) return false;
    form.find(Verdict::Refused, RW_TEXT("deploy", "Flink keeps no state for functions in Python."),
              "stateful")
        .fix = RW_TEXT("deploy", "Turn the state off, or run this node here.");
    return true;
}

}  // namespace

void flinkPython(NodeForm& form) {
    const auto& bound = static_cast<const BoundPython&>(form.bound());
    if (refused(form, bound.function)) return;
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy", "PyFlink calls the function, without a sandbox and without limits."));
    form.when(RW_TEXT("deploy", "PyFlink's Python has the modules of the code"), Verdict::Equivalent);
    const bool orNull = form.params().text("on_error") == "null";
    if (!orNull) form.when(RW_TEXT("deploy", "no row fails"), Verdict::Equivalent);
    if (hasTimes(*form.input().schema))
        form.when(RW_TEXT("deploy", "all years lie between 1 and 9999"), Verdict::Equivalent);
    const std::string function = form.quoted(form.helper("process"));
    form.statement(Statement::Kind::Function, function, functionText(form, bound, orNull));
    const std::string given = form.quoted(form.from());
    const std::string made = form.quoted(form.helper("made"));
    std::vector<std::string> names;
    const std::vector<std::string> items = outputsOf(form, given, made, names);
    flinkView(form, form.relation(),
              fmt::format("SELECT\n  {}\nFROM {}, LATERAL TABLE({}(\n  {})) AS {} ({})", flinkList(items),
                          given, function, flinkLine(argumentsOf(form, given)), made, flinkLine(names)));
    flinkNoRejected(form);
}

}  // namespace rw
