// The bar under the tool bar while a tape is chosen to be replayed: its event time as a line, on which the
// user leads the replay to a moment. Its texts are updated a few times a second, and not while it is
// hidden.
#pragma once
#include <QToolBar>

class QLabel;
class QPushButton;

namespace rw::ui {

class ElidedLabel;
class IconButton;
class RunSession;
class TapeLine;
class TapeMenu;

class ReplayBar : public QToolBar {
    Q_OBJECT
 public:
    /// Both must outlive it. Its buttons are actions of `tapes`.
    ReplayBar(RunSession& session, const TapeMenu& tapes, QWidget* parent = nullptr);

    TapeLine& line() const { return *m_line; }

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void build();
    void refresh();
    void refreshLine();
    void refreshMoment();
    void refreshTexts();
    void refreshRoom();
    void onUpdate();

    RunSession& m_session;
    const TapeMenu& m_tapes;
    QLabel *m_moment, *m_first, *m_last;
    ElidedLabel* m_unknown;  ///< in place of the line: why there is none
    TapeLine* m_line;
    QPushButton* m_goOn;
    IconButton* m_live;
    int m_frames = 0;
};

}  // namespace rw::ui
