#include "widgets/results/result_databases.h"

#include <QDir>
#include <algorithm>

#include "core/pipeline/variables.h"
#include "widgets/document/node_mark.h"

namespace rw::ui {
namespace {

QString textOf(const Node& node, const char* param, const Variables& variables) {
    const auto found = node.params.find(param);
    if (found == node.params.end() || !found->is_string()) return {};
    return QString::fromStdString(substitute(found->get<std::string>(), variables));
}

}  // namespace

std::vector<ResultDatabase> databasesOf(const PipelineDocument& document) {
    std::vector<Issue> ignored;  // wrong variables are told by the validation
    const Variables variables = variablesOf(document.pipeline(), document.validateOptions(), ignored);
    const QDir folder(QString::fromStdString(document.validateOptions().folder));
    std::vector<ResultDatabase> databases;
    for (const Node& node : document.pipeline().nodes) {
        if (node.type != "sqlite_sink") continue;
        const QString name = textOf(node, "database", variables);
        if (name.isEmpty() || name == QLatin1String("-")) continue;
        const QString path = QDir::cleanPath(folder.absoluteFilePath(name));
        auto found = std::find_if(databases.begin(), databases.end(),
                                  [&](const ResultDatabase& each) { return each.path == path; });
        if (found == databases.end()) found = databases.insert(databases.end(), {path, {}});
        found->tables.insert(textOf(node, "table", variables), titleOf(node));
    }
    return databases;
}

}  // namespace rw::ui
