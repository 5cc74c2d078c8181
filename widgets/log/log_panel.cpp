#include "widgets/log/log_panel.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTableView>
#include <QUrl>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr PaneFacts kLogFacts{.id = "log", .icon = "log", .shortcut = "Alt+4", .place = 4};
constexpr int kPaceMillis = 200;
constexpr std::array kLevels = {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error};

}  // namespace

LogPanel::LogPanel(const PaneParts& parts)
    : Pane(kLogFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_sink(std::make_shared<LogSink>()),
      m_recorder(parts.session, *m_sink, nullptr, nullptr),
      m_pace(this),
      m_tools(new QWidget(this)),
      m_levels(new SegmentedControl(m_tools)),
      m_search(new SearchField({}, {}, m_tools)),
      m_copy(new IconButton(QStringLiteral("copy"), {}, m_tools)),
      m_clear(new IconButton(QStringLiteral("trash"), {}, m_tools)),
      m_open(new IconButton(QStringLiteral("folder-open"), {}, m_tools)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)) {
    m_filter.setSourceModel(&m_model);
    makeTools();
    makeTable();
    auto* pages = new QWidget(this);
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tools);
    column->addWidget(pages, 1);

    connect(&m_filter, &LogFilter::rowsInserted, this, &LogPanel::follow);
    connect(&m_filter, &LogFilter::rowsInserted, this, &LogPanel::showRightPage);
    connect(&m_filter, &LogFilter::rowsRemoved, this, &LogPanel::showRightPage);
    connect(&m_filter, &LogFilter::modelReset, this, &LogPanel::showRightPage);
    connect(m_empty, &EmptyState::actionTriggered, this, &LogPanel::showAll);
    m_pace.setSingleShot(true);
    m_pace.setInterval(kPaceMillis);
    connect(&m_pace, &QTimer::timeout, this, &LogPanel::drain);
    connect(&m_session, &RunSession::stateChanged, this, &LogPanel::onState);  // behind the recorder
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_model.refresh();
        resizeColumns();
    });
    retranslate();
    resizeColumns();
    showRightPage();
}

LogPanel::~LogPanel() {
    m_sink->whenFilled(nullptr);
}

QString LogPanel::title() const {
    return tr("Lo&g");
}

void LogPanel::onActivated() {
    // By the time that another thread's word arrives here the panel may be off.
    const auto look = [this] {
        if (isOn()) m_pace.start();
    };
    m_sink->whenFilled([this, look] { QMetaObject::invokeMethod(this, look, Qt::QueuedConnection); });
    drain();
    // Behind the layout, which knows how far there is to go.
    if (m_following) QTimer::singleShot(0, m_table, &QTableView::scrollToBottom);
}

void LogPanel::onDeactivated() {
    m_sink->whenFilled(nullptr);
    m_pace.stop();
}

void LogPanel::onState() {
    if (m_session.state() != RunSession::State::Failed || m_session.failure().ok()) return;
    if (m_session.isAsBefore()) return;
    Q_EMIT seeRequested();  // the keyboard stays where it is
    if (isOn()) drain();
    m_following = true;
    m_table->scrollToBottom();
    showNewest(QString::fromStdString(m_session.failure().error().node));
}

void LogPanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(metrics::kPanelPadding, 2, metrics::kPanelPadding, 2);
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_levels);
    row->addWidget(m_search);
    row->addStretch(1);
    row->addWidget(m_open);
    row->addWidget(m_copy);
    row->addWidget(m_clear);
    m_open->hide();
    connect(m_open, &IconButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_file).absolutePath())); });
    connect(m_levels, &SegmentedControl::chosen, this, [this](int index) {
        m_filter.setLevel(kLevels.at(static_cast<std::size_t>(index)));
        showRightPage();
    });
    connect(m_search, &SearchField::textChanged, this, [this](const QString& words) {
        m_filter.setSearchText(words);
        showRightPage();
    });
    connect(m_copy, &IconButton::clicked, this, &LogPanel::copy);
    connect(m_clear, &IconButton::clicked, &m_model, &LogModel::clear);
}

void LogPanel::setFile(const QString& path) {
    m_file = path;
    m_open->setVisible(!path.isEmpty());
    retranslate();
}

