#include "widgets/timeline/disorder_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/timeline/disorder_slider.h"
#include "widgets/timeline/judging_nodes.h"
#include "widgets/timeline/timeline_painter.h"

namespace rw::ui {

namespace {

constexpr const char* kDelay = "watermark_delay";
constexpr std::array<Millis, 4> kFieldUnits{1, 1'000, 60'000, 3'600'000};
constexpr int kField = 60, kArrow = 32;  // widths: of the number, and beside the words of the unit
constexpr int kRowGap = 5, kUnitLetters = 4, kSourceLetters = 8;
constexpr double kLongestField = 1e9;  // of a unit

/// A number of the table or its head, at the right.
QLabel* rightLabel(QWidget* parent, const char* role) {
    auto* label = new QLabel(parent);
    label->setProperty("role", role);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return label;
}

QLabel* leftLabel(QWidget* parent, const char* role) {
    auto* label = new QLabel(parent);
    label->setProperty("role", role);
    return label;
}

int decimalsOf(Millis unit) {
    return unit == 1 ? 0 : unit == kFieldUnits[1] ? 1 : 2;
}

/// Whether a field of that unit can say it.
bool fits(Millis delay, Millis unit) {
    const Millis least = unit == 1 ? 1 : unit == kFieldUnits[1] ? TimeCounts::kFinest : unit / 100;
    return delay % least == 0;
}

}  // namespace

DisorderPanel::DisorderPanel(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QWidget(parent), m_document(document), m_session(session) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "left");
    auto* head = new QWidget(this);
    head->setAttribute(Qt::WA_StyledBackground);
    head->setProperty("surface", "panel2");
    m_title = leftLabel(head, "section");
    m_sources = new QComboBox(head);
    m_sources->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sources->setMinimumContentsLength(kSourceLetters);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kListPadding, 2, metrics::kGrid, 2);
    row->addWidget(m_title);
    row->addWidget(m_sources, 1);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(makeForm());
    m_empty = new EmptyState(this);
    auto* pages = new QWidget(this);
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_scroll);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(pages, 1);
    connect(m_sources, &QComboBox::activated, this, [this](int index) {
        m_node = m_sources->itemData(index).toString().toStdString();
        startOver();
        Q_EMIT sourceChosen();
    });
    setFocusProxy(m_slider);
    connect(m_slider, &DisorderSlider::delayChosen, this, &DisorderPanel::choose);
    connect(m_field, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (!m_showing) choose(std::llround(value * static_cast<double>(m_unit)));
    });
    connect(m_units, &QComboBox::activated, this, [this](int index) {
        m_unit = kFieldUnits[static_cast<std::size_t>(index)];
        showField();
    });
    connect(m_revert, &QPushButton::clicked, this, [this] {
        if (!m_counts) return;
        choose(m_counts->delay);
        m_isChosen = false;
    });
    connect(m_apply, &QPushButton::clicked, this, &DisorderPanel::apply);
    connect(&Theme::of(this), &Theme::changed, this, &DisorderPanel::fitText);
    fitText();
    retranslate();
}

QWidget* DisorderPanel::makeForm() {
    auto* form = new QWidget(m_scroll);
    m_slider = new DisorderSlider(form);
    m_axis = leftLabel(form, "caption");
    m_axis->setAlignment(Qt::AlignHCenter);
    m_fieldName = leftLabel(form, "dim");
    m_fieldName->setWordWrap(true);
    m_field = new QDoubleSpinBox(form);
    m_field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setProperty("mono", true);
    m_field->setRange(0, kLongestField);
    m_field->setKeyboardTracking(false);
    m_field->setLocale(QLocale::c());  // numbers look the same in every language
    m_field->setFocusPolicy(Qt::StrongFocus);
    m_field->installEventFilter(this);
    m_fieldName->setBuddy(m_field);
    m_units = new QComboBox(form);
    m_units->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_units->setMinimumContentsLength(kUnitLetters);
    for (int i = 0; i < static_cast<int>(kFieldUnits.size()); ++i) m_units->addItem(QString());
    m_units->setFocusPolicy(Qt::StrongFocus);
    m_units->installEventFilter(this);
    auto* field = new QHBoxLayout;
    field->setSpacing(metrics::kGrid);
    field->addWidget(m_fieldName, 1);
    field->addWidget(m_field);
    field->addWidget(m_units);
    m_revert = new QPushButton(form);
    m_apply = new QPushButton(form);
    m_apply->setProperty("role", "primary");
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_revert);
    buttons->addStretch(1);
    buttons->addWidget(m_apply);
    m_note = leftLabel(form, "caption");
    m_note->setWordWrap(true);
    m_counted = leftLabel(form, "caption");
    m_counted->setWordWrap(true);
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(metrics::kListPadding, metrics::kStep, metrics::kListPadding, metrics::kStep);
    column->setSpacing(kRowGap);
    column->addWidget(m_slider);
    column->addWidget(m_axis);
    column->addLayout(field);
    column->addWidget(makeTable());
    column->addWidget(m_counted);
    column->addLayout(buttons);
    column->addWidget(m_note);
    column->addStretch(1);
    return form;
}

