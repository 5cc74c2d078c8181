#include "widgets/inspector/subjects/subject_preview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/document/translated.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostShownColumns = 64;
constexpr int kWidestCell = 240;       // pixels
constexpr qsizetype kShownCell = 200;  // characters

QTableWidgetItem* previewCell(const std::optional<std::string>& value) {
    const QString words =
        value ? shownText(QString::fromStdString(*value), kShownCell) : QStringLiteral("NULL");
    auto* item = new QTableWidgetItem(words);
    item->setToolTip(words);
    return item;
}

}  // namespace

SubjectPreview::SubjectPreview(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel),
      m_found(new QLabel),
      m_registryRow(new QWidget),
      m_registry(new QComboBox),
      m_hint(new HintBox),
      m_rows(new QTableWidget),
      m_take(new QCheckBox) {
    m_title->setProperty("role", "heading");
    m_found->setProperty("role", "dim");
    m_found->setObjectName(QStringLiteral("subject_found"));
    m_found->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("subject_hint"));
    m_rows->setObjectName(QStringLiteral("subject_rows"));
    m_rows->setAccessibleName(tr("Rows as they would be read"));
    m_rows->setHorizontalHeader(new TypedHeader(m_rows));
    applyTableStyle(*m_rows);
    m_take->setObjectName(QStringLiteral("take_proposal"));
    m_registry->setObjectName(QStringLiteral("subject_registry"));
    auto* label = new QLabel(tr("Schema registry"));
    label->setProperty("role", "dim");
    label->setBuddy(m_registry);
    m_registry->setAccessibleName(label->text());
    auto* line = new QHBoxLayout(m_registryRow);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kGrid);
    line->addWidget(label);
    line->addWidget(m_registry, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_found, m_registryRow, m_hint})
        column->addWidget(part);
    column->addWidget(m_rows, 1);
    column->addStretch(0);
    column->addWidget(m_take);
    connect(m_registry, &QComboBox::activated, this, &SubjectPreview::registryChosen);
    connect(m_hint, &HintBox::actionTriggered, this, &SubjectPreview::againRequested);
    m_registryRow->hide();
    showNothing();
}

void SubjectPreview::setRegistries(const QStringList& names, const QString& chosen) {
    const QSignalBlocker quiet(m_registry);
    m_registry->clear();
    m_registry->addItem(tr("None"), QString());
    QStringList all = names;
    if (!chosen.isEmpty() && !all.contains(chosen)) all.prepend(chosen);
    for (const QString& name : all) m_registry->addItem(labelText(shownText(name)), name);
    m_registry->setCurrentIndex(std::max(m_registry->findData(chosen), 0));
}

void SubjectPreview::setTaking(bool take) {
    m_take->setChecked(take);
}

QString SubjectPreview::registry() const {
    return m_registry->currentData().toString();
}

Json SubjectPreview::params() const {
    return m_take->isChecked() ? m_params : Json::object();
}

void SubjectPreview::clear(const QString& subject) {
    m_params = Json::object();
    m_title->setText(shownText(subject));
    m_found->clear();
    m_hint->hide();
    m_rows->setRowCount(0);
    m_rows->setColumnCount(0);
    m_rows->hide();
    m_take->setVisible(false);
}

void SubjectPreview::showNothing() {
    clear({});
    m_registryRow->hide();
    m_found->setText(tr("Choose one of the list: its columns and some of its rows stand here then."));
}

void SubjectPreview::showLooking(const QString& subject) {
    clear(subject);
    m_found->setText(tr("Looking at some of its rows …"));
}

void SubjectPreview::showError(const QString& subject, const Error& error) {
    clear(subject);
    m_hint->set(HintBox::Kind::Error, translated(error.message), translated(error.fix), {tr("Try again")});
    m_hint->show();
}

void SubjectPreview::showProposal(const QString& subject, const SubjectProposal& proposal) {
    clear(subject);
    m_params = proposal.params;
    m_found->setText(translated(proposal.found));
    m_registryRow->setVisible(!proposal.needs.empty() || proposal.params.contains("registry"));
    showNotes(proposal);
    fillRows(proposal);
    const bool isOfMessages = m_params.contains("format");
    if (isOfMessages) m_rows->scrollToBottom();  // the newest
    m_take->setText(isOfMessages ? tr("Take the format and the columns, too") : tr("Take the columns, too"));
    m_take->setVisible(!m_params.empty());
}

void SubjectPreview::showNotes(const SubjectProposal& proposal) {
    if (!proposal.needs.empty()) {
        const bool some = m_registry->count() > 1;
        m_hint->set(HintBox::Kind::Info, tr("The messages begin with the number of their schema."),
                    some ? tr("Choose the registry that knows it, and the columns stand here.")
                         : tr("Add a connection of the kind HTTP to the registry that knows it, and choose "
                              "the topic again."));
        m_hint->show();
        return;
    }
    if (proposal.notes.empty()) return;
    QStringList words;
    for (const Text& note : proposal.notes) words << translated(note);
    const QString first = words.takeFirst();
    m_hint->set(HintBox::Kind::Info, first, words.join(QLatin1Char('\n')));
    m_hint->show();
}

void SubjectPreview::fillRows(const SubjectProposal& proposal) {
    const auto columns = static_cast<int>(std::min(proposal.columns.size(), kMostShownColumns));
    if (columns == 0) return;
    m_rows->setColumnCount(columns);
    m_rows->setRowCount(static_cast<int>(proposal.rows.size()));
    for (int column = 0; column < columns; ++column) {
        const Field& field = proposal.columns.fields[static_cast<std::size_t>(column)];
        auto* head = new QTableWidgetItem(shownText(QString::fromStdString(field.name), kShownCell));
        head->setData(TypedHeader::kTypeRole, QString::fromStdString(toString(field.type)));
        m_rows->setHorizontalHeaderItem(column, head);
        for (std::size_t row = 0; row < proposal.rows.size(); ++row) {
            const auto& cells = proposal.rows[row];
            const auto place = static_cast<std::size_t>(column);
            if (place < cells.size())
                m_rows->setItem(static_cast<int>(row), column, previewCell(cells[place]));
        }
    }
    fitColumns(*m_rows, Theme::of(this).scaled(kWidestCell));
    m_rows->show();
}

}  // namespace rw::ui
