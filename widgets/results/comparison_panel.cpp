#include "widgets/results/comparison_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/results/csv_side.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kComparingLeavesMillis = 500, kWidestCompared = 320, kSignWidth = 40;
using Kind = RowDiffering::Kind;
constexpr std::optional<Kind> kShownKinds[] = {std::nullopt, Kind::Changed, Kind::OnlyHere, Kind::OnlyThere};

QString namesOf(const std::vector<std::string>& columns) {
    QStringList names;
    for (const std::string& each : columns) names << QString::fromStdString(each);
    return shownText(names.join(QStringLiteral(", ")), 200);
}

QWidget* strip(QWidget* parent) {
    auto* made = new QWidget(parent);
    made->setAttribute(Qt::WA_StyledBackground);
    made->setProperty("surface", "panel");
    made->setProperty("edge", "bottom");
    auto* line = new QHBoxLayout(made);
    line->setContentsMargins(metrics::kPanelPadding, metrics::kBarPadding, metrics::kPanelPadding,
                             metrics::kBarPadding);
    line->setSpacing(metrics::kGrid);
    return made;
}

}  // namespace

ComparisonPanel::ComparisonPanel(QWidget* parent)
    : QWidget(parent),
      m_title(new ElidedLabel({}, this)),
      m_same(new ElidedLabel({}, this)),
      m_keyButton(new QPushButton(this)),
      m_export(new QPushButton(this)),
      m_keys(new QMenu(this)),
      m_again(new IconButton(QStringLiteral("refresh"), {}, this)),
      m_close(new IconButton(QStringLiteral("x"), {}, this)),
      m_kinds(new SegmentedControl(this)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)),
      m_notes(new QLabel(this)) {
    makeTable();
    auto* formats = new QMenu(this);
    m_asCsv = formats->addAction(QString(), this, [this] { Q_EMIT exportRequested(ResultFormat::Csv); });
    m_asJson =
        formats->addAction(QString(), this, [this] { Q_EMIT exportRequested(ResultFormat::JsonLines); });
    m_export->setMenu(formats);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeCounts());
    auto* middle = new QWidget(this);
    m_pages = new QStackedLayout(middle);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    column->addWidget(middle, 1);
    m_notes->setProperty("role", "caption");
    m_notes->setWordWrap(true);
    m_notes->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding,
                                metrics::kStep);
    column->addWidget(m_notes);
    setFocusProxy(m_table);
    connect(m_again, &IconButton::clicked, this, &ComparisonPanel::ask);
    connect(m_keys, &QMenu::aboutToShow, this, &ComparisonPanel::fillKeys);
    connect(m_close, &IconButton::clicked, this, &ComparisonPanel::closed);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_error) return ask();
        Q_EMIT closed();
    });
    connect(m_kinds, &SegmentedControl::chosen, this, [this](int index) {
        m_rows.show(kShownKinds[index]);
        showExport();
        showPage();
    });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_rows.refresh();
        showKeys();
        showExport();
        m_table->verticalHeader()->setFont(Theme::of(this).font(TextStyle::CodeSmall));
    });
    showAll();
}

ComparisonPanel::~ComparisonPanel() {
    m_comparing.drop();
    (void)m_worker.wait(kComparingLeavesMillis);
}

QWidget* ComparisonPanel::makeHead() {
    QWidget* head = strip(this);
    m_title->setProperty("role", "strong");
    m_title->setElideMode(Qt::ElideRight);
    m_keyButton->setMenu(m_keys);
    auto* line = static_cast<QHBoxLayout*>(head->layout());
    line->addWidget(m_title, 1);
    line->addWidget(m_keyButton);
    line->addWidget(m_export);
    line->addWidget(m_again);
    line->addWidget(m_close);
    return head;
}

QWidget* ComparisonPanel::makeCounts() {
    QWidget* counts = strip(this);
    m_same->setProperty("role", "caption");
    m_same->setElideMode(Qt::ElideRight);
    auto* line = static_cast<QHBoxLayout*>(counts->layout());
    line->addWidget(m_kinds);
    line->addWidget(m_same, 1);
    return counts;
}

void ComparisonPanel::makeTable() {
    m_table->setModel(&m_rows);
    m_table->setHorizontalHeader(new TypedHeader(m_table));
    styleDataGrid(*m_table);
    connect(copyAction(*m_table), &QAction::triggered, this, &ComparisonPanel::copy);
}

