#include "widgets/versions/versions_dialog.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <map>

#include "core/pipeline/json/json.h"
#include "widgets/document/difference_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kWidth = 860, kHeight = 520, kColumnWidth = 220;

QTableWidgetItem* readOnlyCell(const QString& text) {
    const QString shown = shownText(text);
    auto* item = new QTableWidgetItem(shown);
    item->setToolTip(wrappedLines(shownLines(text, kTipLength)));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

QString kindWords(DifferenceKind kind) {
    switch (kind) {
        case DifferenceKind::Added:
            return VersionsDialog::tr("added");
        case DifferenceKind::Removed:
            return VersionsDialog::tr("removed");
        case DifferenceKind::Changed:
            return VersionsDialog::tr("changed");
        case DifferenceKind::Moved:
            break;
    }
    return VersionsDialog::tr("moved");
}

QString thingWords(std::string_view of) {
    const std::map<std::string_view, QString> words{
        {"node", VersionsDialog::tr("Node")},         {"wire", VersionsDialog::tr("Wire")},
        {"variable", VersionsDialog::tr("Variable")}, {"setting", VersionsDialog::tr("Setting")},
        {"comment", VersionsDialog::tr("Comment")},   {"card", VersionsDialog::tr("Card")},
        {"pipeline", VersionsDialog::tr("Pipeline")}, {"query", VersionsDialog::tr("Saved query")}};
    const auto found = words.find(of);
    return found == words.end() ? QString() : found->second;
}

QTableWidget* tableOf(QWidget* parent, const char* name, int columns) {
    auto* table = new QTableWidget(0, columns, parent);
    table->setObjectName(QLatin1String(name));
    table->setHorizontalHeaderLabels(QStringList(columns, QString()));
    applyTableStyle(*table);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    return table;
}

QLabel* labelOf(QWidget* parent, const char* role) {
    auto* made = new QLabel(parent);
    made->setWordWrap(true);
    made->setProperty("role", role);
    return made;
}

}  // namespace

VersionsDialog::VersionsDialog(PipelineDocument& document, QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_file(document.path().toStdString()),
      m_versionsHead(labelOf(this, "dim")),
      m_differencesHead(labelOf(this, "dim")),
      m_state(labelOf(this, "caption")),
      m_versions(tableOf(this, "versions", 3)),
      m_differences(tableOf(this, "differences", 5)),
      m_rename(new QPushButton(this)),
      m_takeBack(new QPushButton(this)),
      m_close(new QPushButton(this)) {
    build();
    refreshWords();
    refresh();
}

void VersionsDialog::build() {
    m_rename->setObjectName(QStringLiteral("rename"));
    m_takeBack->setObjectName(QStringLiteral("take_back"));
    m_close->setObjectName(QStringLiteral("close"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_versionsHead);
    column->addWidget(m_versions, 1);
    column->addWidget(m_differencesHead);
    column->addWidget(m_differences, 1);
    column->addWidget(m_state);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_rename);
    foot->addStretch();
    foot->addWidget(m_close);
    foot->addWidget(m_takeBack);
    column->addLayout(foot);
    resize(Theme::of(this).scaled(kWidth), Theme::of(this).scaled(kHeight));
    for (QPushButton* button : {m_rename, m_takeBack, m_close}) button->setAutoDefault(false);
    connect(m_versions, &QTableWidget::itemSelectionChanged, this, &VersionsDialog::showDifferences);
    connect(m_rename, &QPushButton::clicked, this, &VersionsDialog::rename);
    connect(m_takeBack, &QPushButton::clicked, this, &VersionsDialog::takeBack);
    connect(m_close, &QPushButton::clicked, this, &VersionsDialog::reject);
}

void VersionsDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refreshWords();
}

void VersionsDialog::refreshWords() {
    setWindowTitle(tr("Versions"));
    m_versionsHead->setText(
        tr("Each save, and each run of changes that are not saved, leaves a version on this computer."));
    m_versions->setHorizontalHeaderLabels({tr("Time"), tr("Changes"), tr("Name")});
    m_versions->setAccessibleName(tr("Versions"));
    m_differences->setHorizontalHeaderLabels(
        {tr("Change"), tr("What"), tr("Name"), tr("In the version"), tr("Now")});
    m_differences->setAccessibleName(tr("Differences between the version and the pipeline"));
    m_rename->setText(tr("Name…"));
    m_takeBack->setText(tr("Take back"));
    m_takeBack->setToolTip(tr("Makes the pipeline run as this version does. Places and looks stay."));
    m_close->setText(tr("Close"));
    showVersions();
}

