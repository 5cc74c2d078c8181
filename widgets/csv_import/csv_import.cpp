#include "widgets/csv_import/csv_import.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>

#include "widgets/background/background.h"
#include "widgets/csv_import/import_dialog.h"
#include "widgets/document/infer_columns.h"
#include "widgets/pane/action_registry.h"

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

/// Whether its files have a delimiter between fields, as CSV has.
bool isDelimited(const NodeKind& kind) {
    return std::any_of(kind.params.begin(), kind.params.end(),
                       [](const ParamSpec& spec) { return spec.name == "delimiter"; });
}

/// Relative where the pipeline and its data can be moved together.
QString storedPath(const QString& path, const PipelineDocument& document) {
    const QString folder = document.folder() + QLatin1Char('/');
    return !document.path().isEmpty() && path.startsWith(folder) ? path.mid(folder.size()) : path;
}

}  // namespace

CsvImport::CsvImport(PipelineDocument& document, const CsvParams& writing, QWidget* window)
    : QObject(window),
      m_document(document),
      m_writing(writing),
      m_window(window),
      m_import(new QAction(this)) {
    connect(m_import, &QAction::triggered, this, &CsvImport::prompt);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return;
        ++m_documents;
        m_waiting.clear();
        m_busy = m_takesAll = false;
        if (m_dialog) m_dialog->reject();
    });
}

void CsvImport::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("file.import"), m_import, MenuPlace{MainMenu::File, 0});
}

void CsvImport::retranslate() {
    m_import->setText(tr("&Import a file with rows…"));
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
    m_waiting << Wanted{path, {}};
    next();
}

void CsvImport::addDropped(const QStringList& paths, QPoint globalPos) {
    for (const QString& path : paths) m_waiting << Wanted{path, globalPos};
    next();
}

void CsvImport::next() {
    if (m_busy) return;
    if (m_waiting.isEmpty()) {
        m_takesAll = false;
        return;
    }
    const Wanted file = m_waiting.takeFirst();
    const auto [kind, sort] = readerOf(m_document.catalogue(), file.path);
    if (kind == nullptr) return next();
    m_busy = true;
    const QFileInfo info(file.path);
    const auto ending = static_cast<qsizetype>(sort->ending.size());
    const bool known = info.fileName().endsWith(QString::fromStdString(sort->ending), Qt::CaseInsensitive);
    NodeTemplate node{.type = kind->type,
                      .title = known ? info.fileName().chopped(ending) : info.completeBaseName()};
    node.params[pathParam(*kind)] = storedPath(info.absoluteFilePath(), m_document).toStdString();
    node.params.update(sort->params);
    if (!isDelimited(*kind)) return takeColumns(file, node, *kind);
    m_takesAll ? takeUnasked(file, node) : ask(file, node, *kind);
}

void CsvImport::ask(const Wanted& file, const NodeTemplate& node, const NodeKind& kind) {
    const ImportDialog::File asked{.path = QFileInfo(file.path).absoluteFilePath(),
                                   .format = m_writing.formatOf(node.params),
                                   .guessDelimiter = !node.params.contains("delimiter"),
                                   .others = static_cast<int>(m_waiting.size())};
    m_dialog = new ImportDialog(asked, kind, m_writing, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::finished, this, [this, file, node, dialog = m_dialog.data()](int result) {
        NodeTemplate made = node;
        m_takesAll = dialog->takesAll();
        if (result == QDialog::Accepted) {
            made.params.update(dialog->params());
            return place(file, made);
        }
        m_waiting.clear();
        m_busy = false;
    });
    m_dialog->open();
}

void CsvImport::takeUnasked(const Wanted& file, const NodeTemplate& node) {
    const auto read = [path = QFileInfo(file.path).absoluteFilePath().toStdString(),
                       format = m_writing.formatOf(node.params),
                       guess = !node.params.contains("delimiter")] { return lookAtCsv(path, format, guess); };
    runInBackground(this, read,
                    [this, file, node, document = m_documents](const Result<CsvPreview>& preview) {
                        if (document != m_documents) return;
                        if (!preview.ok()) return fail(preview.status(), node.title);
                        ImportChoices choices;
                        choices.see(*preview);
                        NodeTemplate made = node;
                        made.params.update(choices.params(m_writing));
                        place(file, made);
                    });
}

void CsvImport::takeColumns(const Wanted& file, const NodeTemplate& node, const NodeKind& kind) {
    runInBackground(this, columnInference(kind, node.params, m_document.folder().toStdString()),
                    [this, file, node, document = m_documents](const auto& columns) {
                        if (document != m_documents) return;
                        if (!columns.ok()) return fail(columns.status(), node.title);
                        NodeTemplate made = node;
                        made.params["columns"] = *columns;
                        place(file, made);
                    });
}

void CsvImport::place(const Wanted& file, const NodeTemplate& node) {
    Q_EMIT addRequested(node, file.globalPos);
    Q_EMIT added();
    m_busy = false;
    next();
}

void CsvImport::fail(const Status& status, const QString& title) {
    Q_EMIT failed(status, tr("“%1” can't be read").arg(title));
    m_busy = false;
    next();
}

}  // namespace rw::ui
