// The rounded state of a run, with a sign, words and figures: ● Running · 12.4 k rows/s.
#pragma once
#include <QWidget>

namespace rw::ui {

class Pill : public QWidget {
    Q_OBJECT
 public:
    // Each has its own sign, so that colour is never the only difference.
    enum class State {
        Idle,    // hollow dot: stopped, nothing to run
        Busy,    // three quarters of a ring: starting, stopping
        Ok,      // filled dot: running, finished
        Paused,  // two bars
        Warn,    // triangle
        Error,   // exclamation mark in a circle
    };

    explicit Pill(QWidget* parent = nullptr);

    // `figures` (may be empty) follow the words in the mono font, so that they do not jump while they change.
    void set(State state, const QString& words, const QString& figures = {});
    State state() const { return m_state; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    State m_state = State::Idle;
    QString m_words;
    QString m_figures;
};

}  // namespace rw::ui
