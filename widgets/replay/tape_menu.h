// Recording and replaying, as entries of the Run menu: whether runs record tapes, which tape replaces the
// sources, and how fast.
#pragma once
#include <QMenu>

#include "core/base/status.h"

class QActionGroup;

namespace rw::ui {

class RunSession;

class TapeMenu : public QMenu {
    Q_OBJECT
 public:
    /// The session must outlive it. Dialogs belong to the window of `parent`.
    explicit TapeMenu(RunSession& session, QWidget* parent);

    /// The same action stands in the tool bar.
    QAction* recordAction() const { return m_record; }
    // And these at the side of the scrub bar.
    QAction* goOnAction() const { return m_goOn; }
    QAction* liveAction() const { return m_live; }
    void retranslate();

 private:
    void addSpeeds();
    void refresh();
    void record(bool wanted);
    void keep(bool wanted);
    void showKept();
    void promptAndReplay();
    void warn(const Status& why);
    void promptAndGo();
    qint64 proposal() const;  ///< of a moment
    void setSpeed(double speed);

    RunSession& m_session;
    QWidget* m_window;  ///< a part of it
    QAction *m_record, *m_keep, *m_replay, *m_live, *m_goTo, *m_goOn;
    QMenu* m_speeds;
    QActionGroup* m_speedGroup;
    double m_speed = 1;  ///< of replays to come
};

}  // namespace rw::ui
