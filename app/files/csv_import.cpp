#include "app/files/csv_import.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>

#include "app/files/file_actions.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/document/infer_columns.h"

namespace rw::ui {

namespace {

struct Reader {
    const NodeKind* kind = nullptr;
    const FileSort* sort = nullptr;
};

/// The source for such files; for files of another ending the first that reads any.
Reader readerOf(const Catalogue& catalogue, const QString& path) {
    Reader first;
    for (const NodeKind& kind : catalogue.kinds()) {
        for (const FileSort& sort : kind.files) {
            if (path.endsWith(QString::fromStdString(sort.ending), Qt::CaseInsensitive))
                return {&kind, &sort};
            if (first.kind == nullptr) first = {&kind, &sort};
        }
    }
    return first;
}

std::string pathParam(const NodeKind& kind) {
    const auto path = std::find_if(kind.params.begin(), kind.params.end(),
                                   [](const ParamSpec& spec) { return spec.kind == ParamKind::InputPath; });
    return path->name;
}

/// Relative where the pipeline and its data can be moved together.
QString storedPath(const QString& path, const PipelineDocument& document) {
    const QString folder = document.folder() + QLatin1Char('/');
    return !document.path().isEmpty() && path.startsWith(folder) ? path.mid(folder.size()) : path;
}

}  // namespace

CsvImport::CsvImport(PipelineDocument& document, CanvasWidget& canvas, FileActions& files, QWidget* window)
    : QObject(window), m_document(document), m_canvas(canvas), m_files(files), m_window(window) {
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) ++m_documents;
    });
}

void CsvImport::prompt() {
    QStringList patterns;
    for (const QString& ending : endings()) patterns << QLatin1Char('*') + ending;
    patterns.removeDuplicates();  // two sources may read the same sort
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Choose a file with rows"), QDir::homePath(),
        tr("Files with rows (%1);;All files (*)").arg(patterns.join(QLatin1Char(' '))));
    if (!path.isEmpty()) add(path);
}

QStringList CsvImport::endings() const {
    QStringList endings;
    for (const NodeKind& kind : m_document.catalogue().kinds()) {
        for (const FileSort& sort : kind.files) endings << QString::fromStdString(sort.ending);
    }
    return endings;
}

void CsvImport::add(const QString& path) {
    const auto [kind, sort] = readerOf(m_document.catalogue(), path);
    if (kind == nullptr) return;
    const QFileInfo info(path);
    NodeTemplate node{.type = kind->type, .title = info.completeBaseName()};
    node.params[pathParam(*kind)] = storedPath(info.absoluteFilePath(), m_document).toStdString();
    node.params.update(sort->params);
    inferColumns(*kind, node.params, m_document.folder().toStdString(), this,
                 [this, node, document = m_documents](const auto& columns) {
                     if (document == m_documents) finish(node, columns);
                 });
}

void CsvImport::finish(NodeTemplate node, const Result<std::vector<std::string>>& columns) {
    if (!columns.ok()) {
        m_files.showError(columns.status(), tr("“%1” can't be read").arg(node.title));
        return;
    }
    node.params["columns"] = *columns;
    Q_EMIT addRequested();
    m_canvas.addBesideSelection(node);
    Q_EMIT added();
}

}  // namespace rw::ui
