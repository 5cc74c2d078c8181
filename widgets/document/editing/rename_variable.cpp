#include "widgets/document/editing/rename_variable.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/pipeline/variables.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

void renameVariable(PipelineDocument& document, const std::string& from, const std::string& to) {
    Pipeline next = document.pipeline();
    const auto named = [&next](const std::string& name) {
        return std::find_if(next.variables.begin(), next.variables.end(),
                            [&name](const Variable& variable) { return variable.name == name; });
    };
    if (named(from) == next.variables.end() || named(to) != next.variables.end()) return;
    named(from)->name = to;
    for (Node& node : next.nodes) rw::renameVariable(node.params, from, to);
    document.revertTo(next, QCoreApplication::translate("rename_variable", "Rename variable"));
}

}  // namespace rw::ui