void ComparisonPanel::compare(TableComparison asked, const QString& here, const QString& there,
                              const QString& csv) {
    m_asked = std::move(asked);
    m_here = here;
    m_there = there;
    m_csv = csv;
    m_kinds->setCurrentIndex(0);
    m_rows.show(std::nullopt);
    m_rows.set(nullptr);
    m_takesKeyboard = true;
    ask();
}

void ComparisonPanel::matchBy(std::vector<std::string> key) {
    m_asked.key = std::move(key);
    ask();
}

void ComparisonPanel::ask() {
    m_error.reset();
    m_comparing.ask(
        m_worker,
        [asked = m_asked, csv = m_csv](const Latest::Question& question) {
            return csv.isEmpty() ? compareTables(asked, question.flag())
                                 : compareWithCsv(asked, csv, question.flag());
        },
        [this](const Result<TableDifference>& found) { take(found); });
    showAll();
}

void ComparisonPanel::stop() {
    m_comparing.drop();
    m_rows.set(nullptr);
    m_error.reset();
}

void ComparisonPanel::take(const Result<TableDifference>& found) {
    m_error = found.ok() ? std::nullopt : std::optional(found.error());
    m_rows.set(found.ok() ? std::make_shared<const TableDifference>(*found) : nullptr);
    fitTable();
    showAll();
    if (std::exchange(m_takesKeyboard, false) && m_rows.rowCount() > 0) m_table->setFocus();
    Q_EMIT compared();
}

void ComparisonPanel::fitTable() {
    if (m_rows.rowCount() == 0) return;
    const Theme& theme = Theme::of(this);
    m_table->resizeColumnsToContents();
    m_table->setColumnWidth(0, theme.scaled(kSignWidth));
    for (int column = 1; column < m_rows.columnCount(); ++column) {
        const int needed = m_table->columnWidth(column) + theme.scaled(metrics::kPanelPadding);
        m_table->setColumnWidth(column, std::clamp(needed, theme.scaled(80), theme.scaled(kWidestCompared)));
    }
    m_table->scrollToTop();
}

void ComparisonPanel::showAll() {
    m_title->setText(tr("%1 compared with %2").arg(m_here, m_there));
    m_again->setLabel(tr("Compare again"));
    m_close->setLabel(tr("Back to the rows"));
    m_table->setAccessibleName(tr("Rows that differ"));
    m_again->setEnabled(!isComparing());
    showCounts();
    showKeys();
    showExport();
    showPage();
    const QString words = notes();
    m_notes->setText(words);
    m_notes->setVisible(!words.isEmpty());
}

void ComparisonPanel::showCounts() {
    const TableDifference* const found = m_rows.difference().get();
    const auto counted = [&](const QString& words, std::uint64_t count) {
        return found == nullptr ? words : QStringLiteral("%1 %2").arg(words, countText(count));
    };
    const int before = m_kinds->currentIndex();
    m_kinds->setSegments({counted(tr("All"), found != nullptr ? found->count() : 0),
                          counted(tr("Changed"), found != nullptr ? found->changed : 0),
                          counted(tr("Only here"), found != nullptr ? found->onlyHere : 0),
                          counted(tr("Only there"), found != nullptr ? found->onlyThere : 0)},
                         false);
    m_kinds->setCurrentIndex(std::max(before, 0));
    m_kinds->setEnabled(found != nullptr);
    if (found == nullptr) return m_same->clear();
    QString words = translated(figures::counted(found->same, RW_TEXT("results", "1 row is the same"),
                                                RW_TEXT("results", "%1 rows are the same")));
    if (found->close > 0)
        words += QStringLiteral(" · ") + tr("%1 of them but for last digits").arg(countText(found->close));
    m_same->setText(words);
}

void ComparisonPanel::showKeys() {
    const TableDifference* const found = m_rows.difference().get();
    m_keyButton->setIcon(Theme::of(this).icon(u"key", ColorRole::Text));
    m_keyButton->setEnabled(found != nullptr && !isComparing());
    if (found == nullptr) return m_keyButton->setText(tr("Key"));
    std::vector<std::string> key;
    for (std::size_t i = 0; i < found->keys; ++i) key.push_back(found->columns[i].name);
    m_keyButton->setText(key.empty() ? tr("No key")
                                     : labelText(tr("Key: %1").arg(shownText(namesOf(key), 40))));
    m_keyButton->setToolTip(tr("The columns that name a row in both tables"));
}