void LogPanel::makeTable() {
    m_table->setModel(&m_filter);
    applyTableStyle(*m_table);
    connect(copyAction(*m_table), &QAction::triggered, this, &LogPanel::copy);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const QString node = m_model.entry(m_filter.mapToSource(index).row()).node;
        if (!node.isEmpty()) m_document.selection().reveal(node.toStdString());
    });
    // A scroll by hand decides whether the newest line is followed; new lines only lengthen the range.
    QScrollBar* const bar = m_table->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this,
            [this, bar](int value) { m_following = value >= bar->maximum(); });
    // So does a panel that gets lower, as when it opens and its layout comes later.
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int maximum) {
        if (m_following) bar->setValue(maximum);
    });
}

void LogPanel::drain() {
    LogSink::Drained taken = m_sink->drain();
    if (taken.dropped > 0) {
        LogEntry gap;
        gap.time = taken.lastDropped;  // it stands for those lines, not for this look
        gap.level = LogLevel::Warning;
        gap.text = figures::counted(taken.dropped, RW_TEXT("log", "1 line before these found no room here"),
                                    RW_TEXT("log", "%1 lines before these found no room here"));
        taken.entries.insert(taken.entries.begin(), std::move(gap));
    }
    m_model.add(std::move(taken.entries));
}

void LogPanel::follow() {
    if (m_following) m_table->scrollToBottom();
}

void LogPanel::showAll() {
    m_levels->setCurrentIndex(0);
    m_search->clear();
    m_filter.setLevel(LogLevel::Debug);
    showRightPage();
}

void LogPanel::showNewest(const QString& node) {
    for (int row = m_model.rowCount() - 1; row >= 0; --row) {
        if (m_model.entry(row).node != node) continue;
        const QModelIndex source = m_model.index(row, 0);
        if (!m_filter.mapFromSource(source).isValid()) showAll();
        const QModelIndex shown = m_filter.mapFromSource(source);
        m_table->setCurrentIndex(shown);
        m_table->scrollTo(shown);
        return;
    }
}

void LogPanel::copy() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows.push_back(m_filter.mapToSource(index).row());
    if (rows.empty())
        for (int row = 0; row < m_filter.rowCount(); ++row)
            rows.push_back(m_filter.mapToSource(m_filter.index(row, 0)).row());
    std::sort(rows.begin(), rows.end());
    QString text;
    for (const int row : rows) text += m_model.line(row) + QLatin1Char('\n');
    if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

void LogPanel::showRightPage() {
    const bool empty = m_filter.rowCount() == 0;
    if (empty && m_model.rowCount() == 0)
        m_empty->set(QStringLiteral("log"), tr("Nothing logged yet"),
                     tr("Starts, ends, warnings and errors of runs are written here with their time."));
    else if (empty)
        m_empty->set(
            QStringLiteral("filter-chip"), tr("No line matches"),
            translated(figures::counted(static_cast<std::uint64_t>(m_model.rowCount()),
                                        RW_TEXT("log", "1 line is hidden by the level or the search."),
                                        RW_TEXT("log", "%1 lines are hidden by the level or the search."))),
            tr("Show all lines"));
    turnTo(*m_pages, empty ? 1 : 0, empty ? static_cast<QWidget*>(m_empty) : m_table);
}

void LogPanel::retranslate() {
    const int level = std::max(m_levels->currentIndex(), 0);
    m_levels->setSegments({tr("All"), tr("Info"), tr("Warnings"), tr("Errors")}, false);
    m_levels->setCurrentIndex(level);
    m_search->setPlaceholder(tr("Search the log"));
    m_copy->setLabel(tr("Copy the lines"));
    m_clear->setLabel(tr("Clear the log"));
    m_open->setLabel(tr("Show the log file: %1").arg(QDir::toNativeSeparators(m_file)));
    m_table->setAccessibleName(tr("Log"));
    m_model.refresh();
    showRightPage();
}

void LogPanel::resizeColumns() {
    const Theme& theme = Theme::of(this);
    m_search->setMinimumWidth(theme.scaled(64));  // gives way in a narrow window
    m_search->setMaximumWidth(theme.scaled(200));
    m_table->setColumnWidth(LogModel::Time, theme.scaled(112));
    m_table->setColumnWidth(LogModel::Level, theme.scaled(104));
    m_table->setColumnWidth(LogModel::Where, theme.scaled(160));
}

}  // namespace rw::ui
