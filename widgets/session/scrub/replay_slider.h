// A line of event time with a handle on it, to be led to a moment: by mouse, or by keyboard (arrows a little,
// Page Up and Page Down far, Home, End). GUI thread only.
#pragma once
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/base/time.h"

namespace rw::ui {

class ReplaySlider : public QWidget {
    Q_OBJECT
 public:
    struct Shown {
        Instant first = 0, last = 0;       ///< the ends of the line, milliseconds since the epoch
        std::optional<Instant> at{};       ///< the handle; nothing: at the beginning
        std::optional<Instant> reached{};  ///< filled so far; nothing: not at all
        std::vector<Instant> quick{};      ///< marked, ascending: near behind them one is quickly
        bool operator==(const Shown&) const = default;
    };
    /// So long after the last key its moment is gone to.
    static constexpr int kSettleMillis = 400;

    explicit ReplaySlider(QWidget* parent = nullptr);

    /// Repaints where it looks different by that. A handle that is being dragged stays.
    void setShown(Shown shown);
    const Shown& shown() const { return m_shown; }
    /// Of the handle, wherever it is.
    Instant moment() const;
    /// A person has it in hand: chosen() has not come yet.
    bool isInHand() const { return m_hand.has_value(); }
    /// As if by hand, and let go there; for screen readers.
    void choose(Instant moment);
    /// The moment at a place of this widget, on so round a time as a pixel is wide; and the way back.
    Instant momentAt(int x) const;
    int placeOf(Instant moment) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 Q_SIGNALS:
    void momentChanged();  ///< in hand, or no longer
    /// Once, when it was let go.
    void chosen(rw::Instant moment);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

 private:
    QRect groove() const;
    Instant within(Instant moment) const;
    void take(Instant moment);
    void letGo();  ///< there
    void drop();   ///< and back
    void showTip(const QPoint& at) const;
    void tellMoment();

    Shown m_shown{};
    std::optional<Instant> m_hand{};
    bool m_dragged = false;  ///< by the mouse
    QTimer m_settle;
};

}  // namespace rw::ui