QWidget* DisorderPanel::makeTable() {
    auto* table = new QWidget(m_scroll);
    auto* grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kListPadding);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    m_nowHead = rightLabel(table, "caption");
    m_newHead = rightLabel(table, "");
    m_lateName = leftLabel(table, "");
    m_ofRows = leftLabel(table, "dim");
    m_afterName = leftLabel(table, "");
    m_afterName->setWordWrap(true);
    m_lateNow = rightLabel(table, "code");
    m_lateNew = rightLabel(table, "code");
    m_rowsNow = rightLabel(table, "code");
    m_rowsNew = rightLabel(table, "code");
    m_afterNow = rightLabel(table, "code");
    m_afterNew = rightLabel(table, "code");
    grid->addWidget(m_nowHead, 0, 1);
    grid->addWidget(m_newHead, 0, 2);
    grid->addWidget(m_lateName, 1, 0);
    grid->addWidget(m_lateNow, 1, 1);
    grid->addWidget(m_lateNew, 1, 2);
    grid->addWidget(m_ofRows, 2, 0);
    grid->addWidget(m_rowsNow, 2, 1);
    grid->addWidget(m_rowsNew, 2, 2);
    grid->addWidget(m_afterName, 3, 0);
    grid->addWidget(m_afterNow, 3, 1);
    grid->addWidget(m_afterNew, 3, 2);
    return table;
}

void DisorderPanel::fitText() {
    const Theme& theme = Theme::of(this);
    m_sources->setFixedHeight(theme.scaled(metrics::kSmallButtonHeight));
    m_field->setFixedWidth(theme.scaled(kField));  // a longer number scrolls
    updateGeometry();
}

QSize DisorderPanel::sizeHint() const {
    return {Theme::of(this).scaled(kWidth), QWidget::sizeHint().height()};
}

