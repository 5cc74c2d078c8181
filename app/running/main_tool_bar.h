// The tool bar: one button that runs, pauses and resumes, stop, the state of the run, search, undo, redo,
// theme; and texts about a run that are shown elsewhere, too.
#pragma once
#include <QAction>
#include <QToolBar>

#include "widgets/background/ticker.h"
#include "widgets/session/run_session.h"

class QHBoxLayout;
class QPushButton;

namespace rw::ui {

class ClusterSession;
class EngineChoice;
class IconButton;
class Pill;
class RunElsewhere;
class Sparkline;
class StartAction;
class TargetList;
struct PillText;

class MainToolBar : public QToolBar {
    Q_OBJECT
 public:
    /// All must outlive it. Its list of engines chooses the target of `cluster`.
    MainToolBar(PipelineDocument& document, RunSession& session, TargetList& targets, ClusterSession& cluster,
                QWidget* parent = nullptr);

    /// Called once at most; it must outlive the bar.
    void setElsewhere(RunElsewhere& elsewhere) { m_elsewhere = &elsewhere; }
    /// Shows another way to begin a run behind Stop. Called once at most; it must outlive the bar.
    void setStart(StartAction& start);
    /// What that would begin with; empty: nothing, or there is only Run.
    QString startsFrom() const;

    // The same actions stand in the Run menu; the bar keeps their words and states.
    QAction* runAction() const { return m_run; }
    QAction* pauseAction() const { return m_pause; }
    QAction* stopAction() const { return m_stop; }
    EngineChoice& engineChoice() const { return *m_engine; }
    QPushButton* runButton() const { return m_runButton; }
    QPushButton* stopButton() const { return m_stopButton; }
    QPushButton* searchButton() const { return m_search; }
    /// Shows a small button of a feature beside Run and Stop, where there is room.
    void addPart(QWidget* part);
    void retranslate();
    /// The widget with the keyboard here was disabled or is gone: true, and the next button does not get it.
    /// Run waits for its turn; of all others it goes where keyboardLeft() leads.
    bool keepKeyboard();

 Q_SIGNALS:
    void searchRequested();
    /// In place of a run: the engine that is chosen is not ours.
    void exportRequested();
    void targetsRequested();  ///< in Preferences
    void themeRequested();
    void keyboardLeft();  ///< back to the page in front

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void build();
    QPushButton* button(QAction* action, const QString& icon);
    void refreshState();
    void refreshRunButtons();
    void refreshRunAction();
    void refreshRunButton();
    void fitRunButtons();
    void refreshStartButton();
    void refreshStopButton();
    void refreshTools();
    void refreshPill();
    void showRest();  ///< in the pill, while nothing runs
    void refreshTexts();
    void refreshFigures();
    void showHeld(Instant moment);  ///< in the pill: the replay has come to where it was led
    void refreshCluster();
    void showPill(const PillText& pill);
    void onUpdate();
    void onRun();
    void onStop();
    bool isElsewhere() const;  ///< the run that is shown is a cluster's
    bool runPauses() const;    ///< the button of Run is that of Pause
    QString startingText() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    ClusterSession& m_cluster;
    StartAction* m_start = nullptr;       ///< null: there is only Run
    RunElsewhere* m_elsewhere = nullptr;  ///< null: nothing begins or ends a run that is not here
    QAction *m_run, *m_pause, *m_stop;
    EngineChoice* m_engine;
    QPushButton* m_runButton = nullptr;
    QPushButton* m_startButton = nullptr;  ///< of m_start
    QPushButton* m_stopButton = nullptr;
    Pill* m_pill;
    Sparkline* m_sparkline;
    QPushButton* m_search = nullptr;
    QHBoxLayout *m_parts = nullptr, *m_starts = nullptr;
    IconButton *m_undo, *m_redo, *m_theme;
    Ticker m_ageing;  ///< figures of a cluster grow older while nothing comes
    QDateTime m_figuresAt;
    int m_frames = 0;
    bool m_exports = false;  ///< Run exports
    bool m_leaves = false;   ///< Stop leaves the run that is stopping
    QString m_fitted{};      ///< the texts for which the buttons were made wide enough
};

}  // namespace rw::ui
