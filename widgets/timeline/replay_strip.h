// Under the lanes while a tape is replayed: its event time as a line, on which a person goes to a moment. The
// same line as that of the bar under the tool bar.
#pragma once
#include <QWidget>

class QLabel;

namespace rw::ui {

class ElidedLabel;
class RunSession;
class TapeLine;

class ReplayStrip : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kStripHigh = 44;

    /// The session must outlive it.
    explicit ReplayStrip(RunSession& session, QWidget* parent = nullptr);

    /// Takes how far the replay has come; hides itself where none is.
    void look();
    TapeLine& line() const { return *m_line; }

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void showMoment();
    void retranslate();

    RunSession& m_session;
    QLabel *m_name, *m_moment;
    TapeLine* m_line;
    ElidedLabel* m_none;  ///< in place of the line: why there is none
};

}  // namespace rw::ui
