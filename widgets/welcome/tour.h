// The tour of the window: a call-out beside one part of it after the other. It is not modal: the parts can be
// used meanwhile, and those that are not to be seen are left out.
#pragma once
#include <QFrame>
#include <QPointer>
#include <QTimer>
#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QSettings;

namespace rw::ui {

/// Whether nobody has used the program before with these settings: asked once, before anything is kept in
/// them, for from then on somebody has.
bool isFirstStart(QSettings& store);

/// Esc ends it while the keyboard is in it. GUI thread.
class Tour : public QFrame {
    Q_OBJECT
 public:
    struct Step {
        /// A part in the window of the tour; null, or not to be seen: the step is left out just now.
        std::function<QWidget*()> part{};
        std::function<QRect()> place{};  ///< of the part, what is meant; null, or empty: all of it
        std::function<QString()> title{}, words{};
    };
    /// Lies over `window`, hidden.
    Tour(std::vector<Step> steps, QWidget* window);

    /// With the first step, and gives the call-out the keyboard.
    void start();
    /// The keyboard goes back to where it was.
    void end();
    /// Parts may have come or gone: shows the next step where the part of this one is gone.
    void look();
    bool isUnderWay() const { return m_step.has_value(); }

 Q_SIGNALS:
    void told(const QString& words);  ///< a step is shown

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    /// Null: the step is left out just now.
    QWidget* partOf(std::size_t step) const;
    std::optional<std::size_t> beside(std::size_t step, bool next) const;
    void go(bool next);
    void showStep(std::size_t step);
    void fill();
    void place();
    void watch(QWidget* part);

    const std::vector<Step> m_steps;
    std::optional<std::size_t> m_step{};
    QWidget* m_ring;  ///< around the part
    QLabel *m_title, *m_words, *m_count;
    QPushButton *m_skip, *m_back, *m_next;
    QPointer<QWidget> m_before{};                ///< had the keyboard
    std::vector<QPointer<QWidget>> m_watched{};  ///< the part, and what it is in
    QTimer m_due{};
};

}  // namespace rw::ui
