// python: a function of the user's, called by the Python that Spark has on its machines.
#include "core/deploy/python_calls.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"
#include "core/python/bound_python.h"

namespace rw {

namespace {

/// The columns of the output, by what process() gave.
std::vector<std::string> outputItems(const NodeForm& form, const PythonFunction& function) {
    std::vector<std::string> items;
    const StreamType& output = form.output();
    for (std::size_t i = 0; i < function.output->size(); ++i) {
        const Field& field = function.output->fields[i];
        const std::string name = form.quoted(field.name);
        const std::string made = "`$made`.c" + std::to_string(i);
        // The function can't change the event time, and Spark knows it by the column alone.
        if (static_cast<int>(i) == output.eventTime && !output.made) {
            items.push_back(pyText(name));
        } else if (field.type.is(TypeId::Timestamp)) {
            items.push_back(pyText("timestamp_millis(" + made + ") AS " + name));
        } else if (field.type.is(TypeId::Date)) {
            items.push_back(pyText("date_from_unix_date(" + made + ") AS " + name));
        } else {
            items.push_back(pyText(made + " AS " + name));
        }
    }
    if (output.made && sparkTimed(output)) items.push_back(pyText(form.quoted(sparkTimeColumn(output))));
    return items;
}

bool refused(NodeForm& form, const PythonFunction& function) {
    const bool stateful = function.stateful || function.keyed;
    if (stateful)
        sparkRefuse(
            form,
            RW_TEXT("deploy", "Rows come in no order there, so a state between them would be another one."),
            RW_TEXT("deploy", "Turn the state off, or run this node here."), "stateful");
    if (!function.splits)
        sparkRefuse(
            form, RW_TEXT("deploy", "Spark may call the function again for the same rows."),
            RW_TEXT("deploy",
                    "Turn “Same result for the same rows” on where that is so, or run this node here."),
            "deterministic");
    return stateful || !function.splits;
}

}  // namespace

void sparkPython(NodeForm& form) {
    const auto& bound = static_cast<const BoundPython&>(form.bound());
    const PythonFunction& function = bound.function;
    if (refused(form, function)) return;
    form.find(
        Verdict::Equivalent,
        RW_TEXT("deploy", "Spark's own Python calls the function, without a sandbox and without limits."));
    form.when(RW_TEXT("deploy", "Spark's Python has pyarrow and the modules of the code"),
              Verdict::Equivalent);
    const bool orNull = form.params().text("on_error") == "null";
    if (!orNull) form.when(RW_TEXT("deploy", "no row fails"), Verdict::Equivalent);
    const std::string code =
        bound.file.empty() ? pythonCodeText(function.code) : "python_file(" + pyText(form.raw("file")) + ")";
    std::vector<std::string> arguments{sparkRows(form), code, pyText(pythonSetup(function)),
                                       pyList(outputItems(form, function))};
    if (orNull) arguments.push_back("or_null=True");
    sparkView(form, pyCall("with_python", arguments));
    sparkNoRejected(form);
}

}  // namespace rw
