#include "app/tape_menu.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>

#include "widgets/document/run_session.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr double kSpeeds[] = {0.1, 0.5, 1, 2, 10, 100, 0};  // 0: as fast as possible

}  // namespace

TapeMenu::TapeMenu(RunSession& session, QWidget* parent)
    : QMenu(parent),
      m_session(session),
      m_window(parent),
      m_record(new QAction(this)),
      m_replay(new QAction(this)),
      m_live(new QAction(this)),
      m_speeds(new QMenu(this)),
      m_speedGroup(new QActionGroup(this)) {
    setObjectName(QStringLiteral("tapeMenu"));
    m_record->setCheckable(true);
    addActions({m_record, m_replay, m_live});
    addSeparator();
    addMenu(m_speeds);
    addSpeeds();
    connect(m_record, &QAction::toggled, this, &TapeMenu::record);
    connect(m_replay, &QAction::triggered, this, &TapeMenu::promptAndReplay);
    connect(m_live, &QAction::triggered, this,
            [this] { m_session.setTape({.recordInto = m_session.tape().recordInto}); });
    connect(&m_session, &RunSession::tapeChanged, this, &TapeMenu::refresh);
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
    m_live->setText(
        replays ? tr("Read the &sources again, not “%1”").arg(labelText(QFileInfo(tape.replay).fileName()))
                : tr("Read the &sources again"));
    // A replay leaves no tape: it would be the same.
    m_record->setEnabled(!replays);
    m_record->setChecked(!tape.recordInto.isEmpty());
    m_record->setToolTip(replays ? tr("A replay is on a tape already")
                                 : tr("Each run leaves a tape in %1").arg(tapesFolder()));
}

void TapeMenu::record(bool wanted) {
    TapeChoice choice = m_session.tape();
    choice.recordInto = wanted ? tapesFolder() : QString();
    m_session.setTape(choice);
}

void TapeMenu::promptAndReplay() {
    const QString path = QFileDialog::getOpenFileName(m_window->window(), tr("Choose a tape"), tapesFolder(),
                                                      tr("Tapes (*.tape);;All files (*)"));
    if (path.isEmpty()) return;
    TapeChoice choice = m_session.tape();
    choice.replay = path;
    choice.speed = m_speed;
    m_session.setTape(choice);
    m_session.start();
}

void TapeMenu::setSpeed(double speed) {
    m_speed = speed;
    TapeChoice choice = m_session.tape();
    if (choice.replay.isEmpty()) return;
    choice.speed = speed;
    m_session.setTape(choice);
}

}  // namespace rw::ui
