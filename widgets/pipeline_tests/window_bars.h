// Expected and got over the same rows: windows as bars on one axis of event time, and below them the rows
// that went in, with those that came too late for their window.
#pragma once
#include <QWidget>
#include <cstddef>
#include <vector>

#include "core/base/time.h"
#include "widgets/pipeline_tests/test_runner.h"

namespace rw::ui {

class PipelineDocument;

struct WindowBars {
    struct Bar {
        Instant from = 0, to = 0;
        QString words{};       ///< the other columns
        bool differs = false;  ///< the other side has no such row
        int lane = 0;          ///< bars that overlap are below each other
    };
    /// A row that went in, by its event time.
    struct Mark {
        Instant at = 0;
        std::size_t number = 0;  ///< of all rows of the test, from 1
        bool late = false;       ///< the watermark before it had closed its window
    };
    std::vector<Bar> expected{}, got{};
    std::vector<Mark> rows{};
    bool empty() const { return expected.empty() && got.empty(); }
};

/// Of the first expectation that was not met and whose rows have window_start and window_end. Empty: there is
/// none, or there are too many windows for a picture.
WindowBars windowBarsOf(const PipelineDocument& document, const TestResult& result);

class WindowBarsView final : public QWidget {
    Q_OBJECT
 public:
    explicit WindowBarsView(QWidget* parent = nullptr);

    /// It is there while there are bars, and room for them.
    void set(WindowBars bars);
    void setRoom(bool room);
    const WindowBars& bars() const { return m_bars; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    QRect plot() const;  ///< between the names at the left and the edge, below the axis
    double placeOf(Instant at) const;
    QRectF barRect(const WindowBars::Bar& bar, bool got) const;
    QString tipAt(QPoint at) const;
    void paintAxis(QPainter& painter) const;
    void paintBars(QPainter& painter, bool got) const;
    void paintRows(QPainter& painter) const;
    void describe();

    bool m_room = true;
    WindowBars m_bars{};
    Instant m_from = 0, m_to = 1;
};

}  // namespace rw::ui
