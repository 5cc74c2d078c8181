// What the SQL page says: counts, notes, mistakes, and why there is nothing.
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>

#include "core/base/figures.h"
#include "core/query/query_rows.h"
#include "widgets/charts/quick/quick_chart.h"
#include "widgets/document/number_text.h"
#include "widgets/document/save_rows.h"
#include "widgets/document/translated.h"
#include "widgets/editor/sql_highlighter.h"
#include "widgets/sql/query_edit.h"
#include "widgets/sql/query_plan_view.h"
#include "widgets/sql/sql_page.h"
#include "widgets/sql/sql_side.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr qint64 kSoonMillis = 200;  // a query that takes less is not said to run
constexpr qint64 kSecond = 1'000;

bool lacksAlerts(const AlertBoard::Look& look) {
    return look.left > 0 ||
           std::any_of(look.rules.begin(), look.rules.end(),
                       [](const AlertBoard::RuleState& each) { return each.forgotten != kMinTimestamp; });
}

QString counted(std::uint64_t rows) {
    return translated(figures::counted(rows, RW_TEXT("query", "1 row"), RW_TEXT("query", "%1 rows")));
}

}  // namespace

void SqlPage::showMistake(const QueryAnswer& answer) {
    const Error& error = answer.status.error();
    if (error.code == ErrorCode::Cancelled) return;
    const std::string sql = m_asked.toStdString();
    QString words = translated(error.fix);
    const bool same = m_edit->toPlainText() == m_textAsked;
    if (same && answer.place.length > 0) {
        const int from = characterAt(sql, answer.place.at);
        const int to = characterAt(sql, answer.place.at + answer.place.length);
        m_edit->setErrorRanges({{m_askedAt + from, to - from}});
        const QString before = m_textAsked.left(m_askedAt + from);
        const auto line = before.count(u'\n') + 1, column = before.size() - before.lastIndexOf(u'\n');
        words = tr("Line %1, character %2. %3").arg(line).arg(column).arg(words);
    }
    m_mistake->set(HintBox::Kind::Error, translated(error.message), words);
    m_mistake->show();
}

void SqlPage::forgetMistake() {
    m_edit->setErrorRanges({});
    m_mistake->hide();
}

/// “12 rows”; of none how many there are in the one table that was read.
QString SqlPage::rowsText() const {
    const QueryResult& result = m_model.answer()->result;
    if (!result.rows.empty() || result.tables.size() != 1) return counted(result.rows.size());
    const QueryTable& read = result.tables.front();
    const AskableTable* table =
        m_tables.find(QString::fromStdString(read.schema), QString::fromStdString(read.name));
    if (table == nullptr || table->rows <= 0) return counted(0);
    return translated(figures::counted(static_cast<std::uint64_t>(table->rows),
                                       RW_TEXT("query", "0 of 1 row matches"),
                                       RW_TEXT("query", "0 of %1 rows match")));
}

QString SqlPage::cutText() const {
    switch (m_model.answer()->result.cut) {
        case QueryResult::Cut::None:
            return newestOnlyText();
        case QueryResult::Cut::Time:
            return tr("There are more: stopped after %1.").arg(lastingText(QueryLimits().time));
        case QueryResult::Cut::Bytes:
            return tr("There are more: a result has at most %1.").arg(sizeText(QueryLimits().bytes));
    }
    return {};
}

/// A statement over live rows does not see those before the newest.
QString SqlPage::newestOnlyText() const {
    for (const QueryTable& read : m_model.answer()->result.tables) {
        if (read.schema == kTapeSchema)
            return tr("“tape.%1” has at most %2 rows, the newest on the tape.")
                .arg(QString::fromStdString(read.name), countText(RunTape::kRows));
        if (read.schema != kLiveSchema) continue;
        const AskableTable* const table =
            m_tables.find(QString::fromStdString(read.schema), QString::fromStdString(read.name));
        if (table != nullptr && table->alerts) {
            if (lacksAlerts(m_session.alerts().look()))
                return tr("Not all alerts of the run are there; a sink behind their node keeps all.");
            continue;
        }
        if (table == nullptr || !table->cut) continue;
        return tr("“live.%1” has at most %2 rows, the newest; a sink keeps all.")
            .arg(table->name, countText(kLiveRowsKept));
    }
    return {};
}

