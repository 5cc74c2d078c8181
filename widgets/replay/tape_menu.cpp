#include "widgets/replay/tape_menu.h"

#include <QActionGroup>
#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/kept_input_text.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

const QString kKeepKey = QStringLiteral("tapes/keep_newest_input");
constexpr double kSpeeds[] = {0.1, 0.5, 1, 2, 10, 100, 0};  // 0: as fast as possible

}  // namespace

TapeMenu::TapeMenu(RunSession& session, QWidget* parent)
    : QMenu(parent),
      m_session(session),
      m_window(parent),
      m_record(new QAction(this)),
      m_keep(new QAction(this)),
      m_replay(new QAction(this)),
      m_live(new QAction(this)),
      m_goTo(new QAction(this)),
      m_goOn(new QAction(this)),
      m_speeds(new QMenu(this)),
      m_speedGroup(new QActionGroup(this)) {
    setObjectName(QStringLiteral("tapeMenu"));
    m_record->setCheckable(true);
    m_keep->setCheckable(true);
    addActions({m_record, m_keep});
    addSeparator();
    addActions({m_replay, m_live});
    addSeparator();
    addActions({m_goTo, m_goOn});
    addMenu(m_speeds);
    addSpeeds();
    m_keep->setChecked(QSettings().value(kKeepKey, true).toBool());
    m_session.keepInput(newestInputFolder(), m_keep->isChecked());
    setToolTipsVisible(true);
    connect(m_record, &QAction::triggered, this, &TapeMenu::record);
    connect(m_keep, &QAction::triggered, this, &TapeMenu::keep);
    connect(this, &QMenu::aboutToShow, this, &TapeMenu::showKept);
    connect(m_replay, &QAction::triggered, this, &TapeMenu::promptAndReplay);
    connect(m_goTo, &QAction::triggered, this, &TapeMenu::promptAndGo);
    connect(m_goOn, &QAction::triggered, &m_session, &RunSession::continueReplay);
    connect(m_live, &QAction::triggered, this,
            [this] { m_session.setTape({.recordInto = m_session.tape().recordInto}); });
    connect(&m_session, &RunSession::tapeChanged, this, &TapeMenu::refresh);
    connect(&m_session, &RunSession::tapeRefused, this, &TapeMenu::warn);
    connect(&m_session, &RunSession::stateChanged, this, &TapeMenu::refresh);
    retranslate();
}

void TapeMenu::addSpeeds() {
    for (const double speed : kSpeeds) {
        QAction* const one = m_speeds->addAction(QString());
        one->setCheckable(true);
        one->setChecked(speed == m_speed);
        one->setData(speed);
        m_speedGroup->addAction(one);
        connect(one, &QAction::triggered, this, [this, speed] { setSpeed(speed); });
    }
}

void TapeMenu::retranslate() {
    setTitle(tr("Record and rep&lay"));
    m_record->setText(tr("&Record the runs"));
    m_replay->setText(tr("Re&play a tape…"));
    m_goTo->setText(tr("Go to a &moment…"));
    m_goOn->setText(tr("Go &on from there"));
    m_speeds->setTitle(tr("Sp&eed of replays"));
    int number = 1;
    for (QAction* const one : m_speedGroup->actions()) {
        const double speed = one->data().toDouble();
        one->setText(QStringLiteral("&%1  ").arg(number++) +
                     (speed > 0 ? tr("%1 times").arg(speed) : tr("As fast as possible")));
    }
    refresh();
}

void TapeMenu::refresh() {
    const TapeChoice& tape = m_session.tape();
    const bool replays = !tape.replay.isEmpty();
    m_live->setEnabled(replays);
    m_goTo->setEnabled(replays);
    m_goOn->setEnabled(replays && tape.until.has_value());
    showKept();
    m_live->setText(
        replays ? tr("Read the &sources again, not “%1”").arg(labelText(QFileInfo(tape.replay).fileName()))
                : tr("Read the &sources again"));
    // A replay leaves no tape: it would be the same.
    // While a run goes on whose recording has ended, nothing is recorded, whatever the next run does.
    const bool ended = !replays && m_session.isActive() && !m_session.recordingTrouble().empty();
    m_record->setEnabled(!replays && !ended);
    m_record->setChecked(!tape.recordInto.isEmpty() && !ended);
    m_record->setToolTip(replays ? tr("A replay is on a tape already")
                         : ended ? tr("The recording of this run has ended, see Problems")
                                 : tr("Each run leaves a tape in %1").arg(tapesFolder()));
}

void TapeMenu::record(bool wanted) {
    TapeChoice choice = m_session.tape();
    choice.recordInto = wanted ? tapesFolder() : QString();
    m_session.setTape(choice);
}

void TapeMenu::keep(bool wanted) {
    QSettings().setValue(kKeepKey, wanted);
    m_session.keepInput(newestInputFolder(), wanted);
    showKept();
}

/// What there is, on the entry itself: it changes all the time, and is asked for when the menu opens.
void TapeMenu::showKept() {
    const QString words = keptInputText(m_session);
    m_keep->setText(words.isEmpty() ? tr("&Keep the newest input")
                                    : tr("&Keep the newest input (%1)").arg(words));
    m_keep->setToolTip(
        tr("A run with live sources keeps the newest 30 minutes of its input, at most 256 MiB, "
           "so that questions about its rows can be answered. The next run drops it."));
}

void TapeMenu::promptAndReplay() {
    const QString path = QFileDialog::getOpenFileName(m_window->window(), tr("Choose a tape"), tapesFolder(),
                                                      tr("Tapes (*.tape);;All files (*)"));
    if (!path.isEmpty()) m_session.replayTape(path, m_speed);
}

void TapeMenu::warn(const Status& why) {
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Replay a tape"), tr("This tape can't be replayed"),
                                QMessageBox::Ok, m_window->window());
    box->setInformativeText(shownLines(errorLines(why.error()), kTipLength));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void TapeMenu::promptAndGo() {
    QDialog dialog(m_window->window());
    dialog.setWindowTitle(tr("Go to a moment"));
    auto* rows = new QVBoxLayout(&dialog);
    auto* words = new QLabel(
        tr("The tape is replayed up to this event time (UTC), and held there: charts, tables and wires are "
           "as they were then. Outputs are not written."));
    words->setWordWrap(true);
    auto* moment = new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(proposal(), Qt::UTC));
    moment->setTimeSpec(Qt::UTC);
    moment->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    moment->setAccessibleName(tr("Event time (UTC)"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    rows->addWidget(words);
    rows->addWidget(moment);
    rows->addWidget(buttons);
    if (dialog.exec() == QDialog::Accepted) m_session.seek(moment->dateTime().toMSecsSinceEpoch());
}

/// How far the run is, or was to go.
qint64 TapeMenu::proposal() const {
    if (m_session.tape().until) return *m_session.tape().until;
    Instant newest = kMinTimestamp;
    for (const auto& [id, node] : m_session.snapshot().metrics.nodes) {
        if (node.watermark != kMaxTimestamp) newest = std::max(newest, node.watermark);
    }
    return newest == kMinTimestamp ? QDateTime::currentMSecsSinceEpoch() : newest;
}

void TapeMenu::setSpeed(double speed) {
    m_speed = speed;
    TapeChoice choice = m_session.tape();
    if (choice.replay.isEmpty()) return;
    choice.speed = speed;
    m_session.setTape(choice);
}

}  // namespace rw::ui
