#include "widgets/what_if/input_bar.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/tape_choice.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kInputsWidth = 240, kRowsFrom = 900, kLongFrom = 1'100;
constexpr qsizetype kMostTapes = 12;  ///< of the folder, the newest
constexpr int kSources = 0;

QString shownTape(const QString& path) {
    return shownText(QFileInfo(path).completeBaseName());
}

QStringList newestTapes(const QString& folder) {
    QStringList paths;
    const QFileInfoList found =
        QDir(folder).entryInfoList({QStringLiteral("*.tape")}, QDir::Files | QDir::Readable, QDir::Time);
    for (const QFileInfo& each : found.mid(0, kMostTapes)) paths << each.absoluteFilePath();
    return paths;
}

double secondsOf(const std::vector<WhatIfSide>& sides) {
    double seconds = 0;
    for (const WhatIfSide& side : sides) seconds += side.seconds;
    return seconds;
}

}  // namespace

InputBar::InputBar(QWidget* parent)
    : QWidget(parent),
      m_inputs(new QComboBox),
      m_rows(new QLabel),
      m_shield(new Chip({})),
      m_took(new ElidedLabel),
      m_export(new QPushButton),
      m_again(new QPushButton) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel2");
    setProperty("edge", "bottom");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kGrid);
    row->setSpacing(metrics::kGrid);
    m_inputs->setMinimumContentsLength(1);
    m_inputs->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rows->setProperty("role", "code");
    m_shield->setIcon(QStringLiteral("shield"));
    m_shield->setTone(Chip::Tone::Accent);
    m_took->setProperty("role", "caption");
    m_took->setElideMode(Qt::ElideRight);
    m_export->setIcon(Theme::of(this).icon(u"download"));
    m_again->setIcon(Theme::of(this).icon(u"refresh"));
    row->addWidget(m_inputs);
    row->addWidget(m_rows);
    row->addWidget(m_shield);
    row->addWidget(m_took, 1);
    row->addWidget(m_export);
    row->addWidget(m_again);
    m_inputs->addItem(QString());
    m_inputs->insertSeparator(1);
    m_inputs->addItem(QString());
    connect(m_inputs, &QComboBox::activated, this, &InputBar::choose);
    connect(m_export, &QPushButton::clicked, this, &InputBar::exportRequested);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_busy) return Q_EMIT cancelRequested();
        Q_EMIT againRequested();
    });
    connect(&Theme::of(this), &Theme::changed, this, &InputBar::fit);
    retranslate();
    fit();
}

QString InputBar::tape() const {
    return m_inputs->itemData(m_current).toString();
}

/// Of that tape, which comes before the line where it is not there yet.
int InputBar::place(const QString& path) {
    const int found = m_inputs->findData(path);
    if (found >= 0) return found;
    const int before = m_inputs->count() - 2;
    m_inputs->insertItem(before, shownTape(path), path);
    m_inputs->setItemData(before, tipText(path), Qt::ToolTipRole);
    if (m_current >= before) ++m_current;
    return before;
}

void InputBar::offerTape(const QString& path) {
    listTapes();
    if (path.isEmpty()) return;
    const int at = place(path);
    if (m_chosen) return;
    m_current = at;
    m_inputs->setCurrentIndex(at);
    showWords();
}

/// Those that were recorded on this computer; a folder may answer late or never.
void InputBar::listTapes() {
    m_list.ask([folder = tapesFolder()] { return newestTapes(folder); },
               [this](const QStringList& paths) {
                   for (const QString& path : paths) (void)place(path);
               });
}

void InputBar::forget() {
    m_list.drop();
    const QSignalBlocker quiet(m_inputs);
    m_chosen = false;
    m_current = kSources;
    while (m_inputs->count() > 3) m_inputs->removeItem(1);
    m_inputs->setCurrentIndex(kSources);
    setAnswer(nullptr, 0);
}

void InputBar::setKept(bool kept) {
    if (std::exchange(m_kept, kept) != kept) retranslate();
}

void InputBar::choose(int index) {
    if (index == m_inputs->count() - 1) {
        m_inputs->setCurrentIndex(m_current);
        const QString path = QFileDialog::getOpenFileName(window(), tr("Choose a tape"), tapesFolder(),
                                                          tr("Tapes (*.tape);;All files (*)"));
        if (path.isEmpty()) return;
        index = place(path);
        m_inputs->setCurrentIndex(index);
    }
    m_chosen = true;
    if (index == m_current) return;
    m_current = index;
    showWords();
    Q_EMIT tapeChosen();
}

void InputBar::setAnswer(const VariantAnswerRef& answer, int sinks) {
    m_answer = answer;
    m_sinks = sinks;
    showWords();
}

void InputBar::setBusy(bool busy) {
    if (busy == m_busy) return;
    m_busy = busy;
    m_again->setIcon(Theme::of(this).icon(busy ? u"x" : u"refresh"));
    showWords();
}

void InputBar::showWords() {
    const bool replayed = !tape().isEmpty();
    const QString off =
        m_sinks == 0
            ? QString()
            : QStringLiteral(": ") + translated(figures::counted(static_cast<std::uint64_t>(m_sinks),
                                                                 RW_TEXT("what_if page", "1 sink off"),
                                                                 RW_TEXT("what_if page", "%1 sinks off")));
    m_short = tr("Touches no output") + off;
    m_long = (replayed ? tr("Runs on the tape")
              : m_kept ? tr("Runs on the newest input")
                       : tr("Reads the sources again")) +
             QStringLiteral(" · ") + tr("touches no output") + off;
    m_shield->setToolTip(tr("The runs write nothing, open no connection, run no code and ask nobody."));
    QString took = m_busy ? tr("computing…") : QString();
    m_rows->clear();
    if (m_answer) {
        const std::vector<WhatIfSide>& sides = m_answer->answer.sides;
        m_rows->setText(translated(figures::counted(sides[0].sourceRows, RW_TEXT("what_if page", "1 row"),
                                                    RW_TEXT("what_if page", "%1 rows"))));
        if (!m_busy)
            took = sides.size() > 2 ? tr("%1 runs in %2 · again 300 ms after each change")
                                          .arg(sides.size())
                                          .arg(tookText(secondsOf(sides)))
                                    : tr("A in %1, B in %2 · again 300 ms after each change")
                                          .arg(tookText(sides[0].seconds), tookText(sides[1].seconds));
    }
    m_took->setText(took);
    m_again->setText(m_busy ? tr("Cancel") : tr("Run all again"));
    fit();
}

void InputBar::fit() {
    const Theme& theme = Theme::of(this);
    m_inputs->setFixedWidth(theme.scaled(kInputsWidth));
    m_rows->setVisible(!m_rows->text().isEmpty() && width() >= theme.scaled(kRowsFrom));
    // What is read stands beside it.
    const QString& words = width() >= theme.scaled(kLongFrom) ? m_long : m_short;
    if (m_shield->text() != words) m_shield->setText(words);
}

void InputBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void InputBar::retranslate() {
    m_inputs->setItemText(kSources,
                          m_kept ? tr("The newest input of the run") : tr("The sources, read again"));
    m_inputs->setItemText(m_inputs->count() - 1, tr("Another tape…"));
    m_inputs->setAccessibleName(tr("Input of the runs"));
    m_inputs->setToolTip(tr("What the runs read: the sources once more, or a recorded run"));
    m_export->setText(tr("Export differences"));
    showWords();
}

}  // namespace rw::ui
