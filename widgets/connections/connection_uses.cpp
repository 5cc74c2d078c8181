#include "widgets/connections/connection_uses.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "core/pipeline/json/json.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/recent_files.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {
namespace {

QStringList nodesThatName(const std::string& connection, const std::vector<ConnectionUse>& uses) {
    QStringList nodes;
    for (const ConnectionUse& use : uses) {
        if (use.connection == connection) nodes << shownText(QString::fromStdString(use.title));
    }
    return nodes;
}

bool sameUses(const std::map<QString, std::vector<ConnectionUse>>& a,
              const std::map<QString, std::vector<ConnectionUse>>& b) {
    const auto same = [](const ConnectionUse& x, const ConnectionUse& y) {
        return x.connection == y.connection && x.node == y.node && x.title == y.title;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&same](const auto& x, const auto& y) {
        return x.first == y.first &&
               std::equal(x.second.begin(), x.second.end(), y.second.begin(), y.second.end(), same);
    });
}

}  // namespace

ConnectionUses::ConnectionUses(const PipelineDocument& document, const RecentFiles& recent, QObject* parent)
    : QObject(parent), m_document(document), m_recent(recent) {
    connect(&m_document, &PipelineDocument::validatedChanged, this, &ConnectionUses::changed);
}

std::vector<ConnectionUses::Use> ConnectionUses::of(const std::string& connection) const {
    std::vector<Use> uses;
    const auto add = [&](const QString& pipeline, const std::vector<ConnectionUse>& all) {
        const QStringList nodes = nodesThatName(connection, all);
        if (!nodes.isEmpty()) uses.push_back({shownText(pipeline), nodes});
    };
    add(m_document.displayName(), connectionUses(m_document.pipeline(), m_document.catalogue()));
    for (const auto& [path, all] : m_files) {
        if (path != m_document.path()) add(QFileInfo(path).fileName(), all);
    }
    return uses;
}

void ConnectionUses::look() {
    m_worker.abandon();  // one that waits for a disk is not waited for
    const auto read = [files = m_recent.files(), catalogue = m_document.sharedCatalogue()] {
        std::map<QString, Uses> found;
        for (const QString& path : files) {
            const Result<Loaded> loaded = loadPipelineFile(path.toStdString());
            if (loaded.ok()) found[path] = connectionUses(loaded->pipeline, *catalogue);
        }
        return found;
    };
    m_looking.ask(m_worker, read, [this](std::map<QString, Uses> found) { take(std::move(found)); });
}

void ConnectionUses::take(std::map<QString, Uses> found) {
    if (sameUses(found, m_files)) return;
    m_files = std::move(found);
    Q_EMIT changed();
}

}  // namespace rw::ui
