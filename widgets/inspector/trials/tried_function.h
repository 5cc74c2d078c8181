// The function of a node in Python, as its form would run it.
#pragma once
#include <functional>
#include <string>

#include "core/base/status.h"
#include "widgets/inspector/trials/python_trial.h"

namespace rw::ui {

class PipelineDocument;

struct TriedFunction {
    std::string code{};
    std::string fingerprint{};  ///< of the code and the interpreter: what a person agrees to
    Text consequences{};        ///< what running it means, for the question
    std::function<PythonTrialReport(const Batch& rows)> run{};  ///< any thread; waits
};

/// Of a node that was validated. `shown`: the text of its file, where its code is in one. A failure says what
/// is missing before it can be tried.
Result<TriedFunction> triedFunction(const PipelineDocument& document, const NodeId& node,
                                    const QString& shown);

}  // namespace rw::ui
