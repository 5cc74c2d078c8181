#include "widgets/document/save_rows.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include "core/connect/csv/writer.h"
#include "core/data/text.h"
#include "widgets/background/background.h"
#include "widgets/document/export_target.h"
#include "widgets/document/whole_file.h"

namespace rw::ui {
namespace {

constexpr char kFolderKey[] = "export/folder";

bool isUpdating(const std::vector<Batch>& batches) {
    return std::any_of(batches.begin(), batches.end(),
                       [](const Batch& batch) { return batch.kinds != nullptr; });
}

}  // namespace

void saveRows(QWidget* parent, const PipelineDocument& document, const QString& title, const QString& name,
              std::function<std::vector<Batch>()> rows) {
    QSettings settings;
    const QString folder = settings.value(QLatin1String(kFolderKey), QDir::homePath()).toString();
    const ExportTarget target(document, title);
    const QString path = target.prompt(parent, title, target.proposal(folder, name, QStringLiteral(".csv")),
                                       QCoreApplication::translate("export", "CSV files (*.csv)"));
    if (path.isEmpty()) return;
    settings.setValue(QLatin1String(kFolderKey), QFileInfo(path).absolutePath());
    runInBackground(
        parent,
        [path, rows = std::move(rows)]() -> Result<UnreadRows> {
            UnreadRows unread;
            RW_TRY(writeWhole(path, csvOf(rows(), &unread)));
            return unread;
        },
        [parent](const Result<UnreadRows>& written) {
            written.ok() ? showUnreadRows(parent, *written) : showExportError(parent, written.error());
        });
}

std::string csvOf(const std::vector<Batch>& batches, UnreadRows* unread) {
    std::string out;
    if (batches.empty()) return out;
    const CsvWriter writer({}, isUpdating(batches));
    writer.appendHeader(out, *batches.front().schema);
    for (const Batch& batch : batches) {
        const sql::RowErrors errors = writer.appendEveryRow(out, batch);
        if (unread != nullptr) unread->add(errors, batch.rows);
    }
    return out;
}

QString tabbedOf(const std::vector<Batch>& batches) {
    if (batches.empty()) return {};
    const bool updating = isUpdating(batches);
    QStringList head;
    if (updating) head << QStringLiteral("op");
    for (const Field& field : batches.front().schema->fields) head << QString::fromStdString(field.name);
    QString out = head.join(u'\t') + u'\n';
    std::string cell;
    for (const Batch& batch : batches) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            QStringList line;
            if (updating) line << QString::fromUtf8(toString(batch.kind(row)).data());
            for (const ColumnRef& column : batch.columns) {
                cell.clear();
                appendCell(cell, *column, row);
                // A tab or a line end inside would start another cell.
                line << QString::fromStdString(cell).replace(u'\t', u' ').replace(u'\n', u' ');
            }
            out += line.join(u'\t') + u'\n';
        }
    }
    return out;
}

}  // namespace rw::ui
