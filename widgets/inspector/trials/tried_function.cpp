#include "widgets/inspector/trials/tried_function.h"

#include <utility>

#include "core/python/bound_python.h"
#include "core/python/interpreter.h"
#include "core/python/sandbox.h"
#include "core/python/try_python.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

PythonTrialReport reportOf(TriedPython tried) {
    PythonTrialReport report;
    report.rows = std::move(tried.rows);
    for (auto& [row, reason] : tried.failed) report.wrong.emplace_back(row, std::move(reason));
    report.notes = std::move(tried.notes);
    report.trace = std::move(tried.trace);
    report.line = tried.line;
    if (!tried.error.empty()) report.failure = {ErrorCode::Invalid, std::move(tried.error)};
    return report;
}

/// What a person agrees to.
Text consequencesOf(const PythonFunction& function) {
    if (!sandbox().works)
        return RW_TEXT(
                   "trials",
                   "It would be run by %1, with your rights: there is no sandbox on this computer, and it "
                   "can read, change and send all that you can.")
            .with(function.python);
    if (function.network)
        return RW_TEXT("trials", "It would be run by %1 in a sandbox, with the network.")
            .with(function.python);
    return RW_TEXT("trials", "It would be run by %1 in a sandbox, without the network.")
        .with(function.python);
}

}  // namespace

Result<TriedFunction> triedFunction(const PipelineDocument& document, const NodeId& node,
                                    const QString& shown) {
    const TypedNode* typed = document.typed(node);
    const auto* bound = typed ? dynamic_cast<const BoundPython*>(typed->bound.get()) : nullptr;
    if (bound == nullptr)
        return Status(ErrorCode::Invalid, RW_TEXT("trials", "The settings of the node have errors."),
                      RW_TEXT("trials", "Mend what is marked in this form, then try again."));
    auto function = std::make_shared<PythonFunction>(bound->function);
    if (!bound->file.empty()) function->code = shown.toStdString();
    TriedFunction tried;
    tried.code = function->code;
    tried.fingerprint = fingerprintOf(function->code, function->python, function->network);
    tried.consequences = consequencesOf(*function);
    tried.run = [function = PythonFunctionRef(function)](const Batch& rows) {
        return reportOf(tryPython(*function, rows));
    };
    return tried;
}

}  // namespace rw::ui