/// Keys of the slider, where a field would take them for text. The wheel scrolls the panel, and changes no
/// field that it comes across.
bool DisorderPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_BracketLeft || key == Qt::Key_BracketRight) {
            step(key == Qt::Key_BracketLeft ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DisorderPanel::startOver() {
    m_counts.reset();
    m_isChosen = false;
    m_axisEnd = 0;
    m_takes = 0;
}

void DisorderPanel::look(const DisorderWatch* watch, const std::vector<TimelineLine>& lines) {
    if (watch == nullptr) {
        m_sources->clear();
        m_node.clear();
        return showNothing(tr("Run, or open a tape"), tr("Then rows are counted by how late they come."));
    }
    listSources(*watch);
    if (m_node.empty()) {
        return showNothing(tr("No node gives an event time"),
                           tr("Choose the event time of a source, or add the node “Event time”."));
    }
    const bool isNew = !m_counts;
    m_counts = watch->counts(m_node);
    if (!m_counts) return;
    if (!m_isChosen) m_chosen = m_counts->delay;
    if (isNew) chooseUnit(m_chosen);
    m_takes = resultsTake(lines, *m_counts);
    if (!m_slider->isSliderDown()) m_axisEnd = std::max(m_axisEnd, axisEnd(*m_counts, m_chosen));
    m_pages->setCurrentWidget(m_scroll);
    showFigures();
    if (isNew) showField();
}

void DisorderPanel::showNothing(const QString& title, const QString& words) {
    startOver();
    m_empty->set(QStringLiteral("timeline"), title, words);
    m_pages->setCurrentWidget(m_empty);
}

/// Those that are listed keep their places: a list that is open stays so.
void DisorderPanel::listSources(const DisorderWatch& watch) {
    const std::vector<NodeId> nodes = watch.stampers();
    const RunMetrics& metrics = m_session.snapshot().metrics;
    QStringList ids, words;
    for (const NodeId& node : nodes) {
        const NodeId outer = outermost(node);
        QString title = titleOf(m_session.runningPipeline(), outer);
        if (outer != node)
            title += QStringLiteral(" / ") + QString::fromStdString(node.substr(outer.size() + 1));
        const auto found = metrics.nodes.find(node);
        const std::size_t partitions =
            found == metrics.nodes.end()
                ? 0
                : static_cast<std::size_t>(std::count_if(
                      found->second.partitions.begin(), found->second.partitions.end(),
                      [](const PartitionMetrics& partition) { return !partition.name.empty(); }));
        if (partitions > 0) {
            title += QStringLiteral(" · ") +
                     translated(figures::counted(partitions, RW_TEXT("timeline", "1 partition"),
                                                 RW_TEXT("timeline", "%1 partitions")));
        }
        ids << QString::fromStdString(node);
        words << title;
    }
    bool same = m_sources->count() == ids.size();
    for (int i = 0; same && i < m_sources->count(); ++i)
        same = m_sources->itemData(i).toString() == ids[i] && m_sources->itemText(i) == words[i];
    if (!same) {
        m_sources->clear();
        for (int i = 0; i < ids.size(); ++i) m_sources->addItem(words[i], ids[i]);
    }
    if (std::find(nodes.begin(), nodes.end(), m_node) == nodes.end()) {
        m_node = nodes.empty() ? NodeId() : nodes.front();
        startOver();
    }
    m_sources->setCurrentIndex(static_cast<int>(ids.indexOf(QString::fromStdString(m_node))));
    m_sources->setVisible(!nodes.empty());
}

void DisorderPanel::choose(Millis delay) {
    if (!m_counts) return;
    m_chosen = std::max<Millis>(delay, 0);
    m_isChosen = m_chosen != m_counts->delay;
    if (!m_slider->isSliderDown()) m_axisEnd = std::max(m_axisEnd, axisEnd(*m_counts, m_chosen));
    if (!fits(m_chosen, m_unit)) chooseUnit(m_chosen);
    showFigures();
    showField();
}

void DisorderPanel::step(int steps) {
    if (!m_counts || !m_slider->isVisible()) return;
    choose(saturatingAdd(m_chosen, steps * m_counts->behind.width()));
}

/// The usual unit is the second.
void DisorderPanel::chooseUnit(Millis delay) {
    m_unit = 1;
    if (fits(delay, kFieldUnits[1])) m_unit = kFieldUnits[1];
    for (const Millis unit : {kFieldUnits[2], kFieldUnits[3]}) {
        if (delay >= 10 * unit && fits(delay, unit)) m_unit = unit;
    }
}

void DisorderPanel::showField() {
    m_showing = true;
    m_units->setCurrentIndex(
        static_cast<int>(std::find(kFieldUnits.begin(), kFieldUnits.end(), m_unit) - kFieldUnits.begin()));
    const QFontMetrics letters(Theme::of(this).font(TextStyle::Body));
    m_units->setMinimumWidth(letters.horizontalAdvance(m_units->currentText()) +
                             Theme::of(this).scaled(kArrow));
    m_field->setDecimals(decimalsOf(m_unit));
    const Millis width = m_counts ? m_counts->behind.width() : TimeCounts::kFinest;
    m_field->setSingleStep(static_cast<double>(width) / static_cast<double>(m_unit));
    m_field->setValue(static_cast<double>(m_chosen) / static_cast<double>(m_unit));
    m_showing = false;
}

void DisorderPanel::showFigures() {
    const DisorderOf& counts = *m_counts;
    m_slider->set(counts.behind, counts.delay, m_chosen, m_axisEnd);
    const DelayFigures now = figuresAt(counts, counts.delay, m_takes);
    const DelayFigures then = figuresAt(counts, m_chosen, m_takes);
    m_axis->setText(DisorderWords::axis(m_axisEnd));
    m_nowHead->setText(tr("now %1").arg(DisorderWords::delay(counts.delay)));
    m_newHead->setText(tr("new %1").arg(DisorderWords::delay(m_chosen)));
    m_lateNow->setText(DisorderWords::share(now));
    m_lateNew->setText(DisorderWords::share(then));
    m_ofRows->setText(DisorderWords::ofRows(now.rows));
    m_rowsNow->setText(DisorderWords::late(now));
    m_rowsNew->setText(DisorderWords::late(then));
    m_afterNow->setText(ageText(now.after));
    m_afterNew->setText(ageText(then.after));
    QStringList told;
    if (counts.judges.empty()) told << nobodyJudged();
    if (counts.since != kMinTimestamp && !counts.judges.empty()) {
        const QString nodes = translated(figures::counted(
            counts.judges.size(), RW_TEXT("timeline", "at 1 node"), RW_TEXT("timeline", "at %1 nodes")));
        told << tr("Counted since %1, %2.").arg(momentText(counts.since), nodes);
    }
    if (const QString why = DisorderWords::whyAbout(counts, m_chosen); !why.isEmpty()) told << why;
    m_counted->setText(told.join(u' '));
    std::map<NodeId, QString> titles;
    for (const auto& [node, judge] : counts.judges)
        titles.emplace(node, titleOf(m_session.runningPipeline(), outermost(node)));
    const QString judges = tipText(DisorderWords::judges(counts, m_chosen, titles));
    for (QLabel* label : {m_lateNow, m_lateNew, m_rowsNow, m_rowsNew}) label->setToolTip(judges);
    m_slider->setAccessibleDescription(
        m_slider->spoken() + QStringLiteral("; ") +
        tr("late now %1, then %2, %3").arg(m_lateNow->text(), m_lateNew->text(), m_ofRows->text()));
    showButtons();
}

/// Why nothing is counted.
QString DisorderPanel::nobodyJudged() const {
    const Pipeline& running = m_session.runningPipeline();
    const std::vector<NodeId> nodes = judgingNodes(running, m_document.catalogue(), outermost(m_node));
    if (nodes.empty()) return tr("No window or join judges these rows.");
    const QString title = titleOf(running, nodes.front());
    return m_session.keptInputs().wentOn()
               ? tr("Since the edit was applied no row of it has come to “%1”.").arg(title)
               : tr("No row of it has come to “%1” yet.").arg(title);
}

bool DisorderPanel::maySet() const {
    const NodeKind* const kind = m_document.kindOf(m_node);
    return kind != nullptr && kind->param(kDelay) != nullptr;
}

void DisorderPanel::showButtons() {
    const bool may = maySet(), differs = m_chosen != m_counts->delay;
    m_slider->setEnabled(may);
    m_field->setEnabled(may);
    m_units->setEnabled(may);
    m_revert->setEnabled(differs);
    m_apply->setEnabled(may && differs);
    m_apply->setText(tr("Apply %1").arg(DisorderWords::delay(m_chosen)));
    m_note->setText(noteOf());
}

QString DisorderPanel::noteOf() const {
    if (m_document.node(outermost(m_node)) == nullptr) return tr("The node is not in the pipeline any more.");
    if (outermost(m_node) != m_node) return tr("Its delay is set in the file of the subflow.");
    if (!maySet()) return tr("Its watermark has no delay that could be set.");
    const QString changed = DisorderWords::changed(m_counts->delay, m_chosen);
    if (changed.isEmpty()) return tr("Move the slider to weigh another delay.");
    if (!m_session.isActive()) return tr("Holds from the next run on. %1").arg(changed);
    if (m_session.keepsStateWhenApplied()) return tr("Keeps its state. %1").arg(changed);
    return tr("The run begins anew: it takes no checkpoints. %1").arg(changed);
}

/// As the form of the node and Apply would do it.
void DisorderPanel::apply() {
    if (!m_counts || !maySet()) return;
    m_document.setParams(m_node, {{kDelay, formatDuration(m_chosen)}},
                         tr("Watermark delay %1").arg(DisorderWords::delay(m_chosen)));
    if (m_session.isActive()) m_session.apply();
}

void DisorderPanel::retranslate() {
    m_title->setText(tr("Disorder"));
    m_sources->setAccessibleName(tr("Whose watermark delay"));
    m_slider->setAccessibleName(tr("Watermark delay that would be"));
    m_fieldName->setText(tr("Watermark delay"));
    m_field->setAccessibleName(tr("Watermark delay that would be"));
    m_units->setAccessibleName(tr("Unit"));
    const QStringList units{tr("milliseconds"), tr("seconds"), tr("minutes"), tr("hours")};
    for (int i = 0; i < units.size(); ++i) m_units->setItemText(i, units[i]);
    m_lateName->setText(tr("Late"));
    m_afterName->setText(tr("Results after the window"));
    m_revert->setText(tr("Revert"));
    if (!m_counts) return;
    showFigures();
    showField();
}

}  // namespace rw::ui
