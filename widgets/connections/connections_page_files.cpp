// Connections from a file and to one.
#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>
#include <set>

#include "widgets/connections/connections_page.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/translated.h"
#include "widgets/document/whole_file.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

void ConnectionsPage::askForFile(bool toSave) {
    auto* dialog = new QFileDialog(this, toSave ? tr("Export connections") : tr("Import connections"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(toSave ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(toSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->setNameFilter(tr("Connections (*.json)"));
    if (toSave) dialog->selectFile(QStringLiteral("connections.json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, toSave](const QString& path) {
        if (toSave) {
            exportTo(path);
        } else {
            importFrom(path);
        }
    });
    dialog->open();
}

void ConnectionsPage::exportTo(const QString& path) {
    const Status status = writeWhole(path, exportConnections(m_connections.connections()));
    if (!status.ok())
        return say(Said::NotStored, translated(status.error().message), translated(status.error().fix));
    say(Said::Done, tr("Exported to “%1”.").arg(shownText(QFileInfo(path).fileName())),
        tr("Secrets are not in it: they are given again where it is imported."));
}

void ConnectionsPage::importFrom(const QString& path) {
    const Result<std::vector<ExportedConnection>> read = readExportedFile(path.toStdString());
    if (!read.ok())
        return say(Said::NotStored, translated(read.error().message), translated(read.error().fix));
    m_importing = *read;
    m_clashes.clear();
    mergeImported(false);
}

void ConnectionsPage::mergeImported(bool replace) {
    const std::set<std::string> before = keyringEntries(m_connections.connections());
    const auto may = [this, replace](const std::string& name) {
        return replace && std::find(m_clashes.begin(), m_clashes.end(), name) != m_clashes.end();
    };
    const Result<ConnectionStore::Imported> done = m_connections.merge(m_importing, may);
    if (!done.ok())
        return say(Said::NotStored, translated(done.error().message), translated(done.error().fix));
    forgetUnused({before.begin(), before.end()});
    m_clashes = done->clashes;
    const std::size_t count = done->added.size() + done->replaced.size();
    QStringList clashing;
    for (const std::string& name : m_clashes)
        clashing << QStringLiteral("“%1”").arg(shownText(QString::fromStdString(name)));
    if (!clashing.isEmpty())
        return say(Said::Clashes,
                   tr("Here are other connections of these names: %1").arg(clashing.join(QLatin1Char(' '))),
                   tr("They were left as they are. Those that are overwritten have to be given their secrets "
                      "again."));
    say(Said::Done, tr("Connections imported: %1").arg(count),
        tr("Give each the secrets that it needs; they are not in such a file."));
}

}  // namespace rw::ui