void SqlPage::showHead() {
    const bool running = isRunning();
    const bool seen = running && m_runner.elapsed() >= kSoonMillis;
    m_run->setText(seen ? tr("Stop") : tr("Run query"));
    m_run->setProperty("keys", seen ? QStringLiteral("Esc") : QStringLiteral("Ctrl ↵"));
    m_run->setIcon(Theme::of(this).icon(seen ? u"stop" : u"run", ColorRole::OnAccent));
    m_save->setEnabled(!m_edit->toPlainText().trimmed().isEmpty());
    m_run->setEnabled(running || !m_edit->toPlainText().trimmed().isEmpty());
    const bool result = m_model.answer() != nullptr;
    m_count->setText(result ? rowsText() : QString());
    m_count->setVisible(result);
    QStringList notes;
    if (seen) {
        notes << (m_runner.elapsed() < kSecond ? tr("Running…")
                                               : tr("Running for %1…").arg(wholeAgeText(m_runner.elapsed())));
    } else if (m_stopped) {
        notes << tr("Stopped.");
    } else if (result) {
        const QueryResult& shown = m_model.answer()->result;
        notes << momentText(m_at)
              << (shown.took > 0 ? tookText(static_cast<double>(shown.took) / 1000) : tr("under 1 ms"));
        if (const QString cut = cutText(); !cut.isEmpty()) notes << cut;
    }
    m_note->setText(notes.join(QStringLiteral(" · ")));
    m_resultHead->setVisible(result || !notes.isEmpty());
    m_changed->setVisible(result && (!running || m_followed) && m_edit->toPlainText() != m_shownFor);
}

void SqlPage::showPlan() {
    const bool shown = m_explain->isChecked() && m_model.answer() != nullptr;
    if (shown) m_plan->set(m_model.answer()->result.plan);
    m_plan->setVisible(shown);
}

void SqlPage::showAll() {
    showHead();
    showPlan();
    const bool result = m_model.answer() != nullptr;
    const auto rows = result ? m_model.answer()->result.rows.size() : 0;
    m_exportButton->setVisible(result);
    m_exportButton->setEnabled(rows > 0 && !m_export.isBusy());
    m_exportButton->setText(m_export.isBusy() ? tr("Exporting…") : tr("Export %1").arg(counted(rows)));
    m_exportButton->setIcon(Theme::of(this).icon(u"download"));
    m_pages->setCurrentIndex(rows > 0 ? 0 : 1);
    if (rows > 0) return;
    const QString icon = QStringLiteral("code");
    if (result) {
        m_empty->set(icon, tr("No rows"), tr("The statement ran, and gave none."));
    } else if (m_tables.any() || !m_tables.isKnown()) {
        m_empty->set(
            icon, tr("Nothing was asked yet"),
            tr("Double-click a table at the left, or write a statement. Ctrl+Enter runs the one at the "
               "cursor."));
    } else {
        m_empty->set(
            QStringLiteral("database"), tr("No results yet"),
            tr("Run the pipeline: then the tables of its SQLite sinks and the rows that pass can be asked."),
            m_session.mayStart() ? tr("Run") : QString());
    }
}

// The text of many rows takes a while.
void SqlPage::copy() {
    const QItemSelection chosen = m_grid->selectionModel()->selection();
    if (!m_model.answer() || chosen.isEmpty()) return;
    const auto first = static_cast<std::size_t>(chosen.front().top());
    const auto count = static_cast<std::size_t>(chosen.front().height());
    m_copying.ask(
        [answer = m_model.answer(), first, count] {
            return tabbedOf({batchOf(answer->result, schemaOf(answer->result), first, count)});
        },
        [](const QString& lines) { QGuiApplication::clipboard()->setText(lines); });
}

void SqlPage::retranslate() {
    m_readOnly->setText(tr("Read only: runs go on writing."));
    m_edit->setPlaceholderText(QStringLiteral("SELECT * FROM orders"));
    m_edit->setAccessibleName(tr("Query"));
    m_follow->setText(tr("Follow live"));
    m_follow->setToolTip(
        wrappedLines(tr("Runs the statement again every second while this page is in sight.")));
    m_explain->setText(tr("Explain"));
    m_explain->setToolTip(
        wrappedLines(tr("Shows how SQLite answers: which tables it reads whole, and where it sorts.")));
    m_save->setText(tr("Save…"));
    m_save->setToolTip(wrappedLines(tr("Saves the statement at the cursor in the pipeline.")));
    m_changed->setText(tr("Text changed since"));
    m_csv->setText(tr("As &CSV…"));
    m_json->setText(tr("As &JSON lines…"));
    m_copy->setText(tr("Copy"));
    m_grid->setAccessibleName(tr("Rows"));
    m_side->retranslate();
    m_chart->retranslate();
    m_plan->retranslate();
    m_model.refresh();
    showAll();
}

}  // namespace rw::ui
