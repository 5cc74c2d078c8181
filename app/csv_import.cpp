#include "app/csv_import.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include "app/file_actions.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/document/infer_columns.h"

namespace rw::ui {

namespace {

constexpr char kType[] = "csv_source";

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

void CsvImport::ask() {
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Choose a CSV file"), QDir::homePath(),
                                                      tr("CSV files (*.csv *.tsv *.txt);;All files (*)"));
    if (!path.isEmpty()) add(path);
}

void CsvImport::add(const QString& path) {
    const NodeKind* kind = m_document.catalogue().find(kType);
    if (kind == nullptr || kind->infer == nullptr) return;
    const QFileInfo info(path);
    NodeTemplate node{.type = kType, .title = info.completeBaseName()};
    node.params["path"] = storedPath(info.absoluteFilePath(), m_document).toStdString();
    if (info.suffix().compare(QLatin1String("tsv"), Qt::CaseInsensitive) == 0)
        node.params["delimiter"] = "\\t";
    inferColumns(kind->infer, node.params, m_document.folder().toStdString(), this,
                 [this, node, document = m_documents](const auto& columns) {
                     if (document == m_documents) finish(node, columns);
                 });
}

void CsvImport::finish(NodeTemplate node, const Result<std::vector<std::string>>& columns) {
    if (!columns.ok()) {
        m_files.tell(columns.status(), tr("“%1” can't be read as CSV").arg(node.title));
        return;
    }
    node.params["columns"] = *columns;
    Q_EMIT addWanted();
    m_canvas.addBesideSelection(node);
    Q_EMIT added();
}

}  // namespace rw::ui