VersionsDialog::History VersionsDialog::historyOf(const std::string& file) {
    History history;
    Result<std::vector<SavedVersion>> versions = savedVersions(file);
    history.status = versions.status();
    if (!versions.ok()) return history;
    for (SavedVersion& version : *versions) {
        Entry& entry = history.entries.emplace_back();
        const Result<std::string> text = versionText(file, version.number);
        if (Result<Loaded> loaded = text.ok() ? loadPipeline(*text) : Result<Loaded>(text.status());
            loaded.ok())
            entry.pipeline = std::move(loaded->pipeline);
        entry.version = std::move(version);
    }
    const Pipeline none;
    for (std::size_t i = 0; i < history.entries.size(); ++i) {
        const bool first = i + 1 == history.entries.size();
        const Pipeline* before = first ? &none : nullptr;
        if (!first && history.entries[i + 1].pipeline) before = &*history.entries[i + 1].pipeline;
        if (before != nullptr && history.entries[i].pipeline)
            history.entries[i].changes = differencesBetween(*before, *history.entries[i].pipeline).size();
    }
    return history;
}

void VersionsDialog::refresh() {
    m_reading.ask([file = m_file] { return historyOf(file); },
                  [this](History history) {
                      m_history = std::move(history);
                      showVersions();
                  });
    showVersions();
}

void VersionsDialog::showVersions() {
    const int row = m_versions->currentRow();
    {
        const QSignalBlocker silent(m_versions);
        m_versions->setRowCount(static_cast<int>(m_history.entries.size()));
        const QLocale locale;
        int at = 0;
        for (const Entry& entry : m_history.entries) {
            const auto saved = QDateTime::fromMSecsSinceEpoch(entry.version.saved);
            m_versions->setItem(at, 0, readOnlyCell(locale.toString(saved, QLocale::ShortFormat)));
            m_versions->setItem(
                at, 1,
                readOnlyCell(entry.pipeline ? locale.toString(static_cast<qulonglong>(entry.changes))
                                            : tr("can't be read")));
            m_versions->setItem(at, 2, readOnlyCell(QString::fromStdString(entry.version.name)));
            ++at;
        }
        fitColumns(*m_versions, Theme::of(this).scaled(kColumnWidth));
        if (m_versions->rowCount() > 0) m_versions->selectRow(std::clamp(row, 0, m_versions->rowCount() - 1));
    }
    showDifferences();
}

const VersionsDialog::Entry* VersionsDialog::chosen() const {
    const int row = m_versions->currentRow();
    return row < 0 || row >= static_cast<int>(m_history.entries.size())
               ? nullptr
               : &m_history.entries[static_cast<std::size_t>(row)];
}

void VersionsDialog::showDifferences() {
    const Entry* const entry = chosen();
    std::vector<PipelineDifference> found;
    if (entry != nullptr && entry->pipeline)
        found = differencesBetween(*entry->pipeline, m_document.pipeline());
    m_differences->setRowCount(static_cast<int>(found.size()));
    int at = 0;
    for (const PipelineDifference& difference : found) {
        QString name = QString::fromStdString(difference.name);
        if (!difference.part.empty()) name += QStringLiteral(" · ") + QString::fromStdString(difference.part);
        m_differences->setItem(
            at, 0, readOnlyCell(differenceSign(difference.kind) + QLatin1Char(' ') + kindWords(difference.kind)));
        m_differences->setItem(at, 1, readOnlyCell(thingWords(difference.of)));
        m_differences->setItem(at, 2, readOnlyCell(name));
        m_differences->setItem(at, 3, readOnlyCell(differenceValue(difference.before)));
        m_differences->setItem(at, 4, readOnlyCell(differenceValue(difference.after)));
        ++at;
    }
    fitColumns(*m_differences, Theme::of(this).scaled(kColumnWidth));
    m_differencesHead->setText(tr("From this version to the pipeline as it is now"));
    QString words;
    if (!m_history.status.ok()) {
        words = errorLines(m_history.status.error());
    } else if (entry == nullptr) {
        words = isBusy() ? tr("Reading the versions…") : tr("There is no version yet: save the pipeline.");
    } else if (found.empty() && entry->pipeline) {
        words = tr("Nothing differs.");
    }
    m_state->setText(words);
    m_rename->setEnabled(entry != nullptr);
    m_takeBack->setEnabled(entry != nullptr && entry->pipeline && !found.empty());
}

void VersionsDialog::takeBack() {
    const Entry* const entry = chosen();
    if (entry == nullptr || !entry->pipeline) return;
    m_document.revertTo(*entry->pipeline, tr("Take back a version"));
    showDifferences();
}

void VersionsDialog::rename() {
    const Entry* const entry = chosen();
    if (entry == nullptr) return;
    bool given = false;
    const QString name =
        QInputDialog::getText(this, tr("Name of the version"), tr("A version with a name is kept."),
                              QLineEdit::Normal, QString::fromStdString(entry->version.name), &given);
    if (!given) return;
    m_changing.ask([file = m_file, number = entry->version.number,
                    text = name.toStdString()] { return nameVersion(file, number, text); },
                   [this](const Status& done) {
                       if (done.ok()) return refresh();
                       m_state->setText(errorLines(done.error()));
                   });
}

}  // namespace rw::ui
