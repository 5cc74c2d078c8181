#include "widgets/document/export_target.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

#include "core/pipeline/checks/export_check.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"

namespace rw::ui {
namespace {

constexpr int kLongestName = 200;  // bytes: file systems take 255, with a number and the suffix
constexpr int kTries = 1000;
constexpr int kRefusals = 3;  // of free names: then the whole folder is read

/// Tables and charts may be called anything.
QString fileName(QString name) {
    for (QChar& c : name)
        if (c == u'/' || c == u'\\' || c.category() == QChar::Other_Control) c = u'-';
    name.truncate(kLongestName);
    while (name.startsWith(u'.')) name.remove(0, 1);
    while (name.toUtf8().size() > kLongestName || (!name.isEmpty() && name.back().isHighSurrogate()))
        name.chop(1);
    name = name.trimmed();
    return name.isEmpty() ? QStringLiteral("export") : name;
}

}  // namespace

ExportTarget::ExportTarget(const PipelineDocument& document, const QString& what)
    : m_catalogue(document.sharedCatalogue()),
      m_pipeline(document.pipeline()),
      m_options(document.validateOptions()),
      m_what(what),
      m_trust(DocumentTrust::questionOf(document)) {}

Status ExportTarget::check(const QString& path) const {
    return checkExport(m_pipeline, *m_catalogue, m_options, m_what.toStdString(),
                       QDir::cleanPath(QFileInfo(path).absoluteFilePath()).toStdString(), m_trust());
}

QString ExportTarget::proposal(const QString& folder, const QString& name, const QString& suffix) const {
    const QString plain = fileName(name);
    for (const QString& place : {folder, QDir::homePath()}) {
        if (!QFileInfo(place).isDir()) continue;
        int refused = 0;
        for (int number = 1; number < kTries && refused < kRefusals; ++number) {
            const QString numbered = number == 1 ? plain : plain + u' ' + QString::number(number);
            const QString path = QDir(place).filePath(numbered + suffix);
            if (QFileInfo::exists(path) || QFileInfo(path).isSymLink()) continue;
            if (check(path).ok()) return path;
            ++refused;
        }
    }
    return QDir(QDir::homePath()).filePath(plain + suffix);
}

QString ExportTarget::prompt(QWidget* parent, const QString& title, const QString& proposal,
                             const QString& filter) const {
    const QString suffix = QFileInfo(proposal).suffix();
    QString path = proposal;
    for (;;) {
        QFileDialog dialog(parent, title, QFileInfo(path).absolutePath(), filter);
        dialog.setAcceptMode(QFileDialog::AcceptSave);
        dialog.setDefaultSuffix(suffix);
        dialog.selectFile(QFileInfo(path).fileName());
        if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return {};
        path = dialog.selectedFiles().front();
        if (!path.endsWith(u'.' + suffix, Qt::CaseInsensitive)) {
            path += u'.' + suffix;
            if (QFileInfo::exists(path)) continue;  // the user was not asked about that one
        }
        const Status status = check(path);
        if (status.ok()) return path;
        QMessageBox box(QMessageBox::Warning, title, translated(status.error().message),
                        QMessageBox::NoButton, parent);
        const QPushButton* again = box.addButton(QCoreApplication::translate("export", "Choose another file"),
                                                 QMessageBox::AcceptRole);
        box.addButton(QCoreApplication::translate("export", "Cancel the export"), QMessageBox::RejectRole);
        box.exec();
        if (box.clickedButton() != again) return {};
        path = proposal;
    }
}

// Not waited for: an export in the background may end at any time, and its parent may go before the box.
void showExportError(QWidget* parent, const Error& error) {
    auto* box = new QMessageBox(QMessageBox::Warning, QCoreApplication::translate("export", "Not exported"),
                                translated(error.message), QMessageBox::NoButton, parent);
    box->setInformativeText(translated(error.fix));
    box->addButton(QCoreApplication::translate("export", "Close"), QMessageBox::RejectRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

}  // namespace rw::ui
