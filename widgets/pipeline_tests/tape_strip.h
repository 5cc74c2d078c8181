// The rows of a tape along its time, with a part of it chosen: dragged with the mouse, moved with keys.
#pragma once
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

#include "widgets/pipeline_tests/tape_range.h"

namespace rw::ui {

/// GUI thread only. The mouse drags an end of the part, or draws another one from where it is pressed. The
/// arrow keys move the part, with Shift its end and with Ctrl its beginning; Home is the whole tape.
class TapeStrip : public QWidget {
    Q_OBJECT
 public:
    explicit TapeStrip(QWidget* parent = nullptr);

    /// `bars`: rows in equal parts of `all`.
    void setTape(std::vector<std::uint64_t> bars, TapeSpan all);
    /// Within the tape; its beginning is not behind its end.
    void setSpan(TapeSpan span);
    const TapeSpan& span() const { return m_span; }
    Millis timeAt(int x) const;
    int placeOf(Millis time) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 Q_SIGNALS:
    void spanChanged();  ///< by a person

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

 private:
    QRect room() const;
    TapeSpan within(TapeSpan span) const;
    void choose(TapeSpan span);
    bool isNear(int x, Millis end) const;

    std::vector<std::uint64_t> m_bars{};
    TapeSpan m_all{}, m_span{};
    std::optional<Millis> m_fixed{};  ///< the other end, while one is dragged
};

}  // namespace rw::ui
