#include "widgets/document/editing/node_template.h"

#include <algorithm>

#include "widgets/document/text_match.h"
#include "widgets/document/translated.h"

namespace rw::ui {

std::vector<TemplateEntry> templateEntries(const Catalogue& catalogue) {
    std::vector<TemplateEntry> entries;
    for (const NodeKind& kind : catalogue.kinds()) {
        for (const PaletteEntry& entry : kind.palette) {
            const QString name = translated(entry.name);
            entries.push_back({{kind.type, entry.params, name},
                               name,
                               translated(entry.hint),
                               QString::fromStdString(entry.icon),
                               kind.group});
        }
    }
    return entries;
}

int matchScore(const QString& typed, const TemplateEntry& entry) {
    const QString words = typed.trimmed();
    if (words.isEmpty()) return 1;
    const int name = textScore(words, entry.name) * 4;
    // Letters strewn over longer words find anything: types and hints must hold the words themselves.
    const int type = QString::fromStdString(entry.node.type).contains(words, Qt::CaseInsensitive) ? 180 : 0;
    const int hint = entry.hint.contains(words, Qt::CaseInsensitive) ? 120 : 0;
    return qMax(qMax(name, type), hint);
}

std::vector<TemplateEntry> matching(const std::vector<TemplateEntry>& entries, const QString& typed) {
    std::vector<std::pair<int, const TemplateEntry*>> found;
    for (const TemplateEntry& entry : entries) {
        if (const int score = matchScore(typed, entry); score > 0) found.emplace_back(score, &entry);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<TemplateEntry> sorted;
    for (const auto& [score, entry] : found) sorted.push_back(*entry);
    return sorted;
}

std::unique_ptr<QMimeData> toMimeData(const NodeTemplate& node) {
    const Json json = {{"type", node.type}, {"params", node.params}, {"title", node.title.toStdString()}};
    auto data = std::make_unique<QMimeData>();
    data->setData(QLatin1String(kTemplateMimeType), QByteArray::fromStdString(json.dump()));
    return data;
}

std::optional<NodeTemplate> nodeTemplate(const QMimeData& data) {
    const QByteArray bytes = data.data(QLatin1String(kTemplateMimeType));
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_object() || !json.contains("type") || !json["type"].is_string()) return std::nullopt;
    NodeTemplate node{.type = json["type"].get<std::string>()};
    if (const auto params = json.find("params"); params != json.end() && params->is_object())
        node.params = *params;
    if (const auto title = json.find("title"); title != json.end() && title->is_string()) {
        node.title = QString::fromStdString(title->get<std::string>());
    }
    return node;
}

}  // namespace rw::ui