std::optional<RowDiffering::Kind> ComparisonPanel::shownKind() const {
    return kShownKinds[std::max(m_kinds->currentIndex(), 0)];
}

void ComparisonPanel::setExporting(bool exporting) {
    m_exporting = exporting;
    showExport();
}

void ComparisonPanel::showExport() {
    m_export->setIcon(Theme::of(this).icon(u"download", ColorRole::Text));
    m_export->setText(m_exporting ? tr("Exporting…") : tr("Export"));
    m_export->setToolTip(tr("Write the rows that are shown here to a file"));
    m_export->setEnabled(m_rows.rowCount() > 0 && !m_exporting && !isComparing());
    m_asCsv->setText(tr("CSV table"));
    m_asJson->setText(tr("JSON lines"));
}

// While it opens: later on one of its own actions asks for another comparison.
void ComparisonPanel::fillKeys() {
    m_keys->clear();
    const TableDifference* const found = m_rows.difference().get();
    if (found == nullptr) return;
    std::vector<std::string> key;
    for (std::size_t i = 0; i < found->keys; ++i) key.push_back(found->columns[i].name);
    for (std::size_t i = 0; i < found->columns.size(); ++i) {
        const std::string name = found->columns[i].name;
        QAction* const each = m_keys->addAction(labelText(shownText(QString::fromStdString(name))));
        each->setCheckable(true);
        each->setChecked(i < found->keys);
        connect(each, &QAction::toggled, this, [this, key, name](bool on) {
            std::vector<std::string> chosen = key;
            if (on) chosen.push_back(name);
            if (!on) std::erase(chosen, name);
            matchBy(std::move(chosen));
        });
    }
}

void ComparisonPanel::showPage() {
    const bool rows = m_rows.rowCount() > 0;
    m_pages->setCurrentIndex(rows ? 0 : 1);
    if (rows) return;
    const QString icon = QStringLiteral("compare"), back = tr("Back to the rows");
    if (m_error) {
        m_empty->set(QStringLiteral("warning"), translated(m_error->message), translated(m_error->fix),
                     tr("Try again"));
    } else if (!m_rows.difference()) {
        m_empty->set(icon, tr("Comparing…"), tr("Both tables are read once."), back);
    } else if (m_rows.difference()->isSame()) {
        m_empty->set(QStringLiteral("check-circle"), tr("No difference"),
                     tr("Both tables have the same rows."), back);
    } else {
        m_empty->set(icon, tr("No such row"), tr("The tables differ in other rows."));
    }
}

/// What the counts do not say.
QString ComparisonPanel::notes() const {
    const TableDifference* const found = m_rows.difference().get();
    if (found == nullptr) return {};
    QStringList lines;
    if (found->keys == 0)
        lines << tr(
            "No columns name a row: a row that changed is shown twice, as it is here and there. "
            "Choose a key.");
    // Which row became which is a guess then.
    if (found->repeated > 0)
        lines << translated(figures::counted(
            found->repeated, RW_TEXT("results", "One key has several rows: add columns to it."),
            RW_TEXT("results", "%1 keys have several rows: add columns to the key.")));
    if (!found->onlyHereColumns.empty())
        lines << tr("Columns only here, which are not compared: %1.").arg(namesOf(found->onlyHereColumns));
    if (!found->onlyThereColumns.empty())
        lines << tr("Columns only there, which are not compared: %1.").arg(namesOf(found->onlyThereColumns));
    if (found->rows.size() < found->count())
        lines
            << tr("Of each kind the first %1 rows are shown; all are counted.").arg(countText(m_asked.most));
    return lines.join(u'\n');
}

void ComparisonPanel::copy() {
    const QItemSelection chosen = m_table->selectionModel()->selection();
    if (chosen.isEmpty()) return;
    QGuiApplication::clipboard()->setText(m_rows.tabbed(chosen.first().top(), chosen.first().height()));
}

void ComparisonPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT closed();
    QWidget::keyPressEvent(event);
}

void ComparisonPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    m_rows.refresh();
    showAll();
}

}  // namespace rw::ui
