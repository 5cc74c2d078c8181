#include "widgets/panels/problem_place.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/document/words.h"

namespace rw::ui {
namespace {

// The text that `position` counts in: the parameter's, or that of its element.
std::string textOf(const Node& node, const Issue& issue) {
    const auto found = node.params.find(issue.param);
    if (found == node.params.end()) return {};
    const Json* value = &*found;
    if (issue.item >= 0) {
        const auto item = static_cast<std::size_t>(issue.item);
        if (!value->is_array() || item >= value->size()) return {};
        value = &(*value)[item];
    }
    return value->is_string() ? value->get<std::string>() : std::string();
}

QString spotOf(const std::string& text, std::size_t position) {
    const std::string before = text.substr(0, std::min(position, text.size()));
    const auto lines = std::count(before.begin(), before.end(), '\n');
    if (text.find('\n') != std::string::npos)
        return QCoreApplication::translate("problems", "line %1").arg(lines + 1);
    return QCoreApplication::translate("problems", "character %1")
        .arg(QString::fromStdString(before).size() + 1);
}

}  // namespace

QString placeOf(const PipelineDocument& document, const Issue& issue) {
    const Node* node = document.pipeline().find(issue.node);
    if (node == nullptr)
        return issue.node.empty() ? QCoreApplication::translate("problems", "Whole pipeline") : QString();
    const NodeKind* kind = document.kindOf(issue.node);
    if (issue.param.empty()) {
        if (issue.port.empty() || kind == nullptr) return {};
        const QString port = QString::fromStdString(issue.port);
        return kind->outputPort(issue.port) >= 0
                   ? QCoreApplication::translate("problems", "Output %1").arg(port)
                   : QCoreApplication::translate("problems", "Input %1").arg(port);
    }
    const ParamSpec* spec = kind != nullptr ? kind->param(issue.param) : nullptr;
    QStringList parts{spec != nullptr ? translated(spec->label) : QString::fromStdString(issue.param)};
    if (issue.item >= 0) parts << QCoreApplication::translate("problems", "item %1").arg(issue.item + 1);
    if (issue.length > 0) parts << spotOf(textOf(*node, issue), issue.position);
    return parts.join(QCoreApplication::translate("problems", ", "));
}

}  // namespace rw::ui
